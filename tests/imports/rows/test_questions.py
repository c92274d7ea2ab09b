"""Questions about a file: one answer for many rows, and rows set aside."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from imports.rows import questions
from imports.services import lifecycle
from plans.models import Activity
from tests import factories as make
from tests.imports.office import book, figures, preview, save, work, wrongs
from villages.models import Person

pytestmark = pytest.mark.django_db

BOARD = ["Desa", "Kelompok", "Nama", "L/P", "Jabatan", "TMT"]
PLAN = ["Desa", "Tahun", "Bidang", "Kegiatan", "Volume", "Satuan", "Harga satuan"]


@pytest.fixture
def village():
    return make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")


@pytest.fixture
def group(village):
    return make.GroupFactory(village=village, name="Tirta Jaya")


@pytest.fixture
def staff(group, client):
    user = make.AdminFactory(district=group.village.subdistrict.district)
    client.force_login(user)
    return user


def person(village, name="Siti", **more):
    return make.PersonFactory(name=name, village=village, district=village.subdistrict.district, **more)


def board_row(name, post, day, sex="P"):
    return ["Wiralaga I", "Tirta Jaya", name, sex, post, day]


def requested(run):
    return questions.open_questions(run)[0]


def plan_row(title, price, volume="1"):
    return ["Wiralaga I", 2025, "A", title, volume, "kali", price]


def test_one_answer_is_for_all_rows_with_this_name(staff, group, village):
    known = [person(village), person(village)]
    rows = [board_row("Siti", post, "1-1-2018") for post in ("Ketua", "Bendahara")]
    run = preview("boards", book(("P", [BOARD, *rows, board_row("Budi", "Sekretaris", "1-1-2018", "L")])), staff)
    [question] = requested(run)
    assert (question.count, question.text.split(".")[0]) == (2, "Baris 2 dan 1 baris lain")
    assert [value for value, _ in question.options] == [str(known[0].pk), str(known[1].pk), "new"]
    questions.answer(run, {question.name.removeprefix("tanya-"): str(known[1].pk)}, {})
    run = save(work(run), staff)
    assert sorted(group.members.values_list("person__name", "person_id"))[1:] == [("Siti", known[1].pk)] * 2
    assert figures(run) == {"rows": 3, "created": 3}


def test_namesakes_in_one_place_may_all_be_other_people(staff, group, village):
    rows = [board_row("Siti", "Seksi Teknik", "1-1-2018") for _ in range(3)]
    run = preview("boards", book(("P", [BOARD, *rows])), staff)
    [question] = requested(run)
    assert (figures(run), question.count) == ({"rows": 3, "new": 1, "ask": 2}, 2)
    questions.answer(run, {question.name.removeprefix("tanya-"): "new"}, {})
    save(work(run), staff)
    assert Person.objects.filter(name="Siti").count() == 3


def test_two_who_hold_a_post_are_one_question_for_all_posts(staff, group, village):
    rows = [board_row(f"A {post}", post, "1-1-2018") for post in ("Ketua", "Bendahara")]
    rows += [board_row(f"B {post}", post, "1-1-2020") for post in ("Ketua", "Bendahara")]
    run = preview("boards", book(("P", [BOARD, *rows])), staff)
    [question] = requested(run)
    assert (question.name, question.count) == ("tanya-post", 2)
    assert question.options == [("ends", "Yang lama berakhir sehari sebelum penggantinya mulai")]
    questions.answer(run, {"post": "ends"}, {})
    save(work(run), staff)
    ended = group.members.filter(ends_on__isnull=False).values_list("ends_on", flat=True)
    assert [f"{day:%d-%m-%Y}" for day in ended] == ["31-12-2019"] * 2


@pytest.mark.parametrize(
    ("sign", "prices"), [("thousands", [75_000, 1_250_000, 5_000]), ("decimals", [75, 1_250_000, 5])]
)
def test_a_doubtful_way_of_writing_is_asked_once_for_a_column(staff, group, sign, prices):
    rows = [plan_row("Satu", "75,000"), plan_row("Dua", "1.250.000"), plan_row("Tiga", "Rp 5,000")]
    run = preview("plans", book(("R", [PLAN, *rows])), staff)
    assert figures(run) == {"rows": 3, "new": 1, "ask": 2}
    [question] = requested(run)
    assert question.text == (
        "2 isian pada kolom Harga satuan (Rp) dapat dibaca dengan dua cara, misalnya “75,000” pada baris 2 lembar R. "
        "Tanda di tengahnya:"
    )
    assert question.options == [("thousands", "pemisah ribuan: 75.000"), ("decimals", "koma desimal: 75")]
    questions.answer(run, {}, {"unit_price": sign})
    run = work(run)
    assert (figures(run), wrongs(run)) == ({"rows": 3, "new": 3}, [])
    assert run.rows.first().notes["unit_price"] in ("tandanya pemisah ribuan", "tandanya koma desimal")
    save(run, staff)
    assert list(Activity.objects.order_by("line").values_list("unit_price", flat=True)) == prices


def test_a_figure_that_the_answer_does_not_fit_is_wrong_and_no_question_any_more(staff, group):
    run = preview("plans", book(("R", [PLAN, plan_row("Satu", "75,125")])), staff)
    questions.answer(run, {}, {"unit_price": "decimals"})
    run = work(run)
    assert (figures(run), requested(run)) == ({"rows": 1, "error": 1}, [])


def test_a_row_with_another_fault_is_wrong_though_it_is_doubtful_too(staff, group):
    run = preview("plans", book(("R", [PLAN, plan_row("Satu", "75,000", volume="banyak")])), staff)
    assert (figures(run), len(requested(run))) == ({"rows": 1, "error": 1}, 1)


def test_ten_questions_are_shown_at_a_time_those_about_most_rows_first(staff, group, village, client):
    rows = []
    for number in range(12):
        name = f"Orang{chr(97 + number)}"
        person(village, name), person(village, name)
        rows.append(board_row(name, "Seksi Teknik", "1-1-2018"))
    rows.append(board_row("Orangl", "Ketua", "1-1-2018"))
    run = preview("boards", book(("P", [BOARD, *rows])), staff)
    shown, total = questions.open_questions(run)
    assert (len(shown), total, shown[0].count) == (10, 12, 2)
    page = client.get(reverse("imports:import_detail", args=[run.pk])).text
    assert page.count("<fieldset") == 10
    assert "Ditampilkan 10 pertanyaan" in page
    assert "Simpan yang jelas, sisihkan yang ragu" in page


def test_as_many_queries_for_ten_questions_as_for_one(staff, group, village, django_assert_max_num_queries):
    for name in ("Siti", "Budi", "Rina"):
        person(village, name), person(village, name)
    rows = [board_row(name, "Seksi Teknik", "1-1-2018") for name in ("Siti", "Budi", "Rina")]
    run = preview("boards", book(("P", [BOARD, *rows])), staff)
    with django_assert_max_num_queries(3):
        assert len(requested(run)) == 3


def test_what_is_set_aside_is_counted_so_and_stands_in_the_file_of_bad_rows(staff, group, village, client):
    person(village), person(village)
    rows = [board_row("Siti", "Ketua", "1-1-2018"), board_row("Budi", "Sekretaris", "1-1-2018", "L")]
    run = preview("boards", book(("P", [BOARD, *rows])), staff)
    client.post(reverse("imports:import_apply", args=[run.pk]), {"cara": "good"})
    run = work(run)
    assert figures(run) == {"rows": 2, "created": 1, "skipped": 1, "set_aside": 1}
    assert [row.label for row in run.rows.filter(skipped=True)] == [f"Siti, {group}"]
    text = client.get(reverse("imports:import_detail", args=[run.pk])).text
    assert "Di antaranya disisihkan karena ragu" in text
    assert client.get(reverse("imports:import_errors", args=[run.pk])).status_code == 200


def test_answers_come_from_the_page_and_nothing_chosen_is_said(staff, group, village, client):
    known = [person(village), person(village)]
    run = preview("boards", book(("P", [BOARD, board_row("Siti", "Ketua", "1-1-2018")])), staff)
    url = reverse("imports:import_answers", args=[run.pk])
    page = client.post(url, {}, follow=True).text
    assert "Pilih dahulu jawaban paling sedikit satu pertanyaan." in page
    client.post(url, {requested(run)[0].name: str(known[0].pk)})
    run = work(run)
    assert run.rows.get().recognised["id"] == str(known[0].pk)


@pytest.mark.parametrize(
    ("answers", "signs"), [({"entah": "new"}, {}), ({}, {"unit_price": "entah"}), ({}, {"title": "thousands"})]
)
def test_an_answer_to_no_question_is_refused(staff, group, answers, signs):
    run = preview("plans", book(("R", [PLAN, plan_row("Satu", "75,000")])), staff)
    with pytest.raises(ValidationError):
        questions.answer(run, answers, signs)
    run.refresh_from_db()
    assert run.step == "preview"


def test_saving_with_nothing_clear_says_so(staff, group):
    run = preview("plans", book(("R", [PLAN, plan_row("Satu", "75,000")])), staff)
    with pytest.raises(ValidationError, match="Belum ada baris yang jelas"):
        lifecycle.save(run, "good", by=staff)
