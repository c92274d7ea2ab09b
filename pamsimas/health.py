"""Health checks. /healthz: this process is alive. /readyz: database, broker and a worker are available."""

import os

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs import heartbeat

BROKER_PATIENCE = 2  # seconds


@login_not_required
@require_safe
@never_cache
def healthz(request):
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@never_cache
def readyz(request):
    """States what is available; without address, version or cause, because the page is public."""
    has_database = database_answers()
    parts = {"database": has_database, "broker": broker_answers(), "worker": has_database and worker_seen()}
    well = all(parts.values())
    body = {"status": "ok" if well else "failing"} | {
        part: "ok" if answers else "failing" for part, answers in parts.items()
    }
    return JsonResponse(body, status=200 if well else 503)


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Error:
        return False


def broker_answers():
    if not settings.REDIS_URL:
        return os.access(settings.BROKER_DIR, os.W_OK)
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=BROKER_PATIENCE, socket_connect_timeout=BROKER_PATIENCE
    )
    try:
        return client.ping()
    except redis.RedisError:
        return False
    finally:
        client.close()


def worker_seen():
    try:
        return not heartbeat.is_silent(heartbeat.last_seen())
    except Error:
        return False
