"""Rows planned once more: with what earlier previews showed, without those that the database refused."""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from records import imports
from records.imports.adapters import Adapter
from records.imports.rows import Row
from records.models import ImportRow, ImportRun

logger = logging.getLogger(__name__)

CHUNK = 500  # rows between two looks at progress and cancelling


def adapter_of(run: ImportRun, by: Any) -> Adapter:
    """The adapter of the run, knowing what was answered about its columns."""
    made = imports.adapter(run.kind)(by=by, place=run.place)
    made.figures = {name: how["figures"] for name, how in run.mapping.items() if how.get("figures")}
    return made


def take(adapter: Adapter, row: Row, broken: set[int]) -> Row:
    """The row as planned; one that the database refused before is not tried again."""
    if row.number in broken:
        row.figures = adapter.figures
        row.read(adapter.columns)
        row.label = str(row.get("name", ""))
        row.broke()
        return row
    return adapter.take(row)


def shown_before(stored: ImportRow | None, *, stale: bool) -> dict[str, Any]:
    """What an earlier preview of this row showed and the person chose, for a new look at it.

    `stale`: the portal changed since that preview, so whom it showed must still be who is meant.
    """
    if stored is None:
        return {}
    promised = stored.recognised.get("promised") or (stored.recognised.get("id", "") if stale else "")
    offered = frozenset(option["id"] for option in stored.options)
    return {"choice": stored.choice, "promised": promised, "offered": offered}


def planned_again(stored: ImportRow) -> Row:
    return Row(stored.number, stored.sheet, stored.line, stored.raw, **shown_before(stored, stale=False))


def all_planned_again(run: ImportRun) -> Iterator[Row]:
    """Nothing is read from the database for who does not look at them."""
    for stored in run.rows.order_by("number").iterator(chunk_size=CHUNK):
        yield planned_again(stored)


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
