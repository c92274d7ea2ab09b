"""Mata acara: items of the agenda with their times and JP (1 JP = 45 minutes)."""

from django.db import models
from django.db.models import F, Q

from records.models import Editable, Limit, limits
from trainings.models.trainings import BACKWARD, TrainingDay, TrainingSession

LESSON_HOURS = Limit(0, 20)  # JP of 45 minutes: no item of a day is longer


class AgendaItem(Editable):
    """One line of the jadwal. A break has no JP. The JP of a participant follow from the sessions attended."""

    class Kind(models.TextChoices):
        EVENT = "acara", "Acara"
        TOPIC = "materi", "Materi"
        TEST = "tes", "Tes"
        REVIEW = "reviu", "Reviu"
        BREAK = "istirahat", "Istirahat"

    PART_OF = "day"

    day = models.ForeignKey(TrainingDay, models.CASCADE, verbose_name="hari", related_name="items")
    session = models.ForeignKey(
        TrainingSession, models.SET_NULL, verbose_name="sesi", null=True, blank=True, related_name="items"
    )
    starts = models.TimeField("mulai")
    ends = models.TimeField("selesai")
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.TOPIC)
    topic = models.CharField("materi/acara", max_length=250)
    pb_code = models.CharField("kode PB", max_length=20, blank=True)
    lesson_hours = models.PositiveSmallIntegerField("JP", default=0, validators=LESSON_HOURS.validators)
    method = models.CharField("metode", max_length=80, blank=True)
    speaker = models.CharField("narasumber", max_length=120, blank=True)

    class Meta:
        verbose_name = "mata acara"
        verbose_name_plural = "mata acara"
        ordering = ["day__date", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="istirahat") | Q(lesson_hours=0),
                name="agenda_break_without_lesson_hours",
                violation_error_message="Istirahat tidak mempunyai JP.",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="agenda_item_in_order",
                violation_error_message=BACKWARD,
            ),
            limits("agenda_item_limits", lesson_hours=LESSON_HOURS),
        ]

    def __str__(self):
        return self.topic
