"""Dossier of a village over the years: former names, life cycle, water tests, sanitation, targets."""

from django.db import models
from django.db.models import Q

from accounts.models import District
from accounts.rights import Right, may
from records.formats import date_id
from records.models import Editable, StoredFile, in_order, limits
from records.models.figures import COUNT, YEAR
from records.search_keys import fitting, search_key
from villages.models.facilities import Facility
from villages.models.places import Village


class VillagePartQuerySet(models.QuerySet):
    """Rows with the scope of their village; they belong to the registry of the office."""

    def visible_to(self, user):
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class VillagePart(Editable):
    """A row of the dossier of a village; its page is that of the village."""

    PART_OF = "village"

    village: "models.ForeignKey[Village]"  # each model has its own, with its own related_name

    objects = VillagePartQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self):
        return self.village.get_absolute_url()


class VillageName(VillagePart):
    """A former or other name, or a former code, with its validity: names change while villages stay."""

    village = models.ForeignKey(Village, models.CASCADE, verbose_name="desa", related_name="names")
    name = models.CharField("nama", max_length=80)
    code = models.CharField("kode wilayah", max_length=13, blank=True)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=120, blank=True)
    search_key = models.CharField(max_length=100, editable=False, db_index=True)

    class Meta:
        verbose_name = "nama lain desa"
        verbose_name_plural = "nama lain desa"
        ordering = ["-valid_until", "name"]
        constraints = [
            in_order("village_name_in_order", "valid_from", "valid_until"),
            models.UniqueConstraint(
                fields=["village", "name", "code"],
                name="village_name_once",
                violation_error_message="Nama dan kode ini sudah tercatat untuk desa itu.",
            ),
        ]

    def __str__(self):
        return self.name

    def prepare(self):
        self.search_key = fitting(self, search_key(self.name))


class TimelineEntry(VillagePart):
    """One dated step of the life cycle, with the labels of the national checklist (docs/glossary.md)."""

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="timeline")
    step = models.CharField("langkah", max_length=120)
    on = models.DateField("tanggal")
    note = models.CharField("catatan", max_length=250, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="lampiran", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "langkah siklus"
        verbose_name_plural = "langkah siklus"
        ordering = ["on", "pk"]

    def __str__(self):
        return self.step


class WaterTest(VillagePart):
    """Result of a water-quality test (Permenkes 2/2023, before 492/2010): day, laboratory, fit or not."""

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="water_tests")
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="sarana", null=True, blank=True, related_name="water_tests"
    )
    sampled_on = models.DateField("tanggal pengambilan contoh")
    lab = models.CharField("laboratorium", max_length=120, blank=True)
    fit = models.BooleanField("memenuhi syarat")
    note = models.CharField("catatan", max_length=250, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="hasil laboratorium", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "uji kualitas air"
        verbose_name_plural = "uji kualitas air"
        ordering = ["-sampled_on", "-pk"]

    def check_related(self):
        if self.facility and self.sampled_on:
            self.facility.refuse_before_built(self.sampled_on, "sampled_on")

    def __str__(self):
        return f"{date_id(self.sampled_on)}: {'memenuhi' if self.fit else 'tidak memenuhi'} syarat"


class SanitationMark(VillagePart):
    """The day on which a village reached a pillar of STBM (Permenkes 3/2014); pillar 1 is Stop BABS (ODF)."""

    class Pillar(models.IntegerChoices):
        ODF = 1, "1. Stop BABS (ODF)"
        HANDS = 2, "2. Cuci tangan pakai sabun"
        FOOD = 3, "3. Air minum dan makanan rumah tangga"
        WASTE = 4, "4. Sampah rumah tangga"
        WASTE_WATER = 5, "5. Limbah cair rumah tangga"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="sanitation_marks")
    pillar = models.PositiveSmallIntegerField("pilar STBM", choices=Pillar)
    on = models.DateField("tercapai pada")
    note = models.CharField("catatan", max_length=250, blank=True)

    class Meta:
        verbose_name = "capaian STBM"
        verbose_name_plural = "capaian STBM"
        ordering = ["pillar"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "pillar"],
                name="sanitation_mark_once",
                violation_error_message="Pilar ini sudah tercatat untuk desa itu. Ubah catatan yang ada.",
            ),
            models.CheckConstraint(
                condition=Q(pillar__range=(1, 5)),
                name="sanitation_mark_pillar",
                violation_error_message="Pilih pilar 1 sampai 5.",
            ),
        ]

    def __str__(self):
        return self.get_pillar_display()


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class Target(Editable):
    """Target of the kabupaten for one year; the office enters it."""

    class Indicator(models.TextChoices):
        PEOPLE = "jiwa", "Jiwa terlayani (%)"
        HOUSEHOLDS = "kk", "KK terlayani (%)"
        CONNECTIONS = "sr", "SR aktif (unit)"
        FUNCTIONING = "spam", "SPAM berfungsi (%)"

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="targets")
    indicator = models.CharField("indikator", max_length=6, choices=Indicator)
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR.validators)
    value = models.DecimalField("target", max_digits=10, decimal_places=2, validators=COUNT.validators)
    source = models.CharField("sumber", max_length=160, blank=True, help_text="Misalnya RPJMD atau Renstra.")

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "target"
        verbose_name_plural = "target"
        ordering = ["-year", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "indicator", "year"],
                name="target_once",
                violation_error_message="Target indikator ini sudah tercatat untuk tahun itu.",
            ),
            models.CheckConstraint(
                condition=Q(indicator="sr") | Q(value__lte=100),
                name="target_value",
                violation_error_message="Target persentase paling tinggi 100.",
            ),
            limits("target_limits", year=YEAR, value=COUNT),
        ]

    def __str__(self):
        return f"{self.get_indicator_display()} {self.year}"
