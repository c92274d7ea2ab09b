"""DATA CONTOH: sample rows hang on real ones at will, a real row never on a sample one."""

import functools

from django.core.exceptions import ValidationError


def is_sample(row) -> bool:
    """A root noun says it itself, a part asks the whole that it belongs to."""
    if hasattr(row, "is_sample"):
        return row.is_sample
    part_of = getattr(row, "PART_OF", "")
    return bool(part_of) and is_sample(getattr(row, part_of))


def inherit(row, by):
    """What a demo account makes is sample data."""
    if hasattr(row, "is_sample") and by is not None and getattr(by, "is_sample", False):
        row.is_sample = True


@functools.cache
def _relations(model) -> list:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def refuse_sample_parent(row):
    """Raises ValidationError when this real row points at sample data."""
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
