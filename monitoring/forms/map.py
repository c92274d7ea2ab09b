"""Filters of the map: those of Beranda, the shown stage, and the visible part."""

from django import forms

from monitoring.charts.map import MapPart
from monitoring.forms.home import HomeFilter
from monitoring.queries.chain import LABELS
from monitoring.queries.stage_counts import ChosenState
from records.fields import choice_field

ZOOMS = (1, 2, 4, 8)


class MapFilter(HomeFilter):
    desa = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    zum = forms.TypedChoiceField(
        required=False,
        choices=[(zoom, zoom) for zoom in ZOOMS],
        coerce=int,
        empty_value=1,  # type: ignore[arg-type]  # Django takes any value
        widget=forms.HiddenInput,
    )
    x = forms.FloatField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)
    y = forms.FloatField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)

    def fields_for_people(self):
        super().fields_for_people()
        choice_field(self, "tahap").choices = [
            ("", LABELS["facility"]),
            *((k, v) for k, v in LABELS.items() if k != "facility"),
        ]

    @property
    def chosen_state(self) -> ChosenState:
        return ChosenState(self.cleaned_data.get("tahap") or "facility", self.cleaned_data.get("keadaan") or "")

    @property
    def map_part(self) -> MapPart:
        x, y = self.cleaned_data.get("x"), self.cleaned_data.get("y")
        centre = None if x is None or y is None else (x, y)
        return MapPart(self.cleaned_data.get("desa"), self.cleaned_data.get("zum") or 1, centre)
