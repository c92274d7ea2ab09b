"""Waiting work of a user: each number is that of the linked list."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import SkippedStep
from accounts.setup import skip
from accounts.waiting import waiting_for
from monitoring.models import ReminderChoice
from monitoring.queries.water import fresh_since, unchecked
from tests import factories as make
from villages.models import Facility

Kind = ReminderChoice.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    """A village where everything waits."""
    today = localdate()
    village = make.VillageFactory()
    group = make.GroupFactory(village=village, formed_on=date(2018, 1, 1))
    make.LegalDocumentFactory(group=group, valid_until=today + timedelta(days=80))
    make.WorkPlanFactory(group=group, year=today.year, status="submitted")
    make.WorkPlanFactory(group=group, year=today.year - 1, status="returned")
    make.FollowUpFactory(village=village, due_on=today - timedelta(days=1))
    make.FollowUpFactory(village=village, number=2, due_on=today + timedelta(days=1))
    facility = make.FacilityFactory(village=village)
    make.ConditionCheckFactory(facility=facility, checked_on=fresh_since(today) - timedelta(days=1))
    make.DamageReportFactory(facility=facility)
    make.EntryRequestFactory(village=village, group=group)
    invitation = make.InvitationFactory(village=village)
    make.TrainingSessionFactory(day__training=invitation.training, day__date=today + timedelta(days=9))
    meeting = make.TrainingFactory(kind="rapat")
    make.TrainingSessionFactory(day__training=meeting, day__date=today - timedelta(days=1))
    for document in ("undangan", "daftar_hadir", "notulen"):  # without the photos
        make.SpjItemFactory(training=meeting, document=document, file=make.StoredFileFactory())
    return village


OFFICE = ["review", "entry", "proposal", "spj", "unclosed", "follow_up", "damage", "decree", "check"]
FIELD = ["returned", "proposal", "follow_up", "damage", "decree", "check"]


def test_what_may_be_silenced_is_what_waits():
    """Reminders are chosen by the kinds of the matters, which the apps register; `entry` is always shown."""
    assert {*OFFICE, *FIELD} - {"entry"} | {Kind.PLAN_DUE} == set(Kind.values)


def rows_of(client, matter):
    """The number of rows on the linked page."""
    context = client.get(matter.url).context
    if "paginator" in context:
        return context["paginator"].count
    if "accounts" in context:
        return len(context["accounts"].missing)
    return len(context["groups"])


def test_everything_waits_once_and_its_list_shows_these_rows(client, village):
    for user, kinds in ((make.UserFactory(), OFFICE), (make.FacilitatorFactory(villages=[village]), FIELD)):
        client.force_login(user)
        matters = waiting_for(user)
        assert [str(matter.kind) for matter in matters] == kinds
        assert [matter.count for matter in matters] == [1] * len(kinds)
        assert [rows_of(client, matter) for matter in matters] == [1] * len(kinds)


def test_nothing_waits_for_who_only_looks_or_works_elsewhere(client, village):
    assert waiting_for(make.OfficialFactory()) == []
    assert waiting_for(make.FacilitatorFactory(villages=[make.VillageFactory()])) == []
    assert waiting_for(make.UserFactory(district=make.OtherDistrictFactory())) == []
    elsewhere = make.UserFactory(district=make.OtherDistrictFactory())
    skip(
        elsewhere.district, SkippedStep.WHOLE_LIST, "seluruh daftar", by=elsewhere
    )  # its open steps stand there instead
    client.force_login(elsewhere)
    assert "Tidak ada yang menunggu Anda" in client.get(reverse("monitoring:home")).content.decode()


@pytest.mark.parametrize(
    ("on", "first", "over"),
    [
        (date(2026, 6, 15), date(2025, 6, 15), date(2026, 6, 16)),
        (date(2028, 2, 29), date(2027, 3, 1), date(2028, 3, 2)),
        (date(2029, 2, 28), date(2028, 2, 28), date(2029, 3, 1)),
    ],
)
def test_a_check_speaks_for_twelve_months(on, first, over):
    assert fresh_since(on) == first
    facility = make.ConditionCheckFactory(checked_on=first).facility
    assert not unchecked(Facility.objects.all(), on).exists()
    assert list(unchecked(Facility.objects.all(), over)) == [facility]
    assert list(unchecked(Facility.objects.all(), first - timedelta(days=1))) == [facility]


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_what_to_check_asks_the_same_number_of_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        make.FacilityFactory()
    client.force_login(make.UserFactory())
    client.get(reverse("monitoring:unchecked"))
    with django_assert_num_queries(8):
        assert client.get(reverse("monitoring:unchecked")).context["paginator"].count == count
