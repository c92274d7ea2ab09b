"""Bulk insertion of sample rows, marked and with their events."""

import csv
from pathlib import Path

from records.models import Event, Once

DATA = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of data/<name>.csv."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(rows, by=None) -> list:
    """Inserts rows of one model in one statement, with the mark of sample data and the event that add() would write.

    Parents come first: a row's foreign keys must be saved already.
    """
    rows = list(rows)
    if not rows:
        return rows
    model = type(rows[0])
    for row in rows:
        if hasattr(row, "is_sample"):
            row.is_sample = True
        if isinstance(row, Once):
            row.prepare()
    model._base_manager.bulk_create(rows)
    if issubclass(model, Once):
        Event._base_manager.bulk_create(
            Event(verb=Event.Verb.ADD, by=by, kind=model._meta.label_lower, object_id=row.pk, label=str(row)[:250])
            for row in rows
        )
    return rows
