"""The chain as of a day, by the dates of the facts: one village through eight years, day by day.

All rows are entered today: the day of entry must not matter.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from kpspams.models import Member
from kpspams.queries.boards import BoardState, DecreeState, GroupOn
from monitoring.queries.chain import State, chains_of
from plans.models import DamageReport, PlanStep, WorkPlan
from plans.queries.plan_status import status_on
from plans.services.damages import next_states, report_damage, take_step
from tests import factories as make
from villages.models import Village

pytestmark = pytest.mark.django_db
DONE, HALF, NONE, UNKNOWN = State.DONE, State.HALF, State.NONE, State.UNKNOWN


@pytest.fixture
def village():
    """The facts, in chronological order."""
    award = make.GrantAwardFactory(fiscal_year=2017)
    village = award.village
    training = make.TrainingFactory(cohort_year=2017, programme=award.programme, fiscal_year=2018)
    session = make.TrainingSessionFactory(day__training=training, day__date=date(2018, 12, 4))
    make.InvitationFactory(training=training, village=village)
    group = make.GroupFactory(village=village, formed_on=date(2018, 3, 1))
    chair = make.MemberFactory(group=group, post="KET", starts_on=date(2018, 3, 1), ends_on=date(2020, 6, 30))
    for post in ("SEK", "BEN"):
        make.MemberFactory(group=group, post=post, starts_on=date(2018, 3, 1))
    participant = make.ParticipantFactory(training=training, person=chair.person, village=village)
    make.AttendanceFactory(participant=participant, session=session)
    make.LegalDocumentFactory(group=group, dated_on=date(2018, 4, 10), valid_until=date(2021, 4, 10))
    plan = make.WorkPlanFactory(group=group, year=2019, status="approved")
    for action, on in (
        ("submit", date(2019, 1, 20)),
        ("return", date(2019, 2, 5)),
        ("submit", date(2019, 2, 20)),
        ("approve", date(2019, 3, 9)),
    ):
        plan.steps.create(action=action, on=on)
    facility = make.FacilityFactory(village=village, built_year=2017)
    for on, found in (
        (date(2018, 5, 1), "berfungsi"),
        (date(2019, 4, 1), "tidak"),
        (date(2019, 8, 1), "sebagian"),
        (date(2019, 9, 1), "berfungsi"),
    ):
        make.ConditionCheckFactory(facility=facility, checked_on=on, functioning=found)
    # A new chair after some weeks without one, and a new SK.
    make.MemberFactory(group=group, post="KET", starts_on=date(2020, 8, 1))
    make.LegalDocumentFactory(group=group, dated_on=date(2021, 9, 1), valid_until=None)
    return village


SCENARIO = [
    # day, stage, state, label
    (date(2018, 2, 28), "legal", UNKNOWN, "Belum ada data: catat kelompok"),  # no group yet, and nobody was trained
    (date(2018, 3, 1), "legal", NONE, "Belum ada SK"),
    (date(2018, 4, 9), "legal", NONE, "Belum ada SK"),
    (date(2018, 4, 10), "legal", DONE, "SK berlaku"),
    (date(2018, 4, 30), "facility", UNKNOWN, "Belum ada data: catat pemeriksaan SPAM"),
    (date(2018, 5, 1), "facility", DONE, "Berfungsi"),
    (date(2018, 12, 3), "trained", HALF, "Diundang, belum dilaksanakan"),
    (date(2018, 12, 4), "trained", DONE, "Dilatih 2018"),
    (date(2019, 1, 19), "plan", HALF, "Draf, batas 31 Januari 2019"),  # a draft has no date
    (date(2019, 1, 20), "plan", DONE, "Diajukan 20 Januari 2019"),
    (date(2019, 2, 4), "plan", DONE, "Diajukan 20 Januari 2019"),
    (date(2019, 2, 5), "plan", NONE, "Dikembalikan, batas 31 Januari 2019 terlewat"),
    (date(2019, 2, 20), "plan", DONE, "Diajukan 20 Februari 2019"),
    (date(2019, 3, 9), "plan", DONE, "Diverifikasi 9 Maret 2019"),
    (date(2019, 3, 31), "facility", DONE, "Berfungsi"),
    (date(2019, 4, 1), "facility", NONE, "Tidak berfungsi"),
    (date(2019, 7, 31), "facility", NONE, "Tidak berfungsi"),
    (date(2019, 8, 1), "facility", HALF, "Berfungsi sebagian"),
    (date(2019, 9, 1), "facility", DONE, "Berfungsi"),
    (date(2020, 6, 30), "trained", DONE, "Dilatih 2018"),
    (date(2020, 7, 1), "trained", HALF, "Dilatih 2018, pengurus sekarang belum"),
    (date(2020, 6, 30), "legal", DONE, "SK berlaku"),
    (date(2020, 7, 1), "legal", HALF, "SK berlaku, Ketua lowong"),
    (date(2020, 8, 1), "legal", DONE, "SK berlaku"),
    (date(2020, 9, 1), "facility", DONE, "Berfungsi"),
    (date(2020, 9, 2), "facility", UNKNOWN, "Perlu dicek, terakhir 1 September 2019: catat pemeriksaan SPAM"),
    (date(2021, 1, 9), "legal", DONE, "SK berlaku"),
    (date(2021, 1, 10), "legal", DONE, "SK berakhir 10 April 2021"),
    (date(2021, 4, 10), "legal", DONE, "SK berakhir 10 April 2021"),
    (date(2021, 4, 11), "legal", NONE, "SK berakhir 10 April 2021"),
    (date(2021, 8, 31), "legal", NONE, "SK berakhir 10 April 2021"),
    (date(2021, 9, 1), "legal", DONE, "SK berlaku"),
]


def rows(village):
    return Village.objects.select_related("subdistrict__district__settings_row").filter(pk=village.pk)


# Days of the scenario, the day of the invitation (30 days before), the first of a year (another plan is due) and the
# day after the deadline of plans.
NEW_YEARS = {date(year, month, 1) for year in range(2018, 2022) for month in (1, 2)}
TURNS = {day for day, *_ in SCENARIO} | {date(2018, 11, 4)} | NEW_YEARS


def test_the_story_stands_as_it_was_on_each_day(village):
    shown = []
    for day, stage, _, _ in SCENARIO:
        step = chains_of(rows(village), day, 2017)[0].stage(stage)
        shown.append((day, stage, step.state, step.summary))
    assert shown == SCENARIO


def test_a_state_changes_only_where_something_happened(village):
    """Week by week through four years: no state changes in a week in which no fact begins or ends."""
    before, unexplained = None, []
    for week in range(4 * 52):
        day = date(2018, 1, 1) + timedelta(days=7 * week)
        now = [step.state for step in chains_of(rows(village), day, 2017)[0].steps]
        that_week = {day - timedelta(days=back) for back in range(7)}
        if before and now != before and not that_week & TURNS:
            unexplained.append((day, before, now))
        before = now
    assert unexplained == []


def test_beranda_shows_the_day_that_was_asked_for(village, client):
    client.force_login(make.OfficialFactory())
    page = client.get(reverse("monitoring:home"), {"per": "2019-04-01", "ta": "2017"})
    (chain,) = page.context["page_obj"]
    assert [step.summary for step in chain.steps] == [
        "Dilatih 2018",
        "SK berlaku",
        "Diverifikasi 9 Maret 2019",
        "Tidak berfungsi",
    ]
    red = {stage.key: [item.village for item in stage.red] for stage in page.context["missing"]}
    assert red == {"trained": [], "legal": [], "plan": [], "facility": [village]}


def test_an_assignment_opens_and_closes_the_choice_of_a_fasilitator(village, client):
    worker = make.FacilitatorFactory()
    make.AssignmentFactory(user=worker, village=village, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
    client.force_login(make.UserFactory())
    totals = {
        day: client.get(reverse("monitoring:home"), {"per": day, "fasilitator": worker.pk}).context["total"]
        for day in ("2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01")
    }
    assert totals == {"2018-12-31": 0, "2019-01-01": 1, "2019-12-31": 1, "2020-01-01": 0}


def test_the_columns_of_today_say_what_the_dated_rows_say_as_of_today(village):
    """Plans, boards, SK and damages: state in a column or in SQL compared with the chain of today."""
    group = village.groups.get()
    today = localdate()
    for plan in WorkPlan.objects.all():
        steps = plan.steps.exclude(action=PlanStep.Action.CHECK).order_by("on", "pk")
        assert status_on(steps) == plan.status
    damage = report_damage(DamageReport(facility=village.facilities.get(), since=today), today, [], by=None)
    for state in next_states(damage):
        damage = take_step(damage, state, today, "", [], by=make.UserFactory())
        assert damage.steps.last().state == damage.state
    legal, now = chains_of(rows(village), today, 2017)[0].stage("legal"), GroupOn(group, today)
    assert (now.decree_state, now.board_state) == (DecreeState.IN_FORCE, BoardState.COMPLETE)
    assert (legal.state, legal.summary) == (DONE, "SK berlaku")
    Member.objects.filter(group=group, post="KET", ends_on=None).update(ends_on=today - timedelta(days=1))
    group = type(group).objects.get(pk=group.pk)
    legal = chains_of(rows(village), today, 2017)[0].stage("legal")
    assert (GroupOn(group, today).board_state, legal.summary) == (BoardState.VACANT, "SK berlaku, Ketua lowong")
