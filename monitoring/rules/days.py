"""Range of days for which figures are shown."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

FIRST_DAY = date(2000, 1, 1)  # the programme is younger (our assumption); years beside the day stay countable


def refuse_future(day: date) -> None:
    """Raises ValidationError for a day in the future."""
    if day > localdate():
        raise ValidationError("Tanggal ini belum tiba. Pilih hari ini atau hari yang sudah lewat.")


def check_day(day: date) -> None:
    """Raises ValidationError for a day in the future or too long ago."""
    refuse_future(day)
    if day < FIRST_DAY:
        raise ValidationError("Tanggal ini terlalu lama. Pilih tanggal sejak tahun 2000.")
