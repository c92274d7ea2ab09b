"""The sheet that participants fill in, and the recap of their scores."""

import pytest
from django.core.exceptions import ValidationError

from documents.trainings import question_sheet, score_recap
from reports.services import requests
from tests import factories
from tests.documents.samples import make_training, paper_of, table_of, words_of

pytestmark = pytest.mark.django_db


def with_questions(training):
    statement = factories.TestQuestionFactory(training=training, number=1, text="Iuran cukup menutup listrik.", key="S")
    choice = factories.TestQuestionFactory(
        training=training,
        number=2,
        kind="pilihan",
        text="Siapa yang menetapkan pengurus?",
        options="Kepala desa\nCamat\nBupati",
        key="A",
    )
    return statement, choice


@pytest.mark.parametrize(("phase", "title"), [("pre", "PRE-TEST"), ("post", "POST-TEST")])
def test_the_sheet_asks_without_telling_the_key(office, phase, title):
    training = make_training(villages=1)
    with_questions(training)
    snapshot, content = paper_of("test_sheet", training, phase=phase)
    assert snapshot["title"] == title
    assert snapshot["statements"] == [{"number": "1", "text": "Iuran cukup menutup listrik."}]
    assert snapshot["choices"] == [
        {
            "number": "2",
            "text": "Siapa yang menetapkan pengurus?",
            "options": ["A. Kepala desa", "B. Camat", "C. Bupati"],
        }
    ]
    text = words_of(content)
    assert f"{title} PELATIHAN" in text
    assert "1 Iuran cukup menutup listrik. □ □" in text
    assert "2. Siapa yang menetapkan pengurus? □ A. Kepala desa □ B. Camat □ C. Bupati" in text


def test_a_sheet_without_questions_is_refused_in_words(office):
    with pytest.raises(ValidationError, match="Soal tes belum ada"):
        question_sheet.QuestionSheet().clean(make_training(villages=1), {})


def test_the_recap_prints_the_scores_of_the_database(office):
    training = make_training(villages=1)
    statement, _ = with_questions(training)
    one, two, _ = training.participants.order_by("number")
    two.person.name = "Siti Nur'aini"
    two.person.save()
    for participant, phase, score in ((one, "pre", 40), (one, "post", 80), (two, "post", 62.5)):
        result = factories.TestResultFactory(participant=participant, phase=phase, score=score)
        factories.TestAnswerFactory(result=result, question=statement, letter="S" if score == 80 else "B")
    snapshot, content = paper_of("test_recap", training)
    table = table_of(snapshot, "Nilai per peserta")
    assert [[row[0], row[1], *row[5:]] for row in table["rows"]] == [
        ["1", "Peserta Nomor 1", "40", "80", "40", "Lulus"],
        ["2", "Siti Nur'aini", "-", "62,5", "-", "Belum"],
        ["3", "Peserta Nomor 3", "-", "-", "-", "-"],
    ]
    assert table["footer"] == [["", "Rata-rata", "", "", "", "40,0", "71,3", "40,0", ""]]
    text = words_of(content)
    assert "Siti Nur'aini" in text
    assert "Lulus post-test : 1 dari 2 orang yang ikut post-test (50 %)" in text
    assert "1 Iuran cukup menutup listrik. 0 dari 1 orang (0 %) 1 dari 2 orang (50 %)" in text
    assert "NIP" not in text  # a rekap administrasi


def test_scores_are_the_offices(office):
    training = make_training(villages=1)
    factories.TestResultFactory(participant=training.participants.first())
    admin = factories.AdminFactory()
    assert requests.request_document("test_recap", training, {}, by=admin).audience == "office"


def test_no_scores_are_refused_in_words(office):
    with pytest.raises(ValidationError, match="Belum ada nilai"):
        score_recap.ScoreRecap().clean(make_training(villages=1), {})


@pytest.mark.parametrize("villages", [1, 5])
def test_queries_do_not_grow_with_people(office, django_assert_num_queries, villages):
    training = make_training(villages=villages)
    for participant in training.participants.all():
        factories.TestResultFactory(participant=participant)
    with django_assert_num_queries(14):
        score_recap.ScoreRecap().collect(training, {}, None)
