"""The filters of the national findings."""

from django import forms

from monitoring.findings import FOUND_WORDS, Found
from monitoring.forms.days import DayFilter
from villages.forms.places import PlaceFilter


class FindingsFilter(DayFilter, PlaceFilter):
    """Which groups, as of which day."""

    village = "village"

    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[("", "Semua"), ("pamsimas", "Pamsimas"), ("non", "Non-Pamsimas")]
    )

    def fields_for_people(self):
        super().fields_for_people()
        self.order_fields(["kecamatan", "ta", "jenis", "keadaan", "per"])

    def narrow_jenis(self, rows, value):
        return rows.filter(is_pamsimas=value == "pamsimas")


class FindingGroupsFilter(FindingsFilter):
    """The groups behind one number: those of which it was found, by default."""

    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[(found.value, word) for found, word in FOUND_WORDS.items()]
    )

    def narrow_keadaan(self, rows, value):
        """Judged in Python, after the rows are read."""
        return rows

    @property
    def found(self) -> Found:
        return Found(self.cleaned_data.get("keadaan") or Found.YES)
