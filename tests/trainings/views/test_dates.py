from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests import factories as f


def url(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


def sentence(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def dates_of(training):
    return [day.date.isoformat() for day in training.days.all()]


def test_day_date_changes_a_day_and_says_what_does_not_follow(dataset, as_user):
    f.SpjItemFactory(training=dataset.training, number="005/1", dated_on=date(2018, 11, 20))
    answer = as_user(dataset.staff).post(url(dataset, "day_date", dataset.day.pk), {"date": "2019-01-08"})
    assert dates_of(dataset.training) == ["2019-01-08"]
    assert sentence(answer) == [
        "Selasa, 4 Desember 2018 menjadi Selasa, 8 Januari 2019.",
        "Tahun anggaran tetap TA 2018. Ubah pada data pelatihan bila perlu.",
        "Undangan sudah bertanggal 20 November 2018. Beri tahu yang diundang: cetak "
        f'<a href="{url(dataset, "spj_item_list")}#dokumen-perubahan">Surat perubahan jadwal</a>.',
        "Daftar hadir memuat tanggal. Bila sudah dicetak, cetak lagi "
        f'<a href="{url(dataset, "spj_item_list")}#dokumen-daftar_hadir">daftar hadir</a>.',
    ]
    page = as_user(dataset.staff).get(url(dataset, "spj_item_list")).text
    assert 'id="dokumen-perubahan"' in page
    assert 'id="dokumen-daftar_hadir"' in page


def test_day_date_of_another_year_names_the_title_that_keeps_its_year(dataset, as_user):
    dataset.training.title = "Bimtek 2018"
    dataset.training.save()
    answer = as_user(dataset.staff).post(url(dataset, "day_date", dataset.day.pk), {"date": "2019-01-08"})
    assert (
        "Tahun anggaran tetap TA 2018, dan judulnya tetap “Bimtek 2018”. Ubah pada data pelatihan bila perlu."
        in sentence(answer)
    )


def test_day_date_of_a_marked_day_asks_first(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    client, page = as_user(dataset.staff), url(dataset, "day_date", dataset.day.pk)
    requested = client.post(page, {"date": "2018-12-06"})
    assert list(requested.context["form"].errors) == ["still_save"]
    assert dates_of(dataset.training) == ["2018-12-04"]
    client.post(page, {"date": "2018-12-06", "still_save": "on"})
    assert dates_of(dataset.training) == ["2018-12-06"]


def test_training_shift_shows_old_and_new_days_before_it_saves(dataset, as_user):
    f.TrainingDayFactory(training=dataset.training, date=date(2018, 12, 6))
    client, page = as_user(dataset.staff), url(dataset, "training_shift")
    preview = client.post(page, {"first": "2018-12-10"})
    assert [(move.before.day, move.to.day) for move in preview.context["moves"]] == [(4, 10), (6, 12)]
    assert "Rabu, 12 Desember 2018" in preview.content.decode()
    assert dates_of(dataset.training) == ["2018-12-04", "2018-12-06"]
    seen = {"first": "2018-12-10", "seen": preview.context["form"].data["seen"]}
    first, second = [sentence(client.post(page, seen)) for _ in range(2)]
    assert first[0] == "Tanggal 2 hari digeser: mulai Senin, 10 Desember 2018."
    assert second[len(first) :] == []
    assert dates_of(dataset.training) == ["2018-12-10", "2018-12-12"]
    assert "Geser tanggal" in client.get(url(dataset, "agenda")).text


def test_training_shift_shows_again_what_changed_since_the_preview(dataset, as_user):
    client, page = as_user(dataset.staff), url(dataset, "training_shift")
    seen = {"first": "2018-12-10", "seen": client.post(page, {"first": "2018-12-10"}).context["form"].data["seen"]}
    f.TrainingDayFactory(training=dataset.training, date=date(2018, 12, 6))
    again = client.post(page, seen)
    assert (again.context["changed"], len(again.context["moves"])) == (True, 2)
    assert dates_of(dataset.training) == ["2018-12-04", "2018-12-06"]
    moved_other_way = client.post(page, {"first": "2018-12-11", "seen": again.context["form"].data["seen"]})
    assert moved_other_way.context["moves"][0].to == date(2018, 12, 11)


def test_training_shift_of_a_marked_training_says_why_not(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    answer = as_user(dataset.staff).post(url(dataset, "training_shift"), {"first": "2018-12-10"})
    assert "Kehadiran Selasa, 4 Desember 2018 sudah tercatat." in answer.context["form"].errors["first"]


LETTER = "Beri tahu yang diundang: cetak"
SHEETS = "Daftar hadir memuat {}. Bila sudah dicetak, cetak lagi"


@pytest.mark.parametrize(
    ("page", "sent", "reminders"),
    [
        ("day_create", {"date": "2018-12-05", "starts": "08.00", "ends": "16.00"}, "tanggal dan jumlah hari"),
        ("day_remove", {}, "tanggal dan jumlah hari"),
        ("training_update", {"venue": "Aula Baru"}, "tempat"),
        ("session_update", {"name": "Sehari penuh", "starts": "07.00", "ends": "16.00"}, "sesi dan jam"),
    ],
)
def test_every_change_of_the_schedule_names_what_must_be_printed_again(dataset, as_user, page, sent, reminders):
    other = f.TrainingDayFactory(training=dataset.training, date=date(2018, 12, 12))
    f.SpjItemFactory(training=dataset.training, number="005/1", dated_on=date(2018, 11, 20))
    client, row = as_user(dataset.staff), {"day_remove": [other.pk], "session_update": [dataset.session.pk]}
    address = url(dataset, page, *row.get(page, []))
    if page == "training_update":
        form = client.get(address).context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)} | sent
    answer = client.post(address, sent)
    assert answer.status_code == 302
    letter, sheets = sentence(answer)[1:]
    assert LETTER in letter
    assert sheets.startswith(SHEETS.format(reminders))
    again = sentence(client.post(address, sent | {"version": 2}))[3:]
    assert not [text for text in again if "cetak" in text]


def test_another_item_of_the_agenda_reminds_of_no_letter(dataset, as_user):
    f.SpjItemFactory(training=dataset.training, number="005/1", dated_on=date(2018, 11, 20))
    sent = {"starts": "10.00", "ends": "11.00", "kind": "materi", "topic": "Iuran", "lesson_hours": "1"}
    answer = as_user(dataset.staff).post(url(dataset, "agenda_create", dataset.day.pk), sent)
    assert sentence(answer) == ["Mata acara “Iuran” tersimpan."]
