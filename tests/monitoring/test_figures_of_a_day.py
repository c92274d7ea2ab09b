"""Figures of a day come from dated facts: invitations by their letter, money by the plans approved on that day."""

from datetime import UTC, date, datetime

import pytest

from monitoring.charts import charts
from monitoring.queries.area import Area
from monitoring.queries.chain import State, chains_of
from monitoring.queries.digest import digest_of
from records.sums import sum_known
from tests import factories as make
from trainings.models import Invitation, SpjItem
from trainings.queries.invitation_days import invited_from, trainings_inviting
from villages.models import Village

pytestmark = pytest.mark.django_db
FIRST = date(2019, 4, 10)


def trained(village, on):
    found = Village.objects.select_related("subdistrict__district__settings_row").filter(pk=village.pk)
    step = chains_of(found, on)[0].stage("trained")
    return step.state, step.summary


def training_of(*villages, on, recorded=datetime(2026, 1, 1, tzinfo=UTC)):
    training = make.TrainingFactory()
    make.TrainingSessionFactory(day__training=training, day__date=on)
    for village in villages:
        make.InvitationFactory(training=training, village=village, recorded_at=recorded)
    return training


def letter(training, on, **fields):
    return SpjItem.objects.create(training=training, document=SpjItem.Document.INVITATION, dated_on=on, **fields)


@pytest.mark.parametrize(
    ("letter", "recorded", "day"),
    [
        (date(2019, 3, 1), None, date(2019, 3, 1)),  # the date of the letter
        (date(2019, 3, 1), date(2019, 1, 2), date(2019, 3, 1)),
        (date(2019, 5, 1), None, FIRST),  # never after the training began
        (None, date(2019, 1, 2), date(2019, 1, 2)),  # recorded long before
        (None, date(2026, 1, 1), date(2019, 3, 11)),  # recorded later: thirty days before
        (None, None, date(2019, 3, 11)),
    ],
)
def test_the_day_of_an_invitation(letter, recorded, day):
    assert invited_from(FIRST, letter, recorded) == day


def test_an_invitation_does_not_count_before_its_day():
    village = make.VillageFactory()
    training = training_of(village, on=FIRST)
    unknown, invited = (
        (State.UNKNOWN, "Belum ada data: undang ke pelatihan"),
        (State.HALF, "Diundang, belum dilaksanakan"),
    )
    assert trained(village, date(2000, 1, 1)) == unknown
    assert trained(village, date(2019, 3, 10)) == unknown
    assert trained(village, date(2019, 3, 11)) == invited
    letter(training, date(2019, 4, 1))
    assert trained(village, date(2019, 3, 31)) == unknown
    assert trained(village, date(2019, 4, 1)) == invited
    assert trainings_inviting([village.pk], date(2019, 3, 31)) == set()
    assert trainings_inviting([village.pk], date(2019, 4, 1)) == {training.pk}


def test_who_is_only_registered_counts_from_the_same_day():
    village, other = make.VillageFactory(), make.VillageFactory()
    training = training_of(other, on=FIRST)
    make.ParticipantFactory(training=training, person=make.PersonFactory(village=village), village=village)
    assert trained(village, date(2019, 3, 10)) == (State.UNKNOWN, "Belum ada data: undang ke pelatihan")
    assert trained(village, date(2019, 3, 11)) == (State.HALF, "Diundang, belum dilaksanakan")


def test_a_later_invitation_does_not_hide_that_nobody_came():
    village, other = make.VillageFactory(), make.VillageFactory()
    missed = training_of(village, other, on=date(2018, 12, 4))
    session = missed.days.get().sessions.get()
    make.AttendanceFactory(
        participant=make.ParticipantFactory(training=missed, person=make.PersonFactory(village=other)), session=session
    )
    training_of(village, on=FIRST)
    assert trained(village, date(2018, 12, 31)) == (State.NONE, "Tidak ada yang hadir")
    word = "Tidak ada yang hadir 4 Desember 2018, diundang lagi untuk 10 April 2019"
    assert trained(village, date(2019, 3, 20)) == (State.NONE, word)


@pytest.fixture
def plan():
    """Approved on 9 March 2019, replaced by a more expensive revision on 1 July; progress of March and August."""
    group = make.GroupFactory(formed_on=date(2018, 1, 1))
    plan = make.WorkPlanFactory(group=group, year=2019, status="superseded")
    line = make.ActivityFactory(plan=plan, line=1, volume=1, unit_price=1_000_000, amount=1_000_000, months=4)
    for action, on in (("submit", date(2019, 1, 20)), ("approve", date(2019, 3, 9)), ("supersede", date(2019, 7, 1))):
        plan.steps.create(action=action, on=on)
    revision = make.WorkPlanFactory(group=group, year=2019, revision=1, reason="Harga naik", status="approved")
    again = make.ActivityFactory(plan=revision, line=1, volume=1, unit_price=3_000_000, amount=3_000_000, months=4)
    for action, on in (("submit", date(2019, 6, 20)), ("approve", date(2019, 7, 1))):
        revision.steps.create(action=action, on=on)
    source = make.FundingSourceFactory()
    for activity, month, cost in ((line, 3, 400_000), (again, 8, 500_000)):
        progress = make.ActivityProgressFactory(activity=activity, month=month)
        progress.fundings.create(source=source, cost=cost)
    return plan


def money_on(user, day):
    digest = digest_of(Area.of_district({"per": day.isoformat(), "ta": "semua"}, user))
    drawn = {item.key: item for item in charts(Area.of({"per": day.isoformat()}, user))}
    rows = drawn["realisasi-per-triwulan"].rows
    shown = (sum(row.planned for row in rows), sum_known(row.realised for row in rows)) if rows else None
    assert shown == (digest.money and (digest.money.planned, digest.money.realised))
    return shown


@pytest.mark.parametrize(
    ("day", "money"),
    [
        (date(2019, 1, 1), None),
        (date(2019, 3, 8), None),  # submitted, not approved
        (date(2019, 3, 9), (1_000_000, 400_000)),
        (date(2019, 6, 30), (1_000_000, 400_000)),
        (date(2019, 7, 1), (3_000_000, 400_000)),
        (date(2019, 12, 31), (3_000_000, 900_000)),
    ],
)
def test_money_of_a_day_is_that_of_the_plans_approved_then(plan, day, money):
    assert money_on(make.UserFactory(), day) == money


def test_costs_that_nobody_estimated_or_reported_are_said_so():
    group = make.GroupFactory(formed_on=date(2018, 1, 1))
    plan = make.ApprovedPlanFactory(group=group, year=2019)
    make.ActivityFactory(plan=plan, unit_price=1_000_000, volume=1, amount=1_000_000)
    facility = make.FacilityFactory(village=group.village)
    make.DamageReportFactory(facility=facility, since=date(2019, 5, 1), estimated_cost=None)
    area = Area.of_district({"per": "2019-06-01", "ta": "semua"}, make.UserFactory())
    needs = dict(digest_of(area).needs)
    assert needs["Perbaikan kerusakan"] == "belum ditaksir (1 kerusakan, 1 belum ditaksir)"
    assert needs["Realisasi rencana kerja 2019"] == "belum ada data, dari Rp1.000.000"


@pytest.mark.parametrize(
    ("day", "came", "stayed_away"),
    [
        (date(2024, 11, 29), State.UNKNOWN, State.UNKNOWN),
        (date(2024, 11, 30), State.HALF, State.HALF),
        (date(2024, 12, 31), State.DONE, State.HALF),  # the second day was held, the last one is to come
        (date(2025, 1, 3), State.DONE, State.NONE),
    ],
)
def test_a_training_over_new_year_counts_day_by_day(day, came, stayed_away):
    training = make.TrainingFactory(cohort_year=2024, fiscal_year=2024)
    held = [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2)]
    sessions = [make.TrainingSessionFactory(day__training=training, day__date=on) for on in held]
    states = []
    for status in ("hadir", "alpa"):
        village = make.GrantAwardFactory(fiscal_year=2024).village
        make.GrantAwardFactory(village=village, fiscal_year=2026)  # counts for no earlier day
        make.InvitationFactory(training=training, village=village)
        row = make.ParticipantFactory(training=training, person=make.PersonFactory(village=village), village=village)
        make.MemberFactory(group=make.GroupFactory(village=village), person=row.person)
        for session in sessions:
            make.AttendanceFactory(participant=row, session=session, status=status)
        Invitation.objects.update(recorded_at=datetime(2025, 1, 31, 18, tzinfo=UTC))
        states.append(trained(village, day)[0])
    assert states == [came, stayed_away]


@pytest.mark.parametrize(
    ("day", "legal", "plan"),
    [
        (date(2024, 2, 28), State.NONE, State.DONE),
        (date(2024, 2, 29), State.NONE, State.NONE),  # dissolved that day
        (date(2024, 3, 1), State.NONE, State.UNKNOWN),  # formed again, after the deadline
        (date(2025, 2, 1), State.NONE, State.NONE),
    ],
)
def test_a_group_dissolved_on_a_leap_day_and_formed_again(day, legal, plan):
    village = make.GrantAwardFactory(fiscal_year=2018).village
    old = make.GroupFactory(village=village, formed_on=date(2018, 1, 1), dissolved_on=date(2024, 2, 29))
    make.ActivityFundingFactory(activity__plan=make.ApprovedPlanFactory(group=old, year=2024))
    make.GroupFactory(village=village, formed_on=date(2024, 3, 1))
    rows = Village.objects.filter(pk=village.pk).select_related("subdistrict__district__settings_row")
    (chain,) = chains_of(rows, day)
    assert (chain.stage("legal").state, chain.stage("plan").state) == (legal, plan)
