"""Filters shared by all pages of monitoring, as a form that returns an Area."""

from django import forms
from django.utils.functional import cached_property

from accounts.models import District, Subdistrict, User
from accounts.rights import sees_whole_district
from monitoring.forms.days import DayFilter
from monitoring.queries.area import Area
from monitoring.queries.area_choices import LABELS, AreaChoices
from records.fields import choice_field, row_field
from villages.models import Programme


class AreaFilter(DayFilter):
    """Kabupaten, kecamatan, cohort, programme, fasilitator, year of the plan and day.

    A subclass for rows of a village sets `village`, the lookup to it.
    """

    village = ""
    newest_cohort_first = False  # villages of a URL without `ta`: all, or those of the newest cohort
    one_district = False  # the figures are those of one kabupaten

    kabupaten = forms.ModelChoiceField(
        District.objects.none(), label=LABELS["kabupaten"], required=False, empty_label="Semua kabupaten"
    )
    kecamatan = forms.ModelChoiceField(
        Subdistrict.objects.none(), label=LABELS["kecamatan"], required=False, empty_label="Semua"
    )
    ta = forms.ChoiceField(label=LABELS["ta"], required=False)
    program = forms.ModelChoiceField(
        Programme.objects.none(), label=LABELS["program"], required=False, empty_label="Semua"
    )
    tahun = forms.ChoiceField(label=LABELS["tahun"], required=False)
    fasilitator = forms.ModelChoiceField(
        User.objects.none(), label=LABELS["fasilitator"], required=False, empty_label="Semua"
    )

    def fields_for_people(self):
        self.choices = AreaChoices(self.user, self.data, one_district=self.one_district)
        self._places()
        choice_field(self, "ta").choices = self.choices.cohorts(newest_first=self.newest_cohort_first)
        row_field(self, "program").queryset = self.choices.programmes
        if len(self.choices.programme_keys) < 2:
            self._put_away("program")
        years = [(str(year), str(year)) for year in self.choices.plan_years]
        choice_field(self, "tahun").choices = [("", "Tahun keadaan"), *years]
        self.order_fields(["q", *LABELS])

    def _places(self):
        """Hides kecamatan and fasilitator without a chosen kabupaten: a list of the whole country would be useless."""
        row_field(self, "kabupaten").queryset = District.objects.visible_to(self.user)
        row_field(self, "kecamatan").queryset = self.choices.subdistricts
        row_field(self, "fasilitator").queryset = self.choices.facilitators
        if len(self.choices.districts) < 2:
            self._put_away("kabupaten")
        elif self.choices.place is None:
            self._put_away("kecamatan")
            self._put_away("fasilitator")
        if not sees_whole_district(self.user):
            self._put_away("fasilitator")

    def _put_away(self, name):
        """Hides a field whose value is still passed on."""
        self.fields[name].widget = forms.HiddenInput()

    @cached_property
    def area(self) -> Area:
        """The chosen area; an invalid value filters nothing."""
        return Area.chosen(self.choices, self.cleaned_data, newest_first=self.newest_cohort_first)

    @property
    def parameters(self) -> dict[str, str]:
        """The query string for links to other pages."""
        return self.area.parameters

    def narrow(self, rows):
        """Rows of the chosen villages."""
        return self.area.narrow(rows, self.village)
