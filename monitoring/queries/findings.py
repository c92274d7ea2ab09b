"""The eight national findings, assessed for each group as of a day.

The findings are those of the national count of 25 January 2021 over 29,816 villages (docs/domain/kpspams.md); their
assessment per group is our assumption:

- pembukuan, daftar aset and iuran: the newest check of the group up to the day counts, if it is not older than
  12 months; an empty field of it is "belum ada data".
- iuran di bawah BOP: income per month less than cost per month, where there is a fee.
- rencana kerja: a plan of the current year that was submitted or approved by that day; before the deadline that of
  the previous year counts too. Years before the setting "dicatat mulai TA" are "belum ada data".
- SAM: assessed for each water system, whether a group operates it or not (monitoring.queries.water): broken, or not
  fully functioning. The page of a group has those that it operated on that day, or those of its village without a
  record of an operator: all broken, or some not fully functioning.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from kpspams.models import GroupCheck, GroupFacility, KpspamsGroup, LegalDocument
from monitoring.queries.stages.base import grey
from monitoring.queries.stages.plan import late_start, not_recorded
from monitoring.queries.water import Water, is_old, unseen, with_water
from plans.models import PlanStep, WorkPlan
from plans.queries.plan_status import status_on
from records.formats import date_id, rupiah
from villages.models import ConditionCheck, Facility, GrantAward, Village
from villages.models.facilities import FacilityQuerySet

NATIONAL_VILLAGES = 29_816
Books = GroupCheck.Bookkeeping
Fees = GroupCheck.FeeSystem
Functioning = ConditionCheck.Functioning


class Found(StrEnum):
    YES = "ada"
    NO = "tidak"
    UNKNOWN = "belum"


FOUND_LABELS = {Found.YES: "Temuan", Found.NO: "Bukan temuan", Found.UNKNOWN: "Belum ada data"}


@dataclass(frozen=True)
class Finding:
    """One of the eight findings; `national`: the number of villages with it in 2021."""

    key: str
    label: str
    national: int

    @property
    def of_water(self) -> bool:
        return self.key in OF_WATER

    @property
    def unit(self) -> str:
        """What is counted."""
        return "SPAM" if self.of_water else "KPSPAMS"

    @property
    def national_share(self) -> float:
        """Percent of the villages counted in 2021."""
        return 100 * self.national / NATIONAL_VILLAGES


NO_PLAN, NO_BOOKS, PART_BOOKS = "tanpa-rencana-kerja", "tanpa-pembukuan", "pembukuan-tidak-lengkap"
NO_ASSETS, NO_FEE, LOW_FEE = "tanpa-daftar-aset", "tanpa-iuran", "iuran-di-bawah-bop"
BROKEN, PARTLY = "sam-tidak-berfungsi", "sam-berfungsi-sebagian"
OF_WATER = (BROKEN, PARTLY)  # assessed for each water system, the others for each group
FINDINGS = {
    finding.key: finding
    for finding in (
        Finding(NO_PLAN, "Tidak memiliki rencana kerja", 1_296),
        Finding(NO_BOOKS, "Tidak memiliki pembukuan", 2_968),
        Finding(PART_BOOKS, "Pembukuan tidak lengkap", 14_753),
        Finding(NO_ASSETS, "Tidak punya daftar aset", 867),
        Finding(NO_FEE, "Tidak ada iuran", 2_751),
        Finding(LOW_FEE, "Iuran di bawah BOP", 8_833),
        Finding(BROKEN, "SAM tidak berfungsi", 1_500),
        Finding(PARTLY, "SAM berfungsi sebagian", 2_371),
    )
}


@dataclass(frozen=True)
class Judgement:
    """Assessment of one finding for one group: whether it holds, text, and day of the fact."""

    found: Found
    summary: str
    day: date | None = None


@dataclass
class GroupFindings:
    """One group with its eight assessments by key, and the cohort years of its village."""

    group: KpspamsGroup
    judged: dict[str, Judgement]
    cohorts: list[int]

    @property
    def subject(self) -> KpspamsGroup:
        return self.group

    @property
    def village(self) -> Village:
        return self.group.village

    @property
    def present(self) -> list[tuple[Finding, Judgement]]:
        """The findings that hold, in the order of the national list."""
        return [(FINDINGS[key], item) for key, item in self.judged.items() if item.found is Found.YES]

    @property
    def unknown(self) -> list[Finding]:
        return [FINDINGS[key] for key, item in self.judged.items() if item.found is Found.UNKNOWN]


@dataclass
class FacilityFindings:
    """One water system with its two assessments by key, and the cohort years of its village."""

    facility: Facility
    judged: dict[str, Judgement]
    cohorts: list[int]

    @property
    def subject(self) -> Facility:
        return self.facility

    @property
    def village(self) -> Village:
        return self.facility.village


@dataclass(frozen=True)
class Total:
    """One finding over some groups or water systems. Its base are those with data."""

    finding: Finding
    yes: int
    known: int
    unknown: int

    @property
    def share(self) -> float | None:
        """Percent of the base; None without data."""
        return 100 * self.yes / self.known if self.known else None


def totals(groups: list[GroupFindings], facilities: Sequence[FacilityFindings] = ()) -> list[Total]:
    """The eight totals in the order of the national list: those of SAM over water systems, the others over groups."""
    summed = []
    for key, finding in FINDINGS.items():
        states = [row.judged[key].found for row in (facilities if finding.of_water else groups)]
        unknown = states.count(Found.UNKNOWN)
        summed.append(Total(finding, states.count(Found.YES), len(states) - unknown, unknown))
    return summed


def facility_findings(facilities: FacilityQuerySet, on: date) -> list[FacilityFindings]:
    """Assesses these water systems, with or without an operator, if they existed on the day. Four queries."""
    rows = facilities.built_by(on).select_related("village__subdistrict").order_by("village__code", "name", "pk")
    cohorts = _cohorts(rows.order_by().values("village"))
    return [
        FacilityFindings(row, _water([row.water], on), sorted(cohorts[row.village_id])) for row in with_water(rows, on)
    ]


def _cohorts(villages) -> dict[int, set[int]]:
    cohorts: dict[int, set[int]] = defaultdict(set)
    for village, awarded in GrantAward.objects.filter(village__in=villages).values_list("village", "fiscal_year"):
        cohorts[village].add(awarded)
    return cohorts


def findings_of(groups: QuerySet, on: date, plan_year: int | None = None) -> list[GroupFindings]:
    """Assesses these groups as of `on`, in the given order. Eleven queries for any number.

    The plans are those of `plan_year`, by default of the year of the day.
    """
    year = plan_year or on.year
    newest = GroupCheck.objects.filter(group=OuterRef("pk"), checked_on__lte=on).order_by("-checked_on", "-pk")
    plans = WorkPlan.objects.filter(year__in=(year, year - 1), stage=WorkPlan.Stage.FINAL).prefetch_related(
        Prefetch("steps", PlanStep.objects.filter(on__lte=on).order_by("on", "pk"))
    )
    decrees = LegalDocument.objects.filter(kind=LegalDocument.Kind.DECREE)
    rows = list(
        groups.annotate(newest_check=Subquery(newest.values("pk")[:1]))
        .select_related("village__subdistrict__district__settings_row")
        .prefetch_related(Prefetch("work_plans", plans, to_attr="plans_near"), Prefetch("documents", decrees))
    )
    checks = GroupCheck.objects.in_bulk([row.newest_check for row in rows if row.newest_check])
    facilities = _facilities(groups, on)
    cohorts = _cohorts(groups.order_by().values("village"))
    return [
        GroupFindings(
            row,
            {NO_PLAN: _plan(row, on, year)}
            | _administration(checks.get(row.newest_check), on)
            | _water([facility.water for facility in facilities(row)], on),
            sorted(cohorts[row.village_id]),
        )
        for row in rows
    ]


def _facilities(groups, on):
    """A function that gives the facilities of a group, each with its state on the day."""
    operated = defaultdict(list)
    links = GroupFacility.objects.current(on).filter(group__in=groups.order_by().values("pk"))
    for group, facility in links.values_list("group", "facility"):
        operated[group].append(facility)
    built = Facility.objects.built_by(on)
    in_villages = built.filter(village__in=groups.order_by().values("village"))
    by_key, by_village = {}, defaultdict(list)
    # A group may operate a water system in another village.
    for facility in with_water((in_villages | built.filter(pk__in=links.values("facility"))).order_by("name"), on):
        by_key[facility.pk] = facility
        by_village[facility.village_id].append(facility)

    def of(group):
        own = [by_key[key] for key in operated[group.pk] if key in by_key]
        return own or by_village[group.village_id]

    return of


def _plan(group, on, year) -> Judgement:
    rules = group.village.subdistrict.district.rules
    if not rules.records(year):
        return Judgement(Found.UNKNOWN, not_recorded(rules))
    due = rules.plan_due(year)
    years = (year,) if on > due else (year, year - 1)
    for plan in sorted(group.plans_near, key=lambda plan: (plan.year, plan.revision), reverse=True):
        steps = list(plan.steps.all())
        if plan.year in years and status_on(steps) in WorkPlan.HANDED_IN:
            return Judgement(Found.NO, f"Rencana {plan.year} {steps[-1].get_action_display().lower()}", steps[-1].on)
    if on <= due:
        return Judgement(Found.UNKNOWN, grey(f"Batas rencana {year} {date_id(due)}", "plan"))
    if later := late_start(group, due, on):
        return Judgement(Found.UNKNOWN, later)
    return Judgement(Found.YES, f"Tidak ada rencana {year} yang diajukan")


def _administration(check, on) -> dict[str, Judgement]:
    """The five findings that follow from a check of the group."""
    keys = (NO_BOOKS, PART_BOOKS, NO_ASSETS, NO_FEE, LOW_FEE)
    if check is None:
        return dict.fromkeys(keys, Judgement(Found.UNKNOWN, grey("Belum pernah diperiksa", "group_check")))
    day = check.checked_on
    if is_old(day, on):
        summary = grey(f"Perlu dicek, terakhir {date_id(day)}", "group_check")
        return dict.fromkeys(keys, Judgement(Found.UNKNOWN, summary, day))

    def judge(value, bad, summary):
        if value in (None, ""):
            return Judgement(Found.UNKNOWN, grey("Tidak diisi pada pemeriksaan", "group_check"), day)
        return Judgement(Found.YES if value == bad else Found.NO, summary, day)

    books = f"Pembukuan {check.get_bookkeeping_display().lower()}"
    assets = "Daftar aset ada" if check.has_asset_list else "Daftar aset tidak ada"
    fee = "Tidak ada iuran" if check.fee_system == Fees.NONE else f"Iuran {check.get_fee_system_display().lower()}"
    return {
        NO_BOOKS: judge(check.bookkeeping, Books.NONE, books),
        PART_BOOKS: judge(check.bookkeeping, Books.PARTLY, books),
        NO_ASSETS: judge(check.has_asset_list, False, assets),
        NO_FEE: judge(check.fee_system, Fees.NONE, fee),
        LOW_FEE: _low_fee(check, day),
    }


def _low_fee(check, day) -> Judgement:
    if check.fee_system == Fees.NONE:
        return Judgement(Found.NO, "Tidak ada iuran", day)
    if check.income is None or check.operating_cost is None:
        return Judgement(Found.UNKNOWN, grey("Penerimaan atau BOP tidak diisi", "group_check"), day)
    summary = f"Penerimaan {rupiah(check.income)}, BOP {rupiah(check.operating_cost)} per bulan"
    return Judgement(Found.YES if check.income < check.operating_cost else Found.NO, summary, day)


def _water(waters: list[Water], on: date) -> dict[str, Judgement]:
    """The two findings of several water systems together: all broken, or some of them not fully functioning."""
    known = [water for water in waters if water.is_known]
    if not known:
        days = [water.day for water in waters if water.day]
        if not waters:
            summary = grey("Belum ada sarana yang tercatat", "facility")
        else:
            last = f"Perlu dicek, terakhir {date_id(max(days))}" if days else "Sarana belum pernah diperiksa"
            summary = grey(last, "check")
        return dict.fromkeys(OF_WATER, Judgement(Found.UNKNOWN, summary, max(days, default=None)))
    day = max((water.day for water in known if water.day), default=None)
    states = [water.functioning for water in known]
    whole = len(known) == len(waters)
    several = f"{states.count(Functioning.WORKS)} dari {len(waters)} sarana berfungsi"
    summary = several if len(waters) > 1 else known[0].summary
    summary = summary if whole else grey(f"{several}, {unseen(waters)}", "check")
    if set(states) == {Functioning.WORKS}:
        # An unchecked system may be broken: only checks of all systems show that none is.
        found = Found.NO if whole else Found.UNKNOWN
        return dict.fromkeys(OF_WATER, Judgement(found, summary, day))
    if set(states) == {Functioning.BROKEN} and whole:
        return {BROKEN: Judgement(Found.YES, summary, day), PARTLY: Judgement(Found.NO, summary, day)}
    return {BROKEN: Judgement(Found.NO, summary, day), PARTLY: Judgement(Found.YES, summary, day)}
