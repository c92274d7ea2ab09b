"""Settings in another process: refused values, and the settings in effect in the database."""

import os
import stat
import subprocess
import sys

import pytest
from django.db import connection

SECRET = "kunci-uji-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"
PRODUCTION = {
    "DATABASE_URL": "postgres://u:p@127.0.0.1/x",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "portal.test",
}


def evaluate(tmp_path, expression, **variables):
    """Loads the settings in a process with these variables alone; returns (exit code, output)."""
    environment = {"PATH": os.environ["PATH"], "PAMSIMAS_DATA_DIR": str(tmp_path / "data"), **variables}
    code = f"from pamsimas import settings as s; print(({expression}))"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def test_without_database_url_it_is_a_demo(tmp_path):
    assert evaluate(tmp_path, "s.DEMO_MODE, s.PRODUCTION, s.DEBUG, s.HTTPS") == (0, "(True, False, False, False)")


def test_secret_of_a_demo_is_kept_and_closed(tmp_path):
    first = evaluate(tmp_path, "s.SECRET_KEY")
    assert first == evaluate(tmp_path, "s.SECRET_KEY")
    assert len(first[1]) >= 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_production_with_all_it_needs_starts(tmp_path):
    expression = "s.DEMO_MODE, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS"
    assert evaluate(tmp_path, expression, **PRODUCTION) == (0, "(False, True, True, ['portal.test'])")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "kurang"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "GANTI-" + SECRET}, "SECRET_KEY must be set"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "portal.test,*"}, "ALLOWED_HOSTS must name"),
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"DEBUG": "ya"}, "DEBUG must be 1 or 0"),
        ({"HTTPS": "maybe"}, "HTTPS must be 1 or 0"),
        ({"PROXIES": "two"}, "PROXIES has a value that cannot be read"),
        ({"PROXIES": "9"}, "PROXIES must lie between 0 and 5"),
        ({"WORKER_PROCESSES": "0"}, "WORKER_PROCESSES must lie between 1 and 64"),
        ({"DATABASE_URL": "mysql://u:p@127.0.0.1/x"}, "DATABASE_URL must begin with"),
        ({"REDIS_URL": "amqp://127.0.0.1"}, "REDIS_URL must begin with"),
    ],
)
def test_bad_value_stops_the_start_with_its_name(tmp_path, changed, named):
    code, text = evaluate(tmp_path, "s.DEBUG", **PRODUCTION | changed)
    assert code == 1
    assert named in text.splitlines()[-1]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
def test_sqlite_pragmas_hold():
    with connection.cursor() as cursor:
        values = []
        for pragma in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            values.append(cursor.fetchone()[0])
    assert values == ["wal", 1, 20000, 1]
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="kept connections are for PostgreSQL")
def test_postgresql_connections_are_kept_and_asked_first():
    assert connection.settings_dict["CONN_MAX_AGE"] == 600
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True


def test_beat_calls_only_tasks_that_exist(settings):
    from pamsimas.celery import app

    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert named
    assert named - set(app.tasks) == set()
