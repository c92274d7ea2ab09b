"""Stage Kelompok ber-SK: the SK and the core posts of the groups of a village."""

from datetime import date

from kpspams.models import Member
from kpspams.queries.boards import DecreeState, decree_failing, decree_state
from monitoring.queries.facts import LoadedGroup, VillageFacts
from monitoring.queries.stages.base import State, Step, step, without_data
from monitoring.queries.stages.groups import Judged, judged_groups, no_group, over_groups
from records.formats import date_id


def group_legal(group: LoadedGroup, on: date) -> Judged:
    """State, summary and day of one group's SK and core posts."""
    decree = group.decree_on(on)
    if failing := decree_failing(decree, on):
        waits = decree_state(decree, on) == DecreeState.IN_PROCESS
        return State.HALF if waits else State.NONE, failing, None if waits or not decree else decree.valid_until
    assert decree is not None
    held = {member.post for member in group.board if not member.acting}
    acting = {member.post for member in group.board if member.acting}
    for post in Member.CORE:
        if post not in held:
            text = "masih Plt." if post in acting else "lowong"
            return State.HALF, f"SK berlaku, {Member.Post(post).label} {text}", decree.dated_on
    if decree_state(decree, on) == DecreeState.ENDS_SOON:
        return State.DONE, f"SK berakhir {date_id(decree.valid_until)}", decree.dated_on
    return State.DONE, "SK berlaku", decree.dated_on


def judge_legal(facts: VillageFacts, on: date) -> Step:
    groups = judged_groups(facts)
    if groups:
        return over_groups("legal", facts, groups, [group_legal(group, on) for group in groups], "ber-SK")
    if failing := no_group(facts):
        summary, day, url = failing
        return step("legal", State.NONE, summary, url, day)
    return without_data("legal", facts, "group")
