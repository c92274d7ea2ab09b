"""Choices that rows store about documents: audience, format, issue status."""

from django.db import models


class Audience(models.TextChoices):
    """Who may read a document, besides the users who see its subject."""

    OFFICE = "office", "Admin dan staf DPMU"  # has telephone numbers
    DISTRICT = "district", "DPMU, pejabat, dan petugas kehadiran"  # names people of all villages
    SUBJECT = "subject", "Semua yang melihat datanya"
    REQUESTER = "requester", "Peminta dan DPMU"  # an extract of what is visible to the requester


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    XLSX = "xlsx", "Excel (XLSX)"


CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class IssueStatus(models.TextChoices):
    PLAIN = "plain", "Cetakan"  # blank sheets, letters, lists: never issued
    DRAFT = "draft", "Draf"
    SIGNING = "signing", "Untuk ditandatangani"
    IN_FORCE = "in_force", "Berlaku"
    REPLACED = "replaced", "Digantikan"
    WITHDRAWN = "withdrawn", "Dicabut"


class Letterhead(models.TextChoices):
    """The owner of the letterhead of a document."""

    OFFICE = "office", "Dinas"
    SECRETARIAT = "secretariat", "Sekretariat Daerah"
    REGENT = "regent", "Bupati"
    VILLAGE = "village", "Desa"
    GROUP = "group", "KPSPAMS"


class OwnTemplate(models.TextChoices):
    """What an office may upload for a kind of document, to use instead of the portal's own template."""

    NONE = "", "Tidak ada"
    BACKGROUND = "background", "Gambar latar"
    DOCX = "docx", "Berkas Word"
