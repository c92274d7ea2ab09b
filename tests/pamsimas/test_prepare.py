"""Static files are public: every user of the machine can read them, whoever collected them, and they are
collected once.
"""

import os
import stat

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from pamsimas import settings as as_written
from pamsimas.management.commands import prepare


@pytest.fixture
def collected(settings, tmp_path):
    """Collects two files as in production, under the strictest umask; source and target folder."""
    source = tmp_path / "source"
    (source / "deep" / "deeper").mkdir(parents=True)
    (source / "page.css").write_text("main { color: green }\n" * 200)
    (source / "deep" / "deeper" / "page.js").write_text("'use strict';\n" * 200)
    settings.STORAGES = as_written.STORAGES
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "target"
    before = os.umask(0o077)
    try:
        call_command("prepare", "--static")
    finally:
        assert os.umask(before) == 0o077, "the umask of the process is left as it was"
    return source, settings.STATIC_ROOT


def modes(place):
    return {path.relative_to(place): stat.S_IMODE(path.stat().st_mode) for path in place.rglob("*")}


def test_collected_files_can_be_read_by_every_user(collected):
    _, target = collected
    found = modes(target)
    folders = {path: mode for path, mode in found.items() if (target / path).is_dir()}
    assert set(folders.values()) == {0o755}
    assert {mode for path, mode in found.items() if path not in folders} == {0o644}
    assert stat.S_IMODE(target.stat().st_mode) == 0o755
    kinds = {path.suffix for path in found if path not in folders and path.suffix}
    assert kinds >= {".css", ".js", ".gz", ".br", ".json"}


def test_uploads_stay_private(settings):
    assert (settings.FILE_UPLOAD_PERMISSIONS, settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS) == (0o600, 0o700)


def test_other_times_of_the_files_collect_nothing(collected, capsys):
    source, target = collected
    for path in source.rglob("*"):
        os.utime(path, ns=(1_000_000_007, 1_000_000_007))
    (target / "page.css").unlink()  # would come back
    call_command("prepare", "--static")
    assert not (target / "page.css").exists()


@pytest.mark.parametrize("change", ["content", "new", "gone", "renamed"])
def test_a_changed_file_is_collected(collected, change):
    source, target = collected
    file = source / "page.css"
    facts = file.stat()
    stamp = (target / ".stamp").read_text()
    match change:
        case "content":  # of the same length and time
            file.write_text(file.read_text().replace("green", "brown"))
            os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        case "new":
            (source / "another.css").write_text("main {}")
        case "gone":
            file.unlink()
        case "renamed":
            file.rename(source / "other.css")
    call_command("prepare", "--static")
    assert (target / ".stamp").read_text() != stamp
    if change == "content":
        assert "brown" in (target / "page.css").read_text()


def test_a_database_that_stays_away_is_said_in_a_sentence(monkeypatch, capsys):
    def refuse():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(prepare, "DATABASE_SECONDS", 0.05)
    monkeypatch.setattr(prepare, "RETRY_SECONDS", 0.01)
    with pytest.raises(CommandError, match=r"Basis data tidak menjawab \(connection refused\)\. Periksa"):
        prepare.Command().wait_for_database()
    assert "menunggu basis data" in capsys.readouterr().out


def test_a_database_that_comes_late_is_waited_for(monkeypatch):
    answers = iter([OperationalError("starting up"), None])

    def late():
        if error := next(answers):
            raise error

    monkeypatch.setattr(connection, "ensure_connection", late)
    monkeypatch.setattr(prepare, "RETRY_SECONDS", 0.01)
    prepare.Command().wait_for_database()
    assert list(answers) == []
