"""Filters of the national findings."""

from django import forms

from kpspams.forms.kinds import KIND_CHOICES, PAMSIMAS
from kpspams.models import KpspamsGroup
from monitoring.forms.area import AreaFilter
from monitoring.queries.findings import FOUND_LABELS, Found


class FindingsFilter(AreaFilter):
    """Filters of groups and day."""

    village = "village"

    jenis = forms.ChoiceField(label="Jenis", required=False, choices=KIND_CHOICES)

    def fields_for_people(self):
        super().fields_for_people()
        self.order_fields(["ta", "kabupaten", "kecamatan", "jenis", "keadaan", "per"])

    def narrow(self, rows):
        rows = super().narrow(rows)
        kind = self.cleaned_data.get("jenis")
        return rows.filter(is_pamsimas=kind == PAMSIMAS) if kind else rows

    def narrow_facilities(self, rows):
        """Water systems of the chosen villages; for a kind of group those of villages with such a group."""
        rows = self.area.narrow(rows, "village")
        if kind := self.cleaned_data.get("jenis"):
            groups = KpspamsGroup.objects.current(self.day).filter(is_pamsimas=kind == PAMSIMAS)
            rows = rows.filter(village__in=groups.values("village"))
        return rows


class FindingGroupsFilter(FindingsFilter):
    """Filters of the groups behind one number: by default those with the finding."""

    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[(found.value, label) for found, label in FOUND_LABELS.items()]
    )

    @property
    def found(self) -> Found:
        return Found(self.cleaned_data.get("keadaan") or Found.YES)
