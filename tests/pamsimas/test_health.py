"""Health pages for a monitor."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, InterfaceError, connection
from django.urls import reverse
from django.utils import timezone

from jobs.models import WorkerHeartbeat
from pamsimas import health
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def beating():
    WorkerHeartbeat.objects.create(name="worker", seen_at=timezone.now())


def test_healthz_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("healthz"))
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readyz_when_all_is_well(client, beating):
    response = client.get(reverse("readyz"))
    assert response.json() == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok"}
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_silent_worker_is_told(client):
    WorkerHeartbeat.objects.create(name="worker", seen_at=timezone.now() - timedelta(seconds=91))
    response = client.get(reverse("readyz"))
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "ok", "broker": "ok", "worker": "failing"}


def test_unreachable_broker_is_told(client, beating, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["broker"]) == (503, "failing")


def test_missing_broker_folder_is_told(client, beating, settings, tmp_path):
    settings.REDIS_URL = ""
    settings.BROKER_DIR = tmp_path / "gone"
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["broker"]) == (503, "failing")


def test_unreachable_database_is_told(client, monkeypatch):
    def refuse():
        raise DatabaseError("no route")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert (health.database_answers(), health.worker_seen()) == (False, False)


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_health_can_only_be_read(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize(("name", "status"), [("healthz", 200), ("readyz", 503)])
def test_a_monitor_gets_json_and_no_cookie_while_the_database_is_away(client, monkeypatch, name, status):
    client.force_login(make.UserFactory())  # a browser with a session

    def refuse(*args, **kwargs):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get(reverse(name), headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/json")
    assert response.cookies == {}
    assert "Vary" not in response.headers
    if name == "readyz":
        assert response.json() == {"status": "failing", "database": "failing", "broker": "ok", "worker": "failing"}
