"""The filters of Beranda."""

from django import forms

from monitoring.chain import LABELS, STATE_WORDS
from monitoring.forms.days import DayFilter
from villages.models import GrantAward, Subdistrict, Village

ALL = "semua"


class HomeFilter(DayFilter):
    """Which villages (cohort, kecamatan, name), as of which day, and in which state of which stage."""

    ta = forms.ChoiceField(label="Desa sasaran", required=False)
    kecamatan = forms.ModelChoiceField(
        Subdistrict.objects.none(), label="Kecamatan", required=False, empty_label="Semua"
    )
    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), *LABELS.items()])
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[("", "Semua"), *((s.value, w) for s, w in STATE_WORDS.items())]
    )

    def fields_for_people(self):
        villages = Village.objects.visible_to(self.user)
        years = GrantAward.objects.filter(village__in=villages).values_list("fiscal_year", flat=True)
        self.years = sorted(set(years.distinct()), reverse=True)
        choices = [(str(year), f"TA {year}") for year in self.years]
        self.fields["ta"].choices = [*choices, (ALL, "Semua desa")]
        self.fields["kecamatan"].queryset = Subdistrict.objects.visible_to(self.user)
        self.order_fields(["q", "ta", "kecamatan", "tahap", "keadaan", "per"])
        if not self.data.get("ta"):
            self.initial["ta"] = str(self.years[0]) if self.years else ALL

    @property
    def cohort_year(self) -> int | None:
        """The chosen cohort, the newest by default; None for all villages."""
        chosen = self.cleaned_data.get("ta") or (str(self.years[0]) if self.years else ALL)
        return None if chosen == ALL else int(chosen)
