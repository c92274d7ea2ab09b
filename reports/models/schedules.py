"""Laporan berkala: documents that the portal makes on a schedule."""

from django.db import models
from django.db.models import Q

from accounts.models import District, User
from accounts.rights import Right, may
from documents.district.periodic_report import PeriodicReport
from documents.titles import TitledByKind
from records.models import Editable


class ScheduleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.SCHEDULE_REPORTS) else self.none()

    def running(self):
        return self.filter(stopped_at=None)


class Schedule(TitledByKind, Editable):
    """One document made every month or quarter under the rights of its owner, until it is stopped.

    After MAX_FAILURES failed periods in a row it stops by itself and shows a message.
    """

    class Every(models.TextChoices):
        MONTH = "month", "Tiap bulan"
        QUARTER = "quarter", "Tiap triwulan"

    MAX_FAILURES = 3
    MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
    PART_OF = "owner"  # that of a demo account is sample data

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="schedules")
    owner = models.ForeignKey(User, models.PROTECT, verbose_name="pemilik", related_name="schedules")
    kind = models.CharField("jenis dokumen", max_length=20, default=PeriodicReport.kind)
    every = models.CharField("berapa kali", max_length=8, choices=Every, default=Every.MONTH)
    parameters = models.JSONField("pilihan", default=dict, blank=True)
    next_on = models.DateField("dibuat lagi pada")
    failures = models.PositiveSmallIntegerField("gagal berturut-turut", default=0, editable=False)
    stopped_at = models.DateTimeField("berhenti pada", null=True, blank=True, editable=False)
    stopped_reason = models.CharField("sebab berhenti", max_length=300, blank=True, editable=False)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "jadwal laporan"
        verbose_name_plural = "jadwal laporan"
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_reason="") | (Q(stopped_at__isnull=False) & ~Q(stopped_reason="")),
                name="schedule_stopped_with_reason",
                violation_error_message="Jadwal yang berhenti menyebut sebabnya.",
            ),
            models.UniqueConstraint(
                fields=["district", "owner", "kind", "every"],
                condition=Q(stopped_at=None),
                name="schedule_one_running",
                violation_error_message="Anda sudah mempunyai jadwal ini. Ubah atau hentikan jadwal yang ada.",
            ),
        ]

    @property
    def months(self) -> int:
        return self.MONTHS[self.Every(self.every)]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.get_every_display().lower()}"
