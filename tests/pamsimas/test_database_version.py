"""A database of another version is refused by everything that would migrate it, and stays unchanged."""

import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pamsimas import database_version, versions
from pamsimas.database_version import refuse_other_version
from pamsimas.tooling import container, servers
from tests.pamsimas.test_backup import MAKE_OLDER, ROOT, ROWS, Portal

OLDER = {("accounts", "0001_initial"), ("villages", "0001_initial"), ("villages", "0002_programmes")}
CURRENT = {("accounts", "0001_tables_2026_12b"), ("villages", "0001_tables_2026_12b")}


@pytest.fixture
def known(monkeypatch):
    """Simulates code after migrations have started again."""
    monkeypatch.setattr(database_version, "known_migrations", lambda: CURRENT)


def record(names):
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.all().delete()
    for app, name in names:
        recorder.record_applied(app, name)


@pytest.mark.django_db
@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("command", ["prepare", "migrate"])
def test_older_configured_database_is_refused(command):
    record(OLDER)
    with pytest.raises(CommandError, match=r"lebih lama \(villages\.0002_programmes\).*DATABASE_URL") as refused:
        call_command(command, verbosity=0)
    assert refused.value.returncode == versions.EXIT_CODE
    assert set(MigrationRecorder(connection).applied_migrations()) == OLDER


@pytest.mark.django_db
@pytest.mark.usefixtures("known")
def test_older_demo_is_refused_and_the_message_names_run(settings):
    settings.DEMO_MODE = True
    record(OLDER)
    with pytest.raises(CommandError, match=r"Hentikan portal, lalu jalankan \./run: data lama disisihkan"):
        refuse_other_version()


@pytest.mark.django_db
@pytest.mark.usefixtures("known")
def test_tables_without_a_record_are_refused(monkeypatch):
    monkeypatch.setattr(database_version, "UNRECORDED_WAIT", 0)
    record([])
    with pytest.raises(CommandError, match=r"lebih lama \(tanpa catatan versi\)"):
        refuse_other_version()


@pytest.mark.django_db
@pytest.mark.usefixtures("known")
def test_tables_that_another_process_is_recording_are_waited_for(monkeypatch):
    record([])
    monkeypatch.setattr(database_version.time, "sleep", lambda _: record(CURRENT))
    refuse_other_version()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["prepare", "migrate"])
def test_newer_database_is_refused(command):
    refuse_other_version()
    MigrationRecorder(connection).record_applied("villages", "0999_from_the_future")
    with pytest.raises(CommandError, match=r"lebih baru \(villages\.0999_from_the_future\)"):
        call_command(command, verbosity=0)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_container_of_another_version_ends_at_once(name, monkeypatch):
    calls = []
    monkeypatch.setattr(container, "django", lambda *arguments: calls.append(arguments) or versions.EXIT_CODE)
    with pytest.raises(SystemExit) as end:
        container.prepare(name)
    assert (end.value.code, len(calls)) == (versions.EXIT_CODE, 1)


COMMANDS = [["manage.py", "migrate"], ["manage.py", "prepare"], ["-m", "pamsimas.tooling"]] + [
    ["-m", "pamsimas.tooling.container", name] for name in ("web", "worker", "beat")
]
SENTENCE = r"Basis data ini dari versi portal yang lebih lama \(villages\.0001_initial\) .* tidak ada yang diubah\."


@pytest.fixture
def older_portal(tmp_path):
    portal = Portal(tmp_path / "portal")
    portal.lay_tables()
    portal.well("shell", "-v0", "-c", MAKE_OLDER)
    yield portal
    portal.drop()


def test_whatever_starts_on_an_older_database_ends_with_a_sentence_and_changes_nothing(older_portal):
    before = older_portal.request(ROWS)
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=older_portal.environment | {"PORT": str(servers.free_port())},
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        output = done.stdout + done.stderr
        assert (done.returncode, len(re.findall(SENTENCE, output))) == (versions.EXIT_CODE, 1), f"{command}: {output}"
    assert older_portal.request(ROWS) == before
    assert [path.name for path in older_portal.place.glob("*demo-lama*")] == []
