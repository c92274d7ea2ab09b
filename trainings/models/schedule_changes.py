"""Days, hour, place and agenda of a training before a change, for letters that cite those of the one sent earlier."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate

from records.formats import date_id
from trainings.models.trainings import Training


class ScheduleChange(models.Model):
    """The schedule before a change; the current one is in the training and its days.

    `agenda`: [number of the day, start, end, topic] of each item. Hour and agenda are unknown in rows of earlier years.
    """

    PART_OF = "training"

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name="pelatihan", related_name="schedule_changes", editable=False
    )
    changed_at = models.DateTimeField("diubah pada", default=timezone.now, editable=False)
    days = models.JSONField("tanggal sebelumnya", default=list)  # ISO
    place = models.CharField("tempat sebelumnya", max_length=220, blank=True)
    starts = models.TimeField("jam mulai sebelumnya", null=True, blank=True)
    agenda = models.JSONField("susunan acara sebelumnya", null=True, blank=True)
    invited = models.BooleanField("undangan sudah bertanggal", default=False)

    class Meta:
        verbose_name = "perubahan jadwal"
        verbose_name_plural = "perubahan jadwal"
        ordering = ["changed_at", "pk"]

    def __str__(self):
        return f"Jadwal sebelum {date_id(self.changed_at)}"

    @property
    def dates(self) -> list[date]:
        return [date.fromisoformat(text) for text in self.days]

    def follows(self, letter: date) -> bool:
        """Whether a letter of that day still named these days and this place."""
        changed = localdate(self.changed_at)
        return changed > letter or (changed == letter and self.invited)
