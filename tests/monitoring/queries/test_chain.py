"""Each stage of the chain in each of its states, as of a day."""

from datetime import date, timedelta

import pytest

from kpspams.models import Member
from monitoring.queries.chain import State, chains_of
from plans.models import PlanStep, WorkPlan
from plans.queries.plan_status import status_on
from tests import factories as make
from trainings.models import Attendance
from villages.models import ConditionCheck, Village

DAY = date(2026, 6, 15)


def step(village, key, on=DAY, cohort=None):
    found = Village.objects.select_related("subdistrict__district__settings_row").filter(pk=village.pk)
    judged = chains_of(found, on, cohort)[0].stage(key)
    return judged.state, judged.summary


@pytest.fixture
def village(db):
    return make.VillageFactory()


@pytest.fixture
def group(village):
    return make.GroupFactory(village=village, formed_on=date(2018, 1, 1))


def test_nothing_recorded_is_grey_throughout(village):
    chain = chains_of([village], DAY)[0]
    assert [(s.state, s.summary) for s in chain.steps] == [
        (State.UNKNOWN, "Belum ada data: undang ke pelatihan"),
        (State.UNKNOWN, "Belum ada data: catat kelompok"),
        (State.UNKNOWN, "Belum ada data: catat kelompok"),
        (State.UNKNOWN, "Belum ada data: catat SPAM"),
    ]
    assert [s.label for s in chain.steps] == ["Terlatih", "Kelompok ber-SK", "Rencana kerja", "SPAM berfungsi"]


# Terlatih


@pytest.fixture
def training(village):
    award = make.GrantAwardFactory(village=village)
    training = make.TrainingFactory(cohort_year=2017, programme=award.programme)
    make.TrainingSessionFactory(day__training=training, day__date=date(2018, 12, 4))
    make.InvitationFactory(training=training, village=village)
    return training


def take_part(training, member=None, village=None, status=Attendance.Status.PRESENT):
    person = member.person if member else make.PersonFactory(village=village)
    participant = make.ParticipantFactory(training=training, person=person)
    session = training.days.get().sessions.get()
    return make.AttendanceFactory(participant=participant, session=session, status=status)


def test_trained_with_somebody_of_the_board(village, group, training):
    take_part(training, make.MemberFactory(group=group))
    assert step(village, "trained") == (State.DONE, "Dilatih 2018")


def test_trained_but_nobody_of_todays_board(village, group, training):
    member = make.MemberFactory(group=group, ends_on=date(2020, 1, 1))
    take_part(training, member)
    assert step(village, "trained") == (State.HALF, "Dilatih 2018, pengurus sekarang belum")
    assert step(village, "trained", on=date(2019, 6, 1)) == (State.DONE, "Dilatih 2018")


def test_trained_person_counts_through_a_merge(village, group, training):
    double = make.PersonFactory(village=village, merged_into=make.MemberFactory(group=group).person)
    session = training.days.get().sessions.get()
    participant = make.ParticipantFactory(training=training, person=double)
    make.AttendanceFactory(participant=participant, session=session)
    assert step(village, "trained") == (State.DONE, "Dilatih 2018")


def test_invited_and_not_yet_held(village, training):
    assert step(village, "trained", on=date(2018, 12, 1)) == (State.HALF, "Diundang, belum dilaksanakan")


def test_nobody_came_is_red_only_when_recorded(village, training):
    assert step(village, "trained") == (State.UNKNOWN, "Kehadiran belum dicatat: catat daftar hadir")
    take_part(training, village=make.VillageFactory())
    assert step(village, "trained") == (State.NONE, "Tidak ada yang hadir")


def test_registered_without_a_mark_is_grey(village, training):
    take_part(training, village=make.VillageFactory())
    make.ParticipantFactory(training=training, person=make.PersonFactory(village=village))
    assert step(village, "trained") == (State.UNKNOWN, "Kehadiran belum dicatat: catat daftar hadir")


def test_absent_with_a_mark_is_red(village, training):
    take_part(training, village=village, status=Attendance.Status.ABSENT)
    assert step(village, "trained") == (State.NONE, "Tidak ada yang hadir")


def test_training_of_another_cohort_does_not_count(village, group, training):
    training.cohort_year = 2016
    training.save()
    take_part(training, make.MemberFactory(group=group))
    assert step(village, "trained") == (State.UNKNOWN, "Belum ada data: undang ke pelatihan")


def test_presence_after_the_day_does_not_count_yet(village, group, training):
    take_part(training, make.MemberFactory(group=group))
    assert step(village, "trained", on=date(2018, 12, 3)) == (State.HALF, "Diundang, belum dilaksanakan")


# Kelompok ber-SK


def fill_core(group, **changes):
    return [make.MemberFactory(group=group, post=post, **changes.get(post, {})) for post in Member.CORE]


def test_legal_in_force_with_all_core_posts(village, group):
    make.LegalDocumentFactory(group=group)
    fill_core(group)
    assert step(village, "legal") == (State.DONE, "SK berlaku")


def test_legal_ending_soon_stays_filled_and_says_it(village, group):
    make.LegalDocumentFactory(group=group, valid_until=DAY + timedelta(days=90))
    fill_core(group)
    assert step(village, "legal") == (State.DONE, "SK berakhir 13 September 2026")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"acting": True}, "SK berlaku, Bendahara masih Plt."),
        ({"ends_on": date(2019, 1, 1)}, "SK berlaku, Bendahara lowong"),
    ],
)
def test_legal_with_a_core_post_open(village, group, change, word):
    make.LegalDocumentFactory(group=group)
    fill_core(group, BEN=change)
    assert step(village, "legal") == (State.HALF, word)


def test_legal_in_process_wins_over_an_ended_decree(village, group):
    make.LegalDocumentFactory(group=group, valid_until=date(2023, 2, 12))
    fill_core(group)
    assert step(village, "legal") == (State.NONE, "SK berakhir 12 Februari 2023")
    make.LegalDocumentFactory(group=group, dated_on=None, number="", in_process=True)
    assert step(village, "legal") == (State.HALF, "SK dalam proses")


def test_legal_without_decree(village, group):
    assert step(village, "legal") == (State.NONE, "Belum ada SK")


def test_no_group_is_red_only_where_people_were_trained(village, training):
    assert step(village, "legal")[0] == State.UNKNOWN
    take_part(training, village=village)
    assert step(village, "legal") == (State.NONE, "Belum ada kelompok")


def test_pamsimas_groups_are_judged_others_only_where_there_are_none(village, group):
    make.LegalDocumentFactory(group=group)
    fill_core(group)
    other = make.GroupFactory(village=village, is_pamsimas=False)
    assert step(village, "legal") == (State.DONE, "SK berlaku")
    other.is_pamsimas = True
    other.save()
    assert step(village, "legal") == (State.HALF, "1 dari 2 kelompok ber-SK")


# Rencana kerja


def test_plan_before_and_after_the_deadline(village, group):
    assert step(village, "plan", on=date(2026, 1, 31)) == (State.HALF, "Belum ada, batas 31 Januari 2026")
    assert step(village, "plan", on=date(2026, 2, 1)) == (State.NONE, "Belum ada, batas 31 Januari 2026 terlewat")
    make.WorkPlanFactory(group=group)
    assert step(village, "plan")[1] == "Draf, batas 31 Januari 2026 terlewat"


def test_plan_of_years_not_recorded_is_grey(village, group):
    make.DistrictFactory()
    assert step(village, "plan", on=date(2016, 6, 1)) == (State.UNKNOWN, "Belum ada data: dicatat mulai 2017")


def test_plan_is_read_from_its_dated_steps(village, group):
    plan = make.WorkPlanFactory(group=group, status=WorkPlan.Status.APPROVED)
    plan.steps.create(action=PlanStep.Action.SUBMIT, on=date(2026, 1, 20))
    plan.steps.create(action=PlanStep.Action.RETURN, on=date(2026, 2, 5))
    plan.steps.create(action=PlanStep.Action.SUBMIT, on=date(2026, 3, 1))
    plan.steps.create(action=PlanStep.Action.APPROVE, on=date(2026, 3, 9))
    assert step(village, "plan", on=date(2026, 1, 25)) == (State.DONE, "Diajukan 20 Januari 2026")
    assert step(village, "plan", on=date(2026, 2, 10))[0] == State.NONE
    assert step(village, "plan") == (State.DONE, "Diverifikasi 9 Maret 2026")


def test_column_and_dated_steps_agree(village, group):
    plan = make.WorkPlanFactory(group=group)
    make.ActivityFundingFactory(activity__plan=plan)
    writer, approver = make.FacilitatorFactory(villages=[village]), make.UserFactory(may_approve=True)
    for act in (
        lambda: plan.submit(writer, DAY),
        lambda: plan.send_back(approver, DAY, "Lengkapi lokasi."),
        lambda: plan.submit(writer, DAY),
        lambda: plan.approve(approver, DAY),
    ):
        act()
        assert status_on(plan.steps.order_by("on", "pk")) == plan.status


# SPAM berfungsi


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["berfungsi"], (State.DONE, "Berfungsi")),
        (["sebagian"], (State.HALF, "Berfungsi sebagian")),
        (["tidak"], (State.NONE, "Tidak berfungsi")),
        (["berfungsi", "berfungsi", "tidak"], (State.HALF, "2 dari 3 berfungsi")),
        (["berfungsi", "berfungsi"], (State.DONE, "2 berfungsi")),
        (["tidak", "tidak"], (State.NONE, "Tidak berfungsi")),
        (
            ["berfungsi", None],
            (State.HALF, "1 dari 2 berfungsi, 1 belum diperiksa: catat pemeriksaan SPAM"),
        ),
        (
            ["tidak", None, None],
            (State.HALF, "0 dari 3 berfungsi, 2 belum diperiksa: catat pemeriksaan SPAM"),
        ),
        ([None], (State.UNKNOWN, "Belum ada data: catat pemeriksaan SPAM")),
    ],
)
def test_facilities(village, found, expected):
    for functioning in found:
        facility = make.FacilityFactory(village=village)
        if functioning:
            make.ConditionCheckFactory(facility=facility, functioning=functioning)
    assert step(village, "facility") == expected


def test_facility_check_older_than_twelve_months_is_grey(village):
    make.ConditionCheckFactory(facility__village=village, checked_on=date(2025, 6, 15))
    assert step(village, "facility") == (State.DONE, "Berfungsi")
    assert step(village, "facility", on=date(2026, 6, 16)) == (
        State.UNKNOWN,
        "Perlu dicek, terakhir 15 Juni 2025: catat pemeriksaan SPAM",
    )


def test_the_newest_check_counts_and_a_correction_of_the_same_day_wins(village):
    check = make.ConditionCheckFactory(facility__village=village, functioning=ConditionCheck.Functioning.BROKEN)
    make.ConditionCheckFactory(facility=check.facility)
    assert step(village, "facility") == (State.DONE, "Berfungsi")


def test_a_system_built_later_is_not_counted(village):
    make.ConditionCheckFactory(facility__village=village, facility__built_year=2017)
    make.FacilityFactory(village=village, built_year=2027)
    assert step(village, "facility") == (State.DONE, "Berfungsi")
