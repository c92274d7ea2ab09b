"""Queue of documents: whose document is made next, and how many a user may have waiting.

Start-time fair queueing: a request gets the turn after the last open one of its own flow, but never one before the
current turn. A flow is one user's single documents, or one user's parts of bundles: 300 parts delay neither another
user nor a single document that the same user requests later.
"""

from django.core.exceptions import ValidationError
from django.db.models import Max, Min

from accounts.models import User
from reports.models import Report, ReportBundle

MAX_OPEN_REPORTS = 100  # single documents of one user that are waiting or running (our assumption)
MAX_OPEN_BUNDLES = 10
MAX_LOOKED_AT = 100  # waiting rows tried in one call, in case other workers take them first


def hold(by: User) -> None:
    """Locks the user's row, so that of two simultaneous requests the second sees the first. Needs a transaction."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)


def check_room(by: User) -> None:
    """Raises ValidationError when this user has too many single documents in the queue."""
    count = _open().filter(by=by, bundle=None, schedule=None).count()
    if count >= MAX_OPEN_REPORTS:
        raise ValidationError(
            f"{count} dokumen Anda masih menunggu atau sedang dibuat. Tunggu sampai sebagian selesai, atau batalkan "
            "yang tidak perlu di halaman Laporan, lalu minta lagi."
        )


def check_room_for_bundle(by: User) -> None:
    """Raises ValidationError when this user has too many bundles in the queue."""
    count = ReportBundle.objects.filter(by=by, state__in=ReportBundle.UNDER_WAY).count()
    if count >= MAX_OPEN_BUNDLES:
        raise ValidationError(
            f"{count} berkas Anda masih menunggu atau sedang dibuat. Tunggu sampai sebagian selesai, atau hentikan "
            "yang tidak perlu di halaman Berkas, lalu minta lagi."
        )


def next_turn(by: User, *, in_bundle: bool) -> int:
    """The turn of a new request of this flow."""
    own = _open().filter(by=by, bundle__isnull=not in_bundle).aggregate(last=Max("turn"))["last"]
    now = _open().aggregate(first=Min("turn"))["first"] or 0
    return now if own is None else max(now, own + 1)


def claim(report_id: int) -> Report | None:
    """Claims this document; None when it is deleted, finished or claimed."""
    report = Report.objects.filter(pk=report_id).first()
    return report if report and report.claim() else None


def claim_next() -> Report | None:
    """Claims the waiting document whose turn is next, or None."""
    waiting = Report.unheld().filter(attempts__lt=Report.MAX_ATTEMPTS).order_by("turn", "pk")
    for report in waiting.defer("snapshot")[:MAX_LOOKED_AT]:
        if report.claim():
            return report
    return None


def _open():
    return Report.objects.filter(state__in=Report.UNDER_WAY)
