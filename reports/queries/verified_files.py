"""Public facts about a file, found by its SHA-256: a document, a bundle, or a signed copy."""

import re
from dataclasses import replace

from django.db import models

from documents.choices import Format, IssueStatus
from documents.layout import footer
from records import formats
from reports.models import Report, ReportBundle, SignedCopy
from reports.queries.verification import TONES, Verified, change, day, describe, has_sample, is_sample

_SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_ISSUED = (
    "Berkas ini dicetak dari portal dan tidak berubah, tetapi bukan terbitan: draf, surat sebelum ditandatangani, atau "
    "lembar isian."
)
WORKING_COPY = (
    "Berkas ini dibuat portal dan tidak berubah sejak itu, tetapi bukan terbitan: berkas Word dan Excel adalah salinan "
    "kerja. Yang diterbitkan adalah PDF-nya."
)
CERTIFICATES_FILE = (
    "Berkas ini sama dengan yang diterbitkan portal, tidak berubah satu huruf pun, dan berisi beberapa sertifikat. "
    "Tiap sertifikat di dalamnya mempunyai kode sendiri."
)


def read_sha256(typed: str) -> str:
    """A typed or pasted SHA-256; "" for an invalid one."""
    letters = "".join(typed.lower().split())
    return letters if _SHA256.fullmatch(letters) else ""


def find_file(sha256: str) -> Verified | None:
    """The document whose file or attached signed copy has this hash, or None."""
    rows = Report.objects.filter(state=Report.State.READY).select_related("replaced_by", "work_plan").defer("snapshot")
    if report := rows.filter(sha256=sha256).order_by("-pk").first():
        return _file(report)
    if bundle := _bundle(sha256):
        return bundle
    copies = SignedCopy.objects.filter(file__sha256=sha256, report__state=Report.State.READY).order_by("-pk")
    copy = copies.select_related("report__replaced_by", "report__work_plan").defer("report__snapshot").first()
    return _signed_copy(copy) if copy else None


def _file(report: Report) -> Verified:
    """The hash proves the whole file, so that one of many certificates is as valid as any other document."""
    if report.issue_status in Report.ISSUED:
        found = describe(report, is_sample(report))
        return _certificates_file(report, found) if report.document.parts_have_codes else found
    facts = [("Kode dokumen", report.reference)]
    if report.format != Format.PDF:
        facts.append(("Bentuk", str(Format(report.format).label)))
    elif report.pages:
        facts.append(("Halaman", formats.number_id(report.pages)))
    return Verified(
        code="",
        title=report.document.title,
        status="Cetakan portal",
        tone="grey",
        sentence=NOT_ISSUED if report.format == Format.PDF else WORKING_COPY,
        issued_on="",
        sha256=report.sha256,
        is_sample=is_sample(report),
        facts=[{"label": label, "value": value} for label, value in facts],
    )


def _certificates_file(report: Report, found: Verified) -> Verified:
    count = report.certificate_codes.count()
    facts = [("Sertifikat di dalamnya", formats.number_id(count))] if count else []
    facts.append(("Halaman", formats.number_id(report.pages or 0)))
    status = IssueStatus(report.issue_status)
    return replace(
        found,
        status=str(status.label),
        tone=TONES[status],
        sentence=change(report) or CERTIFICATES_FILE,
        facts=[*found.facts, *({"label": label, "value": value} for label, value in facts)],
    )


def _bundle(sha256: str) -> Verified | None:
    """The ZIP or the print file of several documents with this hash."""
    rows = ReportBundle.objects.filter(state=ReportBundle.State.READY)
    bundle = rows.filter(models.Q(sha256=sha256) | models.Q(print_sha256=sha256)).order_by("-pk").first()
    if bundle is None:
        return None
    is_zip = bundle.sha256 == sha256
    made = f"{formats.number_id(bundle.done)} dokumen, di luar surat, pindaian, dan foto yang disertakan"
    facts = [("Dibuat portal", made), ("Bentuk", "ZIP" if is_zip else "PDF untuk dicetak")]
    if not is_zip:
        facts.append(("Halaman", formats.number_id(bundle.print_pages or 0)))
    return Verified(
        code="",
        title=str(bundle.get_kind_display()),
        status="Berkas portal",
        tone="grey",
        sentence="Berkas ini dikemas portal dari beberapa dokumen dan tidak berubah. Kedudukan tiap dokumen di "
        "dalamnya diperiksa sendiri-sendiri, dengan kode di kakinya.",
        issued_on="",
        sha256=sha256,
        is_sample=has_sample(bundle.parts.all()),
        facts=[{"label": label, "value": value} for label, value in facts],
    )


def _signed_copy(copy: SignedCopy) -> Verified:
    """Public facts about the signed copy of a document; the status of the document itself is shown separately."""
    report = copy.report
    issued = report.issue_status in Report.ISSUED
    title = report.public_title if issued else report.document.title
    facts = [("Jenis salinan", copy.get_kind_display())]
    facts += [("Ditandatangani", formats.date_id(copy.signed_on))] if copy.signed_on else []
    facts += [("Kode dokumen", report.reference), ("Diterbitkan", day(report.issued_on) if issued else "-")]
    status = IssueStatus(report.issue_status)
    return Verified(
        code=footer.printed_code(report.code) if report.code else "",
        title=f"Salinan bertanda tangan dari dokumen {title}",
        status=str(status.label) if issued else "Tercatat",
        tone=TONES[status] if issued else "green",
        sentence="Berkas ini sama dengan salinan bertanda tangan yang disimpan kantor pada portal. Portal tidak "
        f"memeriksa tanda tangannya. {change(report)}".strip(),
        issued_on="",
        sha256="",
        is_sample=is_sample(report),
        facts=[{"label": label, "value": value} for label, value in facts],
    )
