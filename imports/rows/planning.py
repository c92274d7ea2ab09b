"""Planning of rows again: with what earlier previews showed, without those that the database refused."""

import logging
import re
from collections.abc import Iterable, Iterator
from typing import TypedDict

from django.db import transaction
from django.db.models.fields.json import KeyTransform

from accounts.models import User
from imports import registry
from imports.adapters import Adapter
from imports.models import ImportRow, ImportRun
from imports.rows.rows import Row
from imports.tables.reading import DataRow

logger = logging.getLogger(__name__)

RowPlace = tuple[str, int, str]  # sheet, line, letter of the column or nothing
CHUNK = 500  # rows between two updates of progress and checks for a cancel


def adapter_of(run: ImportRun, by: User | None) -> Adapter:
    """The adapter of the run, with the answers about its columns."""
    if by is None:
        raise TypeError(f"import {run.pk} has nobody who acts")
    made = registry.adapter(run.kind)(by=by, place=run.place)
    made.figures = {name: how["figures"] for name, how in run.mapping.items() if how.get("figures")}
    return made


def take(adapter: Adapter, row: Row, broken: set[int]) -> Row:
    """The planned row; one that the database refused before is not tried again."""
    if row.number in broken:
        row.read(adapter.readers)
        row.label = str(row.get("name", ""))
        row.broke()
        return row
    return adapter.take(row)


def row_place(row: Row | DataRow | ImportRow) -> RowPlace:
    """The place of a row in the file; for a list written sideways also the column."""
    return row.sheet, row.line, str(row.raw.get(ImportRow.COLUMN) or "")


class Answered(TypedDict, total=False):
    """The part of an earlier preview that applies to a row."""

    choice: str
    answer: str
    promised: str
    offered: frozenset[str]


class Earlier:
    """What an earlier preview showed and the user chose, for planning its rows again.

    `stale`: the portal changed since that preview, so its persons must be checked again. Rows are identified by their
    place in the file: their numbers change where a line became data or stopped being data.
    """

    def __init__(self, rows: dict[RowPlace, ImportRow], *, stale: bool):
        self.stale, self.rows = stale, rows
        self.before: dict[RowPlace, int] = {}  # the numbers of the rows in the earlier preview
        self.numbers: dict[int, int] = {}

    @classmethod
    def of_run(cls, run: ImportRun, *, stale: bool) -> "Earlier":
        """Reads the last preview of the run."""
        # For a lookup "raw__@kolom", Django keeps an exception whose traceback holds the memory of the worker.
        column = KeyTransform(ImportRow.COLUMN, "raw")
        rows = run.rows.values_list("sheet", "line", column, "number")
        places = {number: (sheet, line, column or "") for sheet, line, column, number in rows}
        answered = run.rows.exclude(choice="", recognised={}).defer("raw", "changes", "errors")
        found = cls({places[row.number]: row for row in answered}, stale=stale)
        found.before = {place: number for number, place in places.items()}
        return found

    def count(self, places: Iterable[RowPlace]):
        """`places`: current places of the rows, in their order."""
        self.numbers = {self.before[place]: number for number, place in enumerate(places, 1) if place in self.before}

    def of(self, place: RowPlace) -> Answered:
        stored = self.rows.get(place)
        if stored is None:
            return {}
        promised = stored.recognised.get("promised") or (stored.recognised.get("id", "") if self.stale else "")
        return {
            "choice": self._moved(stored.person),
            "answer": stored.answer,
            "promised": self._moved(promised),
            "offered": frozenset(self._moved(option["id"]) for option in stored.people),
        }

    def _moved(self, name: str) -> str:
        """A person of this file has the number of the row that adds them as id."""
        if not self.numbers or not re.fullmatch(r"b\d+", name):
            return name
        number = self.numbers.get(int(name[1:]))
        return f"b{number}" if number else ""


def planned_again(stored: ImportRow) -> Row:
    place = row_place(stored)
    earlier = Earlier({place: stored}, stale=False).of(place)
    return Row(stored.number, stored.sheet, stored.line, stored.raw, **earlier)


def all_planned_again(run: ImportRun) -> Iterator[Row]:
    """Reads from the database only when the result is used."""
    return map(planned_again, stored_rows(run))


def stored_rows(run: ImportRun) -> Iterator[ImportRow]:
    """Yields the rows in the order of the file. No cursor stays open: SQLite could not write the progress then."""
    last = 0
    while rows := list(run.rows.filter(number__gt=last).order_by("number")[:CHUNK]):
        yield from rows
        last = rows[-1].number


def refused(run: ImportRun, broken: set[int]) -> list[int]:
    """Errors of the rows that cannot be written, found by writing each alone and rolling back."""
    adapter = adapter_of(run, run.acted_by)
    adapter.survey(all_planned_again(run))
    for row in all_planned_again(run):
        take(adapter, row, broken)
    with transaction.atomic():
        found = adapter.ledger.faults(run)
        transaction.set_rollback(True)
    for number, error in found.items():
        logger.error("import %s: row %s cannot be written: %r", run.pk, number, error)
    return sorted(found)
