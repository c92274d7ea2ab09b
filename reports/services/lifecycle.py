"""Lifecycle of requested documents: retry, cancel, delete, mark as seen."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from jobs.queue import enqueue_on_commit, requeue_after
from records import history
from records.models import Event
from reports import storage
from reports.models import Report, ReportBundle
from reports.services import issuing, queue

KEPT = (
    "Dokumen ini tidak dapat dihapus: hanya cetakan dan draf milik sendiri yang sudah selesai dapat dihapus, bukan "
    "dokumen yang terbit, bagian berkas lengkap, laporan berjadwal, atau yang salinan bertanda tangannya terlampir."
)


def retry(report: Report, by: User) -> None:
    """Requeues a failed or cancelled report, with today's rows. Raises ValidationError for other states."""
    with transaction.atomic():
        turn = queue.next_turn(report.by or by, in_bundle=report.bundle_id is not None)
        again = Report.objects.filter(pk=report.pk, state__in=Report.LOST).update(
            state=Report.State.QUEUED,
            requested_at=timezone.now(),
            attempts=0,
            error="",
            token=None,
            lease_until=requeue_after(),
            seen_at=None,
            turn=turn,
            **issuing.UNFROZEN,
        )
        if not again:
            raise ValidationError("Laporan ini tidak sedang gagal atau dibatalkan; tidak perlu dicoba lagi.")
        history.record(report, Event.Verb.REOPEN, by=by)
        if report.bundle_id:
            reopen_bundle(report.bundle_id)
        enqueue_on_commit(report)
    report.refresh_from_db()


def cancel(report: Report, by: User) -> None:
    """Cancels a waiting or running report; nothing of it is stored. Raises ValidationError for an ended one."""
    with transaction.atomic():
        if not report.cancel():
            raise ValidationError("Dokumen ini sudah selesai; tidak ada yang dibatalkan.")
        history.record(report, Event.Verb.CANCEL, by=by)
        if report.bundle:
            enqueue_on_commit(report.bundle)


def delete(report: Report, by: User) -> None:
    """Deletes the user's own document, and its file after the commit; the event stays. Raises ValidationError."""
    try:
        with transaction.atomic():
            row = Report.objects.passing().filter(pk=report.pk, by=by).select_for_update().first()
            if row is None:
                raise ValidationError(KEPT)
            history.record(row, Event.Verb.DELETE, by=by)
            if row.file:
                transaction.on_commit(partial(storage.delete, row.file.name))
            row.delete()
    except ProtectedError:
        raise ValidationError(KEPT) from None


def mark_seen(by: User) -> int:
    """Marks all documents and bundles of this user as seen; returns their number."""
    now = timezone.now()
    unseen = {"by": by, "state": Report.State.READY, "seen_at": None}
    reports = Report.objects.filter(**unseen, bundle=None).update(seen_at=now)
    return reports + ReportBundle.objects.filter(**unseen).update(seen_at=now)


def reopen_bundle(bundle_id: int) -> None:
    """A part is made again, so the ZIP waits for it; a worker that is writing the ZIP loses its claim."""
    bundle = ReportBundle.objects.get(pk=bundle_id)
    ReportBundle.objects.filter(pk=bundle_id).update(
        state=ReportBundle.State.QUEUED,
        attempts=0,
        error="",
        token=None,
        lease_until=requeue_after(),
        file="",
        sha256="",
        bytes=None,
        print_file="",
        print_sha256="",
        print_bytes=None,
        print_pages=None,
        seen_at=None,
    )
    transaction.on_commit(partial(storage.delete, bundle.file.name, bundle.print_file.name))
