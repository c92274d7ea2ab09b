"""Which papers of the accounts file (trainings.spj) this portal prints, and the buttons that ask for them."""

from typing import Any

from django import template

from documents.registry import KINDS, formats
from reports.kinds import Format, Kind
from reports.services import may_ask
from reports.templatetags.reports import report_button
from trainings.models import SpjItem

register = template.Library()
Paper = SpjItem.Paper

# (kind of paper, word on the button, options of its module)
PRINTS: dict[str, list[tuple[Kind, str, dict[str, str]]]] = {
    Paper.INVITATION: [
        (Kind.INVITATION, "Satu surat untuk semua", {"letter": "one"}),
        (Kind.INVITATION, "Satu surat per desa", {"letter": "village"}),
        (Kind.ASSIGNMENT_LETTER, "Surat tugas peserta", {}),
    ],
    Paper.MEMO: [
        (Kind.MEMO, "Rencana pelaksanaan", {"purpose": "plan"}),
        (Kind.MEMO, "Hasil pelaksanaan", {"purpose": "result"}),
    ],
    Paper.SCHEDULE: [(Kind.SCHEDULE, "Jadwal", {})],
    Paper.BIODATA: [
        (Kind.BIODATA, "Peserta", {"who": "peserta"}),
        (Kind.BIODATA, "Narasumber", {"who": "narasumber"}),
    ],
    Paper.ATTENDANCE: [
        (Kind.ATTENDANCE_SHEET, "Kosong", {"mode": "blank"}),
        (Kind.ATTENDANCE_SHEET, "Terisi", {"mode": "filled"}),
        (Kind.ATTENDANCE_SHEET, "Narasumber", {"mode": "blank", "who": "narasumber"}),
        (Kind.ATTENDANCE_SHEET, "Panitia", {"mode": "blank", "who": "panitia"}),
    ],
    Paper.TESTS: [
        (Kind.TEST_SHEET, "Lembar pre-test", {"phase": "pre"}),
        (Kind.TEST_SHEET, "Lembar post-test", {"phase": "post"}),
        (Kind.TEST_RECAP, "Rekap nilai", {}),
    ],
    Paper.EVALUATION: [(Kind.EVALUATION_SHEET, "Lembar evaluasi", {}), (Kind.EVALUATION_RECAP, "Rekap evaluasi", {})],
    Paper.FOLLOW_UPS: [
        (Kind.FOLLOW_UP_PLAN, "Terisi", {"fill": "isi"}),
        (Kind.FOLLOW_UP_PLAN, "Kosong", {"fill": "kosong"}),
    ],
    Paper.MINUTES: [(Kind.MINUTES, "Notulen", {})],
    Paper.OFFICIAL_MINUTES: [(Kind.OFFICIAL_MINUTES, "Berita acara", {})],
    Paper.CERTIFICATES: [(Kind.CERTIFICATES, "Sertifikat", {})],
    Paper.TRANSPORT: [(Kind.TRANSPORT_LIST, "Daftar kosong", {})],
    Paper.HONORARIUM: [(Kind.HONORARIUM_LIST, "Daftar kosong", {})],
    Paper.MATERIALS: [(Kind.MATERIALS_RECEIPT, "Daftar kosong", {})],
    Paper.REPORT: [(Kind.TRAINING_REPORT, "Laporan", {})],
}
# Folded away: what an office asks for now and then.
RARER: dict[str, list[tuple[Kind, str, dict[str, str]]]] = {
    Paper.INVITATION: [
        (Kind.INVITATION, "Satu surat, tanda tangan Kepala Dinas", {"letter": "one", "signer": "office_head"}),
        (Kind.INVITATION, "Surat per desa, tanda tangan Kepala Dinas", {"letter": "village", "signer": "office_head"}),
        (Kind.ASSIGNMENT_LETTER, "Surat tugas dengan nama terdaftar", {"names": "terdaftar"}),
    ],
    Paper.BIODATA: [
        (Kind.BIODATA, "Peserta, lembar kosong", {"who": "peserta", "copies": "kosong"}),
        (Kind.BIODATA, "Narasumber, lembar kosong", {"who": "narasumber", "copies": "kosong"}),
    ],
    Paper.ATTENDANCE: [
        (Kind.ATTENDANCE_SHEET, "Kosong, sesi berdampingan", {"mode": "blank", "layout": "landscape"}),
        (Kind.ATTENDANCE_SHEET, "Terisi, sesi berdampingan", {"mode": "filled", "layout": "landscape"}),
    ],
}
FORM_WORDS = {Format.PDF: "", Format.DOCX: " (Word)", Format.XLSX: " (Excel)"}


@register.inclusion_tag("reports/_paper_buttons.html", takes_context=True)
def paper_buttons(context: Any, paper: str, training: Any) -> dict[str, Any]:
    """{% paper_buttons row.paper training %}: a button for each print and each form; nothing where we print none."""
    return {
        "buttons": _buttons(context, PRINTS.get(paper, []), training),
        "rarer": _buttons(context, RARER.get(paper, []), training),
        "csrf_token": context.get("csrf_token"),
    }


def _buttons(context: Any, prints: list[tuple[Kind, str, dict[str, str]]], training: Any) -> list[dict[str, Any]]:
    found = []
    for kind, word, options in prints:
        if kind not in KINDS or not may_ask(kind, training, context["request"].user):
            continue
        known = getattr(KINDS[kind], "OPTIONS", {})
        fitting = {name: value for name, value in options.items() if value in known.get(name, {})}
        for form in formats(kind):
            label = f"{word}{FORM_WORDS[Format(form)]}"
            found.append(report_button(context, kind, training, label, form, "btn-sm btn-secondary", **fitting))
    return found
