"""Import of boards: dated posts, known and new persons."""

from datetime import date

import pytest

from imports.services import lifecycle
from kpspams.models import Member
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, save, undone, work, wrongs
from villages.models import Person, PersonMatch

pytestmark = pytest.mark.django_db

HEAD = ["Desa", "Kelompok", "Nama", "L/P", "No HP", "Jabatan", "TMT", "Akhir jabatan"]


@pytest.fixture
def group():
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return make.GroupFactory(village=village, name="Tirta Jaya")


@pytest.fixture
def staff(group):
    return make.UserFactory(district=group.village.subdistrict.district)


def board(*rows):
    return book(("Pengurus", [HEAD, *rows]))


CHAIR = ["Wiralaga I", "Tirta Jaya", "H. Sutrisno", "L", 81234567890, "Ketua", date(2018, 3, 14), None]
SCRIBE = [None, None, "Siti", "P", None, "Plt. Sekretaris KPSPAMS", "14 Maret 2018", None]


def test_a_board_comes_with_new_persons(staff, group):
    run = imported("boards", board(CHAIR, SCRIBE), staff)
    assert figures(run) == {"rows": 2, "created": 2}
    members = [(m.person.name, m.post, m.acting, m.starts_on, m.ends_on) for m in group.members.order_by("pk")]
    assert members == [
        ("H. Sutrisno", "KET", False, date(2018, 3, 14), None),
        ("Siti", "SEK", True, date(2018, 3, 14), None),
    ]
    assert Person.objects.get(name="H. Sutrisno").phone == "+6281234567890"
    assert figures(preview("boards", board(CHAIR, SCRIBE), staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Member.objects.count(), Person.objects.count()) == (0, 0)


def test_a_known_person_is_not_made_again(staff, group):
    known = make.PersonFactory(name="Sutrisno", sex="L", village=group.village, district=staff.district, phone="")
    imported("boards", board(CHAIR), staff)
    known.refresh_from_db()
    assert (Person.objects.count(), group.members.get().person, known.phone) == (1, known, "+6281234567890")


def test_a_successor_ends_the_one_before(staff, group):
    imported("boards", board(CHAIR), staff)
    run = imported("boards", board([*CHAIR[:2], "Paijo", "L", None, "Ketua", date(2021, 1, 1), None]), staff)
    assert figures(run) == {"rows": 1, "changed": 1}
    members = [(m.person.name, m.ends_on) for m in group.members.order_by("starts_on")]
    assert members == [("H. Sutrisno", date(2020, 12, 31)), ("Paijo", None)]
    assert run.rows.get().changes == [["berakhir (H. Sutrisno, Ketua)", "", "31 Desember 2020"]]
    undone(run, staff)
    assert group.members.get().ends_on is None


def test_a_second_chair_of_the_same_days_is_refused(staff, group):
    run = preview("boards", board(CHAIR, [*CHAIR[:2], "Paijo", "L", None, "Ketua", date(2018, 3, 14), None]), staff)
    assert wrongs(run) == [
        (
            3,
            "post",
            'H. Sutrisno sudah tercatat sebagai Ketua KPSPAMS "Tirta Jaya" sejak 14 Maret 2018 dan masih menjabat. '
            "Satu jabatan dipegang satu orang: periksa tanggalnya.",
        )
    ]


def test_what_is_wrong_with_a_post_is_told(staff, group):
    rows = [
        [*CHAIR[:2], "Satu", "L", None, "Ketua", date(2018, 3, 14), date(2018, 3, 1)],
        [*CHAIR[:2], "Dua", "X", 12, "Raja", "31 Februari 2018", None],
        ["Wiralaga I", "Tirta Lain", "Tiga", None, None, "Anggota", "1 Mei 2018", None],
    ]
    run = preview("boards", board(*rows), staff)
    assert [(line, column) for line, column, _ in wrongs(run)] == [
        (2, "ends_on"),
        (3, "sex"),
        (3, "phone"),
        (3, "post"),
        (3, "starts_on"),
        (4, "group"),
    ]


def test_namesakes_are_asked_about_and_the_answer_is_remembered(staff, group):
    first = make.PersonFactory(name="Sutrisno", village=group.village, district=staff.district, phone="")
    second = make.PersonFactory(name="Sutrisno", village=group.village, district=staff.district, phone="")
    plain = [*CHAIR[:4], None, *CHAIR[5:]]
    run = preview("boards", board(plain), staff)
    assert figures(run) == {"rows": 1, "ask": 1}
    row = run.rows.get()
    assert {option["id"] for option in row.options} == {str(first.pk), str(second.pk)}
    with pytest.raises(Exception, match="belum dipilih"):
        lifecycle.save(run, "all", by=staff)

    lifecycle.choose_people(run, {row.number: str(second.pk)})
    run = save(work(run), staff)
    assert group.members.get().person == second
    assert {match.person for match in PersonMatch.objects.all()} == {second}
    assert figures(preview("boards", board(plain), staff)) == {"rows": 1, "same": 1}


def test_a_namesake_may_be_somebody_new(staff, group):
    known = make.PersonFactory(name="Sutrisno", village=group.village, district=staff.district, phone="")
    run = preview("boards", board(CHAIR), staff)
    lifecycle.choose_people(run, {1: "new"})
    run = save(work(run), staff)
    assert group.members.get().person != known
    assert figures(preview("boards", board(CHAIR), staff)) == {"rows": 1, "same": 1}
    undone(run, staff)
    assert (Person.objects.get(), PersonMatch.objects.count()) == (known, 0)


def test_a_choice_that_was_not_offered_is_refused(staff, group):
    make.PersonFactory(name="Sutrisno", village=group.village, district=staff.district)
    stranger = make.PersonFactory(name="Lain", district=staff.district)
    run = preview("boards", board(CHAIR), staff)
    with pytest.raises(Exception, match="tidak ada lagi"):
        lifecycle.choose_people(run, {1: str(stranger.pk)})
