"""The choices of a user for an area: kabupaten, kecamatan, villages, programme, year, fasilitator and day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from accounts.models import District, DistrictSettings, Subdistrict, User
from monitoring.rules.days import check_day
from records.parsers import days
from villages.models import GrantAward, Programme
from villages.queries.places import chosen_district

ALL, WITH_SPAM = "semua", "spam"
COHORT_LABELS = {WITH_SPAM: "Semua desa yang mempunyai SPAM", ALL: "Semua desa"}
# The parameters that pages pass on to each other, in the order of the filters.
LABELS = {
    "kabupaten": "Kabupaten",
    "kecamatan": "Kecamatan",
    "ta": "Desa sasaran",
    "program": "Program",
    "tahun": "Tahun rencana kerja",
    "fasilitator": "Fasilitator",
    "per": "Keadaan per",
}


class AreaChoices:
    """The choices of a user: visible rows, years of grants and of plans.

    Kecamatan and fasilitator are those of one kabupaten, because a list of the whole country would be useless.
    `one_district`: the figures are those of one kabupaten, by default the first.
    """

    def __init__(self, user: User, parameters: Mapping[str, str], *, one_district: bool = False):
        self.user, self.parameters, self.one_district = user, parameters, one_district

    @cached_property
    def districts(self) -> list[District]:
        return list(District.objects.visible_to(self.user))

    @cached_property
    def place(self) -> int | None:
        """The key of the kabupaten whose kecamatan and fasilitator are choices; None: those of all, without a list."""
        if len(self.districts) < 2:
            return None
        named = chosen_district(self.parameters, Subdistrict.objects.visible_to(self.user))
        return named if named or not self.one_district else self.districts[0].pk

    @property
    def subdistricts(self) -> QuerySet[Subdistrict]:
        rows = Subdistrict.objects.visible_to(self.user)
        return rows if self.place is None else rows.filter(district=self.place)

    @property
    def facilitators(self) -> QuerySet[User]:
        rows = User.objects.visible_to(self.user).facilitators()
        rows = rows if self.place is None else rows.filter(district=self.place)
        return rows.order_by("name", "username")

    @cached_property
    def _awarded(self) -> set[tuple[int, int]]:
        """(year, programme) of the grants."""
        awards = GrantAward.objects.visible_to(self.user).order_by()
        return set(awards.values_list("fiscal_year", "programme").distinct())

    @property
    def programme_keys(self) -> set[int]:
        return {programme for _, programme in self._awarded}

    @property
    def programmes(self) -> QuerySet[Programme]:
        return Programme.objects.filter(pk__in=self.programme_keys)

    @property
    def newest_cohort(self) -> str:
        """The year of the newest grants, or all villages without grants."""
        return str(max(year for year, _ in self._awarded)) if self._awarded else ALL

    def cohorts(self, *, newest_first: bool) -> list[tuple[str, str]]:
        """(value, label) of the years of grants, newest first, of all villages and of those with a SPAM."""
        years = sorted({year for year, _ in self._awarded}, reverse=True)
        awarded = [(str(year), f"TA {year}") for year in years]
        with_spam, everybody = COHORT_LABELS.items()
        return [*awarded, with_spam, everybody] if newest_first else [everybody, *awarded, with_spam]

    @property
    def plan_years(self) -> range:
        rules = self.user.district.rules if self.user.district else DistrictSettings()
        return range(localdate().year + 1, rules.recorded_since - 1, -1)

    def valid(self) -> dict[str, Any]:
        """The valid parameters as values; others filter nothing."""
        sent = {name: self.parameters[name] for name in LABELS if self.parameters.get(name)}
        rows: dict[str, QuerySet] = {
            "kabupaten": District.objects.visible_to(self.user),
            "kecamatan": self.subdistricts,
            "program": self.programmes,
            "fasilitator": self.facilitators,
        }
        found: dict[str, Any] = {name: _row(rows[name], text) for name, text in sent.items() if name in rows}
        if sent.get("ta") in dict(self.cohorts(newest_first=True)):
            found["ta"] = sent["ta"]
        if sent.get("tahun") in {str(year) for year in self.plan_years}:
            found["tahun"] = sent["tahun"]
        return found | {"per": chosen_day(sent.get("per"))}


def _row(rows: QuerySet, key: str) -> Model | None:
    try:
        return rows.get(pk=key)
    except (ValueError, rows.model.DoesNotExist):
        return None


def chosen_day(text: str | None) -> date | None:
    """The day of the parameter; None for a missing, future or too early day."""
    try:
        day = days.read(text) if text else None
        if day:
            check_day(day)
    except ValidationError:
        return None
    return day
