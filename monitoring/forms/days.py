"""Filters of pages that tell how things stood on a day."""

from datetime import date

from django.utils.timezone import localdate

from accounts.lists import FilterForm
from monitoring.rules.days import check_day
from records.fields import AddressDayField


class DayFilter(FilterForm):
    """The day is today when none is chosen."""

    per = AddressDayField(label="Keadaan per")

    def clean_per(self):
        day = self.cleaned_data["per"]
        if day:
            check_day(day)
        return day

    @property
    def day(self) -> date:
        return self.cleaned_data.get("per") or localdate()

    def narrow_per(self, rows, value):
        """The day narrows no row; what is told of the rows is told as of it."""
        return rows
