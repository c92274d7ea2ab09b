"""Columns with who recorded a dated finding and when; the day of the fact and its observer are separate columns."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Recorded(models.Model):
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dicatat oleh",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)

    class Meta:
        abstract = True
