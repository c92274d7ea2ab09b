"""Signs of life of the worker, from the processes that do the work: for who watches this worker, and for the pages.

Beat sends a task every 20 seconds, and a task that lasts says so every 15: a worker that is busy is never silent.
"""

import logging
import threading
from pathlib import Path

from celery.signals import task_postrun, task_prerun, worker_process_init
from django.conf import settings
from django.db import Error, connection

from records.leases import note_beat

logger = logging.getLogger(__name__)

BEAT_SECONDS = 15
_working = threading.Event()


@task_prerun.connect
def _begin(**kwargs: object) -> None:
    _working.set()
    touch()


@task_postrun.connect
def _end(**kwargs: object) -> None:
    _working.clear()


@worker_process_init.connect
def _start(**kwargs: object) -> None:
    threading.Thread(target=_go_on, name="heartbeat", daemon=True).start()


def _go_on() -> None:
    pause = threading.Event()
    while not pause.wait(BEAT_SECONDS):
        if _working.is_set():
            beat()


def beat() -> None:
    touch()
    try:
        note_beat()
    except Error:
        logger.exception("the sign of life of the worker was not noted; trying again")
    finally:
        connection.close()


def touch() -> None:
    """The file tells the process that started this worker; it needs no database and no clock that is right."""
    if settings.WORKER_HEARTBEAT_FILE:
        try:
            Path(settings.WORKER_HEARTBEAT_FILE).touch(mode=0o600)
        except OSError:
            logger.exception("%s cannot be touched", settings.WORKER_HEARTBEAT_FILE)
