"""Red means a recorded deficit, or a deadline that passed while the group existed; everything else is grey with a
reason.
"""

from datetime import date

import pytest

from kpspams.models import KpspamsGroup
from monitoring.queries.chain import State, chains_of
from monitoring.queries.findings import Found, findings_of
from tests import factories as make
from villages.models import Village

pytestmark = pytest.mark.django_db
END = date(2018, 12, 31)  # the deadline of the plans of 2018 was 31 January


def stage(village, key, on=END):
    rows = Village.objects.select_related("subdistrict__district__settings_row").filter(pk=village.pk)
    step = chains_of(rows, on)[0].stage(key)
    return step.state, step.summary


def plan_of(group, on=END):
    """The plan stage, which the finding must not contradict."""
    (row,) = findings_of(KpspamsGroup.objects.filter(pk=group.pk), on)
    found = row.judged["tanpa-rencana-kerja"].found
    state, word = stage(group.village, "plan", on)
    assert {State.NONE: Found.YES, State.UNKNOWN: Found.UNKNOWN, State.DONE: Found.NO}.get(state) == found
    return state, word


def test_a_group_formed_after_the_deadline_is_grey():
    group = make.GroupFactory(formed_on=date(2018, 11, 1))
    assert plan_of(group) == (State.UNKNOWN, "Terbentuk 1 November 2018, mulai TA berikutnya")
    assert plan_of(group, date(2019, 2, 1)) == (State.NONE, "Belum ada, batas 31 Januari 2019 terlewat")


def test_a_group_whose_first_decree_is_of_after_the_deadline_is_grey():
    group = make.GroupFactory(formed_on=date(2017, 6, 1))
    make.LegalDocumentFactory(group=group, dated_on=date(2018, 3, 5))
    make.LegalDocumentFactory(group=group, dated_on=date(2018, 9, 5))
    assert plan_of(group) == (State.UNKNOWN, "SK pertama 5 Maret 2018, mulai TA berikutnya")


@pytest.mark.parametrize("formed", [None, date(2017, 6, 1), date(2018, 1, 31)])
def test_a_group_that_existed_when_the_deadline_passed_is_red(formed):
    group = make.GroupFactory(formed_on=formed)
    assert plan_of(group) == (State.NONE, "Belum ada, batas 31 Januari 2018 terlewat")
    make.LegalDocumentFactory(group=group, dated_on=date(2018, 1, 31))
    make.LegalDocumentFactory(group=group, dated_on=date(2018, 9, 5))
    assert plan_of(group) == (State.NONE, "Belum ada, batas 31 Januari 2018 terlewat")


def test_a_group_formed_late_that_handed_in_all_the_same_is_done():
    group = make.GroupFactory(formed_on=date(2018, 3, 1))
    make.WorkPlanFactory(group=group, year=2018, status="submitted").steps.create(action="submit", on=date(2018, 4, 1))
    assert plan_of(group) == (State.DONE, "Diajukan 1 April 2018")


def test_a_draft_of_a_group_formed_late_is_named():
    group = make.GroupFactory(formed_on=date(2018, 3, 1))
    make.WorkPlanFactory(group=group, year=2018)
    assert plan_of(group) == (State.UNKNOWN, "Draf, Terbentuk 1 Maret 2018, mulai TA berikutnya")


def test_a_dissolved_group_is_a_recorded_failing():
    group = make.GroupFactory(formed_on=date(2017, 1, 1), dissolved_on=date(2019, 5, 6))
    assert stage(group.village, "legal", date(2019, 5, 5)) == (State.NONE, "Belum ada SK")
    assert stage(group.village, "legal", date(2019, 5, 6)) == (State.NONE, "Kelompok bubar 6 Mei 2019")
    word = "Kelompok bubar 6 Mei 2019, batas 31 Januari 2019 terlewat"
    assert stage(group.village, "plan", date(2019, 12, 31)) == (State.NONE, word)
    successor = make.GroupFactory(village=group.village, formed_on=date(2019, 8, 1))
    assert stage(group.village, "legal", date(2019, 12, 31)) == (State.NONE, "Belum ada SK")
    assert plan_of(successor, date(2019, 12, 31))[0] == State.UNKNOWN


def test_a_village_without_a_group_is_red_at_both_stages_after_the_deadline():
    village = make.VillageFactory()
    session = make.TrainingSessionFactory(day__date=date(2017, 5, 2))
    participant = make.ParticipantFactory(
        training=session.day.training, person=make.PersonFactory(village=village), village=village
    )
    make.AttendanceFactory(participant=participant, session=session)
    assert stage(village, "legal") == (State.NONE, "Belum ada kelompok")
    assert stage(village, "plan") == (State.NONE, "Belum ada kelompok, batas 31 Januari 2018 terlewat")
    assert stage(village, "plan", date(2018, 1, 31)) == (State.UNKNOWN, "Belum ada data: catat kelompok")


def test_a_village_of_which_nothing_was_entered_is_grey_at_both_stages():
    village = make.VillageFactory()
    assert [stage(village, key)[0] for key in ("legal", "plan")] == [State.UNKNOWN] * 2


def test_a_village_whose_group_has_no_board_does_not_say_that_its_board_was_not_there():
    group = make.GroupFactory(formed_on=date(2017, 1, 1))
    session = make.TrainingSessionFactory(day__date=date(2018, 5, 2))
    participant = make.ParticipantFactory(
        training=session.day.training, person=make.PersonFactory(village=group.village), village=group.village
    )
    make.AttendanceFactory(participant=participant, session=session)
    assert stage(group.village, "trained") == (State.HALF, "Dilatih 2018, belum ada pengurus yang tercatat")
    make.MemberFactory(group=group, starts_on=date(2017, 1, 1))
    assert stage(group.village, "trained") == (State.HALF, "Dilatih 2018, pengurus sekarang belum")
