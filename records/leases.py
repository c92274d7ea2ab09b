"""Jobs in a queue: ringing for a worker, keeping a claimed job while its work goes on, sweeping up what was lost."""

import contextlib
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from records.models import Job, WorkerBeat
from records.models.jobs import CLOCK_SKEW_SECONDS

logger = logging.getLogger(__name__)

BELL_SECONDS = 60  # the waiting row's `lease_until` is when the bell may ring again: one bell, not one every sweep
RING_AT_MOST = 200  # bells in one sweep
SILENT_SECONDS = 60  # the sweep is heard every 20 s, a busy worker every 15
RENEW_SECONDS = 15  # a lease lasts 60: three renewals may fail before somebody else takes the row


@contextlib.contextmanager
def lease(job: Job) -> Iterator[None]:
    """Keeps the claim while the body works, from a thread of its own; ends quietly when the claim is lost."""
    over = threading.Event()

    def keep() -> None:
        try:
            while not over.wait(RENEW_SECONDS):
                try:
                    if not job.renew():
                        return
                except DatabaseError:
                    logger.exception("lease of %s %s not renewed; trying again", job._meta.label, job.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=keep, name=f"lease-{job._meta.model_name}-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def note_beat() -> None:
    """A worker lives: noted by each sweep, and every few seconds by each task that lasts."""
    WorkerBeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})


def last_heard() -> datetime | None:
    """When a worker was last heard of; None when none ever was."""
    return WorkerBeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()


def is_silent(heard: datetime | None, patience: int = SILENT_SECONDS) -> bool:
    """A sign of life from the future is none: the clock was set back since."""
    if heard is None:
        return True
    now = timezone.now()
    return not now - timedelta(seconds=patience) <= heard <= now + timedelta(seconds=CLOCK_SKEW_SECONDS)


def next_bell() -> datetime:
    return timezone.now() + timedelta(seconds=BELL_SECONDS)


def ring(task: Any, job_id: int) -> None:
    """Wakes a worker for one job. A broker that fails costs the time until the next sweep, never the page."""
    try:
        task.delay(job_id)
    except Exception:
        # Each transport raises errors of its own; the row waits for the sweep either way.
        logger.exception("bell of %s for row %s failed; the sweep will ring again", task.name, job_id)


def sweep(jobs: type[Job], task: Any, *, given_up: str) -> int:
    """Gives up what failed too often, rings again for what nobody holds; returns how many bells it rang.

    `given_up`: what the person who asked reads then.
    """
    unheld = jobs.unheld()
    tired = unheld.filter(attempts__gte=jobs.MAX_ATTEMPTS)
    if lost := tired.update(state=jobs.State.FAILED, error=given_up, lease_until=None):
        logger.error("%s rows of %s given up after %s attempts", lost, jobs._meta.label, jobs.MAX_ATTEMPTS)
    silent = Q(lease_until=None) | jobs.lease_is_over()
    waiting = list(unheld.filter(silent).order_by("pk").values_list("pk", "state")[:RING_AT_MOST])
    queued = [pk for pk, state in waiting if state == jobs.State.QUEUED]
    jobs._base_manager.filter(pk__in=queued, state=jobs.State.QUEUED).update(lease_until=next_bell())
    for pk, _ in waiting:
        ring(task, pk)
    return len(waiting)
