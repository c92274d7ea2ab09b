"""Water systems (SPAM) and their dated checks."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from accounts.rights import Right, may
from records.formats import date_id
from records.models import CountField, Editable, Limit, Once, Recorded, Sampled, limits, point_on_earth
from records.models.figures import COUNT, LATITUDE, LONGITUDE
from villages.models.places import Village

CAPACITY = Limit(0, 10_000)  # litres a second
RESERVOIR = Limit(0, 100_000)  # m³
BUILT = Limit(1970, 2100, "Isi tahun antara 1970 dan 2100.")  # earlier, no village of the programme had piped water
HOURS = Limit(0, 24, "Isi jam antara 0 dan 24.")


class FacilityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        """Water systems belong to the registry of the office."""
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()

    def built_by(self, on):
        """Water systems that existed on that day, as far as their year is known."""
        return self.filter(Q(built_year=None) | Q(built_year__lte=on.year))

    def with_latest_check(self, on=None):
        """Annotates the newest check up to the day `on` (default: of all): `functioning`, `checked_on`, when it was
        recorded.
        """
        checks = ConditionCheck.objects.filter(facility=OuterRef("pk")).order_by("-checked_on", "-pk")
        if on:
            checks = checks.filter(checked_on__lte=on)
        return self.annotate(
            functioning=Subquery(checks.values("functioning")[:1]),
            checked_on=Subquery(checks.values("checked_on")[:1]),
            check_recorded_at=Subquery(checks.values("recorded_at")[:1]),
        )


class Facility(Editable, Sampled):
    """Water system (sarana, SPAM) as it was built. Everything that changes is in dated checks."""

    class Technology(models.TextChoices):
        """Jenis opsi of a kabupaten survey form (docs/domain/kpspams.md)."""

        SPRING_GRAVITY = "mata_air_gravitasi", "Penangkap mata air gravitasi"
        SPRING_PUMP = "mata_air_pompa", "Penangkap mata air dengan pompa"
        SURFACE_GRAVITY = "permukaan_gravitasi", "Pengolahan air permukaan gravitasi"
        SURFACE_PUMP = "permukaan_pompa", "Pengolahan air permukaan dengan pompa"
        DEEP_WELL = "sumur_bor", "Sumur bor dalam dengan pompa"
        DUG_WELL = "sumur_gali", "Sumur gali dengan pompa"
        TAPPING = "tapping", "Tapping (sambungan) PDAM"
        OTHER = "lain", "Lainnya"

    class Energy(models.TextChoices):
        GRAVITY = "gravitasi", "Gravitasi"
        ELECTRICITY = "listrik", "Listrik"
        GENERATOR = "genset", "Genset"
        SUN = "surya", "Tenaga surya"
        RAM_PUMP = "hidran", "Pompa hidran"
        OTHER = "lain", "Lainnya"

    class Funder(models.TextChoices):
        PAMSIMAS = "pamsimas", "Pamsimas"
        DAK = "dak", "DAK"
        DISTRICT = "apbd", "APBD"
        VILLAGE = "apbdes", "APBDes"
        PRIVATE = "swasta", "Swasta/CSR"
        OTHER = "lain", "Lainnya"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="facilities")
    name = models.CharField("nama", max_length=120)
    technology = models.CharField("jenis opsi", max_length=20, choices=Technology, default=Technology.DEEP_WELL)
    energy = models.CharField("sumber energi", max_length=10, choices=Energy, blank=True)
    capacity_lps = models.DecimalField(
        "kapasitas (L/detik)", max_digits=7, decimal_places=2, null=True, blank=True, validators=CAPACITY.validators
    )
    reservoir_m3 = models.DecimalField(
        "reservoir (m³)", max_digits=7, decimal_places=1, null=True, blank=True, validators=RESERVOIR.validators
    )
    built_year = models.PositiveSmallIntegerField("tahun dibangun", null=True, blank=True, validators=BUILT.validators)
    funder = models.CharField("sumber dana pembangunan", max_length=10, choices=Funder, blank=True)
    lat = models.DecimalField(
        "lintang", max_digits=9, decimal_places=6, null=True, blank=True, validators=LATITUDE.validators
    )
    lng = models.DecimalField(
        "bujur", max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDE.validators
    )

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = "sarana (SPAM)"
        verbose_name_plural = "sarana (SPAM)"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="facility_name_once",
                violation_error_message="Sarana dengan nama ini sudah ada di desa itu.",
            ),
            limits("facility_limits", capacity_lps=CAPACITY, reservoir_m3=RESERVOIR, built_year=BUILT),
            point_on_earth("facility_point_whole_and_on_earth"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("villages:facility_detail", args=[self.pk])

    def check_related(self):
        """Refuses a later year of building that would leave earlier tests and checks."""
        if not (self.pk and self.built_year):
            return
        if Facility.objects.filter(pk=self.pk, built_year=self.built_year).exists():
            return  # unchanged
        early = date(self.built_year, 1, 1)
        days = [
            *self.water_tests.filter(sampled_on__lt=early).values_list("sampled_on", flat=True),
            *self.checks.filter(checked_on__lt=early).values_list("checked_on", flat=True),
        ]
        if days:
            raise ValidationError(
                {
                    "built_year": f"Sarana ini sudah diuji atau diperiksa pada {date_id(min(days))}. Periksa tahun"
                    " dibangun, atau tanggal uji air dan pemeriksaannya."
                }
            )

    def refuse_before_built(self, on: date, field: str):
        """Raises ValidationError for a fact of a day before this water system was built."""
        if self.built_year and on.year < self.built_year:
            built = f"{self} dibangun tahun {self.built_year}"
            raise ValidationError({field: f"{built}. Periksa tanggal ini, atau tahun dibangun pada sarananya."})


class ConditionCheck(Recorded, Once):
    """Observation of a water system on one day. Only added: a correction is a new row of the same day."""

    class Functioning(models.TextChoices):
        WORKS = "berfungsi", "Berfungsi"
        PARTLY = "sebagian", "Berfungsi sebagian"
        BROKEN = "tidak", "Tidak berfungsi"

    NEEDS_CAUSE = (Functioning.PARTLY, Functioning.BROKEN)  # to be explained for the repair
    CAUSE_MISSING = "Tulis penyebab atau bagian yang tidak berfungsi."
    PART_OF = "facility"

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="sarana", related_name="checks")
    checked_on = models.DateField("tanggal pemeriksaan")
    functioning = models.CharField(
        "keberfungsian",
        max_length=10,
        choices=Functioning,
        help_text="Ukur dari layanan yang hilang, bukan jumlah pipa.",
    )
    cause = models.CharField("penyebab/catatan", max_length=250, blank=True)
    checked_by = models.CharField("diperiksa oleh", max_length=120)
    connections_active = CountField("SR aktif", null=True, blank=True)
    connections_inactive = CountField("SR tidak aktif", null=True, blank=True)
    taps = CountField("HU/KU", null=True, blank=True)
    households = CountField("KK terlayani", null=True, blank=True)
    people = CountField("jiwa terlayani", null=True, blank=True)
    hours = models.DecimalField(
        "jam layanan per hari", max_digits=3, decimal_places=1, null=True, blank=True, validators=HOURS.validators
    )

    class Meta:
        verbose_name = "pemeriksaan sarana"
        verbose_name_plural = "pemeriksaan sarana"
        ordering = ["-checked_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-checked_on", "-id"], name="check_newest")]
        constraints = [
            limits(
                "condition_check_limits",
                connections_active=COUNT,
                connections_inactive=COUNT,
                taps=COUNT,
                households=COUNT,
                people=COUNT,
                hours=HOURS,
            )
        ]

    def check_related(self):
        if self.checked_on:
            self.facility.refuse_before_built(self.checked_on, "checked_on")

    def __str__(self):
        return f"{self.facility}, {date_id(self.checked_on)}: {self.get_functioning_display()}"

    def get_absolute_url(self):
        return self.facility.get_absolute_url()
