"""Columns of money. One limit holds in the database, forms, grids, pasted lists and imports."""

from django.core.validators import MaxValueValidator
from django.db import models

MAX_RUPIAH = 10**12  # a thousand billion in one figure is a slip of the finger, not a plan
TOO_DEAR = "Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya."


class RupiahField(models.PositiveBigIntegerField):
    """Whole rupiah from 0 to MAX_RUPIAH."""

    default_validators = [MaxValueValidator(MAX_RUPIAH, TOO_DEAR)]

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        return f"{column} >= 0 AND {column} <= {MAX_RUPIAH}"

    def formfield(self, **kwargs):
        return super().formfield(**{"max_value": MAX_RUPIAH, **kwargs})
