"""The filters of the map: those of Beranda, the stage that is shown, and which part of the map."""

from django import forms

from monitoring.forms.home import HomeFilter
from monitoring.queries.chain import LABELS

ZOOMS = (1, 2, 4, 8)


class MapFilter(HomeFilter):
    desa = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    zum = forms.TypedChoiceField(
        required=False, choices=[(zoom, zoom) for zoom in ZOOMS], coerce=int, empty_value=1, widget=forms.HiddenInput
    )
    x = forms.FloatField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)
    y = forms.FloatField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["tahap"].choices = [
            ("", LABELS["facility"]),
            *((k, v) for k, v in LABELS.items() if k != "facility"),
        ]

    @property
    def stage(self) -> str:
        return self.cleaned_data.get("tahap") or "facility"

    @property
    def chosen(self) -> int | None:
        """The village that is looked at."""
        return self.cleaned_data.get("desa")

    @property
    def zoom(self) -> int:
        return self.cleaned_data.get("zum") or 1

    @property
    def centre(self) -> tuple[float, float] | None:
        x, y = self.cleaned_data.get("x"), self.cleaned_data.get("y")
        return None if x is None or y is None else (x, y)

    def in_state(self, chains):
        state = self.cleaned_data.get("keadaan")
        return [chain for chain in chains if not state or chain.stage(self.stage).state == state]
