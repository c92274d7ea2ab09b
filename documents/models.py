"""Models of the settings of documents in a kabupaten: letterhead, signers, code, wording of letters, own templates."""

import uuid
from datetime import date
from pathlib import PurePath
from typing import Self

from django.db import models
from django.urls import reverse

from accounts.models import District, User
from accounts.models.offices import OfficeQuerySet
from accounts.rights import Right, may
from documents import signers
from documents.choices import Letterhead
from documents.titles import TitledByKind
from records.formats import date_id
from records.models import Editable


class DocumentSetting(TitledByKind, Editable):
    """Letterhead, signers and code of one kind of document. Without a row the defaults of the kind apply."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="document_settings")
    kind = models.CharField("jenis dokumen", max_length=20)
    letterhead = models.CharField("kop", max_length=12, choices=Letterhead, default=Letterhead.OFFICE)
    # Signers from left to right, as in documents.signers; empty: the kind's own.
    signers = models.JSONField("penanda tangan", default=list, blank=True)
    coded = models.BooleanField(
        "kode verifikasi dan QR",
        default=True,
        help_text="Tercetak hanya pada dokumen yang terbit; membuktikan isi portal, bukan tanda tangan elektronik.",
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "setelan dokumen"
        verbose_name_plural = "setelan dokumen"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind"],
                name="document_setting_one_a_kind",
                violation_error_message="Setelan jenis dokumen ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return f"Setelan {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("reports:document_setting", args=[self.district_id, self.kind])

    def signers_in_words(self) -> str:
        """For the history."""
        return signers.describe(self.signers)

    @classmethod
    def of(cls, district: District, kind: str) -> "DocumentSetting":
        """The setting of this kabupaten for the kind, or an unsaved row of defaults."""
        return cls.objects.filter(district=district, kind=kind).first() or cls(district=district, kind=kind)


class LetterText(TitledByKind, Editable):
    """The wording of one part of a letter from one day on, until the next one starts.

    The body is plain text with named placeholders in braces. It is never HTML, and no code in it is run.
    """

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="letter_texts")
    kind = models.CharField("jenis dokumen", max_length=20)
    part = models.CharField("bagian", max_length=30)
    valid_from = models.DateField("berlaku mulai")
    body = models.TextField("isi", max_length=6000)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah surat"
        verbose_name_plural = "naskah surat"
        ordering = ["kind", "part", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "part", "valid_from"],
                name="letter_text_one_a_day",
                violation_error_message="Sudah ada naskah bagian ini yang berlaku mulai tanggal itu.",
            )
        ]

    def __str__(self) -> str:
        return f"Naskah {self.get_kind_display()} (mulai {date_id(self.valid_from)})"

    def get_absolute_url(self) -> str:
        return reverse("reports:letter_texts", args=[self.district_id, self.kind])


class DocumentTemplateQuerySet(OfficeQuerySet):
    def editable_by(self, user: User) -> Self:
        """The office maintains its own templates; no admin is needed."""
        return self.visible_to(user) if may(user, Right.ISSUE_REPORTS) else self.none()

    def on(self, district: District, kind: str, day: date) -> Self:
        """The current one on that day, as a queryset of at most one row."""
        rows = self.filter(district=district, kind=kind, valid_from__lte=day)
        return rows.order_by("-valid_from")[:1]

    def kinds_on(self, district: District, day: date) -> set[str]:
        """The kinds for which a file of the office is current on that day."""
        rows = self.filter(district=district, valid_from__lte=day).order_by("valid_from")
        held = dict(rows.values_list("kind", "file"))  # the one with the latest start is current
        return {kind for kind, file in held.items() if file}


def template_path(template: "DocumentTemplate", filename: str) -> str:
    """A random name; a new file for each upload, because reports refer to the one they were made with."""
    return f"templates/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class DocumentTemplate(TitledByKind, Editable):
    """An office's own background or Word file of one kind of document from one day on, until the next one starts.

    Without a file the portal's own template is used from that day on. Files are never changed: a better one is a new
    file, and a document made with the old one can be made again. Tidying deletes files that nothing refers to.
    """

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="document_templates")
    kind = models.CharField("jenis dokumen", max_length=20)
    valid_from = models.DateField("berlaku mulai")
    file = models.FileField("berkas", upload_to=template_path, max_length=120, blank=True)
    name = models.CharField("nama berkas", max_length=120, blank=True)
    sha256 = models.CharField("sidik berkas", max_length=64, blank=True)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "bentuk dokumen sendiri"
        verbose_name_plural = "bentuk dokumen sendiri"
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "valid_from"],
                name="document_template_one_a_day",
                violation_error_message="Sudah ada bentuk yang berlaku mulai tanggal itu. Ubah yang itu, atau pilih "
                "tanggal lain.",
            ),
            models.CheckConstraint(
                condition=models.Q(file="", name="", sha256="")
                | (~models.Q(file="") & ~models.Q(name="") & ~models.Q(sha256="")),
                name="document_template_file_whole",
                violation_error_message="Berkas, nama, dan sidiknya disimpan bersama. Unggah berkasnya lagi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bentuk {self.get_kind_display()} (mulai {date_id(self.valid_from)})"

    def get_absolute_url(self) -> str:
        return reverse("reports:document_templates", args=[self.district_id, self.kind])
