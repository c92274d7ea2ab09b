"""Kelompok ber-SK and Rencana kerja: the stages of the groups of a village.

Red is a recorded failing (no group though people were trained, a group that was dissolved, no SK) or a deadline that
passed while the group existed.
"""

from datetime import date

from accounts.models import DistrictSettings
from kpspams.models import KpspamsGroup, Member
from kpspams.queries.boards import DecreeState, decree_failing, decree_state
from monitoring.queries.facts import VillageFacts
from monitoring.queries.stages.base import State, Step, step, without_data
from plans.models import PlanStep, WorkPlan
from plans.queries.plan_status import status_on, step_into
from records.formats import date_id

Judged = tuple[State, str, date | None]


def judged_groups(facts: VillageFacts) -> list[KpspamsGroup]:
    """The Pamsimas groups of the village; all its groups where there are none."""
    return [group for group in facts.groups if group.is_pamsimas] or facts.groups


# Kelompok ber-SK ----------------------------------------------------------------------------------------


def group_legal(group: KpspamsGroup, on: date) -> Judged:
    """State, summary and day of one group's SK and core posts."""
    decree = group.decree_on(on)
    if failing := decree_failing(decree, on):
        waits = decree_state(decree, on) == DecreeState.IN_PROCESS
        return State.HALF if waits else State.NONE, failing, None if waits else decree and decree.valid_until
    assert decree is not None
    held = {member.post for member in group.board if not member.acting}
    acting = {member.post for member in group.board if member.acting}
    for post in Member.CORE:
        if post not in held:
            said = "masih Plt." if post in acting else "lowong"
            return State.HALF, f"SK berlaku, {Member.Post(post).label} {said}", decree.dated_on
    if decree_state(decree, on) == DecreeState.ENDS_SOON:
        return State.DONE, f"SK berakhir {date_id(decree.valid_until)}", decree.dated_on
    return State.DONE, "SK berlaku", decree.dated_on


def judge_legal(facts: VillageFacts, on: date) -> Step:
    groups = judged_groups(facts)
    if groups:
        return _over_groups("legal", facts, groups, [group_legal(group, on) for group in groups], "ber-SK")
    if failing := no_group(facts):
        summary, day, url = failing
        return step("legal", State.NONE, summary, url, day)
    return without_data("legal", facts, "group")


def no_group(facts: VillageFacts) -> tuple[str, date | None, str] | None:
    """Why a village without a group fails (summary, day, page); None where no group was ever entered.

    Where nobody of the village was ever seen at a training, no group is no finding: it was never entered.
    """
    if facts.dissolved:
        last = max(facts.dissolved, key=lambda group: (group.is_pamsimas, group.dissolved_on, group.pk))
        return f"Kelompok bubar {date_id(last.dissolved_on)}", last.dissolved_on, last.get_absolute_url()
    if any(turnout.present for turnout in facts.turnouts):
        return "Belum ada kelompok", None, facts.village.get_absolute_url()
    return None


def _over_groups(key: str, facts: VillageFacts, groups, judged: list[Judged], said: str) -> Step:
    """One state for several groups: all alike keeps it, a mixture is half."""
    if len(groups) == 1:
        state, summary, day = judged[0]
        return step(key, state, summary, groups[0].get_absolute_url(), day)
    states = {state for state, _, _ in judged}
    done = sum(state == State.DONE for state, _, _ in judged)
    state = states.pop() if len(states) == 1 else State.HALF
    days = [day for _, _, day in judged if day]
    url = facts.village.get_absolute_url()
    return step(key, state, f"{done} dari {len(groups)} kelompok {said}", url, max(days, default=None))


# Rencana kerja ------------------------------------------------------------------------------------------


def late_start(group: KpspamsGroup, due: date, on: date) -> str:
    """Why a deadline does not bind this group, in words; empty where it does.

    It binds a group that was formed, and had its first SK, by then. A group without a day of forming and without an
    SK is taken to have existed. Expects the documents prefetched.
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
    """Why nothing is known of the plans of an early year: nobody has to do anything about it."""
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
    return _over_groups("plan", facts, groups, [item[:3] for item in judged], "mengajukan")


def _group_plan(group: KpspamsGroup, on: date, year: int, rules) -> tuple[State, str, date | None, str]:
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
