"""Sets Django up at a frozen time, without randomness, with jobs that run at once; imported before Django."""

import hashlib
import logging
import os
import random
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

NOW = datetime(2026, 7, 15, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
_dice = random.Random()


def seed(text: str) -> None:
    """Seeds the random numbers by this text alone, not by what was drawn before."""
    _dice.seed(hashlib.sha256(text.encode()).digest())


def set_up(*, demo: bool) -> None:
    time_machine.travel(NOW, tick=False).start()
    logging.disable(logging.CRITICAL)  # refusals are facts here, not news
    secrets.choice = _dice.choice  # type: ignore[assignment]  # codes printed in documents
    seed("")
    os.environ["DJANGO_SETTINGS_MODULE"] = "pamsimas.settings"
    from django.conf import settings  # read under the frozen clock

    settings.DEMO_MODE = demo
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = settings.DATA_DIR / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    import django

    django.setup()
