"""Limits of figures. One limit holds in the database, forms, grids, pasted lists and imports.

A Limit has the validators of a column; forms and parsers of cells take their bounds from these
(records.fields.bounds), and `limits` writes the same range into the database.
"""

from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from records.formats import number_id

MAX_RUPIAH = 10**12  # an amount of 10**12 is a typing error, not a plan
TOO_DEAR = "Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya."
NEGATIVE = "Angka ini tidak boleh negatif."


@dataclass(frozen=True)
class Limit:
    """The smallest and the largest value of a kind of figure. `sentence` is the message with both."""

    least: int
    most: int
    sentence: str = ""

    @property
    def above(self) -> str:
        return self.sentence or f"Isi angka antara {number_id(self.least)} dan {number_id(self.most)}."

    @property
    def below(self) -> str:
        return NEGATIVE if self.least == 0 else self.above

    @property
    def validators(self) -> list[Any]:
        """Validators of a column of a model."""
        return [MinValueValidator(self.least, self.below), MaxValueValidator(self.most, self.above)]

    @property
    def of_form(self) -> dict[str, Any]:
        """Bounds of a form field without a column."""
        return {
            "min_value": self.least,
            "max_value": self.most,
            "error_messages": {"min_value": self.below, "max_value": self.above},
        }

    def holds(self, column: str) -> models.Q:
        """Condition that a figure lies within the limit; NULL passes a CHECK."""
        return models.Q(**{f"{column}__range": self.range})

    @property
    def range(self) -> tuple[int, int]:
        return self.least, self.most


# Larger figures are typing errors (our assumptions, far above the figures of a kabupaten).
RUPIAH = Limit(0, MAX_RUPIAH, TOO_DEAR)
COUNT = Limit(0, 1_000_000)  # people, households, connections, pieces
VOLUME = Limit(0, 10_000_000)  # of a line of a plan, in whatever unit
PERCENT = Limit(0, 100, "Isi angka antara 0 dan 100.")
SCORE = PERCENT
ORDER = Limit(0, 999)  # of a row in a list
DAYS = Limit(0, 365, "Isi angka antara 0 dan 365.")
YEAR = Limit(2000, 2100, "Isi tahun antara 2000 dan 2100.")
MONTH = Limit(1, 12, "Pilih bulan antara Januari dan Desember.")
LATITUDE = Limit(-90, 90, "Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.")
LONGITUDE = Limit(-180, 180, "Bujur harus antara -180 dan 180.")


def limits(name: str, **columns: Limit) -> models.CheckConstraint:
    """The CHECK constraint with the limits of the columns of a table."""
    condition = models.Q()
    for column, limit in columns.items():
        condition &= limit.holds(column)
    sentence = " ".join(dict.fromkeys(limit.above for limit in columns.values()))
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


def point_on_earth(name: str) -> models.CheckConstraint:
    """Both `lat` and `lng`, or neither. NULL in a range makes the condition unknown, which a CHECK accepts."""
    known = models.Q(lat__isnull=False, lng__isnull=False, lat__range=LATITUDE.range, lng__range=LONGITUDE.range)
    return models.CheckConstraint(
        condition=models.Q(lat=None, lng=None) | known,
        name=name,
        violation_error_message="Isi lintang (-90 s.d. 90) dan bujur (-180 s.d. 180), atau kosongkan keduanya.",
    )


class RupiahField(models.PositiveBigIntegerField):
    """Whole rupiah from 0 to MAX_RUPIAH; `limits` in the model's constraints holds it in the database."""

    default_validators = RUPIAH.validators


class CountField(models.PositiveIntegerField):
    """How many people, households, connections or pieces, within COUNT; `limits` holds it in the database."""

    default_validators = COUNT.validators
