"""Steps of setting the portal up that a kabupaten does without."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.offices import District


class SkippedStep(models.Model):
    """One step (accounts.setup) that the office left out; the row of WHOLE_LIST hides the list itself."""

    WHOLE_LIST = ""

    district = models.ForeignKey(District, models.CASCADE, verbose_name="kabupaten", related_name="skipped_steps")
    step = models.CharField("langkah", max_length=30, blank=True)
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="dilewati oleh", null=True, related_name="+"
    )
    skipped_at = models.DateTimeField("dilewati pada", default=timezone.now)

    class Meta:
        verbose_name = "langkah penyiapan yang dilewati"
        verbose_name_plural = "langkah penyiapan yang dilewati"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "step"],
                name="skipped_step_once",
                violation_error_message="Langkah ini sudah dilewati.",
            )
        ]

    def __str__(self):
        return self.step or "seluruh daftar"
