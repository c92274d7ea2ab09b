"""Celery tasks of reports. Every task is safe to run twice and to lose."""

import gc
import logging

from celery import shared_task
from celery.signals import worker_init, worker_process_init, worker_process_shutdown, worker_ready
from django.db import DatabaseError, connection

from documents.rendering import pdf
from jobs.heartbeat import record_heartbeat
from jobs.leases import lease
from jobs.limits import TASK_LIMIT, TASK_SOFT_LIMIT
from jobs.queue import enqueue, requeue_stale
from reports import storage
from reports.models import Report, ReportBundle, ScanReading
from reports.services import bundles, production, queue, requests, schedules, sent_letters
from reports.services.scans import filing, reading

logger = logging.getLogger(__name__)


@shared_task(bind=True, soft_time_limit=TASK_SOFT_LIMIT, time_limit=TASK_LIMIT)
def render_report(self, report_id: int) -> None:
    """Only the run that claims the row makes the document; a deleted or claimed row is left alone.

    A message means that a row is waiting, not which one: the document whose turn is next is made
    (reports.services.queue). Called directly, as a function, it makes the given row.
    """
    report = queue.claim(report_id) if self.request.called_directly else queue.claim_next()
    if report is None:
        return
    try:
        with lease(report):
            requests.check_access(report)
            sent_letters.refuse_second(report)
            production.produce(report)
    except Exception as error:
        report.close_as(Report.State.FAILED, error=production.explain(error))
        raise  # the user sees the error on the page, the log has the traceback
    finally:
        if report.attempts > 1 and report.state == Report.State.READY:
            storage.delete_abandoned(report)
        if report.bundle_id:
            enqueue(ReportBundle, report.bundle_id)
        gc.collect()


@shared_task(soft_time_limit=TASK_SOFT_LIMIT, time_limit=TASK_LIMIT)
def assemble_bundle(bundle_id: int) -> None:
    """Packs a bundle without parts in progress; the last finished part enqueues it."""
    bundle = ReportBundle.objects.filter(pk=bundle_id).first()
    if bundle is None or not bundle.is_under_way or bundles.is_waiting(bundle) or not bundle.claim():
        return
    try:
        with lease(bundle):
            bundles.assemble(bundle)
    except Exception as error:
        bundle.close_as(ReportBundle.State.FAILED, error=production.explain(error))
        raise


@shared_task(soft_time_limit=TASK_SOFT_LIMIT, time_limit=TASK_LIMIT)
def read_scan(reading_id: int) -> None:
    """Reads the pages of one scan; a scan deleted meanwhile takes its row along."""
    job = ScanReading.objects.select_related("scan__file").filter(pk=reading_id).first()
    if job is None or not job.claim():
        return
    try:
        with lease(job):
            filing.read(job)
    except Exception as error:
        job.close_as(ScanReading.State.FAILED, error=reading.explain(error))
        raise
    finally:
        gc.collect()


@shared_task(ignore_result=True)
def requeue_stale_reports() -> None:
    """Sent by beat every 20 s."""
    record_heartbeat()
    requeue_stale(Report)
    requeue_stale(ReportBundle)
    requeue_stale(ScanReading)


@shared_task(ignore_result=True)
def tidy() -> None:
    """Sent by beat every hour."""
    storage.tidy()


@shared_task(ignore_result=True)
def make_scheduled() -> None:
    """Sent by beat every hour from 06.00 WIB on; the next run makes up for a missed one."""
    schedules.make_due()


# Hooks of the worker's own processes, not of the data. The parent only imports: a document made before the fork would
# leave font files that the first child to exit removes.


@worker_init.connect
def _preload(**kwargs: object) -> None:
    pdf.preload()


@worker_ready.connect
def _first_beat(**kwargs: object) -> None:
    """So that /readyz need not wait for the first task of beat. No child may inherit the connection."""
    try:
        record_heartbeat()
    except DatabaseError:
        logger.exception("the heartbeat of the worker was not written")
    finally:
        connection.close()


@worker_process_init.connect
def _warm(**kwargs: object) -> None:
    pdf.warm()


@worker_process_shutdown.connect
def _forget(**kwargs: object) -> None:
    pdf.forget()
