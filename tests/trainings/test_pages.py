"""Access to every page of a training, by role."""

import pytest
from django.urls import reverse

from records.models import Event
from tests import factories as f
from trainings.models import Training

OFFICE = {"staff": 200, "admin": 200, "official": 403, "facilitator": 403, "stranger": 403}
VISIBLE = {"staff": 200, "admin": 200, "official": 200, "facilitator": 200, "stranger": 404}
PROPOSERS = {"staff": 200, "admin": 200, "official": 403, "facilitator": 200, "stranger": 404}

PAGES = [
    ("training_update", "", OFFICE),
    ("training_close", "", OFFICE),
    ("training_cancel", "", OFFICE),
    ("day_create", "", OFFICE),
    ("day_remove", "day", OFFICE),
    ("session_create", "day", OFFICE),
    ("session_update", "session", OFFICE),
    ("session_remove", "session", OFFICE),
    ("agenda_fill", "", OFFICE),
    ("agenda_create", "day", OFFICE),
    ("agenda_update", "item", OFFICE),
    ("agenda_remove", "item", OFFICE),
    ("invitation_create", "", OFFICE),
    ("invitation_update", "invitation", OFFICE),
    ("invitation_remove", "invitation", OFFICE),
    ("participant_renumber", "", OFFICE),
    ("participant_pick", "", PROPOSERS),
    ("participant_create", "", PROPOSERS),
    ("participant_update", "participant", PROPOSERS),
    ("participant_withdraw", "participant", PROPOSERS),
    ("agenda", "", VISIBLE),
    ("attendance_grid", "", VISIBLE),
    ("attendance_session", "session", VISIBLE),
]


@pytest.fixture
def parts(dataset, people):
    dataset.item = f.AgendaItemFactory(session=dataset.session)
    dataset.invitation = dataset.training.invitations.get(village=dataset.satu)
    dataset.participant = people[0]
    return dataset


def address(dataset, name, part):
    args = [dataset.training.pk]
    if part:
        args.append(getattr(dataset, part).pk)
    return reverse(f"trainings:{name}", args=args)


@pytest.mark.parametrize(("name", "part", "expected"), PAGES, ids=[name for name, _, _ in PAGES])
def test_page_answers_each_role(name, part, expected, parts, client):
    found = {}
    for role in expected:
        client.force_login(getattr(parts, role))
        found[role] = client.get(address(parts, name, part)).status_code
    assert found == expected


@pytest.mark.parametrize(("name", "part", "expected"), PAGES, ids=[name for name, _, _ in PAGES])
def test_page_of_another_district_does_not_exist(name, part, expected, parts, client):
    other = f.UserFactory(district=f.OtherDistrictFactory())
    client.force_login(other)
    assert client.get(address(parts, name, part)).status_code == 404


@pytest.mark.parametrize(("name", "part", "expected"), [page for page in PAGES if page[1]])
def test_part_of_another_training_does_not_exist(name, part, expected, parts, as_user):
    other = f.TrainingFactory(district=parts.district)
    f.InvitationFactory(training=other, village=parts.satu)
    url = reverse(f"trainings:{name}", args=[other.pk, getattr(parts, part).pk])
    assert as_user(parts.staff).get(url).status_code == 404


def test_facilitator_may_not_touch_a_participant_of_another_village(parts, people, as_user):
    client = as_user(parts.facilitator)
    for name in ("participant_update", "participant_withdraw"):
        url = reverse(f"trainings:{name}", args=[parts.training.pk, people[2].pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    people[2].refresh_from_db()
    assert people[2].state == "terdaftar"


@pytest.mark.parametrize("state", [Training.State.CLOSED, Training.State.CANCELLED])
def test_locked_training_sends_every_change_back_to_its_page(state, parts, as_user):
    Training.objects.filter(pk=parts.training.pk).update(state=state)
    client = as_user(parts.staff)
    before = Event.objects.count()
    for name, part, _ in PAGES:
        if name == "agenda" or name.startswith("attendance"):
            continue
        url = address(parts, name, part)
        for response in (client.get(url), client.post(url)):
            assert (name, response.status_code, response.url) == (name, 302, parts.training.get_absolute_url())
    assert Event.objects.count() == before


def test_detail_answers_each_role(parts, client):
    found = {}
    for role in VISIBLE:
        client.force_login(getattr(parts, role))
        found[role] = client.get(parts.training.get_absolute_url()).status_code
    assert found == VISIBLE


def test_facilitator_sees_participants_of_own_villages_only(parts, as_user):
    text = as_user(parts.facilitator).get(address(parts, "participant_list", "")).content.decode()
    assert ("Ketua A" in text, "Ketua B" in text, "Bendahara B" in text) == (True, False, False)
    page = as_user(parts.facilitator).get(parts.training.get_absolute_url()).content.decode()
    assert ">B<" in page  # the base template and the invited villages stay visible


def test_officer_sees_all_participants(parts, as_user):
    parts.training.officers.add(parts.facilitator)
    text = as_user(parts.facilitator).get(address(parts, "participant_list", "")).content.decode()
    assert ("Ketua A" in text, "Ketua B" in text) == (True, True)


def test_no_page_shows_a_phone(parts, people, as_user):
    people[0].person.phone = "+6281234567890"
    people[0].person.save()
    for role in ("staff", "official", "facilitator"):
        client = as_user(getattr(parts, role))
        for url in (parts.training.get_absolute_url(), address(parts, "attendance_grid", "")):
            assert "81234567890" not in client.get(url).content.decode().replace("-", "")


def test_detail_asks_the_same_number_of_queries_for_1_and_5(parts, as_user, django_assert_max_num_queries):
    client = as_user(parts.staff)
    client.get(parts.training.get_absolute_url())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for extra in (0, 5):
        for number in range(extra):
            village = f.VillageFactory()
            f.InvitationFactory(training=parts.training, village=village)
            row = f.ParticipantFactory(training=parts.training, person__village=village, number=100 + number)
            f.AttendanceFactory(participant=row, session=parts.session)
            f.AgendaItemFactory(session=parts.session)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(parts.training.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_list_asks_the_same_number_of_queries_for_1_and_5(dataset, as_user, django_assert_num_queries):
    client = as_user(dataset.staff)
    url = reverse("trainings:training_list")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    for _ in range(4):
        other = f.TrainingFactory(district=dataset.district)
        f.TrainingDayFactory(training=other)
        f.InvitationFactory(training=other, village=dataset.satu)
        f.ParticipantFactory(training=other)
    with django_assert_num_queries(len(queries)):
        assert len(client.get(url).context["trainings"]) == 5
