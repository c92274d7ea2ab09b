"""Stage Rencana kerja: submitted for the year, not due yet, or late. Late is red, not due yet is amber."""

from datetime import date

from accounts.models import DistrictSettings
from kpspams.models import KpspamsGroup
from monitoring.queries.facts import LoadedGroup, VillageFacts
from monitoring.queries.stages.base import State, Step, step, without_data
from monitoring.queries.stages.groups import judged_groups, no_group, over_groups
from plans.models import PlanStep, WorkPlan
from plans.queries.plan_status import status_on, step_into
from records.formats import date_id


def late_start(group: KpspamsGroup, due: date, on: date) -> str:
    """The reason why a deadline does not apply to this group, or empty.

    It applies to a group that was formed, and had its first SK, by then. A group without a day of forming and without
    an SK counts as existing. Expects the documents prefetched.
    """
    if group.formed_on and group.formed_on > due:
        return f"Terbentuk {date_id(group.formed_on)}, mulai TA berikutnya"
    decrees = [
        document.dated_on
        for document in group.documents.all()
        if document.kind == document.Kind.DECREE and document.dated_on and not document.in_process
    ]
    first = min((day for day in decrees if day <= on), default=None)
    return f"SK pertama {date_id(first)}, mulai TA berikutnya" if first and first > due else ""


def not_recorded(rules: DistrictSettings) -> str:
    """The stage for an early year without records, which needs no action."""
    return f"Belum ada data: dicatat mulai {rules.recorded_since}"


def judge_plan(facts: VillageFacts, on: date, rules: DistrictSettings) -> Step:
    if not rules.records(facts.plan_year):
        return step("plan", State.UNKNOWN, not_recorded(rules), facts.village.get_absolute_url())
    groups = judged_groups(facts)
    due = rules.plan_due(facts.plan_year)
    if not groups:
        failing = no_group(facts)
        if failing and on > due:
            summary, day, url = failing
            return step("plan", State.NONE, f"{summary}, batas {date_id(due)} terlewat", url, day)
        return without_data("plan", facts, "group")
    judged = [_group_plan(group, on, facts.plan_year, rules) for group in groups]
    if len(judged) == 1:
        state, summary, day, url = judged[0]
        return step("plan", state, summary, url, day)
    return over_groups("plan", facts, groups, [item[:3] for item in judged], "mengajukan")


def _group_plan(
    group: LoadedGroup, on: date, year: int, rules: DistrictSettings
) -> tuple[State, str, date | None, str]:
    due = rules.plan_due(year)
    summary, seen = "", group.get_absolute_url()
    for plan in reversed(group.plans_of_year):
        steps = [found for found in plan.steps.all() if found.action != PlanStep.Action.CHECK]
        status = status_on(steps)
        if status in WorkPlan.HANDED_IN:
            approved = status == WorkPlan.Status.APPROVED
            label = rules.plan_approved_word if approved else WorkPlan.Status(status).label
            day = step_into(steps, status).on
            return State.DONE, f"{label} {date_id(day)}", day, plan.get_absolute_url()
        if status in WorkPlan.OPEN and not summary:
            summary, seen = WorkPlan.Status(status).label, plan.get_absolute_url()
    if on <= due:
        return State.HALF, f"{summary or 'Belum ada'}, batas {date_id(due)}", None, seen
    if later := late_start(group, due, on):
        return State.UNKNOWN, ", ".join(filter(None, (summary, later))), None, seen
    return State.NONE, f"{summary or 'Belum ada'}, batas {date_id(due)} terlewat", None, seen
