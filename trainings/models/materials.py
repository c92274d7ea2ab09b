"""Bahan ajar: modules and good practice, open to partners or internal."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District
from accounts.rights import Right, may
from records.models import Editable, Sampled, StoredFile
from records.search_keys import fitting, search_key


class LearningMaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_TRAININGS) else self.none()

    def public(self):
        """Materials that everybody may read without a login. DATA CONTOH only in the demo."""
        rows = self.filter(is_open=True)
        return rows if settings.DEMO_MODE else rows.filter(is_sample=False)


class LearningMaterial(Editable, Sampled):
    """One module, reader or good practice: a file or a link. The article's "akses informasi"."""

    class Audience(models.TextChoices):
        EVERYBODY = "semua", "Semua"
        GROUP = "kpspams", "KPSPAMS"
        VILLAGE = "desa", "Pemerintah desa"
        FACILITATOR = "fasilitator", "Fasilitator"
        PRIVATE = "swasta", "Mitra swasta"

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="materials")
    title = models.CharField("judul", max_length=200)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    topic = models.CharField("pokok bahasan", max_length=120, blank=True)
    code = models.CharField("kode PB/BB", max_length=20, blank=True)
    summary = models.TextField("ringkasan", blank=True)
    audience = models.CharField("untuk", max_length=12, choices=Audience, default=Audience.EVERYBODY)
    is_open = models.BooleanField(
        "terbuka untuk umum", default=False, help_text="Bila tidak, hanya terlihat sesudah masuk."
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="berkas", null=True, blank=True, related_name="+")
    link = models.URLField("tautan", max_length=300, blank=True)

    objects = LearningMaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "bahan ajar"
        verbose_name_plural = "bahan ajar"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file=None) & ~Q(link="")),
                name="learning_material_file_or_link",
                violation_error_message="Unggah satu berkas, atau isi satu tautan.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("trainings:material_detail", args=[self.pk])

    def prepare(self):
        self.search_key = fitting(self, search_key(f"{self.title} {self.topic} {self.code}"))

    @property
    def link_host(self) -> str:
        """The host of the link."""
        return urlsplit(self.link).hostname or ""
