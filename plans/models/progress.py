"""Progress (realisasi) of planned activities by month. Rows are only added; a correction is a new row."""

from django.db import models
from django.db.models import F, Q

from kpspams.models.groups import GroupPartQuerySet, KpspamsGroup
from plans.models.activities import Activity
from plans.models.lists import FundingSource
from records.models import Editable, Once, Recorded, RupiahField, StoredFile, limits
from records.models.figures import MONTH, PERCENT, RUPIAH, VOLUME, YEAR


class ProgressQuerySet(models.QuerySet):
    def current(self):
        """Entries that no later entry corrects."""
        return self.filter(corrected_by=None)


class ActivityProgress(Recorded, Once):
    """What one activity did in one month: volume of that month, percent reached by its end, obstacle.

    The line number of the activity is the same in every revision of the plan, so a report on revision 0 counts for
    revision 1 as well. `status`: postponed or cancelled, with the reason in `obstacle`.
    """

    class Status(models.TextChoices):
        POSTPONED = "ditunda", "Ditunda"
        CANCELLED = "batal", "Batal"

    PART_OF = "activity"

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="kegiatan", related_name="progress")
    month = models.PositiveSmallIntegerField("bulan", validators=MONTH.validators)
    volume = models.DecimalField(
        "realisasi volume bulan ini",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=VOLUME.validators,
    )
    percent = models.PositiveSmallIntegerField(
        "% fisik sampai bulan ini", null=True, blank=True, validators=PERCENT.validators
    )
    obstacle = models.CharField("kendala", max_length=250, blank=True)
    status = models.CharField("keadaan", max_length=8, choices=Status, blank=True)
    as_planned = models.BooleanField("sesuai rencana", default=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="memperbaiki",
        null=True,
        blank=True,
        related_name="corrected_by",
        error_messages={"unique": "Catatan ini sudah diperbaiki orang lain. Muat ulang halaman."},
    )

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "realisasi kegiatan"
        verbose_name_plural = "realisasi kegiatan"
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "month"],
                condition=Q(corrects=None),
                name="activity_progress_once_a_month",
                violation_error_message="Kegiatan ini sudah dilaporkan untuk bulan itu. Perbaiki laporan yang ada.",
            ),
            limits("activity_progress_limits", month=MONTH, percent=PERCENT, volume=VOLUME),
            models.CheckConstraint(
                condition=Q(status="") | ~Q(obstacle=""),
                name="activity_progress_status_with_reason",
                violation_error_message="Tulis alasannya pada kendala bila kegiatan ditunda atau batal.",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")),
                name="activity_progress_corrects_another",
                violation_error_message="Catatan tidak dapat memperbaiki dirinya sendiri.",
            ),
        ]

    def __str__(self):
        return f"{self.activity}, bulan {self.month}"


class ProgressFunding(models.Model):
    """Spending of that month from one source (rupiah)."""

    progress = models.ForeignKey(ActivityProgress, models.CASCADE, verbose_name="realisasi", related_name="fundings")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="sumber dana", related_name="+")
    cost = RupiahField("biaya (Rp)")

    class Meta:
        verbose_name = "biaya realisasi"
        verbose_name_plural = "biaya realisasi"
        ordering = ["source__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["progress", "source"],
                name="progress_source_once",
                violation_error_message="Sumber dana ini sudah terisi pada realisasi itu.",
            ),
            limits("progress_funding_limits", cost=RUPIAH),
        ]

    def __str__(self):
        return f"{self.source}: {self.cost}"


class ProgressPhoto(models.Model):
    """A photo of the work; its time and place are in the row of the stored file."""

    progress = models.ForeignKey(ActivityProgress, models.CASCADE, verbose_name="realisasi", related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="foto", related_name="+")

    class Meta:
        verbose_name = "foto realisasi"
        verbose_name_plural = "foto realisasi"
        ordering = ["pk"]

    def __str__(self):
        return str(self.file)


class MonthReport(Editable):
    """Report of one month of a group, also where nothing happened ("tidak ada kegiatan").

    `income` and `cost` are receipts and spending of the group's cash book in that month (rupiah), for the LPJ.
    """

    PART_OF = "group"

    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="month_reports")
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR.validators)
    month = models.PositiveSmallIntegerField("bulan", validators=MONTH.validators)
    nothing = models.BooleanField("tidak ada kegiatan", default=False)
    income = RupiahField("penerimaan iuran bulan ini (Rp)", null=True, blank=True)
    note = models.CharField("catatan", max_length=250, blank=True)

    objects = GroupPartQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan bulan"
        verbose_name_plural = "laporan bulan"
        ordering = ["-year", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "month"],
                name="month_report_once",
                violation_error_message="Bulan ini sudah dilaporkan.",
            ),
            limits("month_report_limits", year=YEAR, month=MONTH, income=RUPIAH),
        ]

    def __str__(self):
        return f"{self.group}, {self.month:02}-{self.year}"
