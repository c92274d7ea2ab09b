"""Filters of pages that show the state as of a day."""

from datetime import date

from django.utils.timezone import localdate

from accounts.lists import FilterForm
from monitoring.rules.days import check_day
from records.fields import AddressDayField


class DayFilter(FilterForm):
    """Filters with a day; the default is today."""

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
        """The day filters no rows; the state of the rows is shown as of it."""
        return rows
