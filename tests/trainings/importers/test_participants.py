"""Import of participants of old trainings, with a column of attendance for each day."""

from datetime import date

import pytest

from tests import factories as make
from tests.imports.office import book, figures, imported, preview, undone, wrongs
from trainings.models import Attendance, Participant
from villages.models import Person

pytestmark = pytest.mark.django_db

HEAD = ["No", "Nama Peserta", "JK", "Desa", "Jabatan", "Unsur", "Hari 1", "Hari 2"]
TITLE = "Pelatihan KPSPAMS"


@pytest.fixture
def village():
    return make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")


@pytest.fixture
def staff(village):
    return make.UserFactory(district=village.subdistrict.district)


@pytest.fixture
def training(village):
    training = make.TrainingFactory(title=TITLE, fiscal_year=2018, district=village.subdistrict.district)
    for number in (4, 5):
        day = make.TrainingDayFactory(training=training, date=date(2018, 12, number))
        make.TrainingSessionFactory(day=day)
    return training


def sheet(*rows):
    return book(("Daftar hadir", [["DAFTAR HADIR PESERTA"], HEAD, *rows]))


FIRST = [1, "Sutrisno", "L", "Wiralaga I", "Ketua", None, "✓", "I"]
SECOND = [2, "Siti", "P", "Wiralaga I", None, "Kader AMPL", "H", None]


def test_participants_come_with_their_marks(staff, training, village):
    group = make.GroupFactory(village=village)
    run = imported("participants", sheet(FIRST, SECOND), staff, fixed={"training": TITLE})
    assert figures(run) == {"rows": 2, "created": 2}
    shown = [
        (p.number, p.person.name, p.village, p.group, p.post, p.affiliation)
        for p in training.participants.order_by("number")
    ]
    assert shown == [(1, "Sutrisno", village, group, "KET", ""), (2, "Siti", village, None, "", "Kader AMPL")]
    marks = Attendance.objects.order_by("participant__number", "session__day__date")
    assert list(marks.values_list("participant__person__name", "session__day__date", "status")) == [
        ("Sutrisno", date(2018, 12, 4), "hadir"),
        ("Sutrisno", date(2018, 12, 5), "izin"),
        ("Siti", date(2018, 12, 4), "hadir"),
    ]
    shown = training.events.get(verb="change").changes
    assert shown[next(iter(shown))] == ["Belum dicatat", "Hadir"]
    again = preview("participants", sheet(FIRST, SECOND), staff, fixed={"training": TITLE})
    assert figures(again) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Participant.objects.count(), Attendance.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_a_mark_changes_and_comes_back(staff, training):
    imported("participants", sheet(FIRST), staff, fixed={"training": TITLE})
    run = imported("participants", sheet([*FIRST[:7], "S"]), staff, fixed={"training": TITLE})
    assert figures(run) == {"rows": 1, "changed": 1}
    assert run.rows.get().changes == [["kehadiran", "Izin", "Sakit"]]
    mark = Attendance.objects.get(session__day__date=date(2018, 12, 5))
    assert (mark.status, mark.marked_by) == ("sakit", staff)
    assert undone(run, staff).step == "undone"
    mark.refresh_from_db()
    assert mark.status == "izin"


def test_a_later_mark_stops_the_undoing(staff, training):
    run = imported("participants", sheet(FIRST), staff, fixed={"training": TITLE})
    Attendance.objects.filter(status="izin").update(status="sakit")
    assert undone(run, staff).step == "done"
    assert Attendance.objects.count() == 2


def test_what_is_wrong_with_a_participant_is_told(staff, training):
    head = [*HEAD, "Hari 3"]
    rows = [
        [1, "Satu", None, "Wiralaga IX", None, None, "?", None, None],
        [2, "Dua", "L", "Wiralaga I", None, None, None, None, "H"],
    ]
    run = preview("participants", book(("D", [head, *rows])), staff, fixed={"training": TITLE})
    assert [(line, column) for line, column, _ in wrongs(run)] == [(2, "day_1"), (2, "village"), (3, "day_3")]
    run = preview("participants", sheet(FIRST), staff, fixed={"training": "Pelatihan Lain"})
    assert [column for _, column, _ in wrongs(run)] == ["training"]


def test_a_closed_training_takes_nobody(staff, training):
    training.close(by=staff)
    run = preview("participants", sheet(FIRST), staff, fixed={"training": TITLE})
    assert wrongs(run) == [(3, "training", "Pelatihan ini sudah selesai. Buka kembali dahulu, lalu ulangi.")]


def test_missing_days_are_made_from_the_dates_and_go_again(staff, training, village):
    head = [*HEAD, *(f"Hari {number}" for number in range(3, 9))]
    rows = [[*FIRST, "H", "H", "H", "H", "S", "H"], [*SECOND, None, None, None, None, None, "T"]]
    content = book(("Daftar hadir", [head, *rows]))
    shown = wrongs(preview("participants", content, staff, fixed={"training": TITLE}))
    assert [column for line, column, _ in shown if line == 2] == [f"day_{number}" for number in range(3, 9)]
    assert "isi Tanggal pelatihan agar hari yang belum ada dibuat" in shown[0][2]
    run = imported("participants", content, staff, fixed={"training": TITLE, "dates": "4-11 Desember 2018"})
    days = list(training.days.values_list("date", flat=True))
    assert days == [date(2018, 12, number) for number in range(4, 12)]
    marks = Attendance.objects.filter(participant__number=1).order_by("session__day__date")
    assert [mark.status for mark in marks] == ["hadir", "izin", "hadir", "hadir", "hadir", "hadir", "sakit", "hadir"]
    assert set(Attendance.objects.values_list("source", flat=True)) == {"impor"}
    assert training.events.get(verb="change").changes["hari 6 Desember 2018"] == ["", "ditambahkan"]
    again = preview("participants", content, staff, fixed={"training": TITLE, "dates": "4-11 Desember 2018"})
    assert figures(again) == {"rows": 2, "same": 2}
    assert undone(run, staff).step == "undone"
    assert (training.days.count(), Attendance.objects.count()) == (2, 0)


def test_marks_of_a_closed_day_are_not_changed_by_a_file(staff, training):
    imported("participants", sheet(FIRST), staff, fixed={"training": TITLE})
    training.days.filter(date=date(2018, 12, 5)).update(closed_at="2018-12-06T00:00:00Z")
    run = preview("participants", sheet([*FIRST[:7], "S"]), staff, fixed={"training": TITLE})
    assert wrongs(run) == [
        (3, "day_2", "Hari 5 Desember 2018 sudah ditutup. Ubah kehadirannya di halaman Kehadiran, dengan alasan.")
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("4-6 Desember 2018", [4, 5, 6]),
        ("4 Desember s.d. 6 Desember 2018", [4, 5, 6]),
        ("4 s.d. 6 Desember 2018", [4, 5, 6]),
        ("04-12-2018; 06-12-2018", [4, 6]),
        ("4 Desember 2018, 5 Desember 2018 dan 7/12/2018", [4, 5, 7]),
        ("Selasa, 4 Desember 2018", [4]),
        ("4, 5 dan 6 Desember 2018", [4, 5, 6]),
        ("4-12-2018 s.d. 6-12-2018", [4, 5, 6]),
        ("30-2 Desember 2018", None),
        ("besok", None),
        ("1-31 Desember 2018", None),
    ],
)
def test_dates_as_offices_write_them(text, days):
    from django.core.exceptions import ValidationError

    from trainings.importers.training_days import dates

    if days is None:
        with pytest.raises(ValidationError):
            dates(text)
    else:
        assert dates(text) == tuple(date(2018, 12, number) for number in days)


def test_a_demo_account_imports_marks_of_a_sample_training(training, village):
    demo = make.AdminFactory(district=village.subdistrict.district, is_sample=True)
    type(training).objects.update(is_sample=True)
    run = imported("participants", sheet(FIRST, SECOND), demo, fixed={"training": TITLE})
    assert (wrongs(run), figures(run)) == ([], {"rows": 2, "created": 2})
    assert Attendance.objects.filter(participant__person__is_sample=True).count() == 3
