"""Figures of RKTL: progress of its tasks, and dates of the promised work plans. Bounded queries, no writes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min
from django.utils.timezone import localdate

from plans.models import PlanStep, WorkPlan
from trainings.models import FollowUp, Training
from villages.models import Village

STEPS = (30, 60, 90)  # days after the training at which the office checks (docs/domain/training.md, T24)
SOON = 14  # days before the due date from which a task is due soon (our assumption)


@dataclass
class Handed:
    """A work plan handed in after a training."""

    plan: WorkPlan
    on: date
    days: int  # since the last day of the training

    @property
    def within(self) -> int | None:
        """30, 60 or 90: the shortest of these periods within which it was handed in; None when later."""
        return next((step for step in STEPS if self.days <= step), None)


@dataclass
class VillagePlan:
    """One village of the RKTL: its tasks and the plan handed in."""

    village: Village
    tasks: list[FollowUp] = field(default_factory=list)
    handed: Handed | None = None

    @property
    def done(self) -> int:
        return sum(task.done_on is not None for task in self.tasks)

    @property
    def late(self) -> int:
        return sum(task.is_late for task in self.tasks)


@dataclass
class FollowUpFigures:
    """Numbers of one training's tasks, and of villages whose plan was handed in within 30, 60 and 90 days."""

    counts: Counter  # by FollowUp.Progress
    villages: int  # with tasks
    handed: dict[int, int]  # {30: villages with a plan by then, 60: …, 90: …}

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def done(self) -> int:
        return self.counts[FollowUp.Progress.DONE]

    @property
    def current(self) -> int:
        """Tasks that count, without dropped ones."""
        return self.total - self.counts[FollowUp.Progress.DROPPED]


def last_day(training: Training) -> date | None:
    return training.days.aggregate(last=Max("date"))["last"]


def last_days(trainings) -> dict[int, date]:
    """{training: its last day}, in one query."""
    rows = Training.objects.filter(pk__in=trainings).annotate(last=Max("days__date"))
    return {pk: last for pk, last in rows.values_list("pk", "last") if last}


def handed_plans(villages, after: date, year: int) -> dict[int, list[tuple[WorkPlan, date]]]:
    """{village: [(plan, day it was first handed in)]}, earliest first: plans of `year` or later, handed in after
    that day. One query. A plan returned for correction later counts all the same.
    """
    rows = (
        WorkPlan.objects.filter(group__village__in=villages, year__gte=year, steps__action=PlanStep.Action.SUBMIT)
        .annotate(handed_on=Min("steps__on"))
        .filter(handed_on__gt=after)
        .select_related("group")
        .order_by("handed_on", "pk")
    )
    found: dict[int, list[tuple[WorkPlan, date]]] = {}
    for plan in rows:
        found.setdefault(plan.group.village_id, []).append((plan, plan.handed_on))
    return found


def candidates(rows: list[FollowUp]) -> dict[int, Handed]:
    """{follow-up: the first plan that fulfils it}, for tasks that promise a plan: of a group of the village (of the
    group of the task, if set), handed in after the training, of the year of the training or later.
    """
    promising = [row for row in rows if row.promises_plan]
    lasts = last_days({row.training_id for row in promising})
    if not lasts:
        return {}
    years = {row.training_id: lasts[row.training_id].year for row in promising if row.training_id in lasts}
    plans = handed_plans({row.village_id for row in promising}, min(lasts.values()), min(years.values()))
    found = {}
    for row in promising:
        if row.training_id not in lasts:
            continue
        last = lasts[row.training_id]
        for plan, on in plans.get(row.village_id, []):
            own = row.group_id is None or plan.group_id == row.group_id
            if own and on > last and plan.year >= years[row.training_id]:
                found[row.pk] = Handed(plan, on, (on - last).days)
                break
    return found


def village_plans(training: Training, rows, villages) -> list[VillagePlan]:
    """The RKTL of each of these villages with its tasks from `rows`, by code."""
    found = {village.pk: VillagePlan(village) for village in villages}
    for row in rows:
        if row.village_id not in found:
            found[row.village_id] = VillagePlan(row.village)
        found[row.village_id].tasks.append(row)
    last = last_day(training)
    if last:
        for pk, plans in handed_plans(found, last, last.year).items():
            plan, on = plans[0]
            found[pk].handed = Handed(plan, on, (on - last).days)
    return sorted(found.values(), key=lambda row: row.village.code)


def follow_up_figures(training: Training, rows=None) -> FollowUpFigures:
    """`rows` limits the tasks to those that the user may see. Four queries."""
    tasks = list(training.follow_ups.all() if rows is None else rows.filter(training=training))
    villages = {task.village_id for task in tasks}
    last = last_day(training)
    plans = handed_plans(villages, last, last.year) if last else {}
    days = [(first[0][1] - last).days for first in plans.values()] if last else []
    return FollowUpFigures(
        counts=Counter(task.progress for task in tasks),
        villages=len(villages),
        handed={step: sum(count <= step for count in days) for step in STEPS},
    )


def day_word(row: FollowUp) -> str:
    """Due date of an open task: "terlambat 12 hari", "3 hari lagi", "terlambat 7 tahun"; empty without one."""
    if not row.is_open or row.due_on is None:
        return ""
    days = (row.due_on - localdate()).days
    if days < -2 * 365:
        return f"terlambat {-days // 365} tahun"
    if days < 0:
        return f"terlambat {-days} hari"
    return "hari ini" if days == 0 else f"{days} hari lagi"
