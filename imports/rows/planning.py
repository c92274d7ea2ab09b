"""Rows planned once more: with what earlier previews showed, without those that the database refused."""

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
CHUNK = 500  # rows between two looks at progress and cancelling


def adapter_of(run: ImportRun, by: User | None) -> Adapter:
    """The adapter of the run, knowing what was answered about its columns."""
    if by is None:
        raise TypeError(f"import {run.pk} has nobody who acts")
    made = registry.adapter(run.kind)(by=by, place=run.place)
    made.figures = {name: how["figures"] for name, how in run.mapping.items() if how.get("figures")}
    return made


def take(adapter: Adapter, row: Row, broken: set[int]) -> Row:
    """The row as planned; one that the database refused before is not tried again."""
    if row.number in broken:
        row.read(adapter.readers)
        row.label = str(row.get("name", ""))
        row.broke()
        return row
    return adapter.take(row)


def row_place(row: Row | DataRow | ImportRow) -> RowPlace:
    """Where a row, as read or as stored, stands in the file; of a line that is written sideways the column, too."""
    return row.sheet, row.line, str(row.raw.get(ImportRow.COLUMN) or "")


class Answered(TypedDict, total=False):
    """What a row takes over from an earlier preview."""

    choice: str
    answer: str
    promised: str
    offered: frozenset[str]


class Earlier:
    """What an earlier preview showed and the person chose, for a new look at its rows.

    `stale`: the portal changed since that preview, so whom it showed must still be who is meant. Rows are known by
    their place in the file: their numbers move where a line became data or is none any more.
    """

    def __init__(self, rows: dict[RowPlace, ImportRow], *, stale: bool):
        self.stale, self.rows = stale, rows
        self.before: dict[RowPlace, int] = {}  # the numbers of the rows in the earlier preview
        self.numbers: dict[int, int] = {}

    @classmethod
    def of_run(cls, run: ImportRun, *, stale: bool) -> "Earlier":
        """The last preview of the run."""
        # Written as "raw__@kolom", Django keeps an error whose traceback holds all that the worker has in memory.
        column = KeyTransform(ImportRow.COLUMN, "raw")
        rows = run.rows.values_list("sheet", "line", column, "number")
        places = {number: (sheet, line, column or "") for sheet, line, column, number in rows}
        answered = run.rows.exclude(choice="", recognised={}).defer("raw", "changes", "errors")
        found = cls({places[row.number]: row for row in answered}, stale=stale)
        found.before = {place: number for number, place in places.items()}
        return found

    def count(self, places: Iterable[RowPlace]):
        """`places` of the rows now, in their order."""
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
        """The id of a person of this file is the number of the row that brings them."""
        if not self.numbers or not re.fullmatch(r"b\d+", name):
            return name
        number = self.numbers.get(int(name[1:]))
        return f"b{number}" if number else ""


def planned_again(stored: ImportRow) -> Row:
    place = row_place(stored)
    earlier = Earlier({place: stored}, stale=False).of(place)
    return Row(stored.number, stored.sheet, stored.line, stored.raw, **earlier)


def all_planned_again(run: ImportRun) -> Iterator[Row]:
    """Nothing is read from the database for who does not look at them."""
    return map(planned_again, stored_rows(run))


def stored_rows(run: ImportRun) -> Iterator[ImportRow]:
    """In the order of the file. No cursor stays open meanwhile: SQLite would refuse to write the progress then."""
    last = 0
    while rows := list(run.rows.filter(number__gt=last).order_by("number")[:CHUNK]):
        yield from rows
        last = rows[-1].number


def refused(run: ImportRun, broken: set[int]) -> list[int]:
    """Numbers of the rows that cannot be written, found by writing each alone; nothing of it stays."""
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
