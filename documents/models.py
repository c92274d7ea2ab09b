"""What a kabupaten decides about its documents: letterhead, signers, code, and the wording of letters."""

from django.db import models
from django.urls import reverse

from accounts.models import District
from accounts.models.offices import OfficeQuerySet
from documents import signers
from documents.choices import Letterhead
from documents.titles import TitledByKind
from records.models import Editable


class DocumentSetting(TitledByKind, Editable):
    """Letterhead, signers and code of one kind of document. Without a row the kind's own defaults hold."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="document_settings")
    kind = models.CharField("jenis dokumen", max_length=20)
    letterhead = models.CharField("kop", max_length=12, choices=Letterhead, default=Letterhead.OFFICE)
    # Places of signature from left to right, as documents.signers names them; empty: the kind's own.
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
        """What this kabupaten decided for the kind; an unsaved row of defaults where it decided nothing."""
        return cls.objects.filter(district=district, kind=kind).first() or cls(district=district, kind=kind)


class LetterText(TitledByKind, Editable):
    """The wording of one part of a letter from one day on; it holds until the next one begins.

    The body is plain text with named placeholders in braces. It is never HTML and runs nothing.
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
        return f"Naskah {self.get_kind_display()} (mulai {self.valid_from:%d-%m-%Y})"

    def get_absolute_url(self) -> str:
        return reverse("reports:letter_texts", args=[self.district_id, self.kind])
