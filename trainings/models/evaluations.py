"""Evaluation of a training by its participants. A sheet names no person."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from records.models import Editable, Limit, limits
from trainings.models.speakers import ResourcePerson
from trainings.models.trainings import Training, TrainingDay

MARK = Limit(1, 4)


MARKS = tuple(str(mark) for mark in range(MARK.least, MARK.most + 1))  # as typed


class EvaluationQuestion(Editable):
    """One aspect of the evaluation; a scale of 1-4 or text. Answered once, or once per narasumber of the agenda."""

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


class EvaluationLink(models.Model):
    """The URL under which the participants of one day fill in the evaluation. It names nobody.

    It accepts sheets on its day, until `closes_at` or until it is closed manually.
    """

    day = models.ForeignKey(TrainingDay, models.CASCADE, verbose_name="hari", related_name="evaluation_links")
    token = models.CharField("kode tautan", max_length=20, unique=True, editable=False)
    closes_at = models.TimeField("ditutup pukul")
    closed_at = models.DateTimeField("ditutup pada", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "tautan evaluasi"
        verbose_name_plural = "tautan evaluasi"
        ordering = ["day__date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(closed_at=None),
                name="evaluation_link_one_open",
                violation_error_message="Tautan evaluasi hari itu sudah dibuka.",
            )
        ]

    def __str__(self):
        return f"Tautan evaluasi {self.day}"

    def get_absolute_url(self):
        return reverse("trainings:evaluation_fill", args=[self.token])


class EvaluationSheet(models.Model):
    """One filled sheet. It names no person: its author is not recorded and cannot be found out.

    `request_key` comes from the filled page, so that a sheet sent twice is one sheet.
    """

    class Source(models.TextChoices):
        PAPER = "kertas", "Diketik dari kertas"
        LINK = "tautan", "Diisi lewat tautan"

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="evaluation_sheets")
    number = models.PositiveIntegerField("nomor lembar")
    source = models.CharField("asal", max_length=6, choices=Source, default=Source.PAPER)
    link = models.ForeignKey(
        EvaluationLink, models.PROTECT, verbose_name="tautan", null=True, blank=True, related_name="sheets"
    )
    request_key = models.UUIDField("kunci permintaan", null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "lembar evaluasi"
        verbose_name_plural = "lembar evaluasi"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "number"],
                name="evaluation_sheet_once",
                violation_error_message="Nomor lembar ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(source="kertas", link=None) | Q(source="tautan", link__isnull=False),
                name="evaluation_sheet_of_a_link",
                violation_error_message="Lembar yang diisi lewat tautan menyebut tautannya, yang diketik tidak.",
            ),
        ]

    def __str__(self):
        return f"Lembar {self.number}"


class EvaluationAnswer(models.Model):
    """A mark of 1 (kurang) to 4 (sangat baik), or text; about one narasumber where the question is about each."""

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
