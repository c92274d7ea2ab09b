"""Alamat kalender: the secret address under which a person's calendar program reads the activities."""

from django.db import models
from django.utils import timezone

from accounts.models import User


class CalendarFeed(models.Model):
    """At most one a person. Only the hash of the secret is kept; `issue` counts the addresses given out."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="pengguna", related_name="calendar_feeds")
    token_hash = models.CharField("hash alamat", max_length=64, editable=False)
    issue = models.PositiveIntegerField("terbitan", default=1, editable=False)
    made_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)

    PRIVATE = ("token_hash",)

    class Meta:
        verbose_name = "alamat kalender"
        verbose_name_plural = "alamat kalender"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="calendar_feed_one_a_person",
                violation_error_message="Alamat kalender untuk akun ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                name="calendar_feed_token_once",
                violation_error_message="Alamat kalender ini sudah dipakai. Buat alamat baru sekali lagi.",
            ),
        ]

    def __str__(self):
        return f"Alamat kalender {self.user}"
