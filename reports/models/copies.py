"""Signed copies of a document: a scan, or a PDF signed elsewhere with a certificate of BSrE."""

from django.db import models

from records.models import Once, Recorded, StoredFile
from reports.models.reports import Report


class SignedCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=Report.objects.visible_to(user))


class SignedCopy(Once, Recorded):
    """The signed copy of one document. The portal does not sign; it stores signed files. Rows are only added."""

    class Kind(models.TextChoices):
        SCAN = "scan", "Pindaian bertanda tangan"
        BSRE = "bsre", "PDF bertanda tangan elektronik (BSrE)"

    PART_OF = "recorded_by"  # that of a demo account is sample data, whatever the subject

    report = models.ForeignKey(Report, models.PROTECT, verbose_name="laporan", related_name="signed_copies")
    kind = models.CharField("jenis", max_length=4, choices=Kind, default=Kind.SCAN)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="berkas", related_name="+")
    signed_on = models.DateField("ditandatangani pada", null=True, blank=True)
    note = models.CharField("catatan", max_length=200, blank=True)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = "salinan bertanda tangan"
        verbose_name_plural = "salinan bertanda tangan"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.report}"
