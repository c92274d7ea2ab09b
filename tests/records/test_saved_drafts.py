"""Saved drafts: the server names the forms that it stored, and no others."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from records.models import SavedDraft
from records.tasks import delete_expired_drafts
from tests.conventions.walks.walk import Page
from tests.factories import DistrictFactory, TrainingFactory, UserFactory, VillageFactory
from villages.models import Facility

pytestmark = pytest.mark.django_db

KEY, OTHER = "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0001", "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0002"
URL = "/isian/tersimpan/"


@pytest.fixture
def admin(client):
    user = UserFactory(role="admin", district=DistrictFactory())
    client.force_login(user)
    return user


def save_facility(client, village, key=KEY, **typed):
    facts = {"name": "SPAM", "technology": Facility.Technology.DEEP_WELL, "draft_key": key}
    return client.post(reverse("villages:facility_create", args=[village.pk]), facts | typed)


def named(client, address="/", meta="saved-drafts"):
    tags = Page(client.get(address).content.decode()).tags
    return [facts["content"] for tag, facts in tags if facts.get("name") == meta]


def stored():
    return [str(row.key) for row in SavedDraft.objects.order_by("pk")]


def test_a_saved_form_is_named_on_the_pages_that_follow(client, admin):
    village = VillageFactory(subdistrict__district=admin.district)
    assert named(client) == []
    assert save_facility(client, village).status_code == 302
    assert save_facility(client, village, OTHER, name="SPAM dua").status_code == 302
    assert (stored(), named(client), named(client)) == ([KEY, OTHER], [f"{KEY} {OTHER}"], [f"{KEY} {OTHER}"])


def test_a_form_sent_again_after_a_lost_answer_is_noted_once(client, admin):
    village = VillageFactory(subdistrict__district=admin.district)
    once = {"request_key": str(uuid.uuid4())}
    assert [save_facility(client, village, **once).status_code for _ in range(2)] == [302, 302]
    assert (stored(), village.facilities.count()) == ([KEY], 1)


@pytest.mark.parametrize("typed", [{"name": ""}, {"key": "bukan-kunci"}, {"key": ""}])
def test_a_refused_form_or_one_without_a_key_is_not_noted(client, admin, typed):
    save_facility(client, VillageFactory(subdistrict__district=admin.district), **typed)
    assert (stored(), named(client)) == ([], [])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("participant_withdraw_many", {"reason": "Sakit"}),  # a warning: nobody was chosen
        ("training_cancel", {"reason": "Banjir"}),  # an error: the training is cancelled already
    ],
)
def test_a_refusal_by_redirect_is_named_once(client, admin, name, typed):
    training = TrainingFactory(district=admin.district, state="cancelled" if name == "training_cancel" else "open")
    answer = client.post(reverse(f"trainings:{name}", args=[training.pk]), typed | {"draft_key": KEY})
    assert (answer.status_code, stored()) == (302, [])
    refused = [named(client, "/akun/", "refused-drafts") for _ in range(2)]
    assert refused == [[KEY], []]


def test_a_conflict_is_not_noted(client, admin):
    village = VillageFactory(subdistrict__district=admin.district)
    address = reverse("villages:village_update", args=[village.pk])
    data = {"code": village.code, "name": "Lain", "subdistrict": village.subdistrict_id, "version": "99"}
    assert client.post(address, data | {"draft_key": KEY}).status_code == 409
    assert stored() == []


def test_a_login_that_ended_notes_nothing(client, admin):
    client.logout()
    assert save_facility(client, VillageFactory(subdistrict__district=admin.district)).status_code == 401
    assert stored() == []


def test_a_page_that_answers_without_redirect_is_noted_and_names_the_key(client, admin):
    data = {"name": "Baru", "username": "baru", "role": "staff", "draft_key": KEY}
    page = client.post(reverse("accounts:user_create"), data)
    assert (page.status_code, stored()) == (200, [KEY])
    assert f'<meta name="saved-drafts" content="{KEY}">' in page.content.decode()


def test_the_row_stays_saved_when_the_note_fails(client, admin, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("no room")

    monkeypatch.setattr("django.db.models.query.QuerySet.bulk_create", fail)
    village = VillageFactory(subdistrict__district=admin.district)
    assert save_facility(client, village).status_code == 302
    assert (stored(), village.facilities.count()) == ([], 1)


def test_the_browser_asks_for_its_own_keys_alone(client, admin):
    foreign = uuid.uuid4()
    SavedDraft.objects.create(by=UserFactory(), key=foreign)
    SavedDraft.objects.create(by=admin, key=KEY)
    answer = client.get(URL, {"key": [KEY, OTHER, str(foreign), "x\x00", KEY]})
    assert (answer.json(), answer["Cache-Control"]) == ({"saved": [KEY]}, "private, no-store")
    assert client.get(URL).json() == {"saved": []}


def test_the_browser_asks_for_a_hundred_keys_at_most(client, admin, django_assert_max_num_queries):
    SavedDraft.objects.create(by=admin, key=KEY)
    others = [str(uuid.uuid4()) for _ in range(100)]
    with django_assert_max_num_queries(4):
        assert client.get(URL, {"key": [*others, KEY]}).json() == {"saved": []}
    assert client.get(URL, {"key": [*others[1:], KEY]}).json() == {"saved": [KEY]}


def test_pages_name_a_bounded_number_and_stop_after_an_hour(client, admin, monkeypatch):
    village = VillageFactory(subdistrict__district=admin.district)
    keys = [str(uuid.uuid4()) for _ in range(22)]
    for number, key in enumerate(keys):
        save_facility(client, village, key, name=f"SPAM {number}")
    assert named(client) == [" ".join(keys[2:])]
    later = timezone.now() + timedelta(hours=1, seconds=5)
    monkeypatch.setattr("records.saved_drafts.timezone.now", lambda: later)
    assert named(client) == []
    assert client.get(URL, {"key": keys[:1]}).json() == {"saved": keys[:1]}


def test_keys_are_forgotten_after_thirty_days(admin):
    now = timezone.now()
    SavedDraft.objects.create(by=admin, key=KEY, saved_at=now - timedelta(days=30, minutes=1))
    SavedDraft.objects.create(by=admin, key=OTHER, saved_at=now - timedelta(days=29, hours=23))
    delete_expired_drafts()
    assert stored() == [OTHER]


def test_a_page_asks_nothing_for_the_names(client, admin):
    def queries():
        with CaptureQueriesContext(connection) as found:
            keys = named(client, "/akun/")
        return keys, len(found)

    client.get("/akun/")
    before = queries()
    save_facility(client, VillageFactory(subdistrict__district=admin.district))
    client.get("/akun/")
    assert queries() == ([KEY], before[1])
