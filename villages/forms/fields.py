"""What a form of the field asks of days and points: that they can be."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from records.words import date_id

EARLIEST = 1945  # no row of the field tells of a year before; a typing slip does


def check_point(form, district):
    """Puts at the field what is wrong with the point of this form, when it does not lie in the kabupaten."""
    lat, lng = form.cleaned_data.get("lat"), form.cleaned_data.get("lng")
    bounds = district.rules.bounds
    if lat is None or lng is None or bounds is None:
        return
    if complaint := bounds.complaint(lat, lng, str(district)):
        form.add_error("lat", complaint)


def past_day(value):
    """Refuses a day that has not come or that no record can be of. Raises ValidationError."""
    if value and value > localdate():
        raise ValidationError(f"Tanggal tidak boleh sesudah hari ini, {date_id(localdate())}.")
    if value and value.year < EARLIEST:
        raise ValidationError(f"Periksa tahunnya: {value.year}.")


def near_day(value):
    """Refuses a day more than a year ahead or that no record can be of. Raises ValidationError."""
    if value and not EARLIEST <= value.year <= localdate().year + 1:
        raise ValidationError(f"Periksa tahunnya: {value.year}.")
