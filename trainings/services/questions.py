"""Questions of the test and of the evaluation: added from the template or an earlier training, removed, locked."""

import csv
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from records import history
from records.models import Event
from trainings.models import EvaluationAnswer, EvaluationQuestion, TestAnswer, TestQuestion, Training
from trainings.services.guard import hold

DATA = Path(__file__).resolve().parent.parent / "data"
TEST_LOCKED = "Jawaban peserta sudah tercatat pada soal ini, jadi soalnya terkunci. Kosongkan jawabannya dahulu."
EVALUATION_LOCKED = "Lembar evaluasi sudah diisi, jadi butirnya terkunci. Hapus lembarnya dahulu."


def table(name: str) -> list[dict[str, str]]:
    """The rows of data/<name>.csv, our own templates."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def template_questions() -> list[TestQuestion]:
    """Ten statements with their key, unsaved and without a training."""
    return [
        TestQuestion(
            number=int(row["nomor"]),
            kind=row["jenis"],
            text=row["pertanyaan"],
            options=row["pilihan"].replace("|", "\n"),
            key=row["kunci"],
        )
        for row in table("pretest")
    ]


def template_aspects() -> list[EvaluationQuestion]:
    """Nine aspects and Saran, unsaved and without a training."""
    return [
        EvaluationQuestion(number=int(row["nomor"]), kind=row["jenis"], aspect=row["aspek"])
        for row in table("evaluation")
    ]


def tests_locked(training: Training) -> bool:
    """Whether letters were entered: another question would change what their score means."""
    return TestAnswer.objects.filter(question__training=training).exists()


def evaluation_is_locked(training: Training) -> bool:
    return EvaluationAnswer.objects.filter(question__training=training).exists()


def is_locked(training: Training, model) -> bool:
    return tests_locked(training) if model is TestQuestion else evaluation_is_locked(training)


def hold_questions(training: Training, model) -> Training:
    """Locks the training for a change of its questions. Raises ValidationError once answers were entered."""
    training = hold(training)
    if is_locked(training, model):
        raise ValidationError(TEST_LOCKED if model is TestQuestion else EVALUATION_LOCKED)
    return training


def questions_of(training: Training, model):
    return model.objects.filter(training=training).order_by("number")


def next_number(training: Training, model) -> int:
    return (questions_of(training, model).aggregate(top=Max("number"))["top"] or 0) + 1


@transaction.atomic
def fill_questions(training: Training, model, earlier: Training | None, *, by: User) -> int:
    """Adds the template, or the questions of an earlier training, where there are none; returns how many.

    Repeating adds them once. The narasumber of an earlier evaluation is not copied. Raises ValidationError when there
    are questions already or when the earlier training has none.
    """
    training = hold_questions(training, model)
    if questions_of(training, model).exists():
        raise ValidationError("Sudah ada isinya. Ubah yang ada, atau hapus dahulu satu per satu.")
    if earlier is None:
        rows = template_questions() if model is TestQuestion else template_aspects()
    else:
        rows = list(questions_of(earlier, model))
    if not rows:
        raise ValidationError(f"{earlier} tidak mempunyai soal atau butir untuk disalin. Pilih pelatihan lain.")
    for row in rows:
        row.pk, row.request_key, row.version, row.training = None, None, 1, training
        row._state.adding = True
        if isinstance(row, EvaluationQuestion):
            row.resource_person = None
    model.objects.bulk_create(rows)
    noun = "soal tes" if model is TestQuestion else "butir evaluasi"
    changes = {noun: ["", f"{len(rows)} dari {earlier or 'templat'}"]}
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return len(rows)


@transaction.atomic
def remove_question(question, *, by: User) -> None:
    """Deletes a question; the following ones move up. Raises ValidationError once answers were entered."""
    model = type(question)
    training = hold_questions(question.training, model)
    question.remove(by=by)
    for row in questions_of(training, model).filter(number__gt=question.number):
        # One by one in their order, because numbers are unique after each statement.
        model.objects.filter(pk=row.pk).update(number=row.number - 1)
