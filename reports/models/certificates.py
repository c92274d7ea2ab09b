"""Verification codes of single certificates."""

from django.db import models

from reports.models.reports import Report
from trainings.models import Participant, Training


class CertificateCode(models.Model):
    """Kode verifikasi of one sertifikat as printed: number, training, JP and day, never the name.

    The same certificate printed again keeps its code; a certificate with other content gets a new one. Whether it is
    valid is read from the certificate itself (reports.queries.verification), so withdrawing it needs no step here.
    """

    PART_OF = "training"

    code = models.CharField("kode verifikasi", max_length=8, unique=True, editable=False)
    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, verbose_name="peserta", related_name="+")
    reports = models.ManyToManyField(Report, verbose_name="dicetak dalam", related_name="certificate_codes")
    title = models.CharField("nama pelatihan", max_length=300)
    number = models.CharField("nomor", max_length=80, blank=True)
    lesson_hours = models.PositiveSmallIntegerField("JP diikuti")
    dated_on = models.DateField("tanggal")

    class Meta:
        verbose_name = "kode sertifikat"
        verbose_name_plural = "kode sertifikat"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "number", "lesson_hours", "dated_on", "title"],
                name="certificate_code_once",
                violation_error_message="Sertifikat ini sudah mempunyai kode.",
            )
        ]

    def __str__(self):
        return f"Kode sertifikat nomor {self.number or '-'}"
