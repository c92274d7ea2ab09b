import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from records.models import Event
from tests import factories as f
from tests.pages import page_messages, send
from trainings.models import AgendaItem, CommitteeMember, ResourcePerson
from villages.models import Person

CREATE = "/narasumber/baru/"


def url(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def typed(**changes):
    return {
        "request_key": str(uuid.uuid4()),
        "name": "Sri  Wahyuni, S.T.",
        "sex": "P",
        "institution": "Dinas Kesehatan",
        "position": "Sanitarian",
        "rank": "Penata/IIIc",
        "expertise": "STBM",
    } | changes


def test_resource_person_create_writes_a_new_person_down(dataset, as_user):
    response = as_user(dataset.staff).post(CREATE, typed())
    assert response.url == "/narasumber/"
    row = ResourcePerson.objects.get()
    assert (row.person.name, row.person.sex, row.person.institution, row.person.district, row.rank) == (
        "Sri Wahyuni, S.T.",
        "P",
        "Dinas Kesehatan",
        dataset.district,
        "Penata/IIIc",
    )


def test_resource_person_create_offers_who_is_recorded_already(dataset, as_user):
    client = as_user(dataset.staff)
    known = f.PersonFactory(name="Sri Wahyuni", district=dataset.district, village=dataset.satu)
    data = typed()
    assert errors(client.post(CREATE, data)) == {"same_as": ["Pilih orangnya, atau catat sebagai orang baru."]}
    people = Person.objects.count()
    client.post(CREATE, data | {"same_as": str(known.pk)})
    assert (ResourcePerson.objects.get().person, Person.objects.count()) == (known, people)
    again = client.post(CREATE, typed(same_as=str(known.pk)))
    assert errors(again) == {
        "same_as": ["Sri Wahyuni sudah tercatat sebagai narasumber. Pilih dari daftar narasumber."]
    }
    client.post(CREATE, typed(same_as="baru"))
    assert (ResourcePerson.objects.count(), Person.objects.count()) == (2, people + 1)


def test_resource_person_create_knows_other_spellings_and_says_why(dataset, as_user):
    f.PersonFactory(name="M. Yusuf", sex="L", district=dataset.district, village=dataset.satu)
    f.PersonFactory(name="Muhammad Yusuf Arifin", sex="L", district=dataset.district, village=dataset.satu)
    response = as_user(dataset.staff).post(CREATE, typed(name="H. Muhammad Yusuf", sex="L"))
    offered = [label.partition(" – ")[2] for _, label in response.context["form"].fields["same_as"].choices]
    reason = "nama sama, tetapi ejaan nama berbeda (Muhammad Yusuf dan M. Yusuf) dan desa hanya ada pada satu catatan"
    assert offered == [reason, "namanya lebih panjang", ""]


def test_resource_person_create_sent_twice_makes_one(dataset, as_user):
    client, data = as_user(dataset.staff), typed()
    first, events = client.post(CREATE, data), Event.objects.count()
    second = client.post(CREATE, data)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert (ResourcePerson.objects.count(), Event.objects.count()) == (1, events)


def test_a_person_is_narasumber_once(db):
    row = f.ResourcePersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        f.ResourcePersonFactory(person=row.person)


def test_resource_person_list_asks_the_same_queries_for_1_and_5(dataset, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, session = as_user(dataset.staff), dataset.session
    f.AgendaSpeakerFactory(item__session=session, resource_person__person__district=dataset.district)
    with CaptureQueriesContext(connection) as queries:
        client.get("/narasumber/")
    for _ in range(4):
        f.AgendaSpeakerFactory(item__session=session, resource_person__person__district=dataset.district)
    with django_assert_num_queries(len(queries)):
        rows = client.get("/narasumber/").context["object_list"]
        assert [row.training_count for row in rows] == [1] * 5


def item_data(**changes):
    return {
        "request_key": str(uuid.uuid4()),
        "starts": "08:00",
        "ends": "09:30",
        "kind": "materi",
        "topic": "Kelembagaan",
        "lesson_hours": "2",
        "speaker": "Dinas",
    } | changes


@pytest.fixture
def teachers(dataset):
    return [
        f.ResourcePersonFactory(person__name=n, person__district=dataset.district) for n in ("Made", "Komang", "Ketut")
    ]


def people_of(item):
    return [str(row) for row in item.speakers.all()]


def test_item_takes_several_speakers_and_a_moderator(dataset, as_user, teachers):
    made, komang, ketut = teachers
    client = as_user(dataset.staff)
    data = item_data(speakers=[made.pk, komang.pk], moderators=[ketut.pk])
    client.post(url(dataset, "agenda_create", dataset.day.pk), data)
    item = AgendaItem.objects.get(topic="Kelembagaan")
    assert people_of(item) == ["Komang (narasumber)", "Made (narasumber)", "Ketut (moderator)"]
    assert item.events.first().changes["moderator"] == ["", "Ketut"]
    events = Event.objects.count()
    client.post(url(dataset, "agenda_create", dataset.day.pk), data)
    assert (AgendaItem.objects.count(), Event.objects.count()) == (1, events)


def test_change_of_speakers_alone_raises_the_version_and_writes_an_event(dataset, as_user, teachers):
    made, komang, _ = teachers
    item = f.AgendaItemFactory(session=dataset.session, topic="Kelembagaan")
    f.AgendaSpeakerFactory(item=item, resource_person=made)
    page = url(dataset, "agenda_update", item.pk)
    data = item_data(version=str(item.version), speaker="", speakers=[komang.pk])
    as_user(dataset.staff).post(page, data)
    item.refresh_from_db()
    assert (people_of(item), item.version) == (["Komang (narasumber)"], 2)
    assert item.events.first().changes == {"narasumber": ["Made", "Komang"]}
    late = as_user(dataset.admin).post(page, data | {"speakers": [made.pk]})
    assert (late.status_code, people_of(item)) == (409, ["Komang (narasumber)"])


def test_item_does_not_take_people_of_another_district_or_sample_people(dataset, as_user):
    other = f.ResourcePersonFactory(person__district=f.OtherDistrictFactory(), person__village=None)
    sample = f.ResourcePersonFactory(person__district=dataset.district, person__is_sample=True)
    for row in (other, sample):
        response = as_user(dataset.staff).post(
            url(dataset, "agenda_create", dataset.day.pk), item_data(speakers=[row.pk])
        )
        assert list(errors(response)) == ["speakers"]


def test_agenda_page_tells_lesson_hours_of_each_speaker(dataset, as_user, teachers):
    item = f.AgendaItemFactory(session=dataset.session, topic="Kelembagaan")
    f.AgendaSpeakerFactory(item=item, resource_person=teachers[0])
    context = as_user(dataset.official).get(url(dataset, "agenda")).context
    assert [(str(row.resource_person), row.lesson_hours) for row in context["teaching"]] == [("Made", 2)]


def test_agenda_page_asks_the_same_queries_for_1_and_5(dataset, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def more(count):
        for _ in range(count):
            item = f.AgendaItemFactory(session=dataset.session)
            f.AgendaSpeakerFactory(item=item)
            f.CommitteeMemberFactory(training=dataset.training)

    client = as_user(dataset.staff)
    more(1)
    with CaptureQueriesContext(connection) as queries:
        client.get(url(dataset, "agenda"))
    more(4)
    with django_assert_num_queries(len(queries)):
        client.get(url(dataset, "agenda"))


def test_committee_create_and_remove(dataset, as_user):
    client = as_user(dataset.staff)
    data = {"request_key": str(uuid.uuid4()), "name": "Hendra", "sex": "L", "role": "Ketua", "number": "1"}
    response = client.post(url(dataset, "committee_create"), data)
    member = CommitteeMember.objects.get()
    assert (response.url, str(member)) == (url(dataset, "agenda"), "Hendra: Ketua")
    again = client.post(url(dataset, "committee_create"), data | {"request_key": str(uuid.uuid4())})
    assert list(errors(again)) == ["same_as"]
    twice = client.post(
        url(dataset, "committee_create"),
        data | {"request_key": str(uuid.uuid4()), "same_as": str(member.person_id)},
    )
    assert errors(twice) == {"same_as": ["Hendra sudah menjadi panitia pelatihan ini."]}
    client.post(url(dataset, "committee_remove", member.pk))
    assert not dataset.training.committee.exists()
    assert dataset.training.events.first().changes == {"panitia": ["Hendra: Ketua", ""]}


def test_committee_update_keeps_the_person_and_records_the_change(dataset, as_user):
    member = f.CommitteeMemberFactory(training=dataset.training, role="Anggota")
    client = as_user(dataset.staff)
    page = url(dataset, "committee_update", member.pk)
    answer = send(client, page, role="Ketua", position="Kepala Seksi Air Minum")
    assert page_messages(answer) == [f"{member.person}: Ketua tersimpan sebagai panitia."]
    member.refresh_from_db()
    assert (member.role, member.position, member.version) == ("Ketua", "Kepala Seksi Air Minum", 2)
    assert member.events.get().changes["jabatan dinas"] == ["", "Kepala Seksi Air Minum"]
    assert "Kepala Seksi Air Minum" in client.get(url(dataset, "agenda")).content.decode()
    stale = client.post(page, {"role": "Anggota", "number": "1", "version": "1"})
    assert stale.status_code == 409
    dataset.training.close(by=dataset.staff)
    assert client.get(page).status_code == 302
