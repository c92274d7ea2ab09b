"""Renewal of the claim on a job while the work goes on."""

import contextlib
import logging
import threading
from collections.abc import Iterator

from django.db import DatabaseError, connection

from jobs.models import Job

logger = logging.getLogger(__name__)

RENEW_SECONDS = 15  # a lease lasts 60: three renewals may fail before somebody else takes the row


@contextlib.contextmanager
def lease(job: Job) -> Iterator[None]:
    """Renews the claim while the body works, from a thread of its own; ends quietly when the claim is lost."""
    over = threading.Event()

    def renew() -> None:
        try:
            while not over.wait(RENEW_SECONDS):
                try:
                    if not job.renew():
                        return
                except DatabaseError:
                    logger.exception("lease of %s %s not renewed; trying again", job._meta.label, job.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name=f"lease-{job._meta.model_name}-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
