"""Changes of a row, described with the labels of its fields."""

from datetime import date, datetime, time
from decimal import Decimal

from django.apps import apps
from django.db import models

from records.formats import date_id, moment_id, number_id, time_id

MAX_SHOWN = 20  # events on the page of a row; the printed history has all
HIDDEN = {"id", "version", "request_key", "is_sample", "search_key", "password", "last_login"}


def plain_fields(row) -> list:
    """The columns that people edit."""
    return [field for field in row._meta.concrete_fields if field.name not in HIDDEN]


def changed_fields(before, after) -> list:
    """The columns whose values differ between two states of one row, computed ones included."""
    skipped = {"id", "version", "request_key"}
    return [
        field
        for field in after._meta.concrete_fields
        if field.name not in skipped and _compared(before, field) != _compared(after, field)
    ]


def describe(before, after, fields) -> dict:
    """{label: [old text, new text]}; of a private field only the fact of a change; `after` is None for a deletion."""
    changes = {}
    for field in fields:
        if field.name in HIDDEN:
            continue
        label = str(field.verbose_name)
        if field.name in getattr(before, "PRIVATE", ()):
            changes[label] = None
        elif after is None:
            changes[label] = [text(before, field), ""]
        else:
            changes[label] = [text(before, field), text(after, field)]
    return changes


def record(row, verb, *, by, changes: dict | None = None, reason: str = ""):
    """Writes one event of `row`. Call it in the transaction of the change itself."""
    return event_of(row, verb, by=by, changes=changes, reason=reason).save()


def event_of(row, verb, *, by, changes: dict | None = None, reason: str = ""):
    """One event of `row`, not yet written: many rows are written with their events at once."""
    event = apps.get_model("records", "Event")
    return event(
        verb=verb,
        by=by if by is not None and by.pk else None,
        kind=row._meta.label_lower,
        object_id=row.pk,
        label=str(row)[:250],
        changes=changes or {},
        reason=reason,
    )


def _compared(row, field):
    value = getattr(row, field.attname)
    return str(value) if isinstance(field, models.FileField) else field.to_python(value)


def text(row, field) -> str:
    """The value as text. A row may format it by a method `<field>_in_words()`."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if in_words := getattr(row, f"{field.name}_in_words", None):
        return in_words()
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.is_relation:
        return str(getattr(row, field.name))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return number_id(value)
    if isinstance(value, datetime):
        return moment_id(value)
    if isinstance(value, date):
        return date_id(value)
    if isinstance(value, time):
        return time_id(value)
    return str(value)
