"""That sample data was removed for good."""

from django.db import models
from django.utils import timezone

from records.formats import date_id


class SampleWipe(models.Model):
    """One removal of all sample rows: from then on they are laid down again only when asked for."""

    wiped_at = models.DateTimeField("dihapus pada", default=timezone.now)

    class Meta:
        verbose_name = "penghapusan data contoh"
        verbose_name_plural = "penghapusan data contoh"
        ordering = ["-wiped_at", "-pk"]

    def __str__(self):
        return f"Data contoh dihapus {date_id(self.wiped_at)}"
