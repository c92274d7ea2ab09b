"""Import of participants from a list with one line per village and the posts as titles: a row for each person."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.imports.office import book, figures, imported, preview, undone, uploaded
from trainings.models import Attendance, Participant

pytestmark = pytest.mark.django_db

TITLE = "Pelatihan KPSPAMS"
FIXED = {"training": TITLE}


@pytest.fixture
def villages():
    first = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return [first, make.VillageFactory(code="18.11.01.2002", name="Wiralaga II", subdistrict=first.subdistrict)]


@pytest.fixture
def staff(villages):
    return make.UserFactory(district=villages[0].subdistrict.district)


@pytest.fixture
def training(villages):
    training = make.TrainingFactory(title=TITLE, fiscal_year=2018, district=villages[0].subdistrict.district)
    for number in (4, 5):
        make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training, date=date(2018, 12, number)))
    return training


@pytest.fixture
def group(villages):
    return make.GroupFactory(village=villages[0])


def sheet(*rows):
    return book(("Peserta", [["DAFTAR PESERTA"], *map(list, rows)]))


def registered(training):
    rows = training.participants.order_by("number")
    return [(row.person.name, row.person.sex, row.village.name, row.post) for row in rows]


HEAD = ["No", "Desa", "Ketua", "L/P", "Bendahara", "L/P", "Iuran"]
ROWS = [[1, "Wiralaga I", "Sutrisno", "L", "Siti", "P", 5000], [2, "Wiralaga II", "Rahmat", "L", None, None, 5000]]


def test_each_name_is_a_participant(staff, training, group):
    run = imported("participants", sheet(HEAD, *ROWS), staff, fixed=FIXED)
    assert run.reading["sideways"].endswith("(Ketua, Bendahara)")
    assert run.reading["unused"] == ["Iuran"]
    assert registered(training) == [
        ("Sutrisno", "L", "Wiralaga I", "KET"),
        ("Siti", "P", "Wiralaga I", "BEN"),
        ("Rahmat", "L", "Wiralaga II", ""),  # no group there
    ]
    assert figures(preview("participants", sheet(HEAD, *ROWS), staff, fixed=FIXED)) == {"rows": 3, "same": 3}
    undone(run, staff)
    assert Participant.objects.count() == 0


def test_marks_behind_a_post_are_those_of_its_person(staff, training, group):
    head = ["Desa", "Ketua", "L/P", "Hari 1", "Hari 2", "Bendahara", "L/P", "Hari 1", "Hari 2"]
    row = ["Wiralaga I", "Sutrisno", "L", "H", "I", "Siti", "P", "S", None]
    imported("participants", sheet(head, row), staff, fixed=FIXED)
    marks = Attendance.objects.order_by("participant__number", "session__day__date")
    assert list(marks.values_list("participant__person__name", "status")) == [
        ("Sutrisno", "hadir"),
        ("Sutrisno", "izin"),
        ("Siti", "sakit"),
    ]


def test_marks_of_a_whole_line_are_of_nobody_and_named(staff, training, group):
    run = imported("participants", sheet([*HEAD[:6], "Hari 1"], [*ROWS[0][:6], "H"]), staff, fixed=FIXED)
    assert run.reading["unused"] == ["Hari 1"]
    assert (training.participants.count(), Attendance.objects.count()) == (2, 0)


def test_a_column_of_posts_is_read_line_by_line(staff, training, group):
    head = ["Nama", "L/P", "Desa", "Jabatan", "Ketua RT", "Sekretaris desa"]
    run = imported("participants", sheet(head, ["Siti", "P", "Wiralaga I", "Bendahara", "x", "y"]), staff, fixed=FIXED)
    assert (run.reading["sideways"], registered(training)) == ("", [("Siti", "P", "Wiralaga I", "BEN")])


def test_reading_sideways_is_switched_off_by_the_person(staff, training, group, client):
    run = uploaded("participants", sheet(HEAD, *ROWS), staff)
    client.force_login(staff)
    address = reverse("imports:import_columns", args=[run.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"f_training": TITLE, "blok": []}
    off = sent | {"c_post": "", "c_name": "ketua", "c_sex": "lp"}
    assert client.post(address, off).status_code == 302
    run.refresh_from_db()
    assert {name: how["title"] for name, how in run.mapping.items() if "title" in how} == {
        "village": "desa",
        "name": "ketua",
        "sex": "lp",
    }
