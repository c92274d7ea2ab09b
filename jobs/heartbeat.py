"""Heartbeats of the workers, for the supervisor of a worker and for the pages.

Beat sends a task every 20 seconds, and a long task writes a heartbeat every 15, so a busy worker is never silent.
"""

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

from celery.signals import task_postrun, task_prerun, worker_process_init
from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from jobs.models import CLOCK_SKEW_SECONDS, WorkerHeartbeat

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15
# Seconds without a heartbeat after which a worker counts as lost: beat sends a task every 20, three may be lost, and a
# busy worker writes every 15 (our assumption).
NOTICE_AFTER_SECONDS = 90
_working = threading.Event()


def record_heartbeat() -> None:
    """Records that a worker is alive; each task of beat calls it, and a long task calls it every few seconds."""
    WorkerHeartbeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})


def last_seen() -> datetime | None:
    """When a worker was last alive; None when none ever was."""
    return WorkerHeartbeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()


def is_silent(seen: datetime | None) -> bool:
    """A heartbeat in the future does not count: the clock was set back since."""
    if seen is None:
        return True
    now = timezone.now()
    return not now - timedelta(seconds=NOTICE_AFTER_SECONDS) <= seen <= now + timedelta(seconds=CLOCK_SKEW_SECONDS)


@task_prerun.connect
def _begin(**kwargs: object) -> None:
    _working.set()
    touch()


@task_postrun.connect
def _end(**kwargs: object) -> None:
    _working.clear()


@worker_process_init.connect
def _start(**kwargs: object) -> None:
    threading.Thread(target=_repeat, name="heartbeat", daemon=True).start()


def _repeat() -> None:
    pause = threading.Event()
    while not pause.wait(HEARTBEAT_SECONDS):
        if _working.is_set():
            beat()


def beat() -> None:
    touch()
    try:
        record_heartbeat()
    except Error:
        logger.exception("the heartbeat of the worker was not written; trying again")
    finally:
        connection.close()


def touch() -> None:
    """Touches the file that the supervisor of this worker watches; it needs no database and no correct clock."""
    if settings.WORKER_HEARTBEAT_FILE:
        try:
            Path(settings.WORKER_HEARTBEAT_FILE).touch(mode=0o600)
        except OSError:
            logger.exception("%s cannot be touched", settings.WORKER_HEARTBEAT_FILE)
