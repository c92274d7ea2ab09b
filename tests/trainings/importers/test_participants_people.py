"""Persons of imported participants: one in two trainings and on two days, two of the same name, random files."""

import random
from datetime import date

import pytest

from imports.services import lifecycle
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, save, undone, work
from trainings.models import Attendance, Participant
from villages.models import Person, PersonMatch

pytestmark = pytest.mark.django_db

HEAD = ["Pelatihan", "Nama Peserta", "JK", "Desa", "No HP", "Hari 1", "Hari 2"]


@pytest.fixture
def village():
    return make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")


@pytest.fixture
def staff(village):
    return make.UserFactory(district=village.subdistrict.district)


@pytest.fixture(autouse=True)
def trainings(village):
    made = []
    for title in ("Pelatihan Satu", "Pelatihan Dua"):
        training = make.TrainingFactory(title=title, fiscal_year=2018, district=village.subdistrict.district)
        for number in (4, 5):
            day = make.TrainingDayFactory(training=training, date=date(2018, 12, number))
            make.TrainingSessionFactory(day=day)
        made.append(training)
    return made


def sheet(*rows):
    return book(("Daftar", [HEAD, *([f"Pelatihan {row[0]}", *row[1:3], "Wiralaga I", *row[3:]] for row in rows)]))


def test_a_new_person_in_two_trainings_is_one(staff):
    content = sheet(["Satu", "Wagirun", "L"], ["Dua", "WAGIRUN", "L"])
    run = imported("participants", content, staff)
    assert figures(run) == {"rows": 2, "created": 2}
    assert (Person.objects.count(), Participant.objects.count()) == (1, 2)
    assert figures(preview("participants", content, staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Person.objects.count(), Participant.objects.count()) == (0, 0)


def test_a_row_for_each_day_is_one_person(staff):
    content = sheet(["Satu", "Wagirun", "L", None, "H"], ["Satu", "Wagirun", "L", None, None, "S"])
    run = imported("participants", content, staff)
    assert figures(run) == {"rows": 2, "created": 2}
    assert (Person.objects.count(), Participant.objects.count(), Attendance.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(("choice", "people"), [("b1", 1), ("new", 2)])
def test_one_name_twice_in_a_training_is_asked_about(staff, choice, people):
    content = sheet(["Satu", "Jumingan", "L", None, "H"], ["Satu", "Jumingan", "L", None, "H"])
    run = preview("participants", content, staff)
    assert [row.verdict for row in run.rows.all()] == ["new", "ask"]
    lifecycle.choose_people(run, {2: choice})
    run = save(work(run), staff)
    assert (Person.objects.count(), Participant.objects.count()) == (people, people)
    assert figures(preview("participants", content, staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Person.objects.count(), PersonMatch.objects.count()) == (0, 0)


def test_a_namesake_beside_a_known_person_is_found_again(staff, village):
    known = make.PersonFactory(name="Made", sex="L", village=village, district=staff.district)
    content = sheet(["Dua", "Made", "L"], ["Satu", "Made", "L"], ["Satu", "Made", "L"])
    run = preview("participants", content, staff)
    assert [row.verdict for row in run.rows.all()] == ["new", "new", "ask"]
    lifecycle.choose_people(run, {3: "new"})
    run = save(work(run), staff)
    assert Participant.objects.filter(person=known).count() == 2
    assert figures(preview("participants", content, staff)) == {"rows": 3, "same": 3}
    undone(run, staff)
    assert (list(Person.objects.all()), PersonMatch.objects.count()) == ([known], 0)


def test_namesakes_of_two_offices_without_a_village_are_asked_about(staff):
    head = ["Pelatihan", "Nama", "L/P", "Unsur"]
    rows = [["Pelatihan Satu", "Hartati", "P", "Dinas PMD"], ["Pelatihan Dua", "Hartati", "P", "Dinas PUPR"]]
    content = book(("Daftar", [head, *rows, ["Pelatihan Dua", "Hartati", "P", "DINAS PMD"]]))
    run = preview("participants", content, staff)
    assert [row.verdict for row in run.rows.all()] == ["new", "ask", "new"]
    lifecycle.choose_people(run, {2: "new"})
    run = save(work(run), staff)
    assert list(Participant.objects.order_by("pk").values_list("person__institution", "training__title")) == [
        ("Dinas PMD", "Pelatihan Satu"),
        ("Dinas PUPR", "Pelatihan Dua"),
        ("Dinas PMD", "Pelatihan Dua"),
    ]
    assert figures(preview("participants", content, staff)) == {"rows": 3, "same": 3}
    undone(run, staff)
    assert (Person.objects.count(), PersonMatch.objects.count()) == (0, 0)


@pytest.mark.parametrize("written", ["M. Yusuf", "Moh Yusuf", "MUH. YUSUF"])
def test_a_shortened_muhammad_is_asked_about(staff, village, written):
    known = make.PersonFactory(name="Muhammad Yusuf", sex="L", village=village, district=staff.district)
    (row,) = preview("participants", sheet(["Satu", written, "L"]), staff).rows.all()
    assert (row.verdict, [option["id"] for option in row.options]) == ("ask", [str(known.pk)])


NAMES = ["Siti", "Hj Siti", "Siti (istri Budi)", "Siti (istri Andi)", "SITI", "Budi", "H. Budi", "Budi, S.Pd", "Made"]


@pytest.mark.parametrize("seed", range(6))
def test_files_at_random_never_raise_and_come_back_exactly(staff, village, seed):
    dice = random.Random(seed)
    for name in dice.sample(NAMES, 3):
        make.PersonFactory(name=name, sex=dice.choice("LP"), village=village, district=staff.district)
    before = list(Person.objects.order_by("pk").values("name", "sex", "phone", "version"))
    rows = [
        [
            dice.choice(["Satu", "Dua"]),
            dice.choice(NAMES),
            dice.choice("LP"),
            dice.choice([None, None, 81234567890, 81234567891]),
            dice.choice([None, "H"]),
            dice.choice([None, "H"]),
        ]
        for _ in range(14)
    ]
    run = preview("participants", sheet(*rows), staff)
    for _ in range(20):
        asking = run.rows.filter(verdict="ask").first()
        if asking is None:
            break
        choice = dice.choice([*(option["id"] for option in asking.options), "new"])
        lifecycle.choose_people(run, {asking.number: choice})
        run = work(run)
    assert run.state == "ready"
    assert figures(run).get("error", 0) == 0
    for row in run.rows.filter(choice=""):
        if row.recognised["id"] != "new" and "pilihan" not in row.recognised["text"]:  # no contradiction
            assert f"({row.raw['sex']}), " in row.recognised["text"]
    run = save(run, staff, "good")
    assert run.step == "done"
    again = figures(preview("participants", sheet(*rows), staff))
    assert again == {"rows": 14, "same": 14}
    assert undone(run, staff).step == "undone"
    assert list(Person.objects.order_by("pk").values("name", "sex", "phone")) == [
        {key: row[key] for key in ("name", "sex", "phone")} for row in before
    ]
    assert (Participant.objects.count(), Attendance.objects.count(), PersonMatch.objects.count()) == (0, 0, 0)
