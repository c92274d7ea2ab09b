import uuid

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import AgendaItem


def url(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_day_create_and_remove(dataset, as_user):
    client = as_user(dataset.staff)
    data = {"date": "2018-12-05", "starts": "08:00", "ends": "16:00"}
    client.post(url(dataset, "day_create"), data)
    assert dataset.training.days.count() == 2
    assert errors(client.post(url(dataset, "day_create"), data)) == {
        "date": ["Tanggal ini sudah menjadi hari pelatihan."]
    }
    day = dataset.training.days.last()
    assert "1 sesi dan 0 mata acara" in client.get(url(dataset, "day_remove", day.pk)).content.decode()
    assert dataset.training.days.count() == 2
    client.post(url(dataset, "day_remove", day.pk))
    assert dataset.training.days.count() == 1


def test_day_remove_with_attendance_says_why_not(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    response = as_user(dataset.staff).post(url(dataset, "day_remove", dataset.day.pk), follow=True)
    assert "kehadiran sudah tercatat" in response.content.decode()
    assert dataset.training.days.count() == 1


def test_session_create_update_remove(dataset, as_user):
    client = as_user(dataset.staff)
    data = {"name": "Malam", "starts": "19:00", "ends": "20:00"}
    client.post(url(dataset, "session_create", dataset.day.pk), data)
    session = dataset.day.sessions.get(name="Malam")
    twice = client.post(url(dataset, "session_create", dataset.day.pk), data)
    assert "Sesi dengan nama ini sudah ada pada hari itu." in str(errors(twice))
    client.post(url(dataset, "session_update", session.pk), data | {"ends": "21:00"})
    session.refresh_from_db()
    assert session.ends.hour == 21
    wrong = client.post(url(dataset, "session_update", session.pk), data | {"ends": "18:00"})
    assert errors(wrong) == {"ends": ["Jam selesai harus sesudah jam mulai."]}
    client.post(url(dataset, "session_remove", session.pk))
    assert [s.name for s in dataset.day.sessions.all()] == ["Sehari penuh"]


def item_data(**changes):
    return {
        "request_key": str(uuid.uuid4()),
        "starts": "08:00",
        "ends": "09:30",
        "kind": "materi",
        "topic": "Pembukuan",
        "lesson_hours": "2",
    } | changes


def test_agenda_create_update_remove(dataset, as_user):
    client = as_user(dataset.staff)
    data = item_data()
    for _ in range(2):
        client.post(url(dataset, "agenda_create", dataset.day.pk), data)
    item = AgendaItem.objects.get()
    assert (item.session, item.lesson_hours) == (dataset.session, 2)
    client.post(url(dataset, "agenda_update", item.pk), item_data(version="1", topic="Buku kas"))
    item.refresh_from_db()
    assert (item.topic, item.version) == ("Buku kas", 2)
    stale = client.post(url(dataset, "agenda_update", item.pk), item_data(version="1", topic="Buku iuran"))
    assert (stale.status_code, "Buku kas" in stale.content.decode()) == (409, True)
    client.post(url(dataset, "agenda_remove", item.pk))
    assert AgendaItem.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "istirahat"}, {"lesson_hours": ["Istirahat tidak mempunyai JP. Isi 0."]}),
        ({"ends": "08:00"}, {"ends": ["Jam selesai harus sesudah jam mulai."]}),
    ],
)
def test_agenda_create_says_what_is_wrong(changes, expected, dataset, as_user):
    response = as_user(dataset.staff).post(url(dataset, "agenda_create", dataset.day.pk), item_data(**changes))
    assert errors(response) == expected


def test_item_of_several_sessions_follows_its_hour_unless_chosen(dataset, as_user):
    client = as_user(dataset.staff)
    evening = f.TrainingSessionFactory(day=dataset.day, name="Malam", starts="19:00", ends="20:00")
    client.post(url(dataset, "agenda_create", dataset.day.pk), item_data(starts="19:00", ends="19:45", topic="Satu"))
    client.post(
        url(dataset, "agenda_create", dataset.day.pk), item_data(topic="Dua", session=str(evening.pk), lesson_hours="1")
    )
    assert {item.topic: item.session.name for item in AgendaItem.objects.all()} == {"Satu": "Malam", "Dua": "Malam"}


def test_overlaps_and_gaps_are_pointed_out_to_the_office(dataset, as_user):
    f.AgendaItemFactory(session=dataset.session, starts="08:00", ends="10:00", topic="Satu")
    f.AgendaItemFactory(session=dataset.session, starts="09:00", ends="11:00", topic="Dua")
    page = url(dataset, "agenda")
    assert "Bertumpuk: “Dua” mulai 09.00" in as_user(dataset.staff).get(page).content.decode()
    assert "Bertumpuk" not in as_user(dataset.official).get(page).content.decode()


def test_invitation_create_by_cohort_and_by_village(dataset, as_user):
    f.GrantAwardFactory(village=dataset.tiga, fiscal_year=2016)
    client = as_user(dataset.staff)
    none = client.post(url(dataset, "invitation_create"), {"quota": "3"})
    assert errors(none) == {"villages": ["Pilih sedikitnya satu desa, atau satu tahun penerima."]}
    for _ in range(2):
        client.post(url(dataset, "invitation_create"), {"quota": "2", "cohorts": ["2016"], "posts": ["SEK"]})
    rows = dataset.training.invitations.values_list("village__name", "quota", "posts")
    assert list(rows) == [("A", 3, "KET BEN"), ("B", 3, "KET BEN"), ("C", 2, "SEK")]


def test_invitation_update_and_remove(dataset, people, as_user):
    client = as_user(dataset.staff)
    row = dataset.training.invitations.get(village=dataset.dua)
    client.post(url(dataset, "invitation_update", row.pk), {"quota": "5", "posts": ["KET", "SEK"]})
    row.refresh_from_db()
    assert (row.quota, row.posts, row.post_words) == (5, "KET SEK", "Ketua, Sekretaris")
    refused = client.post(url(dataset, "invitation_remove", row.pk), follow=True)
    assert "masih mempunyai peserta terdaftar" in refused.content.decode()
    dataset.training.participants.filter(village=dataset.dua).delete()
    client.post(url(dataset, "invitation_remove", row.pk))
    assert dataset.training.invitations.count() == 1
