"""Stage Terlatih: a current board member was present at a training that counts for the village."""

from datetime import date

from monitoring.queries.facts import Turnout, VillageFacts
from monitoring.queries.stages.base import State, Step, grey, step, without_data
from records.formats import date_id
from trainings.queries.counting import counts_for
from villages.models import Programme


def judge_trained(facts: VillageFacts, on: date, cohort_year: int | None, programme: Programme | None) -> Step:
    turnouts = sorted(_counting_turnouts(facts, cohort_year, programme), key=lambda turnout: turnout.last_day)
    came = [turnout for turnout in turnouts if turnout.present]
    if came:
        return _came(facts, came)
    coming = [turnout for turnout in turnouts if turnout.last_day >= on]
    missed = [turnout for turnout in turnouts if turnout.last_day < on and _nobody_came(turnout)]
    if missed:
        last, again = missed[-1], ""
        if coming:  # a later invitation does not change a missed training
            again = f" {date_id(last.last_day)}, diundang lagi untuk {date_id(coming[0].first_day)}"
        url = last.training.get_absolute_url()
        return step("trained", State.NONE, f"Tidak ada yang hadir{again}", url, last.last_day)
    if coming:
        url = coming[0].training.get_absolute_url()
        when = "sedang dilaksanakan" if coming[0].first_day <= on else "belum dilaksanakan"
        return step("trained", State.HALF, f"Diundang, {when}", url, coming[0].first_day)
    if turnouts:
        last = turnouts[-1]
        url = last.training.get_absolute_url()
        return step("trained", State.UNKNOWN, grey("Kehadiran belum dicatat", "attendance"), url, last.last_day)
    return without_data("trained", facts, "invite")


def _counting_turnouts(facts: VillageFacts, cohort_year, programme) -> list[Turnout]:
    """Participation in trainings of programme and cohort of the grant; in any training without a grant."""
    awards = [
        award
        for award in facts.awards
        if cohort_year in (None, award.fiscal_year) and programme in (None, award.programme)
    ]
    if not awards:
        return facts.turnouts
    return [turnout for turnout in facts.turnouts if any(counts_for(turnout.training, award) for award in awards)]


def _came(facts: VillageFacts, came: list[Turnout]) -> Step:
    board = {member.person.merged_into_id or member.person_id for group in facts.groups for member in group.board}
    with_board = [turnout for turnout in came if board & set(turnout.present)]
    best = (with_board or came)[-1]
    day = max(best.present.values())
    url = best.training.get_absolute_url()
    if with_board:
        return step("trained", State.DONE, f"Dilatih {day.year}", url, day)
    # Without a recorded board it is unknown whether its members were there.
    recorded = any(group.board_ever for group in facts.groups)
    summary = "pengurus sekarang belum" if recorded else "belum ada pengurus yang tercatat"
    return step("trained", State.HALF, f"Dilatih {day.year}, {summary}", url, day)


def _nobody_came(turnout: Turnout) -> bool:
    """Whether attendance is complete: the training has marks, and every registered person of the village has one."""
    return turnout.recorded and turnout.expected <= turnout.marked
