"""What a worker does with a claimed report: settle its content and what it is worth, make the paper, close
the row with its file."""

import time
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from documents.rendering import printing
from documents.rendering.pdf import PdfUnavailable
from documents.rendering.verification import Unfaithful
from reports import storage
from reports.models import Report
from reports.services import certificate_codes, issuing


def produce(report: Report) -> bool:
    """Makes the paper of a claimed report; False when the claim was lost meanwhile. Raises what goes wrong."""
    started = time.monotonic()
    snapshot = _frozen_snapshot(report)
    if snapshot is None or not report.renew():
        return False  # cancelled, or taken by another worker: no paper is made for nobody
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


def _frozen_snapshot(report: Report) -> dict[str, Any] | None:
    """Read once: a second attempt after a lost worker prints what the first would have, with the same code and day.

    None when the claim was lost, for then another worker may have settled it.
    """
    if report.snapshot is None:
        values = frozen_columns(report)
        values |= issuing.columns(report, values["snapshot"])
        if not Report.objects.filter(pk=report.pk, token=report.token).update(**values):
            return None
        for field, value in values.items():
            setattr(report, field, value)
    return report.snapshot


def frozen_columns(report: Report) -> dict[str, Any]:
    """What the paper would print today, as the columns that keep it; reads rows and writes none.

    The issue status is read before and after the rows: a plan approved meanwhile is read again.
    """
    document = report.document
    while True:
        report.subject.refresh_from_db()
        issue_status = issuing.issue_status_of(report)
        snapshot = document.collect(report.subject, report.parameters, report.by)
        if issuing.issue_status_of(report) == issue_status:
            break
    snapshot = issuing.marked(snapshot, issue_status)
    dated = date.fromisoformat(snapshot["document"]["dated"])
    return {
        "snapshot": snapshot,
        "snapshot_sha": printing.snapshot_sha(snapshot),
        "template_version": document.template_version,
        "office_profile": document.district_of(report.subject).office_on(dated),
    }


def explain(error: Exception) -> str:
    """What the person who asked reads."""
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
