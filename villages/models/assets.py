"""Assets of a water system and their dated states; photos of a check."""

from django.db import models

from accounts.rights import Right, may
from records.formats import date_id
from records.models import Editable, Limit, Once, Recorded, StoredFile, limits
from villages.models.facilities import ConditionCheck, Facility

UNITS = Limit(1, 1_000_000)


class FacilityPartQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(facility__in=Facility.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class Asset(Editable):
    """A part of a water system with its number of units, as a survey form names it (docs/domain/kpspams.md)."""

    class Kind(models.TextChoices):
        SPRING = "pma", "PMA (broncaptering)"
        DUG_WELL = "sumur_gali", "Sumur gali"
        DEEP_WELL = "sumur_bor_dalam", "Sumur bor dalam"
        SHALLOW_WELL = "sumur_bor_dangkal", "Sumur bor dangkal"
        TAPPING = "tapping", "Tapping PDAM"
        INTAKE = "intake", "Intake"
        SAND_FILTER = "saringan", "Saringan pasir lambat"
        GALLERY = "galeri", "Galeri infiltrasi"
        RAIN_TANK = "pah", "Bak penampung air hujan"
        TOWER = "menara", "Menara air"
        HYDRANT = "hu", "Hidran umum"
        CONNECTION = "sr", "SR"
        TANK = "bak", "Bak penampung"
        TAP = "ku", "Kran umum"
        TRANSMISSION = "transmisi", "Pipa transmisi"
        DISTRIBUTION = "distribusi", "Pipa distribusi"
        PRESSURE_TANK = "bpt", "BPT"
        VALVE = "katup", "Katup dan rumah katup"
        RELEASE = "pelepas", "Katup pelepas"
        PUMP = "pompa", "Pompa dan rumah pompa"
        CROSSING = "perlintasan", "Perlintasan jalan"
        CULVERT = "gorong", "Gorong-gorong pipa"
        BLOCK = "thrust", "Thrust block"
        HAND_WASHING = "ctps", "CTPS"
        DRAIN = "spal", "SPAL"
        SCHOOL_TOILET = "jamban_sekolah", "Jamban sekolah"
        TOILET = "jamban", "Jamban keluarga"
        MCK = "mck", "MCK"
        BIN = "sampah", "Tempat sampah terpilah"
        OTHER = "lain", "Lainnya"

    PART_OF = "facility"

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="sarana", related_name="assets")
    kind = models.CharField("jenis aset", max_length=20, choices=Kind)
    note = models.CharField("keterangan", max_length=120, blank=True)
    units = models.PositiveIntegerField("jumlah unit", validators=UNITS.validators)

    objects = FacilityPartQuerySet.as_manager()

    class Meta:
        verbose_name = "aset"
        verbose_name_plural = "aset"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "kind", "note"],
                name="asset_once",
                violation_error_message="Aset ini sudah tercatat. Bedakan dengan keterangan, atau ubah yang ada.",
            ),
            limits("asset_limits", units=UNITS),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.note}".strip()

    def get_absolute_url(self):
        return self.facility.get_absolute_url()


class AssetCheck(Recorded, Once):
    """The state of one asset on one day. Only added."""

    PART_OF = "asset"

    asset = models.ForeignKey(Asset, models.PROTECT, verbose_name="aset", related_name="checks")
    checked_on = models.DateField("tanggal pemeriksaan")
    functioning = models.CharField("keberfungsian", max_length=10, choices=ConditionCheck.Functioning)
    note = models.CharField("catatan", max_length=250, blank=True)
    checked_by = models.CharField("diperiksa oleh", max_length=120)

    class Meta:
        verbose_name = "pemeriksaan aset"
        verbose_name_plural = "pemeriksaan aset"
        ordering = ["-checked_on", "-pk"]

    def __str__(self):
        return f"{self.asset}, {date_id(self.checked_on)}: {self.get_functioning_display()}"

    def get_absolute_url(self):
        return self.asset.get_absolute_url()


class CheckPhoto(models.Model):
    """A photo of a check."""

    check_row = models.ForeignKey(ConditionCheck, models.PROTECT, verbose_name="pemeriksaan", related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="foto", related_name="+")

    class Meta:
        verbose_name = "foto pemeriksaan"
        verbose_name_plural = "foto pemeriksaan"
        ordering = ["pk"]

    def __str__(self):
        return str(self.file)
