"""Evaluation: what people thought of the training. A sheet names no person."""

from django.db import models
from django.db.models import Q

from records.models import Editable, Limit, limits
from trainings.models.speakers import ResourcePerson
from trainings.models.trainings import Training

MARK = Limit(1, 4)


MARKS = tuple(str(mark) for mark in range(MARK.least, MARK.most + 1))  # as they are typed


class EvaluationQuestion(Editable):
    """One aspect of the evaluation; a scale of 1-4 or words. Asked once, or once for each narasumber of the agenda."""

    class Kind(models.TextChoices):
        SCALE = "skala", "Skala 1-4"
        TEXT = "teks", "Isian"

    class Scope(models.TextChoices):
        TRAINING = "pelatihan", "Pelatihan"
        SPEAKER = "narasumber", "Tiap narasumber"

    PART_OF = "training"

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name="pelatihan", related_name="evaluation_questions"
    )
    number = models.PositiveSmallIntegerField("nomor")
    aspect = models.CharField("aspek", max_length=160)
    kind = models.CharField("jenis", max_length=6, choices=Kind, default=Kind.SCALE)
    scope = models.CharField("ditanyakan tentang", max_length=10, choices=Scope, default=Scope.TRAINING)
    resource_person = models.ForeignKey(
        ResourcePerson, models.PROTECT, verbose_name="narasumber", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "butir evaluasi"
        verbose_name_plural = "butir evaluasi"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "number"],
                name="evaluation_question_once",
                violation_error_message="Nomor butir ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(scope="pelatihan") | Q(resource_person=None),
                name="evaluation_question_of_each_speaker",
                violation_error_message="Butir tiap narasumber ditanyakan tentang semuanya. Kosongkan narasumbernya.",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.aspect}"


class EvaluationSheet(models.Model):
    """One filled sheet. It names no person: who wrote it is not known here and cannot be found out."""

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="evaluation_sheets")
    number = models.PositiveIntegerField("nomor lembar")

    class Meta:
        verbose_name = "lembar evaluasi"
        verbose_name_plural = "lembar evaluasi"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "number"],
                name="evaluation_sheet_once",
                violation_error_message="Nomor lembar ini sudah dipakai.",
            )
        ]

    def __str__(self):
        return f"Lembar {self.number}"


class EvaluationAnswer(models.Model):
    """A mark of 1 (kurang) to 4 (sangat baik), or words; about one narasumber where the question asks about each."""

    sheet = models.ForeignKey(EvaluationSheet, models.CASCADE, verbose_name="lembar", related_name="answers")
    question = models.ForeignKey(EvaluationQuestion, models.PROTECT, verbose_name="butir", related_name="answers")
    resource_person = models.ForeignKey(
        ResourcePerson,
        models.PROTECT,
        verbose_name="narasumber",
        null=True,
        blank=True,
        related_name="evaluation_answers",
    )
    value = models.PositiveSmallIntegerField("nilai", null=True, blank=True, validators=MARK.validators)
    text = models.CharField("isian", max_length=500, blank=True)

    class Meta:
        verbose_name = "jawaban evaluasi"
        verbose_name_plural = "jawaban evaluasi"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "question"],
                condition=Q(resource_person=None),
                name="evaluation_answer_once",
                violation_error_message="Butir ini sudah terisi.",
            ),
            models.UniqueConstraint(
                fields=["sheet", "question", "resource_person"],
                condition=Q(resource_person__isnull=False),
                name="evaluation_answer_once_a_speaker",
                violation_error_message="Butir ini sudah terisi untuk narasumber itu.",
            ),
            limits("evaluation_answer_limits", value=MARK),
        ]

    def __str__(self):
        return str(self.value or self.text)
