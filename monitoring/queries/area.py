"""The area of a page, chart or document of monitoring: villages and day.

An Area is read from the parameters of a URL or of a stored report (`Area.of`), or made by the form of a page, which
shows errors. A value that the user may not choose filters nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import District, Subdistrict, User
from monitoring.queries.area_choices import ALL, COHORT_LABELS, LABELS, WITH_SPAM, AreaChoices
from monitoring.queries.chain import Chain, chains_of
from records.formats import date_id
from records.search_keys import search_key
from villages.models import Assignment, Facility, GrantAward, Programme, Village
from villages.services.former_names import once_called


@dataclass(frozen=True, kw_only=True)
class Area:
    """The chosen villages as a user sees them on a day.

    `within` is the one kabupaten of the figures; None: all visible kabupaten together.
    """

    user: User
    day: date
    day_chosen: bool = False  # otherwise it is today
    within: District | None = None
    district: District | None = None
    subdistrict: Subdistrict | None = None
    cohort_chosen: str = ""  # a year, ALL or WITH_SPAM
    cohort_default: str = ALL
    programme: Programme | None = None
    plan_year: int | None = None  # the year whose plans count; None for that of the day
    facilitator: User | None = None
    search: str = ""  # a part of the name

    @classmethod
    def of(
        cls, parameters: Mapping[str, str], user: User, *, newest_first: bool = False, one_district: bool = False
    ) -> "Area":
        """The area of these parameters; without `ta` all villages, or the newest cohort (`newest_first`)."""
        choices = AreaChoices(user, parameters, one_district=one_district)
        return cls.chosen(choices, choices.valid(), newest_first=newest_first)

    @classmethod
    def of_district(cls, parameters: Mapping[str, str], user: User) -> "Area":
        """The area of a Ringkasan: one kabupaten and, by default, its newest cohort."""
        return cls.of(parameters, user, newest_first=True, one_district=True)

    @classmethod
    def chosen(cls, choices: AreaChoices, values: Mapping[str, Any], *, newest_first: bool) -> "Area":
        """The area of valid values ({parameter: row or text})."""
        district, subdistrict = values.get("kabupaten"), values.get("kecamatan")
        within = None
        if choices.one_district:
            within = district or (subdistrict.district if subdistrict else next(iter(choices.districts), None))
        year = values.get("tahun")
        return cls(
            user=choices.user,
            day=values.get("per") or localdate(),
            day_chosen=bool(values.get("per")),
            within=within,
            district=district,
            subdistrict=subdistrict,
            cohort_chosen=values.get("ta") or "",
            cohort_default=choices.newest_cohort if newest_first else ALL,
            programme=values.get("program"),
            plan_year=int(year) if year else None,
            facilitator=values.get("fasilitator"),
        )

    # What was chosen

    @property
    def cohort(self) -> str:
        """A year, ALL or WITH_SPAM."""
        return self.cohort_chosen or self.cohort_default

    @property
    def cohort_year(self) -> int | None:
        return int(self.cohort) if self.cohort.isdecimal() else None

    @property
    def cohort_label(self) -> str:
        """The chosen villages as a heading: "Desa sasaran TA 2017"."""
        return f"Desa sasaran TA {self.cohort_year}" if self.cohort_year else COHORT_LABELS[self.cohort]

    @property
    def is_today(self) -> bool:
        """Whether the chain is that of today, of any programme, with the plans of this year."""
        return self.day == localdate() and not self.programme and self.plan_year in (None, self.day.year)

    @property
    def is_narrowed(self) -> bool:
        """Whether some villages of the kabupaten are left out."""
        return self.cohort != ALL or any((self.subdistrict, self.programme, self.facilitator))

    def _values(self) -> dict[str, Any]:
        """{parameter: value} of the choices besides the day, in the order of the filters."""
        values = {
            "kabupaten": self.district,
            "kecamatan": self.subdistrict,
            "ta": self.cohort_chosen,
            "program": self.programme,
            "tahun": self.plan_year,
            "fasilitator": self.facilitator,
        }
        return {name: value for name, value in values.items() if value}

    @property
    def labels(self) -> list[tuple[str, str]]:
        """(label, text) of all choices, for files and documents."""
        chosen = [(LABELS[name], str(value)) for name, value in self._values().items() if name != "ta"]
        return [("Desa", self.cohort_label), *chosen, (LABELS["per"], date_id(self.day))]

    @property
    def parameters(self) -> dict[str, str]:
        """Parameters of links to other pages, always with `ta`, whose default differs from page to page."""
        handed = {name: str(getattr(value, "pk", value)) for name, value in self._values().items()}
        handed["ta"] = self.cohort
        return handed | {"per": self.day.isoformat()} if self.day_chosen else handed

    # The villages

    def villages(self) -> QuerySet[Village]:
        """The chosen visible villages by code, with the places that the chain reads."""
        rows = self.narrow(Village.objects.visible_to(self.user).order_by("code"))
        if key := search_key(self.search):
            rows = rows.filter(Q(search_key__contains=key) | once_called(self.search))
        return rows.select_related("subdistrict__district__settings_row")

    def everywhere(self) -> QuerySet[Village]:
        """All visible villages of the kabupaten, for coverage, which is that of the whole."""
        rows = Village.objects.visible_to(self.user)
        return rows.filter(subdistrict__district=self.within) if self.within else rows

    def chains(self, villages=None) -> list[Chain]:
        """The chains of the chosen villages, or of these among them."""
        return chains_of(
            self.villages() if villages is None else villages,
            self.day,
            self.cohort_year,
            programme=self.programme,
            plan_year=self.plan_year,
        )

    def narrow(self, rows: QuerySet, path: str = "") -> QuerySet:
        """Rows of the chosen villages; `path`: the lookup to the village, empty for villages."""
        to, at = f"{path}__" if path else "", f"{path or 'pk'}__in"
        for district in filter(None, (self.within, self.district)):
            rows = rows.filter(**{f"{to}subdistrict__district": district})
        if self.subdistrict:
            rows = rows.filter(**{f"{to}subdistrict": self.subdistrict})
        if self.facilitator:
            held = Assignment.objects.overlapping(self.day, self.day).filter(user=self.facilitator)
            rows = rows.filter(**{at: held.values("village")})
        if self.cohort == WITH_SPAM:
            rows = rows.filter(**{at: Facility.objects.built_by(self.day).values("village")})
        awarded = {"fiscal_year": self.cohort_year, "programme": self.programme}
        if awarded := {name: value for name, value in awarded.items() if value}:
            rows = rows.filter(**{at: GrantAward.objects.filter(**awarded).values("village")})
        return rows


@dataclass(frozen=True, kw_only=True)
class VillageArea(Area):
    """The area of one village; of the parameters only the day and the year of the plans count."""

    village: Village

    @classmethod
    def of_village(cls, parameters: Mapping[str, str], user: User, village: Village) -> "VillageArea":
        kept = {name: parameters[name] for name in ("per", "tahun") if parameters.get(name)}
        values = AreaChoices(user, kept).valid()
        return cls(
            user=user,
            village=village,
            within=village.subdistrict.district,
            day=values["per"] or localdate(),
            day_chosen=bool(values["per"]),
            plan_year=int(values["tahun"]) if values.get("tahun") else None,
        )

    @property
    def labels(self) -> list[tuple[str, str]]:
        return [("Desa", str(self.village)), (LABELS["per"], date_id(self.day))]

    @property
    def parameters(self) -> dict[str, str]:
        return {name: text for name, text in super().parameters.items() if name in ("per", "tahun")}

    def villages(self) -> QuerySet[Village]:
        rows = self.narrow(Village.objects.visible_to(self.user))
        return rows.select_related("subdistrict__district__settings_row")

    def everywhere(self) -> QuerySet[Village]:
        return self.villages()

    def narrow(self, rows: QuerySet, path: str = "") -> QuerySet:
        return rows.filter(**{path or "pk": self.village.pk})
