"""Progress of a plan: its lines with their current entries, and the reported months.

A line keeps its number through all revisions, so an entry counts for (group, year, line), whichever revision it was
written for. Entries are only added; the current entry is the one that no later one corrects.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup
from plans.models import Activity, ActivityProgress, MonthReport, WorkPlan
from plans.queries.line_progress import ORDER, LineProgress, Status
from plans.queries.plan_status import approved_on
from records.formats import number_id
from records.sums import sum_known, whole_percent


@dataclass
class PlanProgress:
    """An approved plan, its lines in printing order (removed ones last), and its reported months.

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
    def realised(self) -> int | None:
        """Rupiah of the reported lines; None without any."""
        return sum_known(line.cost for line in self.lines)

    @property
    def unreported(self) -> int:
        """Lines of the plan without a report; no sum counts them."""
        return sum(not line.is_known for line in self.lines)

    @property
    def income(self) -> int | None:
        """Fees received in the months with a record; None without any."""
        return sum_known(report.income for report in self.reports.values())

    @property
    def income_months(self) -> int:
        return sum(report.income is not None for report in self.reports.values())

    @property
    def has_data(self) -> bool:
        """Whether anything was reported, at least the fees of a month."""
        return bool(self.reports) or self.has_known_lines

    @property
    def has_known_lines(self) -> bool:
        return any(line.is_known for line in self.lines)

    @property
    def unreported_text(self) -> str:
        """ "4 dari 15 kegiatan belum ada data"; empty where every line has a report."""
        return unreported_text(self.unreported, len(self.lines))

    @property
    def percent(self) -> int | None:
        """Reported progress of the plan, weighted by amount; cancelled lines weigh nothing.

        None without a report. Otherwise `unreported` lines count as not done.
        """
        if not self.has_known_lines:
            return None
        counted = [line for line in self.lines if not line.gone and line.status != Status.CANCELLED]
        weights = [line.planned for line in counted] if self.planned else [1] * len(counted)
        done = sum(weight * (line.percent() or 0) for weight, line in zip(weights, counted, strict=True))
        return whole_percent(done, 100 * sum(weights))

    @property
    def urgent_first(self) -> list[LineProgress]:
        return sorted(self.lines, key=lambda line: (ORDER.index(line.status), line.gone, line.activity.position))

    @property
    def late(self) -> list[LineProgress]:
        return [line for line in self.lines if line.status == Status.LATE]

    @property
    def late_count(self) -> int | None:
        """None without a report, or where the kabupaten does not record that year."""
        return len(self.late) if self.recorded and self.has_known_lines else None


def unreported_text(count: int, of: int) -> str:
    """Text of what a sum of spending leaves out; empty for nothing."""
    return f"{number_id(count)} dari {number_id(of)} kegiatan belum ada data" if count else ""


def carried_out(plans=None, on: date | None = None) -> models.QuerySet:
    """The plans in progress: approved final plans; as of a day by their dated steps."""
    plans = (WorkPlan.objects.all() if plans is None else plans).filter(stage=WorkPlan.Stage.FINAL)
    return plans.filter(status=WorkPlan.Status.APPROVED) if on is None else approved_on(plans, on)


def months_known(year: int, on: date) -> int:
    """The last month of that year that has begun on that day; 0 before the year."""
    return 12 if year < on.year else on.month if year == on.year else 0


def load_progress(plans: list[WorkPlan], on: date | None = None) -> dict[int, PlanProgress]:
    """{plan id: its progress, reported for the months until `on` (today)}; a fixed number of queries.

    Expects the groups with the settings of their kabupaten loaded.
    """
    day = on or localdate()
    groups, years = {plan.group_id for plan in plans}, {plan.year for plan in plans}
    lines: dict[int, list[Activity]] = defaultdict(list)
    activities = Activity.objects.filter(plan__in=[plan.pk for plan in plans]).select_related("area")
    for activity in activities.prefetch_related("fundings__source"):
        lines[activity.plan_id].append(activity)
    entries: dict[tuple[int, int], list[ActivityProgress]] = defaultdict(list)
    of_year = Q(activity__plan__group__in=groups, activity__plan__year__in=years)
    stands = ActivityProgress.objects.current().filter(of_year)
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
    """The plan in progress of the group for that year."""
    plan = carried_out(group.work_plans.filter(year=year)).first()
    if plan:
        plan.group = group  # with its village as loaded by the caller
    return plan
