"""What monitoring keeps: reminders, outlines of the map, figures that were set as final. All numbers are functions of a
day (chain, findings, coverage) and stand nowhere else, but for the standings of very many villages.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import District, User
from accounts.models.offices import OfficeQuerySet
from accounts.rights import Right, may
from records.models import Once, Recorded
from villages.models import Village


class ReminderChoice(models.Model):
    """Which reminders a person wants, and where. Without a row: in the portal."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Rencana kerja menunggu pemeriksaan"
        RETURNED = "returned", "Rencana kerja dikembalikan"
        PLAN_DUE = "plan_due", "Batas rencana kerja dan usulan"
        DECREE = "decree", "SK segera berakhir"
        CHECK = "check", "SPAM perlu dicek"
        FOLLOW_UP = "follow_up", "Tindak lanjut (RKTL) jatuh tempo"
        PROPOSAL = "proposal", "Usulan peserta menunggu"
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
    """One digest that was sent to a person, so that the same matter is not sent twice."""

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


class Standing(models.Model):
    """Where one village stood along the chain when it was last counted: for counting very many villages at once.

    It holds no figure of its own: monitoring.standings writes it out of the chain and tells when. `cohort_year`: which
    grants decide about trainings, 0 for all of them. `event`: the last change that the count knew of.
    """

    village = models.ForeignKey(Village, models.CASCADE, verbose_name="desa", related_name="standings")
    cohort_year = models.PositiveSmallIntegerField("desa sasaran TA", default=0)
    trained = models.CharField("terlatih", max_length=8)
    legal = models.CharField("kelompok ber-SK", max_length=8)
    plan = models.CharField("rencana kerja", max_length=8)
    facility = models.CharField("SPAM berfungsi", max_length=8)
    event = models.BigIntegerField("perubahan terakhir", db_index=True)
    counted_at = models.DateTimeField("dihitung pada")

    class Meta:
        verbose_name = "keadaan desa"
        verbose_name_plural = "keadaan desa"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "cohort_year"],
                name="standing_once",
                violation_error_message="Keadaan desa ini sudah dihitung untuk tahun itu.",
            )
        ]
        indexes = [
            models.Index(
                fields=["cohort_year", "village", "trained", "legal", "plan", "facility"], name="standing_counts"
            )
        ]

    def __str__(self):
        return f"{self.village} TA {self.cohort_year}"


class Boundary(models.Model):
    """Outline of a place on the map, by its official code. GeoJSON geometry in degrees (WGS 84), as imported."""

    code = models.CharField("kode wilayah", max_length=13, unique=True)
    geometry = models.JSONField("garis batas")
    source = models.CharField("sumber", max_length=160)
    imported_at = models.DateTimeField("diimpor pada", default=timezone.now)

    class Meta:
        verbose_name = "batas wilayah"
        verbose_name_plural = "batas wilayah"
        ordering = ["code"]

    def __str__(self):
        return f"Batas {self.code}"


class FinalFiguresQuerySet(OfficeQuerySet):
    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.SET_FIGURES) else self.none()

    def standing(self):
        return self.filter(withdrawn_at=None)


class FinalFigures(Once, Recorded):
    """Angka yang ditetapkan: what the public page may show of one kabupaten, frozen as of a day. Only added;
    a mistake is withdrawn and set anew. Holds counts, never a person's name.
    """

    PART_OF = "recorded_by"  # what a demo account sets is sample data

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="final_figures")
    as_of = models.DateField("keadaan per")
    figures = models.JSONField("angka", editable=False)
    note = models.CharField("catatan", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)

    objects = FinalFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "angka yang ditetapkan"
        verbose_name_plural = "angka yang ditetapkan"
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "as_of"],
                condition=Q(withdrawn_at=None),
                name="final_figures_one_a_day",
                violation_error_message="Angka per tanggal itu sudah ditetapkan. Cabut dahulu bila keliru.",
            )
        ]

    def __str__(self):
        return f"Angka {self.district} per {self.as_of:%d-%m-%Y}"

    def get_absolute_url(self):
        return reverse("monitoring:figures_detail", args=[self.pk])
