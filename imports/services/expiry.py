"""Expiry of the data of imports that are abandoned, cancelled, undone or finished."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from imports.models import ImportEffect, ImportRow, ImportRun
from imports.services import lifecycle
from records import history
from records.models import Event

KEPT_DAYS = 30  # days during which a user may come back to a file (our assumption)
ABANDONED = f"Tidak dilanjutkan selama {KEPT_DAYS} hari; berkas dan barisnya dihapus."
Step, State = ImportRun.Step, ImportRun.State


def clear_expired() -> int:
    """Clears files, rows and old values past KEPT_DAYS; the run and its history stay. Returns how many it cleared."""
    now = timezone.now()
    limit = now - timedelta(days=KEPT_DAYS)
    over = list(_with_content(limit))
    for run in over:
        _clear(run)
    closed = 0
    for run in list(_abandoned(limit)):
        with transaction.atomic():
            still = _abandoned(limit).filter(pk=run.pk)  # a user may have continued it just now
            if still.update(step=Step.CANCELLED, state=State.READY, error="", finished_at=now):
                history.record(run, Event.Verb.CLOSE, by=None, reason=ABANDONED)
                _clear(run)
                closed += 1
    _forget_rest(limit)
    return len(over) + closed


def _forget_rest(limit):
    """Clears unmapped columns of rows that were not saved, whose file has been downloaded by then."""
    kept = ImportRow.objects.filter(
        run__step=Step.DONE, run__finished_at__lte=limit, skipped=True, raw__has_key=ImportRow.REST
    )
    for row in kept.iterator(chunk_size=500):
        row.raw.pop(ImportRow.REST)
        row.save(update_fields=["raw"])


def _abandoned(limit):
    """Imports that wrote nothing: they wait for the user, or failed and were not tried again."""
    waiting = Q(step__in=ImportRun.UNSAVED, state__in=[State.READY, State.FAILED])
    failed = Q(step__in=[Step.READ, Step.CHECK, Step.APPLY], state=State.FAILED)
    return ImportRun.objects.filter(waiting | failed, requested_at__lt=limit)


def _with_content(limit):
    over = ImportRun.objects.filter(step__in=[Step.CANCELLED, Step.UNDONE], finished_at__lte=limit)
    rows = ImportRow.objects.filter(run=OuterRef("pk"))
    effects = ImportEffect.objects.filter(run=OuterRef("pk"))
    return over.filter(~Q(file="") | ~Q(reading={}) | ~Q(contents={}) | Exists(rows) | Exists(effects))


def _clear(run: ImportRun):
    with transaction.atomic():
        run.rows.all().delete()
        run.effects.all().delete()
        lifecycle.forget(run)
        ImportRun.objects.filter(pk=run.pk).update(reading={}, contents={}, words={})
