"""Celery tasks of imports. Every task is safe to run twice and to lose."""

from celery import shared_task

from imports.models import ImportRun
from imports.services import expiry, worker
from jobs.leases import lease
from jobs.limits import TASK_LIMIT, TASK_SOFT_LIMIT
from jobs.queue import requeue_stale


@shared_task(soft_time_limit=TASK_SOFT_LIMIT, time_limit=TASK_LIMIT)
def run_import(run_id: int) -> None:
    """Only the run that claims the row works on it; a deleted or claimed row is skipped."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or not run.is_under_way or not run.claim():
        return
    with lease(run):
        worker.work(run)


@shared_task(ignore_result=True)
def requeue_stale_imports() -> None:
    """Requeues lost imports; beat sends it every 20 s."""
    requeue_stale(ImportRun)


@shared_task(ignore_result=True)
def clear_expired_imports() -> None:
    """Clears expired imports; beat sends it once a day."""
    expiry.clear_expired()
