"""What became of a plan: its lines with the entries that stand, and the months that were reported.

A line keeps its number through all revisions, so an entry counts for (group, year, line), whichever revision it was
written for. Entries are only added; what stands is the entry that no later one corrects.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from kpspams.line_progress import ORDER, LineProgress, Status, half_up
from kpspams.models import Activity, ActivityProgress, KpspamsGroup, MonthReport, WorkPlan
from kpspams.plan_status import approved_on


@dataclass
class PlanProgress:
    """An approved plan, its lines in printing order (those that it has no more at the end), its months reported.

    `recorded`: see LineProgress.
    """

    plan: WorkPlan
    on: date
    lines: list[LineProgress]
    reports: dict[int, MonthReport]
    recorded: bool = True

    @cached_property
    def by_line(self) -> dict[int, LineProgress]:
        return {line.line: line for line in self.lines}

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.lines)

    @property
    def realised(self) -> int:
        return sum(line.cost for line in self.lines)

    @property
    def income(self) -> int | None:
        """Fees received in the months that recorded them; None where none did."""
        return sum_known(report.income for report in self.reports.values())

    @property
    def income_months(self) -> int:
        return sum(report.income is not None for report in self.reports.values())

    @property
    def has_data(self) -> bool:
        return bool(self.reports) or any(line.entries for line in self.lines)

    @property
    def percent(self) -> int | None:
        """How much of the plan is done, each line weighing what it costs; given up ones weigh nothing."""
        if not self.has_data:
            return None
        counted = [line for line in self.lines if not line.gone and line.status != Status.CANCELLED]
        weights = [line.planned for line in counted] if self.planned else [1] * len(counted)
        done = sum(weight * (line.percent() or 0) for weight, line in zip(weights, counted, strict=True))
        return half_up(Decimal(done) / total) if (total := sum(weights)) else None

    @property
    def urgent_first(self) -> list[LineProgress]:
        return sorted(self.lines, key=lambda line: (ORDER.index(line.status), line.gone, line.activity.position))

    @property
    def late(self) -> list[LineProgress]:
        return [line for line in self.lines if line.status == Status.LATE]


def sum_known(amounts: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def carried_out(plans=None, on: date | None = None) -> models.QuerySet:
    """The plans that are carried out: approved ones, past the stage of a usulan; as of a day by their dated steps."""
    plans = (WorkPlan.objects.all() if plans is None else plans).filter(stage=WorkPlan.Stage.FINAL)
    return plans.filter(status=WorkPlan.Status.APPROVED) if on is None else approved_on(plans, on)


def months_known(year: int, on: date) -> int:
    """The last month of that year that has begun on that day; 0 before the year."""
    return 12 if year < on.year else on.month if year == on.year else 0


def load_progress(plans: list[WorkPlan], on: date | None = None) -> dict[int, PlanProgress]:
    """{plan id: what became of it, as told for the months until `on` (today)}; the same few queries for any number.

    Expects the groups with the settings of their kabupaten at hand.
    """
    day = on or localdate()
    groups, years = {plan.group_id for plan in plans}, {plan.year for plan in plans}
    lines: dict[int, list[Activity]] = defaultdict(list)
    activities = Activity.objects.filter(plan__in=[plan.pk for plan in plans]).select_related("area")
    for activity in activities.prefetch_related("fundings__source"):
        lines[activity.plan_id].append(activity)
    entries: dict[tuple[int, int], list[ActivityProgress]] = defaultdict(list)
    of_year = Q(activity__plan__group__in=groups, activity__plan__year__in=years)
    stands = ActivityProgress.objects.standing().filter(of_year)
    for entry in stands.select_related("activity__area", "activity__plan").prefetch_related("fundings__source"):
        whole = entry.activity.plan
        if entry.month <= months_known(whole.year, day):
            entries[whole.group_id, whole.year].append(entry)
    reports: dict[tuple[int, int], dict[int, MonthReport]] = defaultdict(dict)
    for report in MonthReport.objects.filter(group__in=groups, year__in=years):
        if report.month <= months_known(report.year, day):
            reports[report.group_id, report.year][report.month] = report
    return {
        plan.pk: _plan_progress(plan, day, lines[plan.pk], entries[key], reports[key])
        for plan in plans
        if (key := (plan.group_id, plan.year))
    }


def _plan_progress(plan, day, activities, entries, reports) -> PlanProgress:
    quiet = frozenset(month for month, report in reports.items() if report.nothing)
    recorded = plan.group.village.subdistrict.district.rules.records(plan.year)
    common = {"year": plan.year, "on": day, "quiet": quiet, "recorded": recorded}
    lines = {activity.line: LineProgress(activity, **common) for activity in activities}
    for entry in entries:
        line = entry.activity.line
        if line not in lines:
            lines[line] = LineProgress(entry.activity, **common, gone=True)
        lines[line].entries[entry.month] = entry
    return PlanProgress(plan, day, list(lines.values()), reports, recorded)


def plan_progress(plan: WorkPlan, on: date | None = None) -> PlanProgress:
    return load_progress([plan], on)[plan.pk]


def plan_of(group: KpspamsGroup, year: int) -> WorkPlan | None:
    """The plan of that year that the group carries out."""
    plan = carried_out(group.work_plans.filter(year=year)).first()
    if plan:
        plan.group = group  # with its village, as the caller has it
    return plan
