"""History of all rows: one Event for each change."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet):
    def of(self, row):
        """The events of one row, newest first."""
        return self.filter(kind=row._meta.label_lower, object_id=row.pk).select_related("by").order_by("-pk")

    def update(self, **kwargs):
        raise TypeError("Event rows are only added.")

    def delete(self):
        raise TypeError("Event rows are only added; wiping sample data uses _raw_delete.")


class Event(models.Model):
    """One change of one row, as it happened. Rows are only added; a correction is a new row.

    `by` is empty for what the portal did itself. The key refers to settings.AUTH_USER_MODEL, so that records imports no
    app above it.
    """

    class Verb(models.TextChoices):
        ADD = "add", "Dibuat"
        CHANGE = "change", "Diubah"
        DELETE = "delete", "Dihapus"
        SUBMIT = "submit", "Diajukan"
        CHECK = "check", "Diperiksa"
        APPROVE = "approve", "Disetujui"
        RETURN = "return", "Dikembalikan"
        CLOSE = "close", "Ditutup"
        REOPEN = "reopen", "Dibuka kembali"
        DOWNLOAD = "download", "Diunduh"
        LOGIN = "login", "Masuk"
        CANCEL = "cancel", "Dibatalkan"
        ISSUE = "issue", "Diterbitkan"
        WITHDRAW = "withdraw", "Dicabut"

    at = models.DateTimeField("waktu", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, related_name="+")
    verb = models.CharField("tindakan", max_length=20, choices=Verb)
    kind = models.CharField("jenis", max_length=60)
    object_id = models.BigIntegerField("nomor baris")
    label = models.CharField("sebutan", max_length=250)
    changes = models.JSONField("perubahan", default=dict)
    reason = models.TextField("alasan", blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan perubahan"
        verbose_name_plural = "catatan perubahan"
        indexes = [models.Index(fields=["kind", "object_id", "-id"], name="event_of_row")]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.label}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("Event rows are only added.")
        super().save(*args, **kwargs)
