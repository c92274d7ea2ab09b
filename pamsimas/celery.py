"""The Celery application of the worker and of beat; tasks live in the apps' tasks.py."""

import os

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

from pamsimas import database_limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamsimas.settings")

TRANSPORT_ALIASES["filesystem"] = "pamsimas.broker:Transport"

app = Celery("pamsimas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["jobs"], related_name="heartbeat")


@worker_init.connect
def _limit_waiting(**kwargs: object) -> None:
    """Before the pool is forked, so that its children take the limits over."""
    database_limits.set_limits(database_limits.WORKER)
