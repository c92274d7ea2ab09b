"""Stage SPAM berfungsi: the state of the water systems of a village, each assessed by monitoring.queries.water."""

from datetime import date

from monitoring.queries.facts import VillageFacts
from monitoring.queries.stages.base import State, Step, grey, step, without_data
from monitoring.queries.water import Functioning, Water, unseen
from records.formats import date_id

ONE: dict[str | None, State] = {
    Functioning.WORKS: State.DONE,
    Functioning.PARTLY: State.HALF,
    Functioning.BROKEN: State.NONE,
}


def judge_facility(facts: VillageFacts, on: date) -> Step:
    waters: list[Water] = [facility.water for facility in facts.facilities]
    known = [water for water in waters if water.is_known]
    if not known:
        return _unknown(facts)
    village = facts.village.get_absolute_url()
    day = max((water.day for water in known if water.day), default=None)
    notes = [water.note for water in known if water.note]
    if len(waters) == 1:
        (water,) = known
        return step("facility", ONE[water.functioning], water.summary, facts.facilities[0].get_absolute_url(), day)
    states = {water.functioning for water in known}
    works = sum(water.functioning == Functioning.WORKS for water in known)
    note = f", {notes[0]}" if notes else ""
    whole = len(known) == len(waters)
    if whole and states == {Functioning.WORKS}:
        return step("facility", State.DONE, f"{len(waters)} berfungsi{note}", village, day)
    if whole and states == {Functioning.BROKEN}:
        return step("facility", State.NONE, f"Tidak berfungsi{note}", village, day)
    summary = f"{works} dari {len(waters)} berfungsi{note}"
    return step(
        "facility", State.HALF, summary if whole else grey(f"{summary}, {unseen(waters)}", "check"), village, day
    )


def _unknown(facts: VillageFacts) -> Step:
    """The stage without a check, or with checks that are too old."""
    looked = [(facility.water.day, facility) for facility in facts.facilities if facility.water.day]
    if not looked:
        return without_data("facility", facts, "check" if facts.facilities else "facility")
    day, last = max(looked, key=lambda pair: pair[0])
    summary = grey(f"Perlu dicek, terakhir {date_id(day)}", "check")
    return step("facility", State.UNKNOWN, summary, last.get_absolute_url(), day)
