"""Filters of pages that tell how things stood on a day."""

from django import forms
from django.utils.timezone import localdate

from accounts.lists import FilterForm


class DayFilter(FilterForm):
    """The day is today when none is asked for."""

    per = forms.DateField(
        label="Keadaan per",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Tulis tanggal yang benar, misalnya 2018-12-31."},
    )

    def clean_per(self):
        day = self.cleaned_data["per"]
        if day and day > localdate():
            raise forms.ValidationError("Tanggal ini belum tiba. Pilih hari ini atau hari yang sudah lewat.")
        return day

    @property
    def day(self):
        return self.cleaned_data.get("per") or localdate()

    def narrow_per(self, rows, value):
        """The day narrows no row; what is told of the rows is told as of it."""
        return rows
