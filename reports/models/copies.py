"""What came back signed: a scan, or the PDF that was signed elsewhere with a certificate of BSrE."""

from django.db import models

from records.models import Once, Recorded, StoredFile
from reports.models.reports import Report


class SignedCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=Report.objects.visible_to(user))


class SignedCopy(Once, Recorded):
    """The signed form of one document. The portal signs nothing itself; it keeps what was signed. Only added."""

    class Kind(models.TextChoices):
        SCAN = "scan", "Pindaian bertanda tangan"
        BSRE = "bsre", "PDF bertanda tangan elektronik (BSrE)"

    PART_OF = "recorded_by"  # of a demo account it is sample data, whatever the document is about

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
