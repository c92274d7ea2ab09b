"""The filters of Beranda."""

from django import forms
from django.db.models import Q

from accounts.rights import sees_whole_district
from monitoring.forms.area import AreaFilter
from monitoring.queries.chain import LABELS, STATE_WORDS
from records.search_keys import search_key
from villages.services.former_names import once_called


class HomeFilter(AreaFilter):
    """Besides the villages: by name, and in which state of which stage."""

    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), *LABELS.items()])
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[("", "Semua"), *((s.value, w) for s, w in STATE_WORDS.items())]
    )

    def fields_for_people(self):
        # The office asks after a cohort; a fasilitator works in all villages of the assignment.
        self.newest_cohort_first = sees_whole_district(self.user)
        super().fields_for_people()
        self.order_fields(["q", "ta", "kabupaten", "kecamatan", "tahap", "keadaan", "per"])

    def villages(self):
        rows = super().villages()
        text = self.cleaned_data.get("q") or ""
        if key := search_key(text):
            rows = rows.filter(Q(search_key__contains=key) | once_called(text))
        return rows

    def in_state(self, chains):
        """Those of the chains in the chosen state of the chosen stage; a state alone asks any stage."""
        stage, state = self.cleaned_data.get("tahap"), self.cleaned_data.get("keadaan")
        if not state:
            return chains
        stages = [stage] if stage else list(LABELS)
        return [chain for chain in chains if any(chain.stage(key).state == state for key in stages)]
