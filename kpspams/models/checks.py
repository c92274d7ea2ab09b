"""Dated checks of a group, and dated spans of the water systems it operates."""

from django.db import models
from django.db.models import Q

from kpspams.models.groups import GroupPartQuerySet, KpspamsGroup
from records.formats import date_id
from records.models import CountField, DatedSpan, DatedSpanQuerySet, Once, Recorded, RupiahField, in_order, limits
from records.models.figures import COUNT, RUPIAH
from villages.models import Facility


class GroupCheck(Recorded, Once):
    """Findings about a group on one day, with the categories of the national system. Only added."""

    class Bookkeeping(models.TextChoices):
        NONE = "tidak_ada", "Tidak ada"
        PARTLY = "tidak_lengkap", "Tidak lengkap"
        COMPLETE = "lengkap", "Lengkap"

    class FeeSystem(models.TextChoices):
        NONE = "tidak_ada", "Tidak ada"
        FLAT = "tetap", "Tetap"
        METER = "meter", "Meter"

    PART_OF = "group"

    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="checks")
    checked_on = models.DateField("tanggal pemeriksaan")
    active = models.BooleanField("masih aktif", default=True)
    bookkeeping = models.CharField("pembukuan", max_length=14, choices=Bookkeeping, blank=True)
    has_asset_list = models.BooleanField("daftar aset", null=True, blank=True)
    fee_system = models.CharField("sistem iuran", max_length=10, choices=FeeSystem, blank=True)
    base_fee = RupiahField("abonemen per bulan (Rp)", null=True, blank=True)
    tariff = RupiahField("tarif per m³ (Rp)", null=True, blank=True)
    payers = CountField("pembayar iuran (SR)", null=True, blank=True)
    income = RupiahField("penerimaan per bulan (Rp)", null=True, blank=True)
    operating_cost = RupiahField("BOP per bulan (Rp)", null=True, blank=True)

    class Meta:
        verbose_name = "pemeriksaan kelompok"
        verbose_name_plural = "pemeriksaan kelompok"
        ordering = ["-checked_on", "-pk"]
        indexes = [models.Index(fields=["group", "-checked_on", "-id"], name="group_check_newest")]
        constraints = [
            limits(
                "group_check_limits",
                base_fee=RUPIAH,
                tariff=RUPIAH,
                payers=COUNT,
                income=RUPIAH,
                operating_cost=RUPIAH,
            )
        ]

    def __str__(self):
        return f"{self.group}, {date_id(self.checked_on)}"

    def get_absolute_url(self):
        return self.group.get_absolute_url()


# django-stubs types `as_manager` by the first base only.
class GroupFacilityQuerySet(DatedSpanQuerySet, GroupPartQuerySet):  # type: ignore[override]
    pass


class GroupFacility(DatedSpan):
    """A water system operated by a group, as a dated span: many-to-many in practice."""

    PART_OF = "group"
    STILL = "dan masih dikelola"

    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="operated")
    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="sarana", related_name="operators")
    starts_on = models.DateField("sejak")
    ends_on = models.DateField("sampai", null=True, blank=True)

    objects = GroupFacilityQuerySet.as_manager()

    class Meta:
        verbose_name = "sarana yang dikelola"
        verbose_name_plural = "sarana yang dikelola"
        ordering = ["-starts_on", "pk"]
        constraints = [
            in_order("group_facility_in_order"),
            models.UniqueConstraint(
                fields=["group", "facility"],
                condition=Q(ends_on=None),
                name="group_facility_one_open",
                violation_error_message="Kelompok ini sudah tercatat mengelola sarana itu.",
            ),
        ]

    def __str__(self):
        return f"{self.group} mengelola {self.facility}"

    def get_absolute_url(self):
        return self.group.get_absolute_url()
