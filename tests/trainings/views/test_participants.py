import uuid

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import Participant
from villages.models import Person


def url(world, name, *args):
    return reverse(f"trainings:{name}", args=[world.training.pk, *args])


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def names(world):
    return [p.person.name for p in world.training.participants.all()]


def test_pick_ticks_wished_posts_of_villages_without_participants(world, as_user):
    f.MemberFactory(group=world.boards[world.satu.pk]["KET"].group, post="SEK", person__name="Sekretaris A")
    f.ParticipantFactory(training=world.training, person=world.boards[world.dua.pk]["KET"].person, village=world.dua)
    groups = as_user(world.staff).get(url(world, "participant_pick")).context["groups"]
    ticks = {row["member"].person.name: row["ticked"] for group in groups for row in group["rows"]}
    assert ticks == {
        "Ketua A": True,
        "Sekretaris A": False,
        "Bendahara A": True,
        "Ketua B": False,
        "Bendahara B": False,
    }


def test_pick_registers_what_is_ticked_once(world, as_user):
    client = as_user(world.staff)
    chosen = [str(world.boards[v.pk][post].pk) for v in (world.dua, world.satu) for post in ("BEN", "KET")]
    for _ in range(2):
        client.post(url(world, "participant_pick"), {"pengurus": chosen})
    assert names(world) == ["Ketua A", "Bendahara A", "Ketua B", "Bendahara B"]


def test_pick_ignores_people_of_villages_that_are_not_invited(world, as_user):
    stranger = str(world.boards[world.tiga.pk]["KET"].pk)
    response = as_user(world.staff).post(
        url(world, "participant_pick"), {"pengurus": [stranger, "x", "999"]}, follow=True
    )
    assert "Belum ada yang dipilih" in response.content.decode()
    assert names(world) == []


def test_fasilitator_proposes_people_of_own_villages_only(world, as_user):
    client = as_user(world.facilitator)
    page = client.get(url(world, "participant_pick")).content.decode()
    assert ("Ketua A" in page, "Ketua B" in page) == (True, False)
    chosen = [str(world.boards[v.pk]["KET"].pk) for v in (world.satu, world.dua)]
    client.post(url(world, "participant_pick"), {"pengurus": chosen})
    assert names(world) == ["Ketua A"]


def person(world, **changes):
    return {
        "request_key": str(uuid.uuid4()),
        "name": "Sri Wahyuni",
        "sex": "P",
        "village": str(world.satu.pk),
        "affiliation": "Kader AMPL",
    } | changes


def test_walk_in_is_a_person_and_a_participant_in_one_form(world, people, as_user):
    response = as_user(world.staff).post(url(world, "participant_create"), person(world, walk_in="on"))
    assert response.url == url(world, "participant_create") + "?langsung=1"
    row = Participant.objects.get(person__name="Sri Wahyuni")
    assert (row.number, row.village, row.affiliation, row.walk_in) == (5, world.satu, "Kader AMPL", True)


def test_walk_in_sent_twice_is_one_person(world, as_user):
    client = as_user(world.staff)
    data = person(world)
    assert [client.post(url(world, "participant_create"), data).status_code for _ in range(2)] == [302, 302]
    assert (Person.objects.filter(name="Sri Wahyuni").count(), world.training.participants.count()) == (1, 1)


def test_likely_double_is_offered_and_taken(world, as_user):
    known = f.PersonFactory(village=world.satu, name="Sri Wahyuni, S.Pd.")
    client = as_user(world.staff)
    asked = client.post(url(world, "participant_create"), person(world))
    assert errors(asked) == {"same_as": ["Pilih orangnya, atau catat sebagai orang baru."]}
    assert "Sri Wahyuni, S.Pd. (P) – Desa A" in asked.content.decode()
    client.post(url(world, "participant_create"), person(world, same_as=str(known.pk)))
    assert Participant.objects.get().person == known
    assert Person.objects.filter(name__startswith="Sri").count() == 1


def test_likely_double_may_be_somebody_else(world, as_user):
    f.PersonFactory(village=world.satu, name="Sri Wahyuni")
    as_user(world.staff).post(url(world, "participant_create"), person(world, same_as="baru"))
    assert Person.objects.filter(name="Sri Wahyuni").count() == 2


def test_double_of_a_board_brings_village_and_post(world, as_user):
    chair = world.boards[world.satu.pk]["KET"]
    data = person(world, name="KETUA a", village="", affiliation="Tokoh", same_as=str(chair.person_id))
    client = as_user(world.staff)
    client.post(url(world, "participant_create"), data)
    row = Participant.objects.get()
    assert (row.person, row.village, row.group, row.post) == (chair.person, world.satu, chair.group, "KET")
    again = client.post(url(world, "participant_create"), data, follow=True)
    assert "Ketua A sudah terdaftar sebagai peserta." in again.content.decode()


def test_double_must_be_one_of_those_offered(world, as_user):
    f.PersonFactory(village=world.satu, name="Sri Wahyuni")
    other = f.PersonFactory(village=world.dua, name="Lain")
    response = as_user(world.staff).post(url(world, "participant_create"), person(world, same_as=str(other.pk)))
    assert list(errors(response)) == ["same_as"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"sex": ""}, "sex"),
        ({"village": "", "affiliation": ""}, "affiliation"),
        ({"village": "x"}, "village"),
    ],
)
def test_participant_create_says_what_is_wrong(changes, field, world, as_user):
    response = as_user(world.staff).post(url(world, "participant_create"), person(world, **changes))
    assert list(errors(response)) == [field]


def test_fasilitator_adds_people_of_own_invited_villages_only(world, as_user):
    client = as_user(world.facilitator)
    for village in ("", str(world.dua.pk), str(world.tiga.pk)):
        assert list(errors(client.post(url(world, "participant_create"), person(world, village=village)))) == [
            "village"
        ]
    client.post(url(world, "participant_create"), person(world))
    assert names(world) == ["Sri Wahyuni"]


def test_participant_update_and_conflict(world, people, as_user):
    client = as_user(world.staff)
    page = url(world, "participant_update", people[0].pk)
    data = {"version": "1", "village": str(world.satu.pk), "group": str(people[0].group_id), "post": "SEK"}
    client.post(page, data)
    people[0].refresh_from_db()
    assert people[0].post == "SEK"
    assert client.post(page, data | {"post": "OPR"}).status_code == 409
    wrong = client.post(page, data | {"version": "2", "village": str(world.dua.pk)})
    assert list(errors(wrong)) == ["group"]


def test_participant_withdraw_asks_first(world, people, as_user):
    client = as_user(world.staff)
    page = url(world, "participant_withdraw", people[0].pk)
    assert "Batalkan Ketua A sebagai peserta?" in client.get(page).content.decode()
    people[0].refresh_from_db()
    assert people[0].state == "terdaftar"
    client.post(page)
    people[0].refresh_from_db()
    assert people[0].state == "batal"


def test_pick_asks_the_same_number_of_queries_for_1_and_5(world, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(world.staff)
    with CaptureQueriesContext(connection) as queries:
        client.get(url(world, "participant_pick"))
    for _ in range(4):
        member = f.MemberFactory()
        f.InvitationFactory(training=world.training, village=member.group.village)
    with django_assert_num_queries(len(queries)):
        client.get(url(world, "participant_pick"))
