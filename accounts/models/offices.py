"""Kabupaten and its office: dated names, dated signatories, and the settings of one kabupaten."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from accounts.bounds import KNOWN, Bounds
from accounts.rights import Right, may, reach_of
from records.formats import date_id
from records.models import Editable, Limit, Sampled, limits
from records.models.figures import DAYS, LATITUDE, LONGITUDE, PERCENT, SCORE, YEAR

HONOR_MINUTES = Limit(30, 120)
ROWS = Limit(0, 100)
RETENTION = Limit(1, 100)  # years


class DistrictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The first root of scope: an account belongs to one kabupaten, or explicitly to all."""
        if not reach_of(user):
            return self.none()
        return self if user.all_districts else self.filter(pk=user.district_id)

    def editable_by(self, user):
        """Kabupaten whose office and rules this account may change."""
        return self.visible_to(user) if may(user, Right.MANAGE_SETTINGS) else self.none()


class District(models.Model):
    """Kabupaten."""

    code = models.CharField(
        "kode wilayah",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^\d\d\.\d\d$", "Tulis kode kabupaten seperti 18.11.")],
        error_messages={"unique": "Kabupaten dengan kode ini sudah ada."},
    )
    name = models.CharField("nama", max_length=80)
    province = models.CharField("provinsi", max_length=80)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = "kabupaten"
        verbose_name_plural = "kabupaten"
        ordering = ["code"]

    def __str__(self):
        return f"Kabupaten {self.name}"

    def get_absolute_url(self):
        return reverse("accounts:settings_district", args=[self.pk])

    @property
    def rules(self) -> "DistrictSettings":
        """The settings of the kabupaten; unsaved defaults until an admin sets some."""
        return getattr(self, "settings_row", None) or DistrictSettings(district=self)

    def office_on(self, day: date) -> "OfficeProfile | None":
        """The office as it was named on that day: a document of 2018 prints the dinas of 2018."""
        return self.office_profiles.filter(valid_from__lte=day).order_by("-valid_from").first()

    def signatory_on(self, slot: str, day: date) -> "Signatory | None":
        """The signatory of this slot on that day; None prints dots."""
        return self.signatories.filter(slot=slot, valid_from__lte=day).order_by("-valid_from").first()


class OfficeQuerySet(models.QuerySet):
    """Rows of one kabupaten that its admin maintains."""

    def visible_to(self, user):
        return self.filter(district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(district__in=District.objects.editable_by(user))


class OfficeProfile(Editable, Sampled):
    """The names of the office from one day on; valid until the next profile begins."""

    class Paper(models.TextChoices):
        F4 = "F4", "F4 (215 x 330 mm)"
        A4 = "A4", "A4 (210 x 297 mm)"

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="office_profiles")
    valid_from = models.DateField("berlaku mulai")
    government_line = models.CharField("baris pemerintah", max_length=120, help_text="Baris pertama kop.")
    office_name = models.CharField("nama dinas", max_length=160, help_text="Baris kedua kop, tercetak tebal.")
    short_name = models.CharField("singkatan dinas", max_length=40, blank=True)
    address = models.CharField("alamat", max_length=200, blank=True)
    place = models.CharField("kota penandatanganan", max_length=60, blank=True)
    phone = models.CharField("telepon", max_length=40, blank=True)
    website = models.CharField("laman", max_length=80, blank=True)
    email = models.EmailField("pos-el", blank=True)
    postal_code = models.CharField("kode pos", max_length=5, blank=True)
    emblem = models.ImageField("lambang daerah", upload_to="emblems/", blank=True)
    paper = models.CharField("kertas surat dan formulir", max_length=2, choices=Paper, default=Paper.F4)
    secretariat_address = models.CharField(
        "alamat Sekretariat Daerah", max_length=200, blank=True, help_text="Untuk surat dengan kop Sekretariat Daerah."
    )
    regent_address = models.CharField(
        "alamat kantor Bupati", max_length=200, blank=True, help_text="Untuk surat dengan kop Bupati."
    )
    word_village = models.CharField("sebutan desa", max_length=30, default="Desa")
    word_village_head = models.CharField("sebutan kepala desa", max_length=40, default="Kepala Desa")
    word_dpmu = models.CharField("sebutan DPMU", max_length=60, default="DPMU")
    word_dinas = models.CharField("sebutan dinas", max_length=40, default="Dinas")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "profil kantor"
        verbose_name_plural = "profil kantor"
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "valid_from"],
                name="office_profile_one_a_day",
                violation_error_message="Sudah ada profil kantor yang berlaku mulai tanggal itu.",
            )
        ]

    def __str__(self):
        return f"{self.office_name} (mulai {date_id(self.valid_from)})"

    def get_absolute_url(self):
        return self.district.get_absolute_url()


class Signatory(Editable, Sampled):
    """Who signs in one slot of the documents from one day on. A missing signatory prints dots, never a guess."""

    class Slot(models.TextChoices):
        DPMU_HEAD = "dpmu_head", "Ketua DPMU"
        COMMITTEE_HEAD = "committee_head", "Ketua Panitia/Pejabat pelaksana"
        OFFICE_HEAD = "office_head", "Kepala Dinas"
        BUDGET_USER = "budget_user", "PA/KPA"
        PPTK = "pptk", "PPTK"
        FINANCE_OFFICER = "finance_officer", "PPK-SKPD"
        TREASURER = "treasurer", "Bendahara Pengeluaran"
        SECRETARY = "secretary", "Sekretaris Daerah"
        REGENT = "regent", "Bupati"

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="signatories")
    slot = models.CharField("tempat tanda tangan", max_length=20, choices=Slot)
    valid_from = models.DateField("berlaku mulai")
    title_line = models.CharField("jabatan yang tercetak", max_length=120, help_text="Boleh memakai a.n., Plt., Plh.")
    name = models.CharField("nama", max_length=120, blank=True)
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka tanpa spasi.")],
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat penanda tangan"
        verbose_name_plural = "pejabat penanda tangan"
        ordering = ["slot", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "slot", "valid_from"],
                name="signatory_one_a_day",
                violation_error_message="Sudah ada penanda tangan untuk tempat ini mulai tanggal itu.",
            )
        ]

    def __str__(self):
        return f"{self.title_line}: {self.name or '........'}"

    def get_absolute_url(self):
        return self.district.get_absolute_url()


def validate_day_month(text: str):
    """A yearly date written '31-01' (tanggal-bulan)."""
    match = re.fullmatch(r"(\d\d)-(\d\d)", text)
    try:
        if match is None:
            raise ValueError(text)
        date(2025, int(match[2]), int(match[1]))
    except ValueError:
        raise ValidationError("Tulis tanggal dan bulan seperti 31-01.") from None


class DistrictSettings(Editable):
    """Settings of one kabupaten; every default is our assumption (docs/domain/README.md)."""

    district = models.OneToOneField(District, models.PROTECT, verbose_name="kabupaten", related_name="settings_row")
    plan_proposal_deadline = models.CharField(
        "batas usulan rencana kerja tahun depan",
        max_length=5,
        default="30-06",
        validators=[validate_day_month],
    )
    plan_deadline = models.CharField(
        "batas rencana kerja", max_length=5, default="31-01", validators=[validate_day_month]
    )
    recorded_since = models.PositiveSmallIntegerField("dicatat mulai TA", default=2017, validators=YEAR.validators)
    women_share = models.PositiveSmallIntegerField(
        "ambang keterwakilan perempuan (%)", default=30, validators=PERCENT.validators
    )
    certificate_share = models.PositiveSmallIntegerField(
        "ambang sertifikat (% JP)", default=80, validators=PERCENT.validators
    )
    certificate_test_mark = models.PositiveSmallIntegerField(
        "nilai post-test terendah untuk sertifikat",
        null=True,
        blank=True,
        validators=SCORE.validators,
        help_text="Kosongkan bila sertifikat tidak bergantung pada nilai.",
    )
    pass_mark = models.PositiveSmallIntegerField(
        "ambang lulus pre-test dan post-test", default=70, validators=SCORE.validators
    )
    honor_minutes = models.PositiveSmallIntegerField(
        "menit dalam satu jam honorarium",
        default=60,
        validators=HONOR_MINUTES.validators,
        help_text="Jam narasumber dihitung dari jadwal; tarif diisi tangan pada cetakan.",
    )
    spj_days = models.PositiveSmallIntegerField(
        "batas SPJ (hari sesudah pelatihan)", default=14, validators=DAYS.validators
    )
    grace_days = models.PositiveSmallIntegerField(
        "masa tenggang fasilitator (hari)",
        default=90,
        validators=DAYS.validators,
        help_text="Sekian hari sesudah penugasan berakhir, desa masih dapat dilihat dan diisi.",
    )
    phone_on_sheet = models.BooleanField("cetak nomor HP pada daftar hadir", default=False)
    walk_in_rows = models.PositiveSmallIntegerField(
        "baris kosong daftar hadir, paling banyak", null=True, blank=True, validators=ROWS.validators
    )
    plan_dpmu_label = models.CharField(
        "sebutan tanda tangan DPMU pada rencana kerja", max_length=30, default="Diketahui"
    )
    plan_approved_word = models.CharField("sebutan rencana kerja yang disetujui", max_length=30, default="Diverifikasi")
    plan_checked = models.BooleanField(
        "pakai tanda Diperiksa pada rencana kerja",
        default=False,
        help_text="Fasilitator menandai rencana kerja yang diajukan; tanda ini tidak menahan apa pun.",
    )
    public_page = models.BooleanField(
        "halaman umum terbuka",
        default=False,
        help_text="Menampilkan tanpa masuk hanya angka yang sudah ditetapkan; tidak ada nama orang.",
    )
    public_functioning = models.BooleanField(
        "keadaan SPAM tiap desa pada halaman umum",
        default=False,
        help_text="Sakelar kedua: berlaku bila halaman umum terbuka.",
    )
    retention_years = models.PositiveSmallIntegerField(
        "masa simpan data pribadi (tahun)", default=10, validators=RETENTION.validators
    )

    south = models.DecimalField(
        "batas lintang selatan", max_digits=6, decimal_places=3, null=True, blank=True, validators=LATITUDE.validators
    )
    north = models.DecimalField(
        "batas lintang utara", max_digits=6, decimal_places=3, null=True, blank=True, validators=LATITUDE.validators
    )
    west = models.DecimalField(
        "batas bujur barat", max_digits=6, decimal_places=3, null=True, blank=True, validators=LONGITUDE.validators
    )
    east = models.DecimalField(
        "batas bujur timur", max_digits=6, decimal_places=3, null=True, blank=True, validators=LONGITUDE.validators
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "pengaturan kabupaten"
        verbose_name_plural = "pengaturan kabupaten"
        constraints = [
            models.CheckConstraint(
                # A comparison with NULL is unknown, which a CHECK accepts.
                condition=models.Q(south=None, north=None, west=None, east=None)
                | models.Q(
                    south__isnull=False,
                    north__isnull=False,
                    west__isnull=False,
                    east__isnull=False,
                    south__gte=-90,
                    north__lte=90,
                    west__gte=-180,
                    east__lte=180,
                    south__lt=models.F("north"),
                    west__lt=models.F("east"),
                ),
                name="district_bounds_whole_and_in_order",
                violation_error_message=(
                    "Isi keempat batas titik peta, selatan lebih kecil daripada utara dan barat lebih kecil daripada "
                    "timur; atau kosongkan keempatnya."
                ),
            ),
            limits(
                "district_settings_limits",
                recorded_since=YEAR,
                women_share=PERCENT,
                certificate_share=PERCENT,
                certificate_test_mark=SCORE,
                pass_mark=SCORE,
                honor_minutes=HONOR_MINUTES,
                spj_days=DAYS,
                grace_days=DAYS,
                walk_in_rows=ROWS,
                retention_years=RETENTION,
            ),
        ]

    def __str__(self):
        return f"Pengaturan {self.district}"

    def get_absolute_url(self):
        return self.district.get_absolute_url()

    @property
    def bounds(self) -> Bounds | None:
        """The bounds of points in this kabupaten: its own setting, or the known ones; None checks nothing."""
        if self.south is None or self.north is None or self.west is None or self.east is None:
            return KNOWN.get(self.district.code)
        return Bounds(self.south, self.north, self.west, self.east)

    def records(self, year: int) -> bool:
        """Whether records begin by that year: in earlier years a missing record means unknown, not a failure."""
        return year >= self.recorded_since

    def plan_due(self, year: int) -> date:
        """The day in `year` by which the plan of that year is due."""
        return _day_of(self.plan_deadline, year)

    def proposal_due(self, year: int) -> date:
        """The day in the year before by which the usulan for `year` is due: before the RKP Desa is drawn up
        (docs/domain/work-plan.md).
        """
        return _day_of(self.plan_proposal_deadline, year - 1)


def _day_of(day_month: str, year: int) -> date:
    day, month = day_month.split("-")
    return date(year, int(month), int(day))
