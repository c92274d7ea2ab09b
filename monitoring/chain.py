"""The result chain of a village: Terlatih, Kelompok ber-SK, Rencana kerja, SPAM berfungsi.

The four stages, their four states and every rule are those of the result chain table (our assumption). Red is
only for a recorded failing or a passed deadline; what was never entered is grey. Every rule takes a day and
reads the dates of the facts, not of their entry.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpspams.models import Member, PlanStep, WorkPlan
from kpspams.plan_status import status_on
from monitoring.facts import VillageFacts, gather
from records.words import date_id
from villages.models import ConditionCheck, Programme, Village

Functioning = ConditionCheck.Functioning


class State(StrEnum):
    DONE = "done"
    HALF = "half"
    NONE = "none"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.DONE: "Sudah",
    State.HALF: "Sebagian",
    State.NONE: "Belum",
    State.UNKNOWN: "Belum ada data",
}
LABELS = {
    "trained": "Terlatih",
    "legal": "Kelompok ber-SK",
    "plan": "Rencana kerja",
    "facility": "SPAM berfungsi",
}


@dataclass(frozen=True)
class Step:
    """One stage of one village: state, the word that says it, the day it rests on, the page that proves it."""

    key: str
    state: State
    word: str
    date: str
    url: str
    day: date | None = None

    @property
    def label(self) -> str:
        return LABELS[self.key]


@dataclass(frozen=True)
class Chain:
    """The four steps of one village, in their order; shown, never enforced."""

    village: Village
    steps: tuple[Step, ...]

    def stage(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)


def chains_of(
    villages,
    on: date,
    cohort_year: int | None = None,
    *,
    programme: Programme | None = None,
    plan_year: int | None = None,
) -> list[Chain]:
    """Judges these villages as of `on`, each by the settings of its kabupaten (loaded with the village).

    With `cohort_year` or `programme` only such grants decide which trainings count. The plans are those of
    `plan_year`, by default of the year of the day.
    """
    year = plan_year or on.year
    return [judge(facts, on, cohort_year, programme) for facts in gather(villages, on, year)]


def judge(facts: VillageFacts, on: date, cohort_year: int | None = None, programme: Programme | None = None) -> Chain:
    """The chain of one village out of its facts as of that day."""
    return Chain(
        facts.village,
        (
            _trained(facts, on, cohort_year, programme),
            _legal(facts, on),
            _plan(facts, on, facts.village.subdistrict.district.rules),
            _facility(facts, on),
        ),
    )


def _step(key, state, word, url, day=None):
    return Step(key, state, word, date_id(day) if day else "", url, day)


def _village_url(facts):
    return facts.village.get_absolute_url()


# Terlatih -----------------------------------------------------------------------------------------------


def _counting_turnouts(facts: VillageFacts, cohort_year, programme):
    """Turnouts at trainings of the award's programme and cohort; of any training where there is no award."""
    awards = [
        award
        for award in facts.awards
        if cohort_year in (None, award.fiscal_year) and programme in (None, award.programme)
    ]
    if not awards:
        return facts.turnouts
    return [
        turnout
        for turnout in facts.turnouts
        if any(
            turnout.training.cohort_year == award.fiscal_year
            and turnout.training.programme_id in (None, award.programme_id)
            for award in awards
        )
    ]


def _trained(facts: VillageFacts, on, cohort_year, programme):
    turnouts = sorted(_counting_turnouts(facts, cohort_year, programme), key=lambda turnout: turnout.last_day)
    came = [turnout for turnout in turnouts if turnout.present]
    if came:
        board = {member.person.merged_into_id or member.person_id for group in facts.groups for member in group.board}
        with_board = [turnout for turnout in came if board & set(turnout.present)]
        best = (with_board or came)[-1]
        day = max(best.present.values())
        url = best.training.get_absolute_url()
        if with_board:
            return _step("trained", State.DONE, f"Dilatih {day.year}", url, day)
        return _step("trained", State.HALF, f"Dilatih {day.year}, pengurus sekarang belum", url, day)
    coming = [turnout for turnout in turnouts if turnout.last_day >= on]
    missed = [turnout for turnout in turnouts if turnout.last_day < on and _nobody_came(turnout)]
    if missed:
        last, again = missed[-1], ""
        if coming:  # a later invitation does not undo what was missed
            again = f" {date_id(last.last_day)}, diundang lagi untuk {date_id(coming[0].first_day)}"
        url = last.training.get_absolute_url()
        return _step("trained", State.NONE, f"Tidak ada yang hadir{again}", url, last.last_day)
    if coming:
        url = coming[0].training.get_absolute_url()
        return _step("trained", State.HALF, "Diundang, belum dilaksanakan", url, coming[0].first_day)
    if turnouts:
        last = turnouts[-1]
        url = last.training.get_absolute_url()
        return _step("trained", State.UNKNOWN, "Kehadiran belum dicatat", url, last.last_day)
    return _step("trained", State.UNKNOWN, STATE_WORDS[State.UNKNOWN], _village_url(facts))


def _nobody_came(turnout) -> bool:
    """Recorded: the training was recorded, and each one registered of the village has a mark (or none registered)."""
    return turnout.recorded and turnout.expected <= turnout.marked


# Kelompok ber-SK ----------------------------------------------------------------------------------------


def judged_groups(facts: VillageFacts):
    """The Pamsimas groups of the village; all its groups where there are none."""
    return [group for group in facts.groups if group.is_pamsimas] or facts.groups


def group_legal(group, on) -> tuple[State, str, date | None]:
    """State, word and day of one group's SK and core posts."""
    decree = group.decree_on(on)
    if decree is None:
        return State.NONE, "Belum ada SK", None
    if decree.in_process:
        return State.HALF, "SK dalam proses", None
    if not decree.in_force_on(on):
        return State.NONE, f"SK berakhir {date_id(decree.valid_until)}", decree.valid_until
    held = {member.post for member in group.board if not member.acting}
    acting = {member.post for member in group.board if member.acting}
    for post in Member.CORE:
        if post not in held:
            said = "masih Plt." if post in acting else "lowong"
            return State.HALF, f"SK berlaku, {Member.Post(post).label} {said}", decree.dated_on
    if decree.ends_soon(on):
        return State.DONE, f"SK berakhir {date_id(decree.valid_until)}", decree.dated_on
    return State.DONE, "SK berlaku", decree.dated_on


def _legal(facts: VillageFacts, on):
    groups = judged_groups(facts)
    if not groups:
        # Where nobody of the village was ever seen at a training, no group is no finding: it was never entered.
        known = any(turnout.present for turnout in facts.turnouts)
        if known:
            return _step("legal", State.NONE, "Belum ada kelompok", _village_url(facts))
        return _step("legal", State.UNKNOWN, STATE_WORDS[State.UNKNOWN], _village_url(facts))
    judged = [group_legal(group, on) for group in groups]
    return _over_groups("legal", facts, groups, judged, "ber-SK")


def _over_groups(key, facts, groups, judged, said):
    """One state for several groups: all alike keeps it, a mixture is half."""
    if len(groups) == 1:
        state, word, day = judged[0]
        return _step(key, state, word, groups[0].get_absolute_url(), day)
    states = {state for state, _, _ in judged}
    done = sum(state == State.DONE for state, _, _ in judged)
    state = states.pop() if len(states) == 1 else State.HALF
    days = [day for _, _, day in judged if day]
    return _step(key, state, f"{done} dari {len(groups)} kelompok {said}", _village_url(facts), max(days, default=None))


# Rencana kerja ------------------------------------------------------------------------------------------


def _group_plan(group, on, year, rules) -> tuple[State, str, date | None, str]:
    due = rules.plan_due(year)
    word, seen = "", group.get_absolute_url()
    for plan in reversed(group.plans_of_year):
        steps = [step for step in plan.steps.all() if step.action != PlanStep.Action.CHECK]
        status = status_on(steps)
        if status in (WorkPlan.Status.SUBMITTED, WorkPlan.Status.APPROVED):
            approved = status == WorkPlan.Status.APPROVED
            label = rules.plan_approved_word if approved else WorkPlan.Status(status).label
            return State.DONE, f"{label} {date_id(steps[-1].on)}", steps[-1].on, plan.get_absolute_url()
        if status in WorkPlan.OPEN and not word:
            word, seen = WorkPlan.Status(status).label, plan.get_absolute_url()
    if on > due:
        return State.NONE, f"{word or 'Belum ada'}, batas {date_id(due)} terlewat", None, seen
    return State.HALF, f"{word or 'Belum ada'}, batas {date_id(due)}", None, seen


def _plan(facts: VillageFacts, on, rules):
    groups = judged_groups(facts)
    if not groups or not rules.records(facts.plan_year):
        return _step("plan", State.UNKNOWN, STATE_WORDS[State.UNKNOWN], _village_url(facts))
    judged = [_group_plan(group, on, facts.plan_year, rules) for group in groups]
    if len(judged) == 1:
        state, word, day, url = judged[0]
        return _step("plan", state, word, url, day)
    return _over_groups("plan", facts, groups, [item[:3] for item in judged], "mengajukan")


# SPAM berfungsi -----------------------------------------------------------------------------------------


def fresh_since(on: date) -> date:
    """The first day whose checks still speak for `on`: twelve months before (our assumption)."""
    leap_day = (on.month, on.day) == (2, 29)
    return date(on.year - 1, 3, 1) if leap_day else on.replace(year=on.year - 1)


def is_stale(checked, on) -> bool:
    """Whether the newest check (`checked_on`) is too old to speak for that day."""
    return checked.checked_on < fresh_since(on)


def _facility(facts: VillageFacts, on):
    checked = [facility for facility in facts.facilities if facility.checked_on]
    fresh = [facility for facility in checked if not is_stale(facility, on)]
    if not fresh:
        if not checked:
            return _step("facility", State.UNKNOWN, STATE_WORDS[State.UNKNOWN], _village_url(facts))
        last = max(checked, key=lambda facility: facility.checked_on)
        word = f"Perlu dicek, terakhir {date_id(last.checked_on)}"
        return _step("facility", State.UNKNOWN, word, last.get_absolute_url(), last.checked_on)
    day = max(facility.checked_on for facility in fresh)
    found = {facility.functioning for facility in fresh}
    total = len(facts.facilities)
    url = fresh[0].get_absolute_url() if total == 1 else _village_url(facts)
    whole = len(fresh) == total
    if whole and found == {Functioning.WORKS}:
        return _step("facility", State.DONE, "Berfungsi" if total == 1 else f"{total} berfungsi", url, day)
    if whole and found == {Functioning.BROKEN}:
        return _step("facility", State.NONE, "Tidak berfungsi", url, day)
    if total == 1:
        return _step("facility", State.HALF, "Berfungsi sebagian", url, day)
    works = sum(facility.functioning == Functioning.WORKS for facility in fresh)
    return _step("facility", State.HALF, f"{works} dari {total} berfungsi", url, day)
