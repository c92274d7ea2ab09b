"""DATA CONTOH: a sample row may refer to a real row, a real row never to a sample row."""

import functools

from django.core.exceptions import ValidationError


def is_sample(row) -> bool:
    """Whether a row is sample data; a part has the mark of its whole."""
    if hasattr(row, "is_sample"):
        return row.is_sample
    part_of = getattr(row, "PART_OF", "")
    return bool(part_of) and is_sample(getattr(row, part_of))


def inherit(row, by):
    """Marks a row of a demo account as sample data."""
    if hasattr(row, "is_sample") and by is not None and getattr(by, "is_sample", False):
        row.is_sample = True


@functools.cache
def _relations(model) -> list:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def refuse_sample_parent(row):
    """Raises ValidationError when this real row refers to sample data."""
    if is_sample(row):
        return
    for field in _relations(type(row)):
        if getattr(row, field.attname) is None:
            continue
        parent = getattr(row, field.name)
        if getattr(parent, "is_sample", False):
            raise ValidationError(
                f"{parent} adalah DATA CONTOH dan tidak dapat dipakai untuk data sebenarnya. "
                f"Pilih {field.verbose_name} yang bukan contoh."
            )
