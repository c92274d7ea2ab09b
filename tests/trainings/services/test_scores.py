from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import TestAnswer, TestResult, Training
from trainings.services import scores as services
from trainings.services.scores import EMPTY, Mark, read_tokens, record_marks, score_of, stored_marks, write_tokens

PRE, POST = TestResult.Phase.PRE, TestResult.Phase.POST
SCORE, ANSWERS = TestResult.Source.SCORE, TestResult.Source.ANSWERS


@pytest.fixture
def questions(dataset):
    return [f.TestQuestionFactory(training=dataset.training, number=n, key=key) for n, key in enumerate("BSB", 1)]


def score(text):
    return Mark(Decimal(text))


def write(dataset, wanted, seen=None, *, phase=PRE, chosen=None, source=SCORE):
    return record_marks(dataset.training, phase, wanted, seen or {}, by=dataset.staff, source=source, chosen=chosen)


def test_scores_are_written_once(dataset, people):
    wanted = {people[0].pk: score("70"), people[1].pk: score("82.5")}
    assert [write(dataset, wanted).written for _ in range(2)] == [2, 0]
    assert stored_marks(dataset.training, PRE) == wanted
    assert stored_marks(dataset.training, POST) == {}
    assert Event.objects.filter(kind="trainings.training").count() == 1


def test_the_history_says_whose_score_changed_and_not_to_what(dataset, people):
    write(dataset, {people[0].pk: score("37.5")})
    (event,) = Event.objects.filter(kind="trainings.training")
    assert event.changes == {"1. Ketua A, pre-test": None}


def test_the_score_of_letters_is_counted(dataset, people, questions):
    write(dataset, {people[0].pk: Mark(None, "B-S")}, source=ANSWERS)
    assert stored_marks(dataset.training, PRE) == {people[0].pk: Mark(Decimal("33.33"), "B-S")}
    assert list(TestAnswer.objects.order_by("question__number").values_list("letter", flat=True)) == ["B", "", "S"]


def test_a_typed_score_takes_the_place_of_letters_and_back(dataset, people, questions):
    pk = people[0].pk
    write(dataset, {pk: Mark(None, "BSB")})
    write(dataset, {pk: score("60")}, stored_marks(dataset.training, PRE))
    assert (stored_marks(dataset.training, PRE), TestAnswer.objects.count()) == ({pk: score("60")}, 0)
    write(dataset, {pk: Mark(None, "BSB")}, stored_marks(dataset.training, PRE))
    assert stored_marks(dataset.training, PRE) == {pk: Mark(Decimal("100.00"), "BSB")}
    write(dataset, {pk: EMPTY}, stored_marks(dataset.training, PRE))
    assert (TestResult.objects.count(), TestAnswer.objects.count()) == (0, 0)


@pytest.mark.parametrize(("letters", "message"), [("BS", "Ada 2 jawaban, soalnya 3"), ("BSX", "Jawaban soal 3 “X”")])
def test_letters_that_do_not_fit_are_refused(letters, message, dataset, people, questions):
    with pytest.raises(ValidationError, match=message):
        write(dataset, {people[0].pk: Mark(None, letters)})


def test_choices_have_as_many_letters_as_options(dataset):
    question = f.TestQuestionFactory.build(
        training=dataset.training, kind="pilihan", options="satu\ndua\ntiga", key="C"
    )
    assert score_of("C", [question]) == Decimal("100.00")
    with pytest.raises(ValidationError, match="pilihannya A, B, C"):
        score_of("D", [question])


def test_nobody_is_overwritten_unseen(dataset, people):
    pk = people[0].pk
    f.TestResultFactory(participant=people[0], phase=PRE, score=55, recorded_by=dataset.admin)
    outcome = write(dataset, {pk: score("70"), people[1].pk: score("80")})
    (clash,) = outcome.clashes
    assert (clash.mine_text, clash.theirs_text, clash.by, clash.label) == ("70", "55", dataset.admin, "1. Ketua A")
    assert stored_marks(dataset.training, PRE) == {pk: score("55.00")}  # with a conflict nothing is written
    assert write(dataset, {pk: score("70")}, chosen={pk: score("55")}).written == 1


def test_an_answer_to_a_clash_that_is_old_asks_again(dataset, people):
    pk = people[0].pk
    f.TestResultFactory(participant=people[0], phase=PRE, score=56)
    assert len(write(dataset, {pk: score("70")}, chosen={pk: score("55")}).clashes) == 1


def test_untouched_cells_are_left_alone(dataset, people):
    pk = people[0].pk
    f.TestResultFactory(participant=people[0], phase=PRE, score=55)
    assert write(dataset, {pk: score("40")}, {pk: score("40")}) == services.Outcome(0, [])
    assert stored_marks(dataset.training, PRE) == {pk: score("55.00")}


def test_people_of_another_training_are_refused(dataset):
    stranger = f.ParticipantFactory()
    with pytest.raises(ValidationError, match="Muat ulang"):
        write(dataset, {stranger.pk: score("10")})


def test_a_closed_training_takes_no_score(dataset, people):
    Training.objects.update(state=Training.State.CLOSED)
    with pytest.raises(ValidationError, match="Buka kembali"):
        write(dataset, {people[0].pk: score("10")})
    assert TestResult.objects.count() == 0


def test_tokens_come_back_as_they_left():
    marks = {12_345: Mark(Decimal("77.50")), 12_346: Mark(Decimal("50.00"), "BS-"), 12_347: EMPTY}
    text = write_tokens(marks)
    assert text == "12345=77.5| 12346=50|BS-"
    assert read_tokens(text) == {pk: mark for pk, mark in marks.items() if mark != EMPTY}
    assert read_tokens("x=1| 9=1e5| 8=50|bs 1=70|B") == {1: Mark(Decimal(70), "B")}


def test_200_results_are_saved_in_a_bounded_number_of_queries(dataset, questions, django_assert_max_num_queries):
    rows = [f.ParticipantFactory(training=dataset.training, number=100 + n) for n in range(200)]
    wanted = {row.pk: Mark(None, "BSB") for row in rows}
    with django_assert_max_num_queries(25):
        assert write(dataset, wanted).written == 200
