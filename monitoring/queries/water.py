"""State of a water system on a day: the newest fact counts, from whichever page.

Facts are the newest check, an open damage whose water stopped, and the repair of a damage ("berfungsi kembali"). They
are ordered by their days, on one day by their recording. A check or a repair is valid for twelve months, an open damage
until it is closed. After a repair a new check is due (all our assumption). Where a check newer than an open damage
found the water running, the check counts and the text says that the two disagree.

Several water systems of one village have a common state only when all states are known: a functioning one beside one
without a check, or without one for twelve months, is neither sudah nor belum but sebagian, and the text has the number
of checks that are due (our assumption).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from plans.models import DamageReport, DamageStep
from records.formats import date_id
from villages.models import ConditionCheck, Facility
from villages.models.facilities import FacilityQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

Functioning = ConditionCheck.Functioning
WORKING = DamageReport.State.WORKING
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def fresh_since(on: date) -> date:
    """The first day whose facts are still valid on `on`: twelve months before (our assumption)."""
    leap_day = (on.month, on.day) == (2, 29)
    return date(on.year - 1, 3, 1) if leap_day else on.replace(year=on.year - 1)


def is_old(day: date | None, on: date) -> bool:
    """Whether a fact of `day` is too old for `on`."""
    return day is None or day < fresh_since(on)


@dataclass(frozen=True)
class Fact:
    """A fact about a water system, valid from its day on."""

    day: date
    recorded_at: datetime
    functioning: str

    @property
    def place(self) -> tuple[date, datetime]:
        return self.day, self.recorded_at


@dataclass(frozen=True)
class Damage:
    """One damage as of a day: open or repaired, with the newest day of evidence."""

    since: date
    stopped: bool
    is_open: bool
    reported: Fact


@dataclass(frozen=True)
class Water:
    """The state of one water system: `functioning` is None where unknown; `note`: further information.

    `needs_check`: there is no check within twelve months, or none since the repair.
    """

    functioning: str | None = None
    day: date | None = None
    fresh: bool = False
    needs_check: bool = True
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the state is recorded and still valid."""
        return self.functioning is not None and self.fresh

    @property
    def summary(self) -> str:
        """ "Berfungsi"; "Tidak berfungsi, rusak sejak 3 November 2025"; "" where unknown."""
        if self.functioning is None:
            return ""
        return ", ".join(filter(None, (str(Functioning(self.functioning).label), self.note)))


class _WaterOnRow(TypedDict):
    water: Water


FacilityWithWater: TypeAlias = "WithAnnotations[Facility, _WaterOnRow]"


def unseen(waters: Iterable[Water]) -> str:
    """The number of these water systems with unknown state, and why: "1 belum diperiksa, 2 perlu dicek"; "" for
    none.
    """
    unknown = [water for water in waters if not water.is_known]
    never = sum(water.day is None for water in unknown)
    counts = ((never, "belum diperiksa"), (len(unknown) - never, "perlu dicek"))
    return ", ".join(f"{count} {label}" for count, label in counts if count)


def damage_on(report: DamageReport, on: date) -> Damage:
    """One damage as of `on` from its dated steps (prefetched); a report without steps from its state column."""
    steps = [step for step in report.steps.all() if step.on <= on]
    if steps:
        last = max(steps, key=lambda step: (step.on, step.pk))
        working, day, recorded_at = last.state == WORKING, max(last.on, report.since), last.recorded_at
    else:
        again = report.working_again_on
        working = again is not None and again <= on
        day, recorded_at = (again if again and working else report.since), LONG_AGO
    state = Functioning.WORKS if working else Functioning.BROKEN
    return Damage(report.since, report.stopped, not working, Fact(day, recorded_at, state))


def water_on(check: Fact | None, damages: Iterable[Damage], on: date) -> Water:
    """The state of one water system from its newest check and its damages up to the day."""
    damages = list(damages)
    stops = [damage for damage in damages if damage.is_open and damage.stopped]
    if stops:
        since = min(damage.since for damage in stops)
        newest = max(damage.reported.place for damage in stops)
        later = check if check and check.place > newest else None
        if later is None or later.functioning == Functioning.BROKEN:
            day = later.day if later else newest[0]
            needs_check = is_old(check.day, on) if check else True
            return Water(Functioning.BROKEN, day, True, needs_check, f"rusak sejak {date_id(since)}")
        fresh = not is_old(later.day, on)
        note = f"kerusakan sejak {date_id(since)} belum ditutup: periksa mana yang benar"
        return Water(later.functioning, later.day, fresh, not fresh, note)
    repairs = [damage.reported for damage in damages if not damage.is_open]
    repair = max(repairs, key=lambda fact: fact.place, default=None)
    if repair and (check is None or repair.place > check.place):
        note = f"diperbaiki {date_id(repair.day)}, perlu dicek"
        return Water(repair.functioning, repair.day, not is_old(repair.day, on), True, note)
    if check is None:
        return Water()
    old = is_old(check.day, on)
    return Water(check.functioning, check.day, not old, old)


def damages_of(facilities) -> dict[int, list[DamageReport]]:
    """{facility: its damages with their steps}. Two queries."""
    found: dict[int, list[DamageReport]] = defaultdict(list)
    rows = DamageReport.objects.filter(facility__in=facilities).only("facility", "since", "stopped", "working_again_on")
    for report in rows.prefetch_related("steps"):
        found[report.facility_id].append(report)
    return found


def judged(check: Fact | None, reports: Iterable[DamageReport], on: date) -> Water:
    """`water_on` for damages of the database."""
    return water_on(check, [damage_on(report, on) for report in reports if report.since <= on], on)


def with_water(facilities: FacilityQuerySet, on: date) -> list[FacilityWithWater]:
    """These water systems, each with `water`, its state as of the day. Three queries."""
    rows = list(facilities.with_latest_check(on))
    damages = damages_of([facility.pk for facility in rows])
    for facility in rows:
        check = None
        if facility.checked_on:
            check = Fact(facility.checked_on, facility.check_recorded_at, facility.functioning)
        facility.water = judged(check, damages[facility.pk], on)
    return rows


def unchecked(facilities: FacilityQuerySet, on: date) -> QuerySet[Facility]:
    """Those of these water systems that existed on the day and need a check (`Water.needs_check`)."""
    newest = ConditionCheck.objects.filter(facility=OuterRef("pk"), checked_on__lte=on).order_by("-checked_on", "-pk")
    rows = facilities.built_by(on).alias(
        looked_on=Subquery(newest.values("checked_on")[:1]), looked_at=Subquery(newest.values("recorded_at")[:1])
    )
    later = DamageStep.objects.filter(report=OuterRef("pk"), on__lte=on).order_by("-on", "-pk")
    repairs = DamageReport.objects.filter(facility=OuterRef("pk"), since__lte=on).alias(
        last=Subquery(later.values("state")[:1]),
        last_on=Subquery(later.values("on")[:1]),
        last_at=Subquery(later.values("recorded_at")[:1]),
    )
    same_day = Q(last_on=OuterRef("looked_on"), last_at__gt=OuterRef("looked_at"))
    by_step = Q(Q(last_on__gt=OuterRef("looked_on")) | same_day, last=WORKING)
    by_column = Q(last=None, working_again_on__lte=on, working_again_on__gt=OuterRef("looked_on"))
    since_repair = repairs.filter(by_step | by_column)
    stops = DamageReport.objects.open_on(on).filter(facility=OuterRef("pk"), stopped=True)
    not_fresh = Q(looked_on=None) | Q(looked_on__lt=fresh_since(on))
    return rows.filter(not_fresh | (Exists(since_repair) & ~Exists(stops)))
