"""What a document of a training would lack today: a blank form, or a letter without its number."""

from dataclasses import dataclass
from enum import StrEnum

from trainings.models import Attendance, Narrative, SpjItem, Training


@dataclass(frozen=True)
class Gap:
    """`page`: URL name of the page of the training on which it is filled in, `label` of the link; empty without one.

    `line`: the line of the accounts file that the page is about.
    """

    note: str
    page: str = ""
    label: str = ""
    line: str = ""


class Part(StrEnum):
    """What a document prints of a training, in the words of the notice before printing (documents.trainings.blanks)."""

    NUMBER = "nomor dan tanggal"
    PLACE = "tempat"
    BUDGET = "anggaran"
    INVITATIONS = "desa yang diundang"
    AGENDA = "materi dan JP"
    SPEAKERS = "narasumber"
    DISCUSSION = "pimpinan dan notulis"
    OBSTACLES = "kendala dan rekomendasi"


BLANK_FORM = Gap("formulir kosong untuk dibagikan", "trainings:assessments", "Catat hasilnya")
NO_MARKS = Gap("masih kosong: kehadiran belum dicatat", "trainings:attendance_grid", "Catat kehadiran")
NO_TASKS = Gap("masih kosong: belum ada rencana tindak lanjut", "trainings:follow_up_plan", "Isi RKTL")
NO_SPEAKERS = Gap("masih kosong: belum ada narasumber", "trainings:agenda", "Isi susunan acara")
NO_COMMITTEE = Gap("masih kosong: belum ada panitia", "trainings:agenda", "Tambah panitia")
UNSIGNED = Gap("lembar kosong untuk ditandatangani", "reports:scan_list", "Unggah pindaian")
OF_VILLAGES = Gap("masih kosong: diisi dan dinomori setiap desa", "reports:scan_list", "Unggah pindaian")
SPEAKERS_UNNUMBERED = Gap("belum bernomor", "trainings:agenda", "Catat nomor surat")


def marks(training: Training) -> Gap | None:
    return None if Attendance.objects.filter(session__day__training=training).exists() else NO_MARKS


def number(item: SpjItem) -> Gap | None:
    """Number and date of the accounts file; the letter prints dots without them."""
    if item.number and item.dated_on:
        return None
    note, label = ("belum bertanggal", "Catat tanggal") if item.number else ("belum bernomor", "Catat nomor")
    return Gap(note, "trainings:spj_item_update", label, item.document)


def narrative(training: Training, *fields: str) -> Gap | None:
    """These texts of the Uraian, of which an empty one prints as dotted lines."""
    texts = Narrative.objects.filter(training=training).values_list(*fields).first() or ()
    missing = len(fields) - sum(bool(text.strip()) for text in texts)
    if not missing:
        return None
    note = "masih kosong: uraian belum diisi" if missing == len(fields) else "uraian belum lengkap"
    return Gap(note, "trainings:narrative_update", "Isi uraian")
