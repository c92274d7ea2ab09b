"""Who gets water from the registered SPAM, as of a day: SR, KK and jiwa served against the totals of the villages.

The figures of a water system are those of its newest check up to the day that tells them. Shares compare like with
like: only villages whose totals are known count, above and below the line. Water systems that were never checked are
told, not counted as broken (our assumption).
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from villages.models import ConditionCheck, Facility, Subdistrict, Target, Village

Indicator = Target.Indicator


@dataclass
class Coverage:
    """The sums of one kecamatan, or of all (`place` None)."""

    place: Subdistrict | None = None
    villages: int = 0
    villages_served: int = 0  # with a registered water system
    facilities: int = 0
    checked: int = 0
    working: int = 0
    oldest: date | None = None  # the oldest of the newest checks
    connections: int = 0  # SR in use
    households: int = 0  # KK served
    people: int = 0  # jiwa served
    total_households: int = 0  # of villages whose total is known, and of those served among them:
    total_people: int = 0
    counted_households: int = 0
    counted_people: int = 0
    villages_without_people: int = 0  # whose jiwa are not known
    years: set[int] = field(default_factory=set)  # of the totals

    @property
    def household_share(self) -> Decimal | None:
        return share(self.counted_households, self.total_households)

    @property
    def people_share(self) -> Decimal | None:
        return share(self.counted_people, self.total_people)

    @property
    def working_share(self) -> Decimal | None:
        return share(self.working, self.checked)

    @property
    def unchecked(self) -> int:
        return self.facilities - self.checked

    def reached(self, indicator: str) -> Decimal | int | None:
        """The figure beside which a target of this indicator stands; None without data."""
        if indicator == Indicator.CONNECTIONS:
            return self.connections if self.checked else None
        if not self.checked:
            return None
        return {
            Indicator.PEOPLE: self.people_share,
            Indicator.HOUSEHOLDS: self.household_share,
            Indicator.FUNCTIONING: self.working_share,
        }[Indicator(indicator)]


def share(part: int, whole: int) -> Decimal | None:
    """Percent with two decimals, half up; None where the whole is not known."""
    return (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None


class Registry:
    """Villages, their water systems and all checks, read once; told as of any day without a further query."""

    def __init__(self, villages):
        """Three queries, whatever the number of `villages` (of one kabupaten)."""
        ids = villages.order_by().values("pk")
        self.villages: list[Village] = list(villages.select_related("subdistrict"))
        self.facilities = list(Facility.objects.filter(village__in=ids).only("village", "built_year"))
        self.checks: dict[int, list[ConditionCheck]] = {}
        checks = ConditionCheck.objects.filter(facility__village__in=ids).order_by("checked_on", "pk")
        for check in checks:
            self.checks.setdefault(check.facility_id, []).append(check)

    def up_to(self, facility: Facility, on: date) -> list[ConditionCheck]:
        """The checks of a water system up to the day, oldest first."""
        checks = self.checks.get(facility.pk, [])
        return checks[: bisect_right(checks, on, key=lambda check: check.checked_on)]

    def as_of(self, on: date) -> tuple[list[Coverage], Coverage]:
        """The kecamatan in the order of their codes, and the sum."""
        rows: dict[int, Coverage] = {}
        total = Coverage()
        sums_of = {}
        for village in self.villages:
            row = rows.setdefault(village.subdistrict_id, Coverage(village.subdistrict))
            sums_of[village.pk] = (village, (row, total))
            for sums in (row, total):
                _add_village(sums, village)
        served = set()
        for facility in self.facilities:
            if facility.built_year and facility.built_year > on.year:
                continue
            village, both = sums_of[facility.village_id]
            checks = self.up_to(facility, on)
            for sums in both:
                sums.facilities += 1
                sums.villages_served += village.pk not in served
                if checks:
                    _add_checks(sums, village, checks)
            served.add(village.pk)
        return sorted(rows.values(), key=lambda row: row.place.code), total


def _add_village(sums: Coverage, village: Village):
    sums.villages += 1
    sums.total_households += village.households or 0
    sums.total_people += village.people or 0
    sums.villages_without_people += village.people is None
    if village.figures_year:
        sums.years.add(village.figures_year)


def _told(checks: list[ConditionCheck], name: str) -> int:
    """The figure of the newest check that tells it: who only looked at the pump did not mean that nobody is served.

    Of a system found out of order only that check speaks.
    """
    if checks[-1].functioning == ConditionCheck.Functioning.BROKEN:
        return getattr(checks[-1], name) or 0
    return next((value for check in reversed(checks) if (value := getattr(check, name)) is not None), 0)


def _add_checks(sums: Coverage, village: Village, checks: list[ConditionCheck]):
    newest = checks[-1]
    sums.checked += 1
    sums.working += newest.functioning == ConditionCheck.Functioning.WORKS
    sums.oldest = min(sums.oldest or newest.checked_on, newest.checked_on)
    sums.connections += _told(checks, "connections_active")
    households, people = _told(checks, "households"), _told(checks, "people")
    sums.households += households
    sums.people += people
    if village.households:
        sums.counted_households += households
    if village.people:
        sums.counted_people += people


@dataclass(frozen=True)
class Cell:
    """One indicator in one year: what was reached, and the target beside it."""

    indicator: str
    value: Decimal | int | None
    target: Target | None

    @property
    def in_percent(self) -> bool:
        return self.indicator != Indicator.CONNECTIONS

    @property
    def is_met(self) -> bool:
        return self.target is not None and self.value is not None and self.value >= self.target.value


@dataclass(frozen=True)
class YearRow:
    year: int
    on: date | None  # None: the year has not begun
    cells: list[Cell]


YEARS_SHOWN = 5


def years_beside_targets(registry: Registry, targets: list[Target], today: date) -> list[YearRow]:
    """The last five years and every year with a target, newest first; each as of its last day, this one as of today."""
    by_year: dict[int, dict[str, Target]] = {}
    for target in targets:
        by_year.setdefault(target.year, {})[target.indicator] = target
    rows = []
    for year in sorted({*range(today.year - YEARS_SHOWN + 1, today.year + 1), *by_year}, reverse=True):
        on = min(date(year, 12, 31), today) if year <= today.year else None
        sums = registry.as_of(on)[1] if on else Coverage()
        cells = [Cell(key, sums.reached(key), by_year.get(year, {}).get(key)) for key in Indicator.values]
        rows.append(YearRow(year, on, cells))
    return rows
