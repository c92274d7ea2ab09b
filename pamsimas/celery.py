"""The Celery application of the worker and of beat; tasks live in the apps' tasks.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamsimas.settings")

app = Celery("pamsimas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
