"""What became of a plan: its lines with the entries that stand, and the months that were reported.

A line keeps its number through all revisions, so an entry counts for (group, year, line), whichever revision it was
written for. Entries are only added; what stands is the entry that no later one corrects.
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
    def realised(self) -> int | None:
        """Rupiah of the lines that were reported; None where none was."""
        return sum_known(line.cost for line in self.lines)

    @property
    def unreported(self) -> int:
        """Lines of the plan of which nothing is known; no sum counts them."""
        return sum(not line.is_known for line in self.lines)

    @property
    def income(self) -> int | None:
        """Fees received in the months that recorded them; None where none did."""
        return sum_known(report.income for report in self.reports.values())

    @property
    def income_months(self) -> int:
        return sum(report.income is not None for report in self.reports.values())

    @property
    def has_data(self) -> bool:
        """Something was reported, if only the fees of a month."""
        return bool(self.reports) or self.has_known_lines

    @property
    def has_known_lines(self) -> bool:
        return any(line.is_known for line in self.lines)

    @property
    def unreported_text(self) -> str:
        """ "4 dari 15 kegiatan belum ada data"; empty where every line was reported."""
        return unreported_text(self.unreported, len(self.lines))

    @property
    def percent(self) -> int | None:
        """How much of the plan was reported done, each line weighing what it costs; given up ones weigh nothing.

        None where no line was reported. Where some were, `unreported` ones count as not yet reported done.
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
        """None where no line was reported, or the kabupaten does not record that year."""
        return len(self.late) if self.recorded and self.has_known_lines else None


def unreported_text(count: int, of: int) -> str:
    """What a sum of realised money leaves out, in words; empty for nothing."""
    return f"{number_id(count)} dari {number_id(of)} kegiatan belum ada data" if count else ""


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
    """The plan of that year that the group carries out."""
    plan = carried_out(group.work_plans.filter(year=year)).first()
    if plan:
        plan.group = group  # with its village, as the caller has it
    return plan
