"""Filters of the indicators of many trainings."""

from django import forms

from accounts.lists import FilterForm, offer_named_year
from records.fields import choice_field
from trainings.models import Training


class IndicatorFilter(FilterForm):
    ta = forms.ChoiceField(label="Tahun anggaran", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *Training.Kind.choices])
    sasaran = forms.ChoiceField(label="Untuk desa penerima", required=False)

    def fields_for_people(self):
        rows = Training.objects.visible_to(self.user)
        for name, column, word in (("ta", "fiscal_year", "Semua TA"), ("sasaran", "cohort_year", "Semua penerima")):
            years = rows.exclude(**{column: None}).order_by(f"-{column}").values_list(column, flat=True).distinct()
            choice_field(self, name).choices = [("", word), *((str(year), f"TA {year}") for year in years)]
            offer_named_year(self, name, "TA {}")

    def narrow_ta(self, rows, value):
        return rows.filter(fiscal_year=value)

    def narrow_jenis(self, rows, value):
        return rows.filter(kind=value)

    def narrow_sasaran(self, rows, value):
        return rows.filter(cohort_year=value)
