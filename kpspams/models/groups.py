"""KPSPAMS: the group and its legal documents."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from records.models import Editable, Sampled, StoredFile, in_order
from records.search_keys import fitting, search_key
from villages.models import Programme, Village


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(village__in=Village.objects.editable_by(user))

    def current(self, on=None):
        """Groups that existed and were not dissolved on that day (default: today)."""
        day = on or localdate()
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day), Q(formed_on=None) | Q(formed_on__lte=day))


class KpspamsGroup(Editable, Sampled):
    """A group of villagers that operates a SPAM after hand-over, of Pamsimas or not. A village has any number of
    groups.
    """

    class LegalForm(models.TextChoices):
        LKD = "lkd", "Lembaga Kemasyarakatan Desa"
        ORMAS = "ormas", "Organisasi kemasyarakatan"
        ASSOCIATION = "perkumpulan", "Perkumpulan (akta notaris)"
        BUMDES = "bumdes", "Unit BUMDes"
        OTHER = "lain", "Lainnya"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="groups")
    name = models.CharField("nama kelompok", max_length=120, help_text='Tanpa kata KPSPAMS, misalnya "Tirta Jaya".')
    is_pamsimas = models.BooleanField("kelompok Pamsimas", default=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="sumber program", null=True, blank=True, related_name="groups"
    )
    legal_form = models.CharField("bentuk hukum", max_length=12, choices=LegalForm, blank=True)
    hamlets = models.CharField("dusun layanan", max_length=200, blank=True)
    formed_on = models.DateField("tanggal pembentukan", null=True, blank=True)
    dissolved_on = models.DateField("tanggal bubar", null=True, blank=True)
    bank_name = models.CharField("nama bank", max_length=60, blank=True)
    bank_account = models.CharField("nomor rekening atas nama kelompok", max_length=40, blank=True)
    search_key = models.CharField(max_length=160, editable=False, db_index=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "KPSPAMS"
        verbose_name_plural = "KPSPAMS"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="group_name_once",
                violation_error_message="KPSPAMS dengan nama ini sudah ada di desa itu.",
            ),
            in_order(
                "group_dates_in_order",
                "formed_on",
                "dissolved_on",
                "Tanggal bubar tidak boleh sebelum tanggal pembentukan.",
            ),
        ]

    def __str__(self):
        return f'KPSPAMS "{self.name}"'

    def get_absolute_url(self):
        return reverse("kpspams:group_detail", args=[self.pk])

    def prepare(self):
        self.search_key = fitting(self, search_key("kpspams" + self.name))

    @property
    def is_dissolved(self) -> bool:
        return self.dissolved_on is not None and self.dissolved_on <= localdate()

    def decree_on(self, day) -> "LegalDocument | None":
        """The current SK of the group on that day: one in force before one in process, newest first."""
        decrees = [
            document
            for document in self.documents.all()
            if document.kind == LegalDocument.Kind.DECREE and document.known_on(day)
        ]
        return max(decrees, key=lambda sk: (sk.in_force_on(day), sk.in_process, sk.dated_on or date.min), default=None)


class GroupPartQuerySet(models.QuerySet):
    """Rows with the scope of their group."""

    def visible_to(self, user):
        return self.filter(group__in=KpspamsGroup.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(group__in=KpspamsGroup.objects.editable_by(user))


class LegalDocument(Editable):
    """SK, AD/ART, Perdes, akta. An SK without end date is valid; review it after five years (our assumption)."""

    class Kind(models.TextChoices):
        DECREE = "sk", "SK Kepala Desa"
        STATUTES = "adart", "AD/ART"
        VILLAGE_RULE = "perdes", "Perdes"
        DEED = "akta", "Akta"

    WARN_DAYS = 90
    REVIEW_YEARS = 5

    PART_OF = "group"

    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="documents")
    kind = models.CharField("jenis", max_length=6, choices=Kind)
    number = models.CharField("nomor", max_length=80, blank=True)
    dated_on = models.DateField("tanggal", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    in_process = models.BooleanField("dalam proses", default=False)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="pindaian", null=True, blank=True, related_name="+"
    )

    objects = GroupPartQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ["kind", "-dated_on", "-pk"]
        constraints = [
            in_order(
                "legal_document_in_order",
                "dated_on",
                "valid_until",
                "Tanggal berakhir tidak boleh sebelum tanggal dokumen.",
            ),
            models.CheckConstraint(
                condition=Q(in_process=True) | Q(dated_on__isnull=False),
                name="legal_document_dated_or_in_process",
                violation_error_message="Isi tanggal dokumen, atau centang dalam proses.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_absolute_url(self):
        return self.group.get_absolute_url()

    def in_force_on(self, day) -> bool:
        return not self.in_process and self.dated_on <= day and (self.valid_until is None or self.valid_until >= day)

    def known_on(self, day) -> bool:
        """Legal documents known on that day: a dated one from its date on, one in process always."""
        return self.in_process or self.dated_on <= day

    def ends_soon(self, day) -> bool:
        """Whether it is in force and ends within 90 days (our assumption)."""
        return (
            self.in_force_on(day)
            and self.valid_until is not None
            and self.valid_until <= day + timedelta(days=self.WARN_DAYS)
        )
