"""Filters of Beranda."""

from dataclasses import replace

from django import forms
from django.utils.functional import cached_property

from accounts.rights import sees_whole_district
from monitoring.forms.area import AreaFilter
from monitoring.queries.area import Area
from monitoring.queries.chain import LABELS, STATE_LABELS
from monitoring.queries.stage_counts import ChosenState

STATE_CHOICES = [(state.value, label) for state, label in STATE_LABELS.items()]


class HomeFilter(AreaFilter):
    """Filters of villages, name, stage and state."""

    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), *LABELS.items()])
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua"), *STATE_CHOICES],
    )

    def fields_for_people(self):
        # The office works by cohort; a fasilitator works in all assigned villages.
        self.newest_cohort_first = sees_whole_district(self.user)
        super().fields_for_people()
        self.order_fields(["q", "ta", "kabupaten", "kecamatan", "tahap", "keadaan", "per"])

    @cached_property
    def area(self) -> Area:
        return replace(super().area, search=self.cleaned_data.get("q") or "")

    @property
    def chosen_state(self) -> ChosenState:
        return ChosenState(self.cleaned_data.get("tahap") or "", self.cleaned_data.get("keadaan") or "")
