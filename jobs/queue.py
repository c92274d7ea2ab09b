"""Queue of jobs: sends them to the workers, and requeues those that nobody holds."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from jobs.models import Job

logger = logging.getLogger(__name__)

REQUEUE_SECONDS = 60  # a waiting row is not enqueued again sooner: one message, not one at each pass of beat
MAX_REQUEUED = 200  # rows in one pass


def requeue_after() -> datetime:
    """The moment before which a row that waits now is not enqueued again: its `lease_until` while it waits."""
    return timezone.now() + timedelta(seconds=REQUEUE_SECONDS)


def enqueue(jobs: type[Job], job_id: int) -> None:
    """Sends the message for this row. A failed broker delays the row until the next pass and never breaks the page."""
    task = import_string(jobs.TASK)
    try:
        task.delay(job_id)
    except Exception:
        # Each transport raises errors of its own; the row waits for requeue_stale either way.
        logger.exception("%s %s was not enqueued; the next pass tries again", jobs._meta.label, job_id)


def enqueue_on_commit(job: Job) -> None:
    """Enqueues this row when the transaction commits."""
    transaction.on_commit(partial(enqueue, type(job), job.pk))


def requeue_stale(jobs: type[Job]) -> int:
    """Fails jobs without attempts left and enqueues those that nobody holds; returns the number of enqueued rows."""
    unheld = jobs.unheld()
    exhausted = unheld.filter(attempts__gte=jobs.MAX_ATTEMPTS)
    if lost := exhausted.update(state=jobs.State.FAILED, error=jobs.GIVEN_UP, lease_until=None):
        logger.error("%s rows of %s given up after %s attempts", lost, jobs._meta.label, jobs.MAX_ATTEMPTS)
    stale = Q(lease_until=None) | jobs.lease_is_over()
    waiting = list(unheld.filter(stale).order_by("pk").values_list("pk", "state")[:MAX_REQUEUED])
    queued = [pk for pk, state in waiting if state == jobs.State.QUEUED]
    jobs._base_manager.filter(pk__in=queued, state=jobs.State.QUEUED).update(lease_until=requeue_after())
    for pk, _ in waiting:
        enqueue(jobs, pk)
    return len(waiting)
