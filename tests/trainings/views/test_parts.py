import uuid

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import AgendaItem


def url(world, name, *args):
    return reverse(f"trainings:{name}", args=[world.training.pk, *args])


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_day_create_and_remove(world, as_user):
    client = as_user(world.staff)
    data = {"date": "2018-12-05", "starts": "08:00", "ends": "16:00"}
    client.post(url(world, "day_create"), data)
    assert world.training.days.count() == 2
    assert errors(client.post(url(world, "day_create"), data)) == {
        "date": ["Tanggal ini sudah menjadi hari pelatihan."]
    }
    day = world.training.days.last()
    assert "1 sesi dan 0 mata acara" in client.get(url(world, "day_remove", day.pk)).content.decode()
    assert world.training.days.count() == 2
    client.post(url(world, "day_remove", day.pk))
    assert world.training.days.count() == 1


def test_day_remove_with_attendance_says_why_not(world, people, as_user):
    f.AttendanceFactory(participant=people[0], session=world.session)
    response = as_user(world.staff).post(url(world, "day_remove", world.day.pk), follow=True)
    assert "kehadiran sudah tercatat" in response.content.decode()
    assert world.training.days.count() == 1


def test_session_create_update_remove(world, as_user):
    client = as_user(world.staff)
    data = {"name": "Malam", "starts": "19:00", "ends": "20:00"}
    client.post(url(world, "session_create", world.day.pk), data)
    session = world.day.sessions.get(name="Malam")
    twice = client.post(url(world, "session_create", world.day.pk), data)
    assert "Sesi dengan nama ini sudah ada pada hari itu." in str(errors(twice))
    client.post(url(world, "session_update", session.pk), data | {"ends": "21:00"})
    session.refresh_from_db()
    assert session.ends.hour == 21
    wrong = client.post(url(world, "session_update", session.pk), data | {"ends": "18:00"})
    assert errors(wrong) == {"ends": ["Jam selesai harus sesudah jam mulai."]}
    client.post(url(world, "session_remove", session.pk))
    assert [s.name for s in world.day.sessions.all()] == ["Sehari penuh"]


def item_data(**changes):
    return {
        "request_key": str(uuid.uuid4()),
        "starts": "08:00",
        "ends": "09:30",
        "kind": "materi",
        "topic": "Pembukuan",
        "lesson_hours": "2",
    } | changes


def test_agenda_create_update_remove(world, as_user):
    client = as_user(world.staff)
    data = item_data()
    for _ in range(2):
        client.post(url(world, "agenda_create", world.day.pk), data)
    item = AgendaItem.objects.get()
    assert (item.session, item.lesson_hours) == (world.session, 2)
    client.post(url(world, "agenda_update", item.pk), item_data(version="1", topic="Buku kas"))
    item.refresh_from_db()
    assert (item.topic, item.version) == ("Buku kas", 2)
    stale = client.post(url(world, "agenda_update", item.pk), item_data(version="1", topic="Buku iuran"))
    assert (stale.status_code, "Buku kas" in stale.content.decode()) == (409, True)
    client.post(url(world, "agenda_remove", item.pk))
    assert AgendaItem.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "istirahat"}, {"lesson_hours": ["Istirahat tidak mempunyai JP. Isi 0."]}),
        ({"ends": "08:00"}, {"ends": ["Jam selesai harus sesudah jam mulai."]}),
    ],
)
def test_agenda_create_says_what_is_wrong(changes, expected, world, as_user):
    response = as_user(world.staff).post(url(world, "agenda_create", world.day.pk), item_data(**changes))
    assert errors(response) == expected


def test_item_of_several_sessions_follows_its_hour_unless_chosen(world, as_user):
    client = as_user(world.staff)
    evening = f.TrainingSessionFactory(day=world.day, name="Malam", starts="19:00", ends="20:00")
    client.post(url(world, "agenda_create", world.day.pk), item_data(starts="19:00", ends="19:45", topic="Satu"))
    client.post(
        url(world, "agenda_create", world.day.pk), item_data(topic="Dua", session=str(evening.pk), lesson_hours="1")
    )
    assert {item.topic: item.session.name for item in AgendaItem.objects.all()} == {"Satu": "Malam", "Dua": "Malam"}


def test_overlaps_and_gaps_are_pointed_out_to_the_office(world, as_user):
    f.AgendaItemFactory(session=world.session, starts="08:00", ends="10:00", topic="Satu")
    f.AgendaItemFactory(session=world.session, starts="09:00", ends="11:00", topic="Dua")
    page = url(world, "agenda")
    assert "Bertumpuk: “Dua” mulai 09.00" in as_user(world.staff).get(page).content.decode()
    assert "Bertumpuk" not in as_user(world.official).get(page).content.decode()


def test_invitation_create_by_cohort_and_by_village(world, as_user):
    f.GrantAwardFactory(village=world.tiga, fiscal_year=2016)
    client = as_user(world.staff)
    none = client.post(url(world, "invitation_create"), {"quota": "3"})
    assert errors(none) == {"villages": ["Pilih sedikitnya satu desa, atau satu tahun penerima."]}
    for _ in range(2):
        client.post(url(world, "invitation_create"), {"quota": "2", "cohorts": ["2016"], "posts": ["SEK"]})
    rows = world.training.invitations.values_list("village__name", "quota", "posts")
    assert list(rows) == [("A", 3, "KET BEN"), ("B", 3, "KET BEN"), ("C", 2, "SEK")]


def test_invitation_update_and_remove(world, people, as_user):
    client = as_user(world.staff)
    row = world.training.invitations.get(village=world.dua)
    client.post(url(world, "invitation_update", row.pk), {"quota": "5", "posts": ["KET", "SEK"]})
    row.refresh_from_db()
    assert (row.quota, row.posts, row.post_words) == (5, "KET SEK", "Ketua, Sekretaris")
    refused = client.post(url(world, "invitation_remove", row.pk), follow=True)
    assert "masih mempunyai peserta terdaftar" in refused.content.decode()
    world.training.participants.filter(village=world.dua).delete()
    client.post(url(world, "invitation_remove", row.pk))
    assert world.training.invitations.count() == 1
