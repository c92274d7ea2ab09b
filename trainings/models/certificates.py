"""Certificates of participants."""

from django.db import models
from django.db.models import Q

from records.models import Limit, Once, limits
from trainings.models.participants import Participant
from trainings.models.trainings import Training

LESSON_HOURS_IN_ALL = Limit(0, 1_000)


class Certificate(Once):
    """Sertifikat of one participant. The number comes from a pattern that the office entered, never from the portal.

    `reason` is why it was given although the rule was not met. Withdrawing deletes the row: who, when and why are in
    the participant's history, and its number is not given again.
    """

    PART_OF = "training"

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="certificates")
    participant = models.OneToOneField(
        Participant,
        models.PROTECT,
        verbose_name="peserta",
        related_name="certificate",
        error_messages={"unique": "Peserta ini sudah mempunyai sertifikat."},
    )
    number = models.CharField("nomor", max_length=80, blank=True)
    dated_on = models.DateField("tanggal")
    lesson_hours = models.PositiveSmallIntegerField("JP diikuti", validators=LESSON_HOURS_IN_ALL.validators)
    reason = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        verbose_name = "sertifikat"
        verbose_name_plural = "sertifikat"
        ordering = ["participant__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "number"],
                condition=~Q(number=""),
                name="certificate_number_once",
                violation_error_message="Nomor sertifikat ini sudah dipakai.",
            ),
            limits("certificate_limits", lesson_hours=LESSON_HOURS_IN_ALL),
        ]

    def __str__(self):
        return f"Sertifikat {self.participant}"
