"""Visits (kunjungan) of a fasilitator or the office to a village on one day."""

from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.rights import Right, may
from kpspams.models import KpspamsGroup
from records.formats import date_id
from records.models import Editable, Recorded, StoredFile
from villages.models import Village


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        """The user's own visits, as long as the village is in scope; the office may edit all."""
        if not may(user, Right.RECORD_VISITS):
            return self.none()
        rows = self.visible_to(user)
        return rows if user.is_office else rows.filter(by=user)


class Visit(Editable):
    """One visit to one village. Its findings (aktif, berfungsi, realisasi) are dated checks of their own."""

    class Purpose(models.TextChoices):
        MONITORING = "pantau", "Pemantauan rutin"
        ASSISTANCE = "damping", "Pendampingan KPSPAMS"
        PLAN = "rencana", "Penyusunan rencana kerja"
        DAMAGE = "rusak", "Kerusakan SPAM"
        MEETING = "rapat", "Musyawarah/rapat"
        OTHER = "lain", "Lainnya"

    PART_OF = "village"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="visits")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="yang berkunjung", related_name="visits")
    on = models.DateField("tanggal kunjungan")
    purpose = models.CharField("tujuan", max_length=8, choices=Purpose, default=Purpose.MONITORING)
    people_met = models.CharField("yang ditemui", max_length=300, blank=True)
    result = models.TextField("hasil", max_length=2000)
    problem = models.TextField("masalah", max_length=2000, blank=True)
    follow_up = models.TextField("tindak lanjut", max_length=2000, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "kunjungan"
        verbose_name_plural = "kunjungan"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["village", "-on"], name="visit_of_village")]

    def __str__(self):
        return f"Kunjungan {self.village} {date_id(self.on)}"

    def get_absolute_url(self):
        return reverse("fieldwork:visit_detail", args=[self.pk])


class VisitPhoto(Recorded):
    """A photo of a visit; its time and place are in the stored file."""

    visit = models.ForeignKey(Visit, models.CASCADE, verbose_name="kunjungan", related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="foto", related_name="+")

    class Meta:
        verbose_name = "foto kunjungan"
        verbose_name_plural = "foto kunjungan"
        ordering = ["pk"]

    def __str__(self):
        return str(self.file)


class VisitMonth(Recorded):
    """The visitor's tick about the month of one group; the progress of that month is recorded separately."""

    class Answer(models.TextChoices):
        AS_PLANNED = "rencana", "semua kegiatan sesuai rencana"
        IDLE = "nihil", "tidak ada kegiatan"

    visit = models.ForeignKey(Visit, models.CASCADE, verbose_name="kunjungan", related_name="months")
    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="+")
    answer = models.CharField("kegiatan bulan kunjungan", max_length=8, choices=Answer)

    class Meta:
        verbose_name = "bulan kunjungan"
        verbose_name_plural = "bulan kunjungan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "group"],
                name="visit_month_once",
                violation_error_message="Bulan KPSPAMS ini sudah diisi pada kunjungan itu.",
            )
        ]

    def __str__(self):
        return f"{self.group}: {self.get_answer_display()}"
