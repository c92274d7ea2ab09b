"""Filters of the calendar: kind and kabupaten, and the month or day that its links name."""

import re
from datetime import date

from django import forms
from django.utils.timezone import localdate

from accounts.lists import FilterForm
from accounts.models import District
from monitoring.queries.calendar import ALL_KINDS, KINDS
from records.fields import AddressDayField, row_field

FIRST_YEAR, LAST_YEAR = 2000, 2100


class CalendarFilter(FilterForm):
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *KINDS.items()])
    kabupaten = forms.ModelChoiceField(
        District.objects.none(), label="Kabupaten", required=False, empty_label="Semua kabupaten"
    )
    bulan = forms.CharField(required=False, widget=forms.HiddenInput)
    hari = AddressDayField()

    def fields_for_people(self):
        districts = District.objects.visible_to(self.user)
        row_field(self, "kabupaten").queryset = districts
        some = list(districts[:2])
        self.only_district = some[0] if len(some) == 1 else None
        if len(some) < 2:
            del self.fields["kabupaten"]
        self.fields["hari"].widget = forms.HiddenInput()

    @property
    def day(self) -> date | None:
        """The one day that is shown; None: the whole month."""
        day = self.cleaned_data.get("hari")
        return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None

    @property
    def month(self) -> date:
        """The first day of the chosen month, of that of the chosen day, or of this month."""
        if self.day:
            return self.day.replace(day=1)
        named = re.fullmatch(r"(\d{4})-(\d{2})", self.cleaned_data.get("bulan") or "", re.ASCII)
        if named and FIRST_YEAR <= int(named[1]) <= LAST_YEAR and 1 <= int(named[2]) <= 12:
            return date(int(named[1]), int(named[2]), 1)
        return localdate().replace(day=1)

    @property
    def kind(self) -> str:
        return self.cleaned_data.get("jenis") or ""

    @property
    def activity(self) -> str:
        """The kind as the printed calendar takes it."""
        return self.kind or ALL_KINDS

    @property
    def district(self) -> District | None:
        return self.cleaned_data.get("kabupaten")

    @property
    def printed_district(self) -> District | None:
        """The kabupaten whose calendar is printed: the chosen or the only one; None: it has to be chosen first."""
        return self.only_district or self.district
