"""Pre-test and post-test: questions, results and answers of each participant."""

from django.db import models
from django.db.models import Q

from records.models import Editable, Recorded, limits
from records.models.figures import SCORE
from trainings.models.participants import Participant
from trainings.models.trainings import Training


class TestQuestion(Editable):
    """One question of the test, the same before and after. `key` is the right answer, one capital letter."""

    __test__ = False  # not a class of tests, despite its name

    class Kind(models.TextChoices):
        TRUE_FALSE = "bs", "Benar/Salah"
        CHOICE = "pilihan", "Pilihan ganda"

    PART_OF = "training"

    training = models.ForeignKey(Training, models.CASCADE, verbose_name="pelatihan", related_name="test_questions")
    number = models.PositiveSmallIntegerField("nomor")
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.TRUE_FALSE)
    text = models.CharField("pertanyaan/pernyataan", max_length=400)
    options = models.TextField("pilihan jawaban (satu per baris)", max_length=1000, blank=True)
    key = models.CharField("kunci", max_length=1)

    class Meta:
        verbose_name = "soal"
        verbose_name_plural = "soal"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "number"],
                name="test_question_once",
                violation_error_message="Nomor soal ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(kind="bs", key__in=["B", "S"])
                | (Q(kind="pilihan", key__in=["A", "B", "C", "D", "E"]) & ~Q(options="")),
                name="test_question_key_fits",
                violation_error_message="Kunci Benar/Salah B atau S; pilihan ganda A sampai E dengan pilihannya.",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"

    @property
    def letters(self) -> list[str]:
        """The letters of the possible answers."""
        if self.kind == self.Kind.TRUE_FALSE:
            return ["B", "S"]
        return list("ABCDE"[: len(self.option_list)])

    @property
    def option_list(self) -> list[str]:
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class TestResult(Recorded):
    """One person's score (0-100) before or after. Visible to the DPMU only (UU 27/2022, our assumption)."""

    __test__ = False  # not a class of tests, despite its name

    class Phase(models.TextChoices):
        PRE = "pre", "Pre-test"
        POST = "post", "Post-test"

    class Source(models.TextChoices):
        SCORE = "nilai", "Nilai diketik"
        ANSWERS = "jawaban", "Jawaban diketik"
        PASTE = "tempel", "Tempelan hasil formulir daring"

    participant = models.ForeignKey(Participant, models.PROTECT, verbose_name="peserta", related_name="test_results")
    phase = models.CharField("tes", max_length=4, choices=Phase)
    score = models.DecimalField(
        "nilai",
        max_digits=5,
        decimal_places=2,
        validators=SCORE.validators,
    )
    source = models.CharField("cara", max_length=8, choices=Source, default=Source.SCORE)

    class Meta:
        verbose_name = "nilai tes"
        verbose_name_plural = "nilai tes"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "phase"],
                name="test_result_once",
                violation_error_message="Nilai peserta ini pada tes itu sudah tercatat.",
            ),
            limits("test_result_limits", score=SCORE),
        ]

    def __str__(self):
        return f"{self.participant}, {self.get_phase_display()}: {self.score}"


class TestAnswer(models.Model):
    """The letter that one person answered to one question."""

    __test__ = False  # not a class of tests, despite its name

    result = models.ForeignKey(TestResult, models.CASCADE, verbose_name="nilai tes", related_name="answers")
    question = models.ForeignKey(TestQuestion, models.PROTECT, verbose_name="soal", related_name="answers")
    letter = models.CharField("jawaban", max_length=1, blank=True)

    class Meta:
        verbose_name = "jawaban tes"
        verbose_name_plural = "jawaban tes"
        constraints = [
            models.UniqueConstraint(
                fields=["result", "question"],
                name="test_answer_once",
                violation_error_message="Soal ini sudah dijawab.",
            )
        ]

    def __str__(self):
        return f"{self.question.number}: {self.letter}"
