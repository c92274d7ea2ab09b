"""Damage report (laporan kerusakan) of a water system, from the day of the damage until the water runs again."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.rights import Right, may
from plans.models.activities import Activity
from records.formats import date_id
from records.models import CountField, Editable, RupiahField, StoredFile, in_order, limits
from records.models.figures import COUNT, RUPIAH
from villages.models import Facility, Village


class DamageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(facility__village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        if not may(user, Right.RECORD_PROGRESS):
            return self.none()
        return self.filter(facility__village__in=Village.objects.editable_by(user))

    def open(self):
        return self.exclude(state=DamageReport.State.WORKING)

    def open_on(self, day):
        """Damages that were open on that day by their dated steps; a report without steps by its state column."""
        steps = DamageStep.objects.filter(report=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
        by_step = Q(last_state__in=set(DamageReport.State) - {DamageReport.State.WORKING})
        by_column = Q(last_state=None) & (Q(working_again_on=None) | Q(working_again_on__gt=day))
        rows = self.filter(since__lte=day).alias(last_state=Subquery(steps.values("state")[:1]))
        return rows.filter(by_step | by_column)


class DamageReport(Editable):
    """A damage. Its states are dilaporkan, diperiksa, diperbaiki, berfungsi kembali; each step is a dated row."""

    class Component(models.TextChoices):
        SOURCE = "sumber", "Sumber air/sumur"
        PUMP = "pompa", "Pompa"
        POWER = "listrik", "Listrik/panel/genset"
        TREATMENT = "olah", "Pengolahan air"
        RESERVOIR = "reservoir", "Reservoir/menara"
        PIPES = "pipa", "Jaringan pipa"
        METERS = "meter", "Meter/sambungan rumah"
        OTHER = "lain", "Lainnya"

    class State(models.TextChoices):
        REPORTED = "dilaporkan", "Dilaporkan"
        INSPECTED = "diperiksa", "Diperiksa"
        UNDER_REPAIR = "diperbaiki", "Diperbaiki"
        WORKING = "berfungsi", "Berfungsi kembali"

    PART_OF = "facility"

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="sarana", related_name="damages")
    since = models.DateField("rusak sejak")
    component = models.CharField("bagian yang rusak", max_length=10, choices=Component)
    description = models.CharField("uraian kerusakan", max_length=500)
    stopped = models.BooleanField("air berhenti mengalir", default=True)
    connections_affected = CountField("SR terdampak", null=True, blank=True)
    households_affected = CountField("KK terdampak", null=True, blank=True)
    interim_water = models.CharField("air sementara dari", max_length=160, blank=True)
    estimated_cost = RupiahField("perkiraan biaya (Rp)", null=True, blank=True)
    handled_by = models.CharField("ditangani oleh", max_length=120, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.REPORTED, editable=False)
    working_again_on = models.DateField("berfungsi kembali pada", null=True, blank=True, editable=False)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        verbose_name="kegiatan rencana kerja",
        null=True,
        blank=True,
        editable=False,
        related_name="damages",
    )

    objects = DamageQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan kerusakan"
        verbose_name_plural = "laporan kerusakan"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="berfungsi", working_again_on__isnull=False)
                | (~Q(state="berfungsi") & Q(working_again_on=None)),
                name="damage_working_with_day",
                violation_error_message="Isi tanggal berfungsi kembali.",
            ),
            in_order(
                "damage_in_order",
                "since",
                "working_again_on",
                "Tanggal berfungsi kembali tidak boleh sebelum tanggal rusak.",
            ),
            limits(
                "damage_limits",
                connections_affected=COUNT,
                households_affected=COUNT,
                estimated_cost=RUPIAH,
            ),
        ]

    def check_related(self):
        if self.since:
            self.facility.refuse_before_built(self.since, "since")

    def __str__(self):
        return f"{self.get_component_display()} {self.facility} rusak sejak {date_id(self.since)}"

    def get_absolute_url(self):
        return reverse("plans:damage_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state != self.State.WORKING

    @property
    def days(self) -> int:
        """Days of damage until today, or until it worked again; the first day counts."""
        return ((self.working_again_on or localdate()) - self.since).days + 1

    @property
    def days_without_water(self) -> int:
        return self.days if self.stopped else 0


class DamageStep(models.Model):
    """A step of a damage with its day and the moment of recording. Rows are only added."""

    report = models.ForeignKey(DamageReport, models.PROTECT, verbose_name="laporan kerusakan", related_name="steps")
    state = models.CharField("keadaan", max_length=10, choices=DamageReport.State)
    on = models.DateField("tanggal")
    note = models.CharField("catatan", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "langkah kerusakan"
        verbose_name_plural = "langkah kerusakan"
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.get_state_display()} {date_id(self.on)}"


class DamagePhoto(models.Model):
    """A photo of the damage or of the repair."""

    report = models.ForeignKey(DamageReport, models.CASCADE, verbose_name="laporan kerusakan", related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="foto", related_name="+")

    class Meta:
        verbose_name = "foto kerusakan"
        verbose_name_plural = "foto kerusakan"
        ordering = ["pk"]

    def __str__(self):
        return str(self.file)
