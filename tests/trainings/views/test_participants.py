import uuid

import pytest
from django.urls import reverse

from kpspams.models import Member
from tests import factories as f
from trainings.models import Participant
from villages.models import Person


def url(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def names(dataset):
    return [p.person.name for p in dataset.training.participants.all()]


def test_pick_ticks_wished_posts_of_villages_without_participants(dataset, as_user):
    f.MemberFactory(group=dataset.boards[dataset.satu.pk]["KET"].group, post="SEK", person__name="Sekretaris A")
    f.ParticipantFactory(
        training=dataset.training, person=dataset.boards[dataset.dua.pk]["KET"].person, village=dataset.dua
    )
    groups = as_user(dataset.staff).get(url(dataset, "participant_pick")).context["groups"]
    ticks = {row["member"].person.name: row["ticked"] for group in groups for row in group["rows"]}
    assert ticks == {
        "Ketua A": True,
        "Sekretaris A": False,
        "Bendahara A": True,
        "Ketua B": False,
        "Bendahara B": False,
    }


def test_pick_registers_what_is_ticked_once(dataset, as_user):
    client = as_user(dataset.staff)
    chosen = [str(dataset.boards[v.pk][post].pk) for v in (dataset.dua, dataset.satu) for post in ("BEN", "KET")]
    for _ in range(2):
        client.post(url(dataset, "participant_pick"), {"pengurus": chosen})
    assert names(dataset) == ["Ketua A", "Bendahara A", "Ketua B", "Bendahara B"]


def test_pick_ignores_people_of_villages_that_are_not_invited(dataset, as_user):
    stranger = str(dataset.boards[dataset.tiga.pk]["KET"].pk)
    response = as_user(dataset.staff).post(
        url(dataset, "participant_pick"), {"pengurus": [stranger, "x", "999"]}, follow=True
    )
    assert "Belum ada yang dipilih" in response.content.decode()
    assert names(dataset) == []


def test_fasilitator_proposes_people_of_own_villages_only(dataset, as_user):
    client = as_user(dataset.facilitator)
    page = client.get(url(dataset, "participant_pick")).content.decode()
    assert ("Ketua A" in page, "Ketua B" in page) == (True, False)
    chosen = [str(dataset.boards[v.pk]["KET"].pk) for v in (dataset.satu, dataset.dua)]
    client.post(url(dataset, "participant_pick"), {"pengurus": chosen})
    assert names(dataset) == ["Ketua A"]


def person(dataset, **changes):
    return {
        "request_key": str(uuid.uuid4()),
        "name": "Sri Wahyuni",
        "sex": "P",
        "village": str(dataset.satu.pk),
        "affiliation": "Kader AMPL",
    } | changes


def test_walk_in_is_a_person_and_a_participant_in_one_form(dataset, people, as_user):
    response = as_user(dataset.staff).post(url(dataset, "participant_create"), person(dataset, walk_in="on"))
    assert response.url == url(dataset, "participant_create") + "?langsung=1"
    row = Participant.objects.get(person__name="Sri Wahyuni")
    assert (row.number, row.village, row.affiliation, row.walk_in) == (5, dataset.satu, "Kader AMPL", True)


def test_walk_in_sent_twice_is_one_person(dataset, as_user):
    client = as_user(dataset.staff)
    data = person(dataset)
    assert [client.post(url(dataset, "participant_create"), data).status_code for _ in range(2)] == [302, 302]
    assert (Person.objects.filter(name="Sri Wahyuni").count(), dataset.training.participants.count()) == (1, 1)


def test_likely_double_is_offered_and_taken(dataset, as_user):
    known = f.PersonFactory(village=dataset.satu, name="Sri Wahyuni, S.Pd.")
    client = as_user(dataset.staff)
    requested = client.post(url(dataset, "participant_create"), person(dataset))
    assert errors(requested) == {"same_as": ["Pilih orangnya, atau catat sebagai orang baru."]}
    assert "Sri Wahyuni, S.Pd. (P) – Desa A" in requested.content.decode()
    client.post(url(dataset, "participant_create"), person(dataset, same_as=str(known.pk)))
    assert Participant.objects.get().person == known
    assert Person.objects.filter(name__startswith="Sri").count() == 1


def test_likely_double_may_be_somebody_else(dataset, as_user):
    f.PersonFactory(village=dataset.satu, name="Sri Wahyuni")
    as_user(dataset.staff).post(url(dataset, "participant_create"), person(dataset, same_as="baru"))
    assert Person.objects.filter(name="Sri Wahyuni").count() == 2


def test_double_of_a_board_brings_village_and_post(dataset, as_user):
    chair = dataset.boards[dataset.satu.pk]["KET"]
    data = person(dataset, name="KETUA a", village="", affiliation="Tokoh", same_as=str(chair.person_id))
    client = as_user(dataset.staff)
    client.post(url(dataset, "participant_create"), data)
    row = Participant.objects.get()
    assert (row.person, row.village, row.group, row.post) == (chair.person, dataset.satu, chair.group, "KET")
    again = client.post(url(dataset, "participant_create"), data, follow=True)
    assert "Ketua A sudah terdaftar sebagai peserta." in again.content.decode()


def test_double_must_be_one_of_those_offered(dataset, as_user):
    f.PersonFactory(village=dataset.satu, name="Sri Wahyuni")
    other = f.PersonFactory(village=dataset.dua, name="Lain")
    response = as_user(dataset.staff).post(url(dataset, "participant_create"), person(dataset, same_as=str(other.pk)))
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
def test_participant_create_says_what_is_wrong(changes, field, dataset, as_user):
    response = as_user(dataset.staff).post(url(dataset, "participant_create"), person(dataset, **changes))
    assert list(errors(response)) == [field]


def test_fasilitator_adds_people_of_own_invited_villages_only(dataset, as_user):
    client = as_user(dataset.facilitator)
    for village in ("", str(dataset.dua.pk), str(dataset.tiga.pk)):
        assert list(errors(client.post(url(dataset, "participant_create"), person(dataset, village=village)))) == [
            "village"
        ]
    client.post(url(dataset, "participant_create"), person(dataset))
    assert names(dataset) == ["Sri Wahyuni"]


def test_participant_update_and_conflict(dataset, people, as_user):
    client = as_user(dataset.staff)
    page = url(dataset, "participant_update", people[0].pk)
    data = {"version": "1", "village": str(dataset.satu.pk), "group": str(people[0].group_id), "post": "SEK"}
    client.post(page, data)
    people[0].refresh_from_db()
    assert people[0].post == "SEK"
    assert client.post(page, data | {"post": "OPR"}).status_code == 409
    wrong = client.post(page, data | {"version": "2", "village": str(dataset.dua.pk)})
    assert list(errors(wrong)) == ["group"]


def test_participant_withdraw_asks_first(dataset, people, as_user):
    client = as_user(dataset.staff)
    page = url(dataset, "participant_withdraw", people[0].pk)
    assert "Batalkan Ketua A sebagai peserta?" in client.get(page).content.decode()
    people[0].refresh_from_db()
    assert people[0].state == "terdaftar"
    client.post(page)
    people[0].refresh_from_db()
    assert people[0].state == "batal"


def test_pick_asks_the_same_number_of_queries_for_1_and_5(dataset, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(dataset.staff)
    with CaptureQueriesContext(connection) as queries:
        client.get(url(dataset, "participant_pick"))
    for _ in range(4):
        member = f.MemberFactory()
        f.InvitationFactory(training=dataset.training, village=member.group.village)
    with django_assert_num_queries(len(queries)):
        client.get(url(dataset, "participant_pick"))


def sentences(response):
    return [str(message) for message in response.context["messages"]]


def test_beyond_the_quota_is_told_and_never_refused(dataset, people, as_user):
    dataset.training.invitations.filter(village=dataset.satu).update(quota=2)
    response = as_user(dataset.staff).post(url(dataset, "participant_create"), person(dataset), follow=True)
    assert sentences(response) == [
        "Melebihi permintaan. Desa A: 3 orang, diminta 2.",
        "Sri Wahyuni tersimpan sebagai peserta.",
    ]


def test_person_on_record_is_found_by_a_part_of_the_name_and_registered(dataset, as_user):
    known = f.PersonFactory(village=dataset.tiga, name="Komang Ayu Lestari", phone="+6281234567890")
    client = as_user(dataset.staff)
    page = url(dataset, "participant_create")
    response = client.get(page, {"cari": "ayu les"})
    assert [row["person"] for row in response.context["search"]["found"]] == [known]
    assert "1234567" not in response.content.decode()
    assert client.get(page, {"cari": "ay"}).context["search"]["short"] is True
    for _ in range(2):
        shown = sentences(client.post(page, {"orang": str(known.pk)}, follow=True))
    assert shown == ["Komang Ayu Lestari: 1 orang sudah terdaftar."]
    assert Participant.objects.get(person=known).village == dataset.tiga


def test_search_shows_twenty_at_most(dataset, as_user):
    for _ in range(22):
        f.PersonFactory(village=dataset.satu, name="Wayan Sama")
    search = as_user(dataset.staff).get(url(dataset, "participant_create"), {"cari": "wayan"}).context["search"]
    assert (len(search["found"]), search["more"]) == (20, True)


@pytest.mark.parametrize("sent", ["x", "", "999999999999999999999", "\u00b2", "12345"])
def test_person_that_cannot_be_is_not_found(sent, dataset, as_user):
    assert as_user(dataset.staff).post(url(dataset, "participant_create"), {"orang": sent}).status_code == 404


def test_fasilitator_finds_own_people_only(dataset, as_user):
    client = as_user(dataset.facilitator)
    found = client.get(url(dataset, "participant_create"), {"cari": "Ketua"}).context["search"]["found"]
    assert [row["person"].name for row in found] == ["Ketua A"]
    stranger = dataset.boards[dataset.dua.pk]["KET"].person
    assert client.post(url(dataset, "participant_create"), {"orang": str(stranger.pk)}).status_code == 404


def test_officer_takes_down_walk_ins_of_any_village_without_phones(dataset, as_user):
    dataset.training.officers.add(dataset.facilitator)
    client = as_user(dataset.facilitator)
    chair = dataset.boards[dataset.tiga.pk]["KET"].person
    type(chair).objects.filter(pk=chair.pk).update(phone="+6281234567890")
    page = client.get(url(dataset, "participant_create"), {"cari": "Ketua C", "langsung": "1"})
    assert ("Ketua C" in page.content.decode(), "1234567" in page.content.decode()) == (True, False)
    client.post(url(dataset, "participant_create"), {"orang": str(chair.pk)})
    client.post(url(dataset, "participant_create"), person(dataset, village=str(dataset.dua.pk)))
    client.post(url(dataset, "participant_create"), person(dataset, name="Tamu", village=""))
    client.post(url(dataset, "participant_create"), person(dataset, name="Warga Sendiri"))
    rows = {p.person.name: (p.walk_in, p.proposed_by) for p in dataset.training.participants.all()}
    assert rows == {
        "Ketua C": (True, None),
        "Sri Wahyuni": (True, None),
        "Tamu": (True, None),
        "Warga Sendiri": (False, dataset.facilitator),
    }


def test_substitute_is_entered_and_both_stay_readable(dataset, people, as_user):
    client = as_user(dataset.facilitator)
    page = url(dataset, "participant_substitute", people[1].pk)
    data = person(dataset)
    for _ in range(2):
        response = client.post(page, data, follow=True)
    assert sentences(response) == ["Bendahara A digantikan oleh Sri Wahyuni, nomor 2."]
    text = response.content.decode()
    assert ("oleh Sri Wahyuni (no. 2)" in text, "Menggantikan Bendahara A" in text) == (True, True)
    assert dataset.training.participants.count() == 5


def test_substitute_is_found_on_record(dataset, people, as_user):
    known = f.PersonFactory(village=dataset.satu, name="Made Ngurah")
    page = url(dataset, "participant_substitute", people[1].pk)
    response = as_user(dataset.staff).post(page, {"orang": str(known.pk)}, follow=True)
    assert sentences(response) == ["Bendahara A digantikan oleh Made Ngurah, nomor 2."]
    again = as_user(dataset.staff).post(page, {"orang": str(people[0].person_id)}, follow=True)
    assert sentences(again) == ["Bendahara A sudah digantikan."]


def test_withdrawing_a_substitute_brings_the_invited_one_back(dataset, people, as_user):
    client = as_user(dataset.staff)
    client.post(url(dataset, "participant_substitute", people[1].pk), person(dataset))
    row = Participant.objects.get(replaces=people[1])
    page = url(dataset, "participant_withdraw", row.pk)
    assert "Bendahara A kembali menjadi peserta." in client.get(page).content.decode()
    client.post(page)
    states = dict(dataset.training.participants.values_list("person__name", "state"))
    assert (states["Bendahara A"], states["Sri Wahyuni"]) == ("terdaftar", "batal")


def test_without_boards_the_people_are_pasted_instead_of_picked(dataset, as_user):
    client, paste = as_user(dataset.staff), url(dataset, "participant_paste")
    main = {name: f'btn-primary"\n  href="{url(dataset, name)}"' for name in ("participant_pick", "participant_paste")}
    overview = client.get(dataset.training.get_absolute_url()).content.decode()
    assert (main["participant_pick"] in overview, main["participant_paste"] in overview) == (True, False)
    Member.objects.filter(group__village=dataset.dua).delete()
    page = client.get(url(dataset, "participant_pick")).content.decode()
    assert "1 desa belum mempunyai pengurus tercatat" in page
    Member.objects.all().delete()
    for name in ("participant_pick", "participant_list"):
        page = client.get(url(dataset, name)).content.decode()
        assert f'<a class="btn btn-primary" href="{paste}"' in page
        assert "?jenis=boards" in page
        assert "Daftarkan yang dicentang" not in page
    overview = client.get(dataset.training.get_absolute_url()).content.decode()
    assert (main["participant_pick"] in overview, main["participant_paste"] in overview) == (False, True)
    assert f'<a href="{paste}">Tempel peserta</a>' in overview
