"""Columns of money. One limit holds in the database, forms, grids, pasted lists and imports."""

from django.core.validators import MaxValueValidator
from django.db import models

MAX_RUPIAH = 10**12  # a thousand billion in one figure is a slip of the finger, not a plan
TOO_DEAR = "Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya."


def rupiah_limit(name: str, *columns: str) -> models.CheckConstraint:
    """The same limit in the database; a column's own check would not reach a table that stands."""
    condition = models.Q(**{f"{column}__lte": MAX_RUPIAH for column in columns})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=TOO_DEAR)


class RupiahField(models.PositiveBigIntegerField):
    """Whole rupiah from 0 to MAX_RUPIAH; `rupiah_limit` in the model's constraints holds it in the database."""

    default_validators = [MaxValueValidator(MAX_RUPIAH, TOO_DEAR)]

    def formfield(self, **kwargs):
        return super().formfield(**{"max_value": MAX_RUPIAH, **kwargs})
