"""Villages, grants and assignments of fasilitator."""

from datetime import date, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import District, Subdistrict, User
from accounts.rights import Reach, Right, may, reach_of, rights_of, sees_whole_country
from records.models import (
    CountField,
    DatedSpan,
    DatedSpanQuerySet,
    Editable,
    Sampled,
    in_order,
    limits,
    point_on_earth,
)
from records.models.figures import COUNT, LATITUDE, LONGITUDE, YEAR
from records.search_keys import fitting, search_key


class Programme(models.Model):
    """Programme, such as Pamsimas III. Programmes and years are data.

    `name` is the label in lists and files ("Pamsimas (sejak 2022)"); documents print `printed_name`.
    """

    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=120)
    printed_name = models.CharField("nama pada dokumen", max_length=120, blank=True)

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "program"
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def on_documents(self) -> str:
        """ "Program Pamsimas III", for sentences and titles of documents."""
        name = self.printed_name or self.name
        return name if name.lower().startswith("program") else f"Program {name}"


class VillageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The second root of scope. A fasilitator sees assigned villages, also during the grace period; an account of
        one kecamatan sees the villages that lie there today, with all their earlier data (our assumption).
        """
        reach = reach_of(user)
        if reach == Reach.NOTHING:
            return self.none()
        if reach == Reach.COUNTRY:
            return self
        in_district = self.filter(subdistrict__district__in=District.objects.visible_to(user))
        if reach == Reach.DISTRICT:
            return in_district
        if reach == Reach.SUBDISTRICT:
            return in_district.filter(subdistrict=user.subdistrict_id)
        return in_district.filter(pk__in=Assignment.objects.in_force(user).values("village"))

    def editable_by(self, user):
        """Villages whose groups, posts and plans this account may change. The right of a page is checked separately."""
        if not rights_of(user) & {Right.EDIT_GROUPS, Right.EDIT_PLANS}:
            return self.none()
        return self.visible_to(user)

    def of_cohort(self, fiscal_year: int):
        """Desa sasaran: villages with a grant of that year."""
        return self.filter(pk__in=GrantAward.objects.filter(fiscal_year=fiscal_year).values("village"))

    def without_facilitator(self):
        """Villages without a current assignment of a fasilitator with an active account."""
        working = User.objects.current().facilitators()
        return self.exclude(pk__in=Assignment.objects.current().filter(user__in=working).values("village"))


class Village(Editable, Sampled):
    """Village (desa). The code stays while names change; the name is stored bare ("Wiralaga I")."""

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, verbose_name="kecamatan", related_name="villages")
    code = models.CharField(
        "kode wilayah",
        max_length=13,
        unique=True,
        validators=[RegexValidator(r"^\d\d\.\d\d\.\d\d\.\d{4}$", "Tulis kode desa seperti 18.11.01.2001.")],
        error_messages={"unique": "Desa dengan kode ini sudah ada."},
    )
    edition = models.CharField("edisi kode", max_length=80, blank=True, help_text="Keputusan yang memuat kode ini.")
    name = models.CharField("nama", max_length=80)
    search_key = models.CharField(max_length=100, editable=False, db_index=True)
    postal_code = models.CharField("kode pos", max_length=5, blank=True)
    households = CountField("jumlah KK", null=True, blank=True)
    people = CountField("jumlah jiwa", null=True, blank=True)
    figures_year = models.PositiveSmallIntegerField(
        "tahun data penduduk", null=True, blank=True, validators=YEAR.validators
    )
    lat = models.DecimalField(
        "lintang", max_digits=9, decimal_places=6, null=True, blank=True, validators=LATITUDE.validators
    )
    lng = models.DecimalField(
        "bujur", max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDE.validators
    )

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = "desa"
        verbose_name_plural = "desa"
        ordering = ["code"]
        constraints = [
            point_on_earth("village_point_whole_and_on_earth"),
            limits("village_limits", households=COUNT, people=COUNT, figures_year=YEAR),
            models.CheckConstraint(
                condition=Q(households=None, people=None) | Q(figures_year__isnull=False),
                name="village_figures_have_a_year",
                violation_error_message="Isi tahun data penduduk untuk jumlah KK dan jiwa.",
            ),
        ]

    def __str__(self):
        return f"Desa {self.name}"

    def get_absolute_url(self):
        return reverse("villages:village_detail", args=[self.pk])

    def prepare(self):
        self.search_key = fitting(self, search_key(self.name))


class RegistryQuerySet(models.QuerySet):
    """Rows of a village that the office maintains: grants, officials."""

    def visible_to(self, user):
        return self if sees_whole_country(user) else self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class GrantAward(Editable):
    """Grant of a village (desa penerima) from one programme in one year. The year is that of the grant, not of a
    training.
    """

    class Scheme(models.TextChoices):
        REGULAR = "reguler", "Reguler"
        HID = "hid", "HID"
        HIK = "hik", "HIK"
        HKP = "hkp", "HKP"
        HAMP = "hamp", "HAMP"
        OTHER = "lain", "Lainnya"

    PART_OF = "village"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="awards")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program", related_name="awards")
    fiscal_year = models.PositiveSmallIntegerField("tahun anggaran (TA)", db_index=True, validators=YEAR.validators)
    scheme = models.CharField("skema", max_length=10, choices=Scheme, default=Scheme.REGULAR)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = "desa penerima"
        verbose_name_plural = "desa penerima"
        ordering = ["-fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "programme", "fiscal_year", "scheme"],
                name="grant_award_once",
                violation_error_message="Bantuan ini sudah tercatat untuk desa dan tahun itu.",
            ),
            limits("grant_award_limits", fiscal_year=YEAR),
        ]

    def __str__(self):
        return f"{self.programme} TA {self.fiscal_year} ({self.get_scheme_display()})"

    def get_absolute_url(self):
        return self.village.get_absolute_url()


class AssignmentQuerySet(DatedSpanQuerySet):
    def visible_to(self, user):
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        """Assignments that admins of accounts may edit."""
        return self.visible_to(user) if may(user, Right.MANAGE_USERS) else self.none()

    def in_force(self, user):
        """Assignments that give this fasilitator access today, also during the grace period."""
        today = localdate()
        grace = user.district.rules.grace_days if user.district_id else 90
        return self.overlapping(today - timedelta(days=grace), today).filter(user=user)

    def to_extend(self):
        """Assignments of active accounts that end this year or ended within the last 90 days, without a successor.

        The 90 days are those of the grace period: in January the forgotten ones are still listed.
        """
        today = localdate()
        later = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")))
        return self.filter(
            ~Exists(later.filter(user=OuterRef("user"), village=OuterRef("village"))),
            ends_on__range=(today - timedelta(days=90), date(today.year, 12, 31)),
            user__in=User.objects.current().facilitators(),
        )


class Assignment(DatedSpan):
    """Assignment (penugasan) of a fasilitator to a village, as a dated span."""

    PART_OF = "user"
    STILL = "tanpa batas"

    user = models.ForeignKey(User, models.PROTECT, verbose_name="fasilitator", related_name="assignments")
    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="assignments")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["-starts_on"]
        constraints = [
            in_order("assignment_in_order"),
            models.UniqueConstraint(
                fields=["user", "village", "starts_on"],
                name="assignment_once",
                violation_error_message="Penugasan ini sudah tercatat mulai tanggal itu.",
            ),
        ]

    def __str__(self):
        return f"{self.user} di {self.village}"

    def get_absolute_url(self):
        return reverse("villages:assignment_list")

    @property
    def state(self) -> str:
        """Label of the state: "Berjalan", "Belum mulai" or "Berakhir"."""
        today = localdate()
        if self.starts_on > today:
            return "Belum mulai"
        return "Berjalan" if self.covers(today) else "Berakhir"
