"""Coverage as of a day: SR, KK and jiwa served by the registered SPAM, compared with the totals of the villages.

The figures of a water system are those of its newest check with the figure up to the day. Numerator and denominator of
a share include only villages with a known total whose water systems all have the figure. A village without a registered
water system is unknown, not unserved. Water systems that were never checked are listed, not counted as broken. The
state of a water system is known for twelve months, as in the chain and the findings (water.py), while the people served
stay those of the newest check (all our assumption).
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounts.models import Subdistrict
from monitoring.queries.water import Fact, Functioning, Water, damages_of, judged
from records.formats import number_id, percent
from records.sums import share, sum_known
from villages.models import ConditionCheck, Facility, Target, Village

Indicator = Target.Indicator


@dataclass
class Served:
    """One figure of many water systems (SR, KK, jiwa) with the totals of their villages.

    `value` sums the known figures, None without any. The share has its own base: `part` of `whole`, over `villages`
    with a known total and known figures of all water systems.
    """

    value: int | None = None
    unknown: int = 0  # water systems without this figure
    part: int = 0
    whole: int | None = None
    villages: int = 0
    total: int | None = None  # of all villages with a known total

    @property
    def share(self) -> Decimal | None:
        return share(self.part, self.whole)


@dataclass
class Coverage:
    """The sums of one kecamatan, or of all (`place` None). An unknown figure is None ("belum ada data"), never 0."""

    place: Subdistrict | None = None
    villages: int = 0
    villages_served: int = 0  # with a registered water system
    facilities: int = 0
    checked: int = 0
    known: int = 0  # with a known state: checked within twelve months, or broken and not repaired
    working_known: int = 0
    oldest: date | None = None  # the oldest of the newest checks
    sr: Served = field(default_factory=Served)
    kk: Served = field(default_factory=Served)
    jiwa: Served = field(default_factory=Served)
    villages_without_people: int = 0  # with unknown jiwa
    years: set[int] = field(default_factory=set)  # of the totals

    @property
    def working(self) -> int | None:
        return self.working_known if self.known else None

    @property
    def connections(self) -> int | None:
        """SR in use."""
        return self.sr.value

    @property
    def households(self) -> int | None:
        """KK served."""
        return self.kk.value

    @property
    def people(self) -> int | None:
        """Jiwa served."""
        return self.jiwa.value

    @property
    def household_share(self) -> Decimal | None:
        return self.kk.share

    @property
    def people_share(self) -> Decimal | None:
        return self.jiwa.share

    @property
    def working_share(self) -> Decimal | None:
        return share(self.working_known, self.known)

    @property
    def unchecked(self) -> int:
        return self.facilities - self.checked

    def reached(self, indicator: str) -> Decimal | int | None:
        """The figure to compare with a target of this indicator; None without data."""
        return {
            Indicator.CONNECTIONS: self.connections,
            Indicator.PEOPLE: self.people_share,
            Indicator.HOUSEHOLDS: self.household_share,
            Indicator.FUNCTIONING: self.working_share,
        }[Indicator(indicator)]

    def base(self, indicator: str) -> str:
        """The base of the figure of this indicator: "16 dari 105 desa"; empty without data."""
        if self.reached(indicator) is None:
            return ""
        if indicator == Indicator.FUNCTIONING:
            return f"{number_id(self.known)} dari {number_id(self.facilities)} SPAM"
        if indicator == Indicator.CONNECTIONS:
            return f"{number_id(self.facilities - self.sr.unknown)} dari {number_id(self.facilities)} SPAM"
        counted = self.jiwa if indicator == Indicator.PEOPLE else self.kk
        return f"{number_id(counted.villages)} dari {number_id(self.villages)} desa"


@dataclass(frozen=True)
class Seen:
    """One water system as of a day: its checks until then, the oldest first, and its state."""

    checks: list[ConditionCheck]
    water: Water

    def figure(self, name: str) -> int | None:
        """The figure of the newest check that has it, because a check of only the pump says nothing about the people
        served.

        Of a system that is out of order only the check that found it counts: a missing figure means nobody served.
        After the repair that check does not count any more. None where no check has the figure.
        """
        checks = self.checks
        if checks and checks[-1].functioning == Functioning.BROKEN:
            if self.water.functioning == Functioning.BROKEN:
                return getattr(checks[-1], name) or 0
            checks = [check for check in checks if check.functioning != Functioning.BROKEN]
        return next((value for check in reversed(checks) if (value := getattr(check, name)) is not None), None)


class Registry:
    """Villages, their water systems and all checks, loaded once; coverage of any day needs no further query."""

    def __init__(self, villages):
        """Five queries, whatever the number of `villages` (of one kabupaten)."""
        ids = villages.order_by().values("pk")
        self.villages: list[Village] = list(villages.select_related("subdistrict"))
        self.facilities = list(Facility.objects.filter(village__in=ids).only("village", "built_year"))
        self.checks: dict[int, list[ConditionCheck]] = {}
        checks = ConditionCheck.objects.filter(facility__village__in=ids).order_by("checked_on", "pk")
        for check in checks:
            self.checks.setdefault(check.facility_id, []).append(check)
        self.damages = damages_of([facility.pk for facility in self.facilities])

    def up_to(self, facility: Facility, on: date) -> list[ConditionCheck]:
        """The checks of a water system up to the day, oldest first."""
        checks = self.checks.get(facility.pk, [])
        return checks[: bisect_right(checks, on, key=lambda check: check.checked_on)]

    def _seen(self, facility: Facility, on: date) -> "Seen":
        checks = self.up_to(facility, on)
        newest = Fact(checks[-1].checked_on, checks[-1].recorded_at, checks[-1].functioning) if checks else None
        return Seen(checks, judged(newest, self.damages[facility.pk], on))

    def as_of(self, on: date) -> tuple[list[Coverage], Coverage]:
        """The kecamatan in the order of their codes, and the sum."""
        rows: dict[int, Coverage] = {}
        total = Coverage()
        built: dict[int, list[Facility]] = {}
        for facility in self.facilities:
            if not facility.built_year or facility.built_year <= on.year:
                built.setdefault(facility.village_id, []).append(facility)
        for village in self.villages:
            row = rows.setdefault(village.subdistrict_id, Coverage(village.subdistrict))
            seen = [self._seen(facility, on) for facility in built.get(village.pk, [])]
            for sums in (row, total):
                _add_village(sums, village, seen)
        return sorted(rows.values(), key=lambda row: row.place.code if row.place else ""), total


def _add_village(sums: Coverage, village: Village, facilities: list[Seen]):
    """Adds one village with its water systems as of the day."""
    sums.villages += 1
    sums.villages_served += bool(facilities)
    sums.villages_without_people += village.people is None
    if village.figures_year:
        sums.years.add(village.figures_year)
    sums.facilities += len(facilities)
    for seen in facilities:
        sums.known += seen.water.is_known
        sums.working_known += seen.water.is_known and seen.water.functioning == Functioning.WORKS
        if seen.checks:
            newest = seen.checks[-1].checked_on
            sums.checked += 1
            sums.oldest = min(sums.oldest or newest, newest)
    _add_served(sums.sr, [seen.figure("connections_active") for seen in facilities])
    _add_served(sums.kk, [seen.figure("households") for seen in facilities], village.households)
    _add_served(sums.jiwa, [seen.figure("people") for seen in facilities], village.people)


def _add_served(sums: Served, figures: list[int | None], total: int | None = None):
    """Adds the figures of the water systems of one village, beside its total."""
    known = [figure for figure in figures if figure is not None]
    sums.unknown += len(figures) - len(known)
    sums.total = sum_known((sums.total, total))
    sums.value = sum_known((sums.value, *known))
    if total and known and len(known) == len(figures):
        sums.part += sum(known)
        sums.whole = sum_known((sums.whole, total))
        sums.villages += 1


@dataclass(frozen=True)
class Cell:
    """One indicator in one year: the figure and its target."""

    indicator: str
    value: Decimal | int | None
    target: Target | None
    base: str = ""

    @property
    def in_percent(self) -> bool:
        return self.indicator != Indicator.CONNECTIONS

    @property
    def target_text(self) -> str:
        """ "target 77 %", or a number of connections; empty without a target."""
        if self.target is None:
            return ""
        return f"target {percent(self.target.value) if self.in_percent else number_id(self.target.value)}"

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
        cells = [
            Cell(key, sums.reached(key), by_year.get(year, {}).get(key), sums.base(key)) for key in Indicator.values
        ]
        rows.append(YearRow(year, on, cells))
    return rows
