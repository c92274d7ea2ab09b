"""Persons of a board file: the same person, two of the same name, and changes between preview and saving."""

from datetime import date

import pytest

from imports.services import lifecycle
from kpspams.models import Member
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, save, undone, work
from villages.models import Person, PersonMatch

pytestmark = pytest.mark.django_db

HEAD = ["Desa", "Kelompok", "Nama", "L/P", "No HP", "Jabatan", "TMT"]
DAY = date(2018, 3, 14)


@pytest.fixture
def group():
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return make.GroupFactory(village=village, name="Tirta Jaya")


@pytest.fixture
def staff(group):
    return make.UserFactory(district=group.village.subdistrict.district)


def board(*rows):
    return book(
        (
            "Pengurus",
            [HEAD, *(["Wiralaga I", "Tirta Jaya", *row[:3], row[3], row[4] if row[4:] else DAY] for row in rows)],
        )
    )


def held():
    return [(post.person.name, post.person.sex, post.post) for post in Member.objects.order_by("pk")]


def test_a_new_person_with_two_posts_is_one(staff, group):
    content = board(["Wagirun", "L", None, "Ketua"], ["wagirun", "L", None, "Seksi Teknik"])
    run = imported("boards", content, staff)
    assert figures(run) == {"rows": 2, "created": 2}
    assert (Person.objects.count(), len(held())) == (1, 2)
    assert [row.recognised for row in run.rows.all()] == [
        {"id": "new", "text": "Orang baru."},
        {
            "id": "b1",
            "text": "Dikenali sebagai Wagirun (L), Desa Wiralaga I, dari baris 2 lembar Pengurus, "
            "karena nama dan desa sama.",
        },
    ]
    assert figures(preview("boards", content, staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Person.objects.count(), held()) == (0, [])


def test_a_couple_with_one_telephone_number_are_two(staff, group):
    run = imported(
        "boards", board(["Budi", "L", 81234567890, "Ketua"], ["Siti", "P", 81234567890, "Sekretaris"]), staff
    )
    assert figures(run) == {"rows": 2, "created": 2}
    assert held() == [("Budi", "L", "KET"), ("Siti", "P", "SEK")]


def test_a_number_of_many_names_is_no_sign(staff, group):
    rows = [[name, "L", 81234567890, "Anggota"] for name in ("Budi", "Andi", "Joko", "Tono")]
    run = preview("boards", board(*rows), staff)
    assert figures(run) == {"rows": 4, "new": 3, "ask": 1}


def test_words_in_brackets_keep_two_of_a_name_apart(staff, group):
    rows = [["Siti Khotimah (istri Budi)", "P", None, "Ketua"], ["Siti Khotimah (istri Andi)", "P", None, "Sekretaris"]]
    run = imported("boards", board(*rows), staff)
    assert figures(run) == {"rows": 2, "created": 2}
    assert Person.objects.count() == 2
    assert figures(preview("boards", board(*rows), staff)) == {"rows": 2, "same": 2}


@pytest.mark.parametrize(
    ("known", "written", "why"),
    [
        ({"name": "Rohmah", "sex": "P"}, ["Rohmah", "L", None], "L/P berbeda (L dan P)"),
        ({"name": "Tukiran", "sex": "L"}, ["Tukiran", "P", None], "L/P berbeda (P dan L)"),
        ({"name": "Siti", "sex": "P", "phone": "+6281200000001"}, ["Siti", "P", 81234567890], "nomor HP berbeda"),
        ({"name": "Sukir, S.Pd.", "sex": "L"}, ["Sukir, S.H.", "L", None], "gelar berbeda"),
        (
            {"name": "Siti (istri Budi)", "sex": "P"},
            ["Siti", "P", None],
            "keterangan hanya ada pada satu catatan (istri Budi)",
        ),
    ],
)
def test_what_contradicts_a_known_person_is_asked_about(staff, group, known, written, why):
    person = make.PersonFactory(village=group.village, district=staff.district, **known)
    run = preview("boards", board([*written, "Ketua"]), staff)
    row = run.rows.get()
    assert (row.verdict, [option["id"] for option in row.options]) == ("ask", [str(person.pk)])
    assert row.recognised["text"] == (
        f"Mungkin orang yang sudah ada. Pilih orangnya, atau Orang baru. Nama dan desa sama, tetapi {why}."
    )


def test_two_sexes_under_one_new_name_are_asked_about(staff, group):
    content = board(["Suparti", "P", None, "Ketua"], ["Suparti", "L", None, "Sekretaris"])
    run = preview("boards", content, staff)
    assert [row.verdict for row in run.rows.all()] == ["new", "ask"]
    lifecycle.choose_people(run, {2: "new"})
    run = save(work(run), staff)
    assert held() == [("Suparti", "P", "KET"), ("Suparti", "L", "SEK")]
    assert figures(preview("boards", content, staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Person.objects.count(), PersonMatch.objects.count()) == (0, 0)


@pytest.mark.parametrize(("choice", "people"), [("b1", 1), ("new", 2)])
def test_one_name_twice_in_one_post_is_asked_about(staff, group, choice, people):
    content = board(["Made", "L", None, "Anggota"], ["Made", "L", None, "Anggota"])
    run = preview("boards", content, staff)
    assert [row.verdict for row in run.rows.all()] == ["new", "ask"]
    lifecycle.choose_people(run, {2: choice})
    run = save(work(run), staff)
    assert (Person.objects.count(), len(held())) == (people, people)
    assert figures(preview("boards", content, staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert (Person.objects.count(), PersonMatch.objects.count()) == (0, 0)


def test_titles_with_and_without_dot_are_one_person(staff, group):
    known = make.PersonFactory(name="Hj. Ngatinem", village=group.village, district=staff.district)
    imported("boards", board(["Hj Ngatinem", "P", None, "Ketua"]), staff)
    assert (Person.objects.get(), Member.objects.get().person) == (known, known)


def test_a_choice_is_forgotten_with_its_import(staff, group):
    first, second = (make.PersonFactory(name="Made", village=group.village, district=staff.district) for _ in range(2))
    content = board(["Made", "P", None, "Ketua"])
    run = preview("boards", content, staff)
    lifecycle.choose_people(run, {1: str(first.pk)})
    undone(save(work(run), staff), staff)
    assert not PersonMatch.objects.exists()
    run = preview("boards", content, staff)
    assert run.rows.get().verdict == "ask"
    lifecycle.choose_people(run, {1: str(second.pk)})
    run = save(work(run), staff)
    PersonMatch.objects.update(person=first)  # changed by another user since
    assert undone(run, staff).step == "undone"
    assert {match.person for match in PersonMatch.objects.all()} == {first}


def test_an_earlier_choice_comes_back_when_a_later_one_is_undone(staff, group):
    first, second = (make.PersonFactory(name="Made", village=group.village, district=staff.district) for _ in range(2))
    run = preview("boards", board(["Made", "P", None, "Ketua"]), staff)
    lifecycle.choose_people(run, {1: str(first.pk)})
    save(work(run), staff)
    run = preview("boards", board(["Made", "P", None, "Sekretaris"]), staff)
    assert run.rows.get().verdict == "new"
    lifecycle.choose_people(run, {1: str(second.pk)})
    run = save(work(run), staff)
    assert PersonMatch.objects.filter(person=second).exists()
    undone(run, staff)
    assert {match.person for match in PersonMatch.objects.all()} == {first}


def test_a_person_recorded_after_the_preview_is_asked_about(staff, group):
    run = preview("boards", board(["Wagirun", "L", None, "Ketua"]), staff)
    later = make.PersonFactory(name="Wagirun", sex="L", village=group.village, district=staff.district)
    run = save(run, staff)
    assert (run.step, run.state, Member.objects.count()) == ("check", "queued", 0)
    run = work(run)
    row = run.rows.get()
    assert (row.verdict, row.recognised["promised"], [option["id"] for option in row.options]) == (
        "ask",
        "new",
        [str(later.pk)],
    )
    assert "berubah sesudah pratinjau" in run.counts["notice"]
    lifecycle.choose_people(run, {})  # the question stays until it is answered
    assert work(run).rows.get().verdict == "ask"
    lifecycle.choose_people(run, {1: "new"})
    save(work(run), staff)
    assert Member.objects.get().person != later


def test_new_on_two_rows_is_one_new_person(staff, group):
    make.PersonFactory(name="Tukiran", sex="P", village=group.village, district=staff.district)
    run = preview("boards", board(["Tukiran", "L", None, "Ketua"], ["Tukiran", "L", None, "Seksi Teknik"]), staff)
    assert figures(run) == {"rows": 2, "ask": 2}
    lifecycle.choose_people(run, {1: "new", 2: "new"})
    run = work(run)
    assert list(run.rows.values_list("choice", flat=True)) == ["new", "b1"]
    lifecycle.choose_people(run, {2: "new"})  # "new" again, though the first row's person is offered: another person
    run = save(work(run), staff)
    assert Person.objects.filter(name="Tukiran", sex="L").count() == 2


def test_what_a_colleague_saved_meanwhile_is_not_asked_about(staff, group):
    content = board(["Wagirun", "L", None, "Ketua"], ["Siti", "P", None, "Sekretaris"])
    mine = preview("boards", content, staff)
    imported("boards", content, staff)
    mine = work(save(mine, staff))
    assert (figures(mine)["same"], mine.rows.filter(verdict="ask").exists()) == (2, False)


def rows_of_chairs(*chairs):
    return board(*([name, "L", None, "Ketua", on] for name, on in chairs))


def ends():
    return dict(Member.objects.values_list("person__name", "ends_on"))


FIRST, SECOND = ("Paryono", date(2017, 11, 20)), ("Mujiono", date(2021, 1, 1))
TWO = 'Menurut berkas ini Ketua KPSPAMS "Tirta Jaya" dijabat dua orang sekaligus; lihat juga baris 2 lembar Pengurus. '


def test_two_open_chairs_of_one_file_are_asked_about(staff, group):
    content = rows_of_chairs(FIRST, SECOND)
    run = preview("boards", content, staff)
    assert [row.verdict for row in run.rows.all()] == ["new", "ask"]
    row = run.rows.get(number=2)
    assert row.recognised["text"].startswith(TWO)
    assert row.options == [
        {
            "id": "ends",
            "text": 'Paryono berakhir sebagai Ketua KPSPAMS "Tirta Jaya" pada 31 Desember 2020',
            "together": "Yang lama berakhir sehari sebelum penggantinya mulai",
        }
    ]
    lifecycle.choose_people(run, {2: "ends"})
    run = save(work(run), staff)
    assert ends() == {"Paryono": date(2020, 12, 31), "Mujiono": None}
    assert figures(preview("boards", content, staff)) == {"rows": 2, "same": 2}
    undone(run, staff)
    assert ends() == {}


def test_without_an_answer_no_end_is_invented(staff, group):
    run = save(preview("boards", rows_of_chairs(FIRST, SECOND), staff), staff, "good")
    assert (figures(run), ends()) == ({"rows": 2, "created": 1, "skipped": 1, "set_aside": 1}, {"Paryono": None})


@pytest.mark.parametrize("order", [[FIRST, SECOND], [SECOND, FIRST]])
def test_a_known_chair_that_the_file_keeps_open_is_asked_about(staff, group, order):
    imported("boards", rows_of_chairs(FIRST), staff)
    run = preview("boards", rows_of_chairs(*order), staff)
    assert run.rows.get(number=2).verdict == "ask"
    lifecycle.choose_people(run, {2: "ends"})
    save(work(run), staff)
    assert ends() == {"Paryono": date(2020, 12, 31), "Mujiono": None}


def test_a_successor_of_a_known_chair_is_a_change(staff, group):
    imported("boards", rows_of_chairs(FIRST), staff)
    run = imported("boards", rows_of_chairs(SECOND), staff)
    assert (figures(run), ends()) == (
        {"rows": 1, "changed": 1},
        {"Paryono": date(2020, 12, 31), "Mujiono": None},
    )
