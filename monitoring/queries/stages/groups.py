"""Groups of a village for the stages Kelompok ber-SK (legal.py) and Rencana kerja (plan.py).

Red is a recorded deficit (no group though people were trained, a dissolved group, no SK) or a deadline that passed
while the group existed.
"""

from datetime import date

from monitoring.queries.facts import LoadedGroup, VillageFacts
from monitoring.queries.stages.base import State, Step, step
from records.formats import date_id

Judged = tuple[State, str, date | None]


def judged_groups(facts: VillageFacts) -> list[LoadedGroup]:
    """The Pamsimas groups of the village; all its groups where there are none."""
    return [group for group in facts.groups if group.is_pamsimas] or facts.groups


def no_group(facts: VillageFacts) -> tuple[str, date | None, str] | None:
    """The reason why a village without a group is red (summary, day, page); None where groups were never recorded.

    Without participants at a training, a missing group is missing data.
    """
    if facts.dissolved:
        last = max(facts.dissolved, key=lambda group: (group.is_pamsimas, group.dissolved_on, group.pk))
        return f"Kelompok bubar {date_id(last.dissolved_on)}", last.dissolved_on, last.get_absolute_url()
    if any(turnout.present for turnout in facts.turnouts):
        return "Belum ada kelompok", None, facts.village.get_absolute_url()
    return None


def over_groups(key: str, facts: VillageFacts, groups: list[LoadedGroup], judged: list[Judged], text: str) -> Step:
    """One state for several groups: equal states stay, a mixture is half."""
    if len(groups) == 1:
        state, summary, day = judged[0]
        return step(key, state, summary, groups[0].get_absolute_url(), day)
    states = {state for state, _, _ in judged}
    done = sum(state == State.DONE for state, _, _ in judged)
    state = states.pop() if len(states) == 1 else State.HALF
    days = [day for _, _, day in judged if day]
    url = facts.village.get_absolute_url()
    return step(key, state, f"{done} dari {len(groups)} kelompok {text}", url, max(days, default=None))
