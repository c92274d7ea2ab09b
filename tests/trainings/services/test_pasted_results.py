from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories as f
from trainings.models import TestResult
from trainings.services.pasted_results import read_results, read_score, save_pasted, to_save, undecided
from trainings.services.result_people import match_rows
from trainings.services.scores import EMPTY, stored_marks
from villages.models import PersonMatch

PRE = TestResult.Phase.PRE


@pytest.fixture
def questions(dataset):
    return [f.TestQuestionFactory(training=dataset.training, number=n, key=key) for n, key in enumerate("BSB", 1)]


def read(text, questions=()):
    return [
        (row.name, row.phone, row.mark.text, row.mark.letters, row.problem)
        for row in read_results(text, list(questions)).rows
    ]


def match(dataset, text, choices=None, questions=()):
    rows = read_results(text, list(questions)).rows
    match_rows(dataset.training, rows, choices or {}, stored_marks(dataset.training, PRE))
    return rows


def save(dataset, rows, seen=None):
    return save_pasted(dataset.training, PRE, rows, seen or {}, by=dataset.staff)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80", "80.00"),
        ("77,5", "77.50"),
        ("8 / 10", "80.00"),
        ("2/3", "66.67"),
        ("90%", "90.00"),
        ("66.6667", "66.67"),
        ("85 poin", "85.00"),
        (" 0 ", "0.00"),
    ],
)
def test_scores_as_forms_write_them(text, expected):
    assert read_score(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "101", "11/10", "8/0", "-5", "NaN", "1e2", "\u0661", "delapan"])
def test_what_is_no_score(text):
    with pytest.raises(ValidationError):
        read_score(text)


@pytest.mark.parametrize("text", ["80.000", "1.000", "66,667"])
def test_three_digits_behind_one_sign_are_no_score(text):
    with pytest.raises(ValidationError, match="meragukan"):
        read_score(text)


def test_a_table_of_google_forms_with_heads():
    text = (
        "Timestamp\tScore\tNama Lengkap\tNo. HP\n"
        "04/12/2018 10:01:02\t8 / 10\tSutrisno\t0812-3456-7890\n"
        "04/12/2018 10:02:02\t7 / 10\tWayan Sari\t\n"
    )
    assert read(text) == [("Sutrisno", "+6281234567890", "80", "", ""), ("Wayan Sari", "", "70", "", "")]


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("6281234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("0812 3456 7890 (WA)", "+6281234567890"),
        ("8,12346E+11", ""),
        ("0812 3456 7890/91", ""),
        ("tidak ada", ""),
    ],
)
def test_telephones_are_read_as_everywhere(written, phone):
    assert read(f"Nama\tNo HP\tNilai\nBudi\t{written}\t80") == [("Budi", phone, "80", "", "")]


def test_a_table_without_heads():
    text = "1;Sutrisno;0812 3456 7890;80\n2;Ni Luh, S.Pd.;;75,5"
    assert read(text) == [("Sutrisno", "+6281234567890", "80", "", ""), ("Ni Luh, S.Pd.", "", "75,5", "", "")]


def test_answers_in_one_cell_or_in_words(questions):
    assert read("Sutrisno;BSS", questions) == [("Sutrisno", "", "66,67", "BSS", "")]
    assert read("nama;a;b;c\nSutrisno;Benar;Salah;", questions) == [("Sutrisno", "", "66,67", "BS-", "")]


def test_options_written_out_stand_for_their_letters(dataset):
    question = f.TestQuestionFactory(training=dataset.training, kind="pilihan", options="Ketua\nBendahara", key="B")
    other = f.TestQuestionFactory(training=dataset.training, kind="pilihan", options="Ya\nTidak", key="A")
    assert read("nama\tx\ty\nSari\tbendahara\tA. Ya", [question, other]) == [("Sari", "", "100", "BA", "")]


def test_unreadable_lines_say_why(questions):
    assert [row[-1] for row in read("Sutrisno;bagus\n;80\nSari;140", ())] == [
        "Nilai tidak ditemukan.",
        "Nama atau nomor HP tidak ditemukan.",
        "Nilai “140” di atas 100.",
    ]


@pytest.mark.parametrize(
    ("text", "phase", "marks", "note"),
    [
        ("Nama;Skor Total\nBudi;80", "pre", ["80"], ""),
        ("Nama;Total Nilai (0-100)\nBudi;80", "post", ["80"], ""),
        ("Nama;Pre-test;Post-test\nBudi;60;80", "pre", ["60"], "Nilai diambil dari kolom “Pre-test”."),
        (
            "Nama;Nilai Pre Test;Nilai Post Test\nBudi;60;80",
            "post",
            ["80"],
            "Kolom yang tidak dipakai: “Nilai Pre Test”.",
        ),
        ("Nama;Tes Awal;Tes Akhir\nBudi;60;80", "post", ["80"], "“Tes Akhir”"),
        ("Nama;Nilai akhir\nBudi;80", "pre", ["80"], ""),
        ("1. Budi 80\n2. Siti, S.Pd.: 75,5\n3) Tri - 90", "pre", ["80", "75,5", "90"], ""),
        (
            "Cap waktu;Nama Lengkap Peserta;Nomor WhatsApp;Skor\n4/12/2018;Budi;0812 3456 7890;8/10",
            "pre",
            ["80"],
            "Cap",
        ),
        (
            "Budi;80\nJumlah;80\nRata-rata;80",
            "pre",
            ["80"],
            "2 baris dilewati karena bukan hasil seseorang: “Jumlah 80”",
        ),
        ("Budi;0,8\nSiti;0,75", "pre", ["0,8", "0,75"], "Semua nilai di bawah 1."),
    ],
)
def test_the_column_of_this_test_is_taken_and_told(text, phase, marks, note):
    found = read_results(text, [], phase)
    assert [(row.mark.text, row.problem) for row in found.rows] == [(mark, "") for mark in marks]
    assert note in " ".join(found.notes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nama;Nilai;Skor\nBudi;60;80", "Ada beberapa kolom nilai: “Nilai”, “Skor”."),
        ("Nama;Post-test\nBudi;60", "Tidak ada kolom nilai pre-test; yang ada “Post-test”."),
    ],
)
def test_columns_of_scores_that_nobody_can_tell_are_refused(text, message):
    with pytest.raises(ValidationError, match=message):
        read_results(text, [], "pre")


@pytest.mark.parametrize(
    ("text", "problem", "doubt"),
    [
        ("Budi;60;80", "Ada beberapa angka (60, 80). Tempel beserta baris judulnya, atau sisakan satu nilai.", ""),
        ("Budi, 77,5", "Ada beberapa angka (77, 5). Tempel beserta baris judulnya, atau sisakan satu nilai.", ""),
        ("Budi;80.000", "Nilai “80.000” meragukan: tiga angka di belakang satu tanda. Tulis seperti 80,5.", ""),
        ("Nama;HP;Nilai\nBudi;8,12346E+11;80", "", "Nomor HP “8,12346E+11” tidak terbaca, jadi tidak dipakai untuk"),
        ("Budi;0812 3456 7890/0813 1111 2222;80", "", "Nomor HP “0812 3456 7890/0813 1111 2222” tidak terbaca"),
        ("Nama;HP;Nilai\n;0812x;80", "Nama atau nomor HP tidak ditemukan. Nomor HP “0812x” tidak terbaca", ""),
    ],
)
def test_what_is_left_aside_is_named(text, problem, doubt):
    row = read_results(text, []).rows[-1]
    assert row.problem.startswith(problem) if problem else not row.problem
    assert doubt in row.doubt


def test_a_line_that_no_name_is_so_long_is_read_at_once():
    """A regular expression for a name and its score would take minutes on it."""
    assert read_results("a " * 10_000, []).rows[0].problem.startswith("Nama atau nomor HP")


@given(st.text("\t;,:=/%()\n BudPretSkor10.5", max_size=80) | st.text(max_size=60))
@settings(max_examples=80)
def test_any_text_is_a_result_or_refused_with_a_sentence(text):
    try:
        message = [row.problem or "." for row in read_results(text, [], "pre").rows]
    except ValidationError as error:
        message = error.messages
    assert message
    assert all(sentence.endswith(".") for sentence in message)


@pytest.mark.parametrize("text", ["", "  \n ", "Nama;Nilai", "x\n" * 1001])
def test_nothing_to_read(text):
    with pytest.raises(ValidationError):
        read_results(text, [])


def test_people_are_known_by_number_or_by_a_name_that_only_one_bears(dataset, people):
    people[1].person.phone = "+6281234567890"
    people[1].person.save()
    rows = match(dataset, "H. Ketua A;80\nSiapa Saja;081234567890;70\nOrang Asing;60")
    assert [row.participant for row in rows] == [people[0], people[1], None]
    assert (len(to_save(rows)), [row.line for row in undecided(rows)]) == (2, [3])


def test_two_of_one_name_are_asked(dataset, people):
    people[1].person.name = "Ketua A"
    people[1].person.save()
    (row,) = match(dataset, "Ketua A;80")
    assert row.participant is None
    assert set(row.options) == set(people)


def test_the_likeliest_is_offered_first(dataset, people):
    (row,) = match(dataset, "Bendahra B;80")
    assert (row.participant, row.options[0]) == (None, people[3])


def test_two_lines_of_one_person_are_asked_until_one_is_skipped(dataset, people):
    text = "Ketua A;80\nKetua A;90"
    rows = match(dataset, text)
    assert [row.problem for row in rows] == ["", "Orang yang sama dengan baris 1. Pilih orang lain, atau lewati."]
    rows = match(dataset, text, {1: "lewati"})
    assert [(row.line, row.mark.text) for row in to_save(rows)] == [(2, "90")]
    assert undecided(rows) == []


def test_a_choice_is_remembered_for_the_next_paste(dataset, people):
    rows = match(dataset, "Pak Ketua;80", {1: str(people[0].pk)})
    assert save(dataset, rows).written == 1
    assert PersonMatch.objects.get().person == people[0].person
    (row,) = match(dataset, "Pak Ketua;95")
    assert (row.participant, row.before.text) == (people[0], "80")


def test_a_choice_of_a_stranger_is_no_choice(dataset, people):
    (row,) = match(dataset, "Orang Asing;80", {1: str(f.ParticipantFactory().pk)})
    assert row.participant is None


def test_saving_keeps_how_it_came_and_sent_twice_writes_once(dataset, people):
    rows = match(dataset, "Ketua A;80\nKetua B;8/10")
    assert [save(dataset, rows).written for _ in range(2)] == [2, 0]
    assert set(TestResult.objects.values_list("source", flat=True)) == {"tempel"}


def test_what_somebody_typed_meanwhile_is_a_clash(dataset, people):
    rows = match(dataset, "Ketua A;80")
    f.TestResultFactory(participant=people[0], phase=PRE, score=55)
    (clash,) = save(dataset, rows).clashes
    assert (clash.mine_text, clash.theirs_text) == ("80", "55")
    assert stored_marks(dataset.training, PRE)[people[0].pk].text == "55"


def test_skipped_rows_write_nothing(dataset, people):
    rows = match(dataset, "Ketua A;80", {1: "lewati"})
    assert save(dataset, rows).written == 0
    assert rows[0].mark != EMPTY


def test_matching_asks_the_same_number_of_queries_for_1_and_50(dataset, people, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        match(dataset, "Ketua A;80")
    for number in range(50):
        f.ParticipantFactory(training=dataset.training, number=100 + number)
    text = "\n".join(f"Orang {number};80" for number in range(50))
    with django_assert_num_queries(len(queries)):
        assert all(len(row.options) == 25 for row in match(dataset, text))


def test_a_number_that_two_share_is_no_proof_against_the_name(dataset, people):
    people[0].person.phone = "+6281234567890"
    people[0].person.save()
    people[1].person.name = "Siti Aminah"
    people[1].person.save()
    rows = match(dataset, "Siti;081234567890;70\nSiti Aminah;081234567890;70")
    assert [row.participant for row in rows] == [None, None]
    assert {people[0], people[1]} <= set(rows[0].options)


def test_another_number_or_remark_is_asked_about(dataset, people):
    people[0].person.phone = "+6281234567890"
    people[0].person.save()
    rows = match(dataset, "Ketua A;081234567891;70\nKetua A (wakil);60\nKETUA A, S.Pd;081234567890;90")
    assert [row.participant for row in rows] == [None, None, people[0]]
