"""Adapter with which an app describes one kind of import to the engine."""

import logging
from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import User
from imports.rows.ledger import Ledger, Unsafe
from imports.rows.rows import Row, refuse_infrastructure
from imports.tables.columns import Column
from imports.tables.sideways import Sideways
from imports.values.readers import ColumnReader

logger = logging.getLogger(__name__)


class Adapter:
    """One kind of import, for one run: it loads the rows to compare with once, then plans row after row.

    `writes`: the models in the order in which they are inserted (parts after wholes). `fades`: models whose rows are
    deleted with the rows they refer to when the import is undone. `sideways`: how its lists may be written sideways.
    `needs`: what the portal must contain before.
    """

    kind: ClassVar[str]
    order: ClassVar[int]
    label: ClassVar[str]
    needs: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]]
    sideways: ClassVar[Sideways | None] = None
    writes: ClassVar[tuple[type[models.Model], ...]]
    fades: ClassVar[tuple[type[models.Model], ...]] = ()
    do_not_call_in_templates: ClassVar[bool] = True  # pages list the kinds of import as classes

    def __init__(self, *, by: User, place: str):
        self.by = by
        self.place = place
        self.figures: dict[str, str] = {}  # what the separator of ambiguous figures separates, by column
        self.ledger = Ledger(self.writes, by=by)
        self.load()

    @cached_property
    def readers(self) -> list[ColumnReader]:
        """The keys of the columns, in their order."""
        return [ColumnReader(column, self.figures.get(column.name)) for column in self.columns]

    def load(self):
        """Loads the rows to compare with, in a bounded number of queries."""
        raise NotImplementedError

    def survey(self, rows: Iterable[Row]):
        """Called before any row is planned, for facts that only all rows together show. The rows are not read yet."""

    def plan(self, row: Row):
        """Sets the errors of the row and what it would write."""
        raise NotImplementedError

    def question(self) -> dict[str, str] | None:
        """Called after all rows: a doubt about a whole column, as {"text": sentence, "column": name to leave out}."""
        return None

    def take(self, row: Row) -> Row:
        """Reads and plans one row and sets its verdict. An unexpected exception is an error of this row only.

        Raises Unsafe where later rows cannot be planned any more, and exceptions that do not concern the row.
        """
        row.read(self.readers)
        try:
            try:
                self.plan(row)
            except ValidationError as error:
                row.wrong("", " ".join(error.messages))
            row.require_choice_for_doubt()
            self.ledger.take(row)
        except Exception as error:
            refuse_infrastructure(error)
            if isinstance(error, Unsafe):
                raise
            logger.exception("import of %s: row %s (%s, line %s) broke", self.kind, *row.place)
            row.broke()
        if row.errors:
            row.changes, row.added, row.changed = [], 0, 0
        row.thens = []  # tracebacks refer to the row, which could not be freed otherwise
        return row

    @classmethod
    def column(cls, name: str) -> Column:
        return next(column for column in cls.columns if column.name == name)

    @classmethod
    def required(cls) -> list[Column]:
        return [column for column in cls.columns if column.required]
