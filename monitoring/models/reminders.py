"""Reminders: the choices of each user, and the sent e-mails."""

from django.db import models
from django.utils import timezone

from accounts.models import User


class ReminderChoice(models.Model):
    """Channel that a user chose for one kind of reminder. Without a row: in the portal."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Rencana kerja menunggu pemeriksaan"
        RETURNED = "returned", "Rencana kerja dikembalikan"
        PLAN_DUE = "plan_due", "Batas rencana kerja dan usulan"
        DECREE = "decree", "SK segera berakhir"
        CHECK = "check", "SPAM perlu dicek"
        FOLLOW_UP = "follow_up", "Tindak lanjut (RKTL) jatuh tempo"
        PROPOSAL = "proposal", "Usulan peserta menunggu"
        SPJ = "spj", "Dokumen SPJ belum diunggah"
        UNCLOSED = "unclosed", "Pelatihan belum ditutup"
        DAMAGE = "damage", "Kerusakan belum selesai"

    class Channel(models.TextChoices):
        PORTAL = "portal", "Di portal"
        EMAIL = "email", "Di portal dan pos-el"
        NONE = "none", "Tidak perlu"

    user = models.ForeignKey(User, models.CASCADE, verbose_name="pengguna", related_name="reminder_choices")
    kind = models.CharField("pengingat", max_length=12, choices=Kind)
    channel = models.CharField("cara", max_length=8, choices=Channel, default=Channel.PORTAL)

    class Meta:
        verbose_name = "pilihan pengingat"
        verbose_name_plural = "pilihan pengingat"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="reminder_choice_once",
                violation_error_message="Pilihan untuk pengingat ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_channel_display()}"


class Reminder(models.Model):
    """A digest sent to a user, so that the same matter is not sent twice."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="pengguna", related_name="reminders")
    key = models.CharField("pokok", max_length=120)
    sent_at = models.DateTimeField("dikirim pada", default=timezone.now)

    class Meta:
        verbose_name = "pengingat terkirim"
        verbose_name_plural = "pengingat terkirim"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="reminder_sent_once",
                violation_error_message="Pengingat ini sudah dikirim.",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.key}"
