"""Packing of a bundle with finished parts: its ZIP and its print file, by the worker that claims it."""

import io
from typing import Any

from reports import storage
from reports.models import Report, ReportBundle
from reports.services.bundles import archive, print_file

NOTHING_MADE = "Tidak satu pun dokumen berhasil dibuat. Lihat sebabnya di bawah, lalu tekan “Coba lagi yang gagal”."


def is_waiting(bundle: ReportBundle) -> bool:
    """Whether a part is still in progress, so that nothing can be packed yet."""
    return bundle.parts.filter(state__in=Report.UNDER_WAY).exists()


def assemble(bundle: ReportBundle) -> bool:
    """Writes the ZIP and the print file of a claimed bundle; False when the claim has been lost.

    Raises ValidationError when it would be larger than the portal delivers.
    """
    parts = archive.in_order(bundle.parts.all())
    if any(part.is_under_way for part in parts):
        # Requested again between the check and the claim: the worker that finishes that part enqueues it.
        return bundle.close_as(ReportBundle.State.QUEUED, attempts=0)
    ready = [part for part in parts if part.state == Report.State.READY]
    if parts and not ready:
        if all(part.state == Report.State.CANCELLED for part in parts):
            return bundle.close_as(ReportBundle.State.CANCELLED, done=0)
        return bundle.close_as(ReportBundle.State.FAILED, error=NOTHING_MADE, done=0)
    lines = archive.lines_of(bundle, parts)
    stored: list[str] = []
    try:
        zipped = archive.store(bundle, lines)
        stored.append(zipped.name)
        values: dict[str, Any] = {"file": zipped.name, "sha256": zipped.sha256, "bytes": zipped.bytes}
        if joined := print_file.joined(bundle, lines):
            stored.append(storage.store_for_bundle(bundle, io.BytesIO(joined.content), "-cetak.pdf"))
            values |= {
                "print_file": stored[-1],
                "print_sha256": joined.sha256,
                "print_bytes": len(joined.content),
                "print_pages": joined.pages,
            }
        finished = bundle.close_as(ReportBundle.State.READY, done=len(ready), **values)
    except BaseException:
        storage.delete(*stored)
        raise
    if not finished:
        storage.delete(*stored)
    return finished
