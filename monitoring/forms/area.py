"""Which villages, as of which day: the filters that all pages of monitoring share and hand on to each other."""

from datetime import date

from django import forms
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from accounts.models import District, DistrictSettings, Subdistrict, User
from accounts.rights import sees_whole_district
from monitoring.forms.days import DayFilter
from monitoring.queries.chain import Chain, chains_of
from records.formats import date_id
from villages.forms.places import asked_district
from villages.models import Assignment, Facility, GrantAward, Programme, Village

ALL, WITH_SPAM = "semua", "spam"


class AreaFilter(DayFilter):
    """Kabupaten, kecamatan, cohort, programme, fasilitator, year of the plan and day.

    A subclass for rows that lie in a village sets `village`, the path to it.
    """

    village = ""
    newest_cohort_first = False  # which villages an address without `ta` means: all, or those of the newest cohort

    kabupaten = forms.ModelChoiceField(
        District.objects.none(), label="Kabupaten", required=False, empty_label="Semua kabupaten"
    )
    kecamatan = forms.ModelChoiceField(
        Subdistrict.objects.none(), label="Kecamatan", required=False, empty_label="Semua"
    )
    ta = forms.ChoiceField(label="Desa sasaran", required=False)
    program = forms.ModelChoiceField(Programme.objects.none(), label="Program", required=False, empty_label="Semua")
    tahun = forms.ChoiceField(label="Tahun rencana kerja", required=False)
    fasilitator = forms.ModelChoiceField(User.objects.none(), label="Fasilitator", required=False, empty_label="Semua")

    SHARED = ("kabupaten", "kecamatan", "ta", "program", "tahun", "fasilitator", "per")

    def fields_for_people(self):
        self._places()
        awards = GrantAward.objects.visible_to(self.user).order_by()
        found = set(awards.values_list("fiscal_year", "programme").distinct())
        self.years = sorted({year for year, _ in found}, reverse=True)
        cohorts = [(str(year), f"TA {year}") for year in self.years]
        rest = [(WITH_SPAM, "Semua desa yang mempunyai SPAM"), (ALL, "Semua desa")]
        self.cohorts_first = [*cohorts, *rest]
        self.fields["ta"].choices = self.cohorts_first if self.newest_cohort_first else [rest[1], *cohorts, rest[0]]
        programmes = {programme for _, programme in found}
        self.fields["program"].queryset = Programme.objects.filter(pk__in=programmes)
        if len(programmes) < 2:
            self._put_away("program")
        rules = self.user.district.rules if self.user.district_id else DistrictSettings()
        years = range(localdate().year + 1, rules.recorded_since - 1, -1)
        self.fields["tahun"].choices = [("", "Tahun keadaan"), *((str(year), str(year)) for year in years)]
        self.order_fields(["q", *self.SHARED])

    def _places(self):
        """Kecamatan and fasilitator are offered of one kabupaten: those of a whole country fill no list."""
        self.districts = list(District.objects.visible_to(self.user))
        self.fields["kabupaten"].queryset = District.objects.visible_to(self.user)
        subdistricts = Subdistrict.objects.visible_to(self.user)
        people = User.objects.visible_to(self.user).facilitators()
        if len(self.districts) < 2:
            self._put_away("kabupaten")
        elif (place := self.asked_district(subdistricts)) is not None:
            subdistricts, people = subdistricts.filter(district=place), people.filter(district=place)
        else:
            self._put_away("kecamatan")
            self._put_away("fasilitator")
        self.fields["kecamatan"].queryset = subdistricts
        self.fields["fasilitator"].queryset = people.order_by("name", "username")
        if not sees_whole_district(self.user):
            self._put_away("fasilitator")

    def asked_district(self, subdistricts) -> int | None:
        return asked_district(self.data, subdistricts)

    def _put_away(self, name):
        """Not offered, yet handed on."""
        self.fields[name].widget = forms.HiddenInput()

    # What was asked --------------------------------------------------------------------------------------

    @cached_property
    def whose(self) -> str:
        """The word of `ta` in force: a year, ALL or WITH_SPAM."""
        default = str(self.years[0]) if self.newest_cohort_first and self.years else ALL
        return self.cleaned_data.get("ta") or default

    @property
    def cohort_year(self) -> int | None:
        return int(self.whose) if self.whose.isdecimal() else None

    @property
    def programme(self) -> Programme | None:
        return self.cleaned_data.get("program")

    @property
    def plan_year(self) -> int | None:
        """The year whose plans count; None for that of the day."""
        return int(self.cleaned_data["tahun"]) if self.cleaned_data.get("tahun") else None

    @property
    def is_today(self) -> bool:
        """Whether the chain is asked for as of today, of any programme, with the plans of this year."""
        return self.day == localdate() and not self.programme and self.plan_year in (None, self.day.year)

    @property
    def whose_word(self) -> str:
        """The chosen villages as a heading: "Desa sasaran TA 2017"."""
        if self.cohort_year:
            return f"Desa sasaran TA {self.cohort_year}"
        return dict(self.fields["ta"].choices)[self.whose]

    def told(self) -> list[tuple[str, str]]:
        """All that was asked in words, for files and papers."""
        words = [(str(self.fields[name].label), str(value)) for name, value in self._chosen() if name != "ta"]
        return [("Desa", self.whose_word), *words, ("Keadaan per", date_id(self.day))]

    def _chosen(self):
        for name in self.SHARED:
            value = self.cleaned_data.get(name)
            if value not in (None, "") and not isinstance(value, date):
                yield name, value

    @property
    def carried(self) -> dict[str, str]:
        """What a link to another page of monitoring hands on, `ta` always: its default differs from page to page."""
        handed = {name: str(getattr(value, "pk", value)) for name, value in self._chosen()} | {"ta": self.whose}
        if self.cleaned_data.get("per"):
            handed["per"] = self.day.isoformat()
        return handed

    # What it leaves --------------------------------------------------------------------------------------

    def villages(self):
        """The chosen villages that this person may see, by code, with what the chain reads of their place."""
        rows = Village.objects.visible_to(self.user).order_by("code")
        return AreaFilter.narrow(self, rows, "").select_related("subdistrict__district__settings_row")

    def chains(self, villages=None) -> list[Chain]:
        """The chains of the chosen villages, or of these among them, as asked."""
        return chains_of(
            self.villages() if villages is None else villages,
            self.day,
            self.cohort_year,
            programme=self.programme,
            plan_year=self.plan_year,
        )

    def narrow(self, rows, village=None):
        """Rows of the chosen villages; `village` is the path to it."""
        path = self.village if village is None else village
        to, at = f"{path}__" if path else "", f"{path or 'pk'}__in"
        chosen = self.cleaned_data
        if chosen.get("kabupaten"):
            rows = rows.filter(**{f"{to}subdistrict__district": chosen["kabupaten"]})
        if chosen.get("kecamatan"):
            rows = rows.filter(**{f"{to}subdistrict": chosen["kecamatan"]})
        if chosen.get("fasilitator"):
            held = Assignment.objects.overlapping(self.day, self.day).filter(user=chosen["fasilitator"])
            rows = rows.filter(**{at: held.values("village")})
        if self.whose == WITH_SPAM:
            rows = rows.filter(**{at: Facility.objects.built_by(self.day).values("village")})
        awarded = {"fiscal_year": self.cohort_year, "programme": self.programme}
        if awarded := {name: value for name, value in awarded.items() if value}:
            rows = rows.filter(**{at: GrantAward.objects.filter(**awarded).values("village")})
        return rows
