"""Production of a document by a worker: freezes content and issue status, makes the file, finishes the row."""

import time
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import OfficeProfile
from documents import templates
from documents.choices import Format
from documents.content import Snapshot
from documents.rendering import printing
from documents.rendering.pdf import PdfUnavailable
from documents.rendering.verification import Unfaithful
from reports import storage
from reports.models import Report
from reports.services import certificate_codes, issuing


@dataclass(frozen=True)
class Frozen:
    """The content of a document today, as the columns of its report."""

    snapshot: Snapshot
    snapshot_sha: str
    template_version: int
    office_profile: OfficeProfile | None


def produce(report: Report) -> bool:
    """Makes the file of a claimed report; False when the claim has been lost. Errors are raised."""
    started = time.monotonic()
    snapshot = _frozen_snapshot(report)
    if snapshot is None or not report.renew():
        return False  # cancelled, or taken by another worker
    codes = certificate_codes.codes_of(report, snapshot)
    stamp = printing.Stamp(report.issued_on, report.code or "", codes)
    document = report.document
    content = document.content_of(snapshot)
    made = printing.print_document(document, report.subject.pk, content, report.format, stamp=stamp)
    name = storage.store(report, made.content)
    with transaction.atomic():
        issuing.hold(report)
        finished = report.close_as(
            Report.State.READY,
            file=name,
            sha256=made.sha256,
            pages=made.pages,
            bytes=len(made.content),
            seconds=round(time.monotonic() - started, 3),
            counts=made.counts,
        )
        if finished:
            issuing.replace_older(report)
    if not finished:
        storage.delete(name)
    return finished


def _frozen_snapshot(report: Report) -> Snapshot | None:
    """Freezes the content once: a second attempt after a lost worker prints the same, with the same code and day.

    None when the claim has been lost, because another worker may have frozen it.
    """
    if report.snapshot is None:
        frozen = frozen_content(report)
        values = {**vars(frozen), **vars(issuing.issue(report, frozen.snapshot))}
        if not Report.objects.filter(pk=report.pk, token=report.token).update(**values):
            return None
        for field, value in values.items():
            setattr(report, field, value)
    return report.snapshot


def frozen_content(report: Report) -> Frozen:
    """The content of the document today; writes no rows.

    The issue status is read before and after the rows: if a plan was approved meanwhile, all is read again.
    """
    document = report.document
    while True:
        report.subject.refresh_from_db()
        issue_status = issuing.issue_status_of(report)
        snapshot = document.collect(report.subject, report.parameters, report.by)
        if report.format == Format.DOCX:
            snapshot = templates.with_word(document, report.subject, report.parameters, report.by, snapshot)
        if issuing.issue_status_of(report) == issue_status:
            break
    snapshot = issuing.marked(document, snapshot, issue_status)
    dated = date.fromisoformat(snapshot["document"]["dated"])
    return Frozen(
        snapshot=snapshot,
        snapshot_sha=printing.snapshot_sha(snapshot),
        template_version=document.template_version,
        office_profile=document.district_of(report.subject).office_on(dated),
    )


def explain(error: Exception) -> str:
    """The error message for the requester."""
    if isinstance(error, PdfUnavailable):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Unfaithful):
        return (
            "Hasil cetak diperiksa dan tidak sama dengan data, jadi tidak diserahkan. "
            "Tekan “Coba lagi”; bila berulang, beri tahu pengelola portal."
        )
    if type(error).__name__ == "SoftTimeLimitExceeded":
        return "Dokumen terlalu lama dibuat dan dihentikan. Minta per hari atau per sesi agar lebih kecil."
    return "Dokumen gagal dibuat karena kesalahan portal. Tekan “Coba lagi”; bila berulang, beri tahu pengelola portal."
