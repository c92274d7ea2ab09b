"""Drafts of browsers that were saved."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedDraftQuerySet(models.QuerySet):
    def expired(self):
        return self.filter(saved_at__lt=timezone.now() - SavedDraft.KEPT_FOR)


class SavedDraft(models.Model):
    """Key of a draft whose form is stored; the browser deletes the draft when the server returns its key."""

    KEPT_FOR = timedelta(days=30)  # as long as a browser keeps a form

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="dikirim oleh", related_name="+")
    key = models.UUIDField("kunci isian")
    saved_at = models.DateTimeField("tersimpan pada", default=timezone.now, db_index=True)

    objects = SavedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "isian tersimpan"
        verbose_name_plural = "isian tersimpan"
        constraints = [
            models.UniqueConstraint(
                fields=["by", "key"],
                name="saved_draft_once",
                violation_error_message="Isian ini sudah dicatat tersimpan.",
            )
        ]

    def __str__(self):
        return str(self.key)
