"""What a worker does with a claimed report: settle its content, make the paper, close the row with its file."""

import time
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from reports import documents, shelf
from reports.models import Report
from reports.pdf import PdfUnavailable


def produce(report: Report) -> bool:
    """Makes the paper of a claimed report; False when the claim was lost meanwhile. Raises what goes wrong."""
    started = time.monotonic()
    snapshot = _settled_snapshot(report)
    if not report.renew():
        return False  # cancelled, or taken by another worker: no paper is made for nobody
    subject_id = report.subject.pk
    made = documents.make(report.kind, subject_id, snapshot, report.format)
    name = shelf.store(report, made.content)
    finished = report.close_as(
        Report.State.READY,
        file=name,
        sha256=made.sha256,
        pages=made.pages,
        bytes=len(made.content),
        seconds=round(time.monotonic() - started, 3),
    )
    if not finished:
        shelf.stored_path(name).unlink(missing_ok=True)
    return finished


def _settled_snapshot(report: Report) -> dict[str, Any]:
    """Read once: a second attempt after a lost worker prints what the first would have."""
    if report.snapshot is None:
        values = settled(report)
        Report.objects.filter(pk=report.pk, token=report.token).update(**values)
        for field, value in values.items():
            setattr(report, field, value)
    return report.snapshot


def settled(report: Report) -> dict[str, Any]:
    """What the paper would print today, as the columns that keep it; reads rows and writes none."""
    paper = documents.document(report.kind)
    snapshot = paper.collect(report.subject, report.parameters, report.by)
    dated = date.fromisoformat(snapshot["document"]["dated"])
    return {
        "snapshot": snapshot,
        "snapshot_sha": documents.snapshot_sha(snapshot),
        "template_version": paper.TEMPLATE_VERSION,
        "office_profile": paper.district_of(report.subject).office_on(dated),
    }


def explain(error: Exception) -> str:
    """What the person who asked reads."""
    if isinstance(error, PdfUnavailable):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if type(error).__name__ == "SoftTimeLimitExceeded":
        return "Dokumen terlalu lama dibuat dan dihentikan. Minta per hari atau per sesi agar lebih kecil."
    return "Dokumen gagal dibuat karena kesalahan portal. Tekan “Coba lagi”; bila berulang, beri tahu pengelola portal."
