"""Filters of pages that tell how things stood on a day."""

from datetime import date

from django import forms
from django.utils.timezone import localdate

from accounts.lists import FilterForm
from records.fields import AddressDayField

FIRST_DAY = date(2000, 1, 1)  # the programme is younger (our assumption); years beside the day stay countable


def refuse_future(day: date):
    """Raises ValidationError for a day of which nothing can be known yet."""
    if day > localdate():
        raise forms.ValidationError("Tanggal ini belum tiba. Pilih hari ini atau hari yang sudah lewat.")


class DayFilter(FilterForm):
    """The day is today when none is asked for."""

    per = AddressDayField(label="Keadaan per")

    def clean_per(self):
        day = self.cleaned_data["per"]
        if day:
            refuse_future(day)
        if day and day < FIRST_DAY:
            raise forms.ValidationError("Tanggal ini terlalu lama. Pilih tanggal sejak tahun 2000.")
        return day

    @property
    def day(self):
        return self.cleaned_data.get("per") or localdate()

    def narrow_per(self, rows, value):
        """The day narrows no row; what is told of the rows is told as of it."""
        return rows
