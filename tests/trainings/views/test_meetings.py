import re
import uuid
from datetime import date, time

import pytest
from django.urls import reverse

from records.models import Event
from tests import factories as f
from trainings.models import Training

CREATE = "/pelatihan/rapat/baru/"
PARTLY_TIMED = (
    "Jam baru tertulis pada 1 dari 2 baris. Isi jam semua baris, atau kosongkan semua: tanpa jam, waktunya dibagi rata."
)


def typed(dataset, **changes):
    return {
        "request_key": str(uuid.uuid4()),
        "kind": "rapat",
        "title": "Rapat Iuran",
        "date": "2026-12-01",
        "starts": "08:30",
        "ends": "12:00",
        "venue": "Aula",
        "lines": "Pembukaan\n\nPembahasan iuran\n",
        "villages": [str(dataset.satu.pk)],
        "quota": "2",
        "posts": ["KET"],
        "register_boards": "on",
    } | changes


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_meeting_create_makes_all_that_its_papers_need(dataset, as_user):
    response = as_user(dataset.staff).post(CREATE, typed(dataset))
    row = Training.objects.get(title="Rapat Iuran")
    assert response.url == row.get_absolute_url()
    assert (row.kind, row.fiscal_year, row.district, row.is_meeting) == ("rapat", 2026, dataset.district, True)
    (day,) = row.days.all()
    assert day.date == date(2026, 12, 1)
    assert [(s.name, s.starts, s.ends) for s in day.sessions.all()] == [("Sehari penuh", time(8, 30), time(12))]
    assert [(i.starts, i.ends, i.topic, i.lesson_hours) for i in day.items.all()] == [
        (time(8, 30), time(10, 15), "Pembukaan", 0),
        (time(10, 15), time(12), "Pembahasan iuran", 0),
    ]
    assert [(i.village.name, i.quota, i.posts) for i in row.invitations.all()] == [("A", 2, "KET")]
    assert [p.person.name for p in row.participants.all()] == ["Ketua A"]


def test_meeting_create_sent_twice_makes_one(dataset, as_user):
    client, data = as_user(dataset.staff), typed(dataset)
    first, events = client.post(CREATE, data), Event.objects.count()
    second = client.post(CREATE, data)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert (Training.objects.filter(title="Rapat Iuran").count(), Event.objects.count()) == (1, events)


def test_meeting_without_agenda_or_villages_is_a_meeting_too(dataset, as_user):
    as_user(dataset.staff).post(CREATE, typed(dataset, lines="", villages=[], venue="", online="on"))
    row = Training.objects.get(title="Rapat Iuran")
    session = row.days.get().sessions.get()
    assert (session.starts, session.ends, row.online, row.invitations.count()) == (time(8, 30), time(12), True, 0)


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"title": ""}, "title", "Isian ini wajib diisi."),
        ({"venue": ""}, "venue", "Isi tempat, atau centang daring."),
        ({"ends": "08:00"}, "ends", "Jam selesai harus sesudah jam mulai."),
        ({"date": "1999-01-01"}, "date", "Isi tanggal antara tahun 2000 dan 2100."),
        ({"lines": "08.30 Satu\nDua"}, "lines", PARTLY_TIMED),
        ({"kind": "pelatihan"}, "kind", "Pilih salah satu dari daftar."),
    ],
)
def test_meeting_create_says_what_is_wrong_at_its_field(changes, field, text, dataset, as_user):
    response = as_user(dataset.staff).post(CREATE, typed(dataset, **changes))
    assert errors(response) == {field: [text]}
    assert not Training.objects.filter(title="Rapat Iuran").exists()


def test_meeting_has_no_pages_of_tests_rktl_and_indicators(dataset, as_user):
    meeting = f.TrainingFactory(district=dataset.district, kind=Training.Kind.MEETING)
    client = as_user(dataset.staff)
    labels = {
        row.pk: [tab["label"] for tab in client.get(row.get_absolute_url()).context["page_tabs"]]
        for row in (meeting, dataset.training)
    }
    assert labels[meeting.pk] == ["Ringkasan", "Susunan acara", "Peserta", "Kehadiran", "Anggaran", "Dokumen dan SPJ"]
    assert set(labels[dataset.training.pk]) - set(labels[meeting.pk]) == {"Tes dan evaluasi", "RKTL", "Indikator"}


def test_meeting_page_offers_its_papers_at_one_press(dataset, as_user):
    as_user(dataset.staff).post(CREATE, typed(dataset))
    row = Training.objects.get(title="Rapat Iuran")
    text = as_user(dataset.staff).get(row.get_absolute_url()).content.decode()
    for kind in ("invitation", "attendance_sheet", "minutes"):
        assert f'name="kind" value="{kind}"' in text
    assert reverse("trainings:photo_list", args=[row.pk]) in text


def test_last_meeting_fills_the_form_but_for_its_day(dataset, as_user):
    client = as_user(dataset.staff)
    assert "Salin rapat terakhir" not in client.get(CREATE).content.decode()
    client.post(CREATE, typed(dataset, recipients="Yth. Camat Uji\n2. Kepala Dinas PMD", posts=["BEN"], quota="4"))
    assert "Salin rapat terakhir" in client.get(CREATE).content.decode()
    form = client.get(CREATE + "?dari=terakhir").context["form"]
    found = {name: form[name].value() for name in ("title", "venue", "lines", "recipients", "posts", "quota", "date")}
    assert found == {
        "title": "Rapat Iuran",
        "venue": "Aula",
        "lines": "08.30-10.15 Pembukaan\n10.15-12.00 Pembahasan iuran",
        "recipients": "Camat Uji\nKepala Dinas PMD",
        "posts": ["BEN"],
        "quota": 4,
        "date": None,
    }
    assert [row[0] for _, _, rows in form.village_groups() for row in rows if row[2]] == [str(dataset.satu.pk)]


def test_copy_of_a_meeting_proposes_the_year_of_its_new_day(dataset, as_user):
    client, title = as_user(dataset.staff), "Rapat Evaluasi Tahun 2026"
    client.post(CREATE, typed(dataset, title=title))
    page = client.get(CREATE + "?dari=terakhir").context["form"]
    assert page["title"].value() == title
    later = typed(dataset, title=title, date="2027-02-02")
    form = client.post(CREATE + "?dari=terakhir", later).context["form"]
    assert (list(form.errors), form["title"].value()) == (["title"], "Rapat Evaluasi Tahun 2027")
    assert 'name="seen" value="2027"' in str(form["seen"])
    client.post(CREATE + "?dari=terakhir", later | {"title": form["title"].value(), "seen": "2027"})
    assert Training.objects.filter(title="Rapat Evaluasi Tahun 2027", fiscal_year=2027).exists()


def test_another_start_moves_the_lines_and_shows_them_before_saving(dataset, as_user):
    client, lines = as_user(dataset.staff), "08.30-10.15 Pembukaan\n10.15-12.00 Pembahasan iuran"
    late = typed(dataset, starts="13:00", ends="16:30", lines=lines)
    form = client.post(CREATE, late).context["form"]
    moved = "13.00-14.45 Pembukaan\n14.45-16.30 Pembahasan iuran"
    assert form["lines"].value() == moved
    assert form.errors["lines"][0].startswith("Acara pertama mulai 08.30, padahal jam mulai 13.00. Jam semua baris")
    assert not Training.objects.filter(title="Rapat Iuran").exists()
    too_short = client.post(CREATE, late | {"ends": "16:00"}).context["form"]
    assert "acara berakhir 16.30, melewati jam selesai 16.00" in too_short.errors["lines"][0]
    client.post(CREATE, late | {"lines": moved})
    session = Training.objects.get(title="Rapat Iuran").days.get().sessions.get()
    assert (session.starts, session.ends) == (time(13), time(16, 30))


def test_meeting_of_another_district_is_not_copied(dataset, as_user):
    other = f.TrainingFactory(district=f.OtherDistrictFactory(), kind=Training.Kind.MEETING)
    client = as_user(dataset.staff)
    assert client.get(f"{CREATE}?dari={other.pk}").status_code == 404
    assert client.get(f"{CREATE}?dari={dataset.training.pk}").status_code == 404
    assert client.get(f"{CREATE}?dari=x").status_code == 404


def test_a_line_of_recipients_too_long_is_told(dataset, as_user):
    response = as_user(dataset.staff).post(CREATE, typed(dataset, recipients="K" * 161))
    assert list(errors(response)) == ["recipients"]


def test_pages_of_a_meeting_speak_of_a_meeting(dataset, people, as_user):
    client = as_user(dataset.staff)
    client.post(CREATE, typed(dataset, recipients="Camat Uji"))
    row = Training.objects.get(title="Rapat Iuran")
    day = row.days.get()
    pages = [reverse(f"trainings:{name}", args=[row.pk]) for name in OF_A_MEETING]
    pages += [reverse("trainings:day_close", args=[row.pk, day.pk]), row.get_absolute_url()]
    for page in pages:
        text = " ".join(re.sub(r"<[^>]+>", " ", main_of(client.get(page))).split())
        assert [word for word in OF_TRAININGS if word in text] == [], (page, text)
    assert "Tutup rapat" in client.get(row.get_absolute_url()).content.decode()
    assert "Yth." in client.get(row.get_absolute_url()).content.decode()


OF_A_MEETING = (
    *("agenda", "training_close", "training_cancel", "attendance_grid", "participant_list", "spj_item_list"),
    *("training_shift", "narrative_update"),
)
OF_TRAININGS = (
    "Hari ke-",
    "hari ke-",
    "Tutup pelatihan",
    "elatihan ini",
    "Materi",
    "Ketua Panitia",
    "peserta pelatihan",
)


def main_of(response):
    """The page without the base template and the history, which repeats typed text."""
    return re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]


def test_organiser_is_offered_as_in_a_sentence_also_from_an_older_meeting(dataset, as_user):
    f.OfficeProfileFactory(district=dataset.district, office_name="DINAS PERUMAHAN DAN PUPR")
    client = as_user(dataset.staff)
    assert client.get(CREATE).context["form"]["organiser"].value() == "Dinas Perumahan dan PUPR"
    client.post(CREATE, typed(dataset, organiser="DINAS KESEHATAN"))
    copied = client.get(CREATE + "?dari=terakhir").context["form"]
    assert copied["organiser"].value() == "Dinas Kesehatan"
