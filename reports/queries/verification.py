"""Public facts about a document, found by its verification code or by the kode dokumen in its footer: never the people
in it, nor who requested it. Files are found by reports.queries.verified_files.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import models
from django.db.models import QuerySet
from django.utils.timezone import localdate

from documents import registry
from documents.choices import IssueStatus
from documents.layout import footer, frame
from plans.models import WorkPlan
from records import formats
from records.models import Event
from reports.models import CertificateCode, Report
from reports.services.issuing import read_code
from trainings.models import Certificate
from trainings.queries.certificates import withdrawals

_REFERENCE = re.compile(r"([A-Z]{2,4})[ -]*([0-9]+)[ -]+([0-9A-F]{8})")
TONES = {IssueStatus.IN_FORCE: "green", IssueStatus.REPLACED: "amber", IssueStatus.WITHDRAWN: "red"}


@dataclass(frozen=True)
class Verified:
    """One issued document, in the wording of its public page."""

    code: str
    title: str
    status: str  # short label
    tone: str
    sentence: str
    issued_on: str
    sha256: str
    is_sample: bool
    facts: list[dict[str, str]]
    is_certificate: bool = False
    copies: list[str] = field(default_factory=list)  # SHA-256 of the attached signed copies


@dataclass(frozen=True)
class Reference:
    """A kode dokumen as typed: the kind that it names, and whether the portal made such a document."""

    code: str
    kind: str
    is_known: bool = False
    status: str = ""  # short label of an issued document


def find(typed: str) -> Verified | None:
    """The issued document with a code as typed, or None."""
    # An impossible code is looked up as well, so that both responses cost the same.
    code = read_code(typed) or "-"
    certificate = CertificateCode.objects.filter(code=code).select_related("training").first()
    rows = Report.objects.filter(code=code, state=Report.State.READY, issue_status__in=Report.ISSUED)
    row = (
        rows.annotate(mark=models.F("snapshot__document__watermark"))
        .defer("snapshot")
        .select_related("replaced_by", "work_plan")
    )
    report = row.first()
    if certificate:
        return _certificate(certificate)
    return describe(report, frame.SAMPLE_MARK in (report.mark or "")) if report else None


def describe(report: Report, is_sample: bool) -> Verified:
    facts = [("Diterbitkan", day(report.issued_on))]
    status, tone = report.get_issue_status_display(), TONES[IssueStatus(report.issue_status)]
    if report.document.parts_have_codes:
        # Somebody who copied the file's code under another name must not read that this name is valid.
        if report.issue_status == IssueStatus.IN_FORCE:
            status, tone = "Bukan kode satu sertifikat", "amber"
    else:
        facts.append(("Halaman", formats.number_id(report.pages or 0)))
        facts += [(label.capitalize(), formats.number_id(count)) for label, count in sorted(report.counts.items())]
    return Verified(
        code=footer.printed_code(report.code) if report.code else "",
        title=report.public_title,
        status=status,
        tone=tone,
        sentence=_sentence(report),
        issued_on=day(report.issued_on),
        sha256=report.sha256,
        is_sample=is_sample,
        facts=[{"label": label, "value": value} for label, value in facts],
        copies=list(report.signed_copies.values_list("file__sha256", flat=True)),
    )


def is_sample(report: Report) -> bool:
    return has_sample(Report.objects.filter(pk=report.pk))


def has_sample(reports: QuerySet[Report]) -> bool:
    """Whether one of these was printed from sample data."""
    return reports.filter(snapshot__document__watermark__icontains=frame.SAMPLE_MARK).exists()


def read_reference(typed: str) -> Reference | None:
    """The typed kode dokumen ("RK-14-1EDDD1D3") with its kind, or None for an invalid one."""
    found = _REFERENCE.fullmatch(typed.strip().upper())
    titles = {document.code_prefix: document.title for document in registry.DOCUMENTS.values()}
    if not found or found[1] not in titles:
        return None
    return Reference("-".join(found.groups()), titles[found[1]])


def find_reference(reference: Reference) -> Reference:
    """The same with its record in the portal. The code has a part of the content's hash: it cannot be enumerated."""
    prefix, _, sha = reference.code.split("-")
    kinds = [kind for kind, document in registry.DOCUMENTS.items() if document.code_prefix == prefix]
    rows = Report.objects.filter(kind__in=kinds, state=Report.State.READY, snapshot_sha__startswith=sha.lower())
    known = [row for row in rows.defer("snapshot").order_by("-pk") if row.reference == reference.code]
    issued = [row for row in known if row.issue_status in Report.ISSUED]
    status = str(issued[0].get_issue_status_display()) if issued else ""
    return replace(reference, is_known=bool(known), status=status)


def _certificate(code: CertificateCode) -> Verified | None:
    """One certificate as printed; None until a file with it was ready. Its validity is that of today."""
    printed = code.reports.filter(state=Report.State.READY, issue_status__in=Report.ISSUED)
    last = printed.order_by("-pk").defer("snapshot").first()
    if last is None:
        return None
    in_force = printed.exclude(issue_status=IssueStatus.WITHDRAWN).exists()
    word, tone, sentence = _certificate_status(code, last, in_force)
    facts = [
        ("Nomor", code.number or "tanpa nomor"),
        ("Pelatihan", code.title),
        ("Jam pelajaran", f"{code.lesson_hours} JP"),
        ("Tanggal sertifikat", formats.date_id(code.dated_on)),
        ("Diterbitkan", day(last.issued_on)),
    ]
    return Verified(
        code=footer.printed_code(code.code),
        title="Sertifikat",
        status=word,
        tone=tone,
        sentence=sentence,
        issued_on=day(last.issued_on),
        sha256="",
        is_sample=code.training.is_sample,
        facts=[{"label": label, "value": value} for label, value in facts],
        is_certificate=True,
    )


def _certificate_status(code: CertificateCode, last: Report, in_force: bool) -> tuple[str, str, str]:
    """Label, tone and sentence."""
    now = Certificate.objects.filter(participant=code.participant_id).first()
    if now is None:
        event: Event | None = withdrawals(code.training).get(code.participant_id)
        on = f" pada tanggal {formats.date_id(localdate(event.at))}" if event else ""
        return "Dicabut", "red", f"Sertifikat ini telah dicabut{on}."
    if not in_force:
        return "Dicabut", "red", f"Cetakan sertifikat ini telah dibatalkan pada tanggal {day(last.withdrawn_on)}."
    if (now.number, now.lesson_hours, now.dated_on) != (code.number, code.lesson_hours, code.dated_on):
        return "Digantikan", "amber", "Sertifikat ini telah diganti dengan yang bernomor, bertanggal, atau ber-JP lain."
    return (
        "Tercatat dengan isi di bawah ini",
        "green",
        "Kode ini milik satu sertifikat. Cocokkan nomor, pelatihan, jam pelajaran, dan tanggal di bawah ini dengan "
        "cetakan Anda; bila satu saja berbeda, cetakan itu bukan sertifikat ini. Nama pemegangnya tidak ditampilkan: "
        "tanyakan kepada kantor penerbit dengan menyebut nomornya.",
    )


def day(day: date | None) -> str:
    assert day is not None, "the database keeps no issue without its day"
    return formats.date_id(day)


def change(report: Report) -> str:
    """Why an issued document is no longer valid; empty while it is."""
    if report.replaced_by:
        return f"Dokumen ini telah diganti dengan terbitan tanggal {day(report.replaced_by.issued_on)}."
    if report.withdrawn_on:
        return f"Dokumen ini telah dibatalkan pada tanggal {formats.date_id(report.withdrawn_on)}."
    return ""


def _sentence(report: Report) -> str:
    if changed := change(report):
        return changed
    if report.document.parts_have_codes:
        return (
            "Kode ini milik satu berkas berisi beberapa sertifikat, bukan milik satu sertifikat. Kode ini tidak "
            "membuktikan nama dan nomor pada selembar sertifikat: tanyakan kepada kantor penerbit, atau minta cetakan "
            "baru yang berkode sendiri."
        )
    sentence = "Dokumen ini tercatat di portal. Cocokkan judul, tanggal, dan jumlah halaman dengan cetakan Anda."
    # The document does not change; its subject has.
    if report.work_plan and report.work_plan.status == WorkPlan.Status.SUPERSEDED:
        sentence += " Rencana kerja ini kemudian direvisi; mintalah cetakan revisinya kepada kantor."
    return sentence
