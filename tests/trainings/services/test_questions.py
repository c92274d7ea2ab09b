import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from records.models import Event
from tests import factories as f
from trainings.models import EvaluationQuestion, TestQuestion, Training
from trainings.services.questions import fill_questions, questions_of, remove_question


def test_the_template_has_ten_statements_and_ten_aspects(dataset):
    assert fill_questions(dataset.training, TestQuestion, None, by=dataset.staff) == 10
    assert fill_questions(dataset.training, EvaluationQuestion, None, by=dataset.staff) == 10
    keys = questions_of(dataset.training, TestQuestion).values_list("key", flat=True)
    assert "".join(keys) == "BSBSBBSBSB"
    kinds = questions_of(dataset.training, EvaluationQuestion).values_list("kind", flat=True)
    assert list(kinds) == ["skala"] * 9 + ["teks"]
    assert Event.objects.filter(kind="trainings.training").count() == 2


def test_questions_are_copied_once(dataset):
    earlier = f.TrainingFactory()
    f.TestQuestionFactory(training=earlier, number=1, text="Lama", kind="pilihan", options="a\nb", key="B")
    assert fill_questions(dataset.training, TestQuestion, earlier, by=dataset.staff) == 1
    copy = dataset.training.test_questions.get()
    assert (copy.text, copy.kind, copy.option_list, copy.key, copy.version) == ("Lama", "pilihan", ["a", "b"], "B", 1)
    assert earlier.test_questions.count() == 1
    with pytest.raises(ValidationError, match="Sudah ada isinya"):
        fill_questions(dataset.training, TestQuestion, earlier, by=dataset.staff)


def test_a_narasumber_is_not_taken_along(dataset):
    earlier = f.TrainingFactory()
    f.EvaluationQuestionFactory(training=earlier, number=1, resource_person=f.ResourcePersonFactory())
    fill_questions(dataset.training, EvaluationQuestion, earlier, by=dataset.staff)
    assert dataset.training.evaluation_questions.get().resource_person is None


def test_a_training_without_questions_gives_none(dataset):
    with pytest.raises(ValidationError, match="tidak mempunyai"):
        fill_questions(dataset.training, TestQuestion, f.TrainingFactory(), by=dataset.staff)


def test_removing_moves_the_others_up(dataset):
    rows = [f.TestQuestionFactory(training=dataset.training, number=n, text=f"Soal {n}") for n in (1, 2, 3)]
    remove_question(rows[0], by=dataset.staff)
    left = questions_of(dataset.training, TestQuestion).values_list("number", "text")
    assert list(left) == [(1, "Soal 2"), (2, "Soal 3")]


def test_answers_lock_their_questions(dataset, people):
    question = f.TestQuestionFactory(training=dataset.training)
    f.TestAnswerFactory(result=f.TestResultFactory(participant=people[0]), question=question)
    aspect = f.EvaluationQuestionFactory(training=dataset.training)
    f.EvaluationAnswerFactory(sheet=f.EvaluationSheetFactory(training=dataset.training), question=aspect)
    for row in (question, aspect):
        with pytest.raises(ValidationError, match="terkunci"):
            remove_question(row, by=dataset.staff)


def test_scores_without_letters_lock_nothing(dataset, people):
    question = f.TestQuestionFactory(training=dataset.training)
    f.TestResultFactory(participant=people[0])
    remove_question(question, by=dataset.staff)
    assert dataset.training.test_questions.count() == 0


def test_a_closed_training_keeps_its_questions(dataset):
    question = f.TestQuestionFactory(training=dataset.training)
    Training.objects.update(state=Training.State.CLOSED)
    with pytest.raises(ValidationError, match="Buka kembali"):
        remove_question(question, by=dataset.staff)


@pytest.mark.parametrize("values", [{"key": "A"}, {"kind": "pilihan", "options": ""}, {"kind": "pilihan", "key": "S"}])
def test_the_database_refuses_keys_that_do_not_fit(values, dataset):
    with pytest.raises(IntegrityError), transaction.atomic():
        f.TestQuestionFactory(training=dataset.training, **values)
