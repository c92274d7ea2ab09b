"""The demo of an older version is put aside completely: nothing of it is lost, whatever interrupts it."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pamsimas import versions
from pamsimas.tooling import older_demo, steps, supervisor

ROOT = Path(__file__).resolve().parents[2]
OLDER = [("accounts", "0001_initial"), ("villages", "0001_initial")]
CURRENT = [("accounts", "0001_tables_2026_12b"), ("villages", "0001_tables_2026_12b")]


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Simulates code after migrations have started again."""
    monkeypatch.setattr(versions, "on_disk", lambda: set(CURRENT))


DEMO = """
import json, os, sqlite3, sys
path, applied, end = sys.argv[1:]
database = sqlite3.connect(path)
database.execute("PRAGMA journal_mode=WAL")
database.execute("CREATE TABLE django_migrations (app, name)")
database.executemany("INSERT INTO django_migrations VALUES (?, ?)", json.loads(applied))
database.execute("CREATE TABLE accounts_user AS SELECT 'kepala' AS name")
database.commit()
os._exit(0) if end == "killed" else database.close()
"""


def make_demo(place, applied=OLDER, log=True):
    """A data directory with all files of a demo; `log`: as after a killed portal, rows in the write-ahead log."""
    for name in ("media/reports/2026/a b.pdf", "media/photo.jpg", "broker/messages/1.portal.msg", "beat-schedule.db"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(name.encode() * 100)
    (place / "broker/control").mkdir()
    for name in ("secret_key", "run.lock", "cadangan.tar.gz"):
        (place / name).write_text(name)
    arguments = [place / "portal.sqlite3", json.dumps(applied), "killed" if log else "closed"]
    subprocess.run([sys.executable, "-c", DEMO, *arguments], check=True)
    assert (place / "portal.sqlite3-wal").exists() == log
    return place


def contents(place):
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def documents(place):
    return {name: content for name, content in contents(place).items() if "sqlite3" not in name}


def rows(database):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT * FROM django_migrations").fetchall()


STAYS = {"secret_key", "run.lock", "cadangan.tar.gz"}


def split(before):
    """The documents of a data directory that move, and those that stay."""
    return ({n: b for n, b in before.items() if n not in STAYS}, {n: b for n, b in before.items() if n in STAYS})


@pytest.mark.parametrize("log", [True, False])
def test_put_aside_moves_the_whole_demo_and_leaves_the_secret(tmp_path, capsys, log):
    moves, stays = split(documents(make_demo(tmp_path, log=log)))
    older_demo.put_aside(tmp_path)
    (aside,) = tmp_path.glob("demo-lama-*")
    assert documents(aside) == moves
    assert rows(aside / "portal.sqlite3") == OLDER
    assert {name for name in contents(tmp_path) if not name.startswith(aside.name)} == set(stays)
    assert f"Semuanya disisihkan di {aside}; portal mulai" in capsys.readouterr().out
    older_demo.put_aside(tmp_path)  # nothing is left to do
    assert [path.name for path in tmp_path.glob("*demo-lama*")] == [aside.name]


def test_put_aside_never_over_an_earlier_one(tmp_path):
    make_demo(tmp_path)
    older_demo.put_aside(tmp_path)
    first = {path.name: contents(path) for path in tmp_path.glob("demo-lama-*")}
    for name in ("broker", "media"):
        assert not (tmp_path / name).exists()
    make_demo(tmp_path)
    older_demo.put_aside(tmp_path)
    second = {path.name: contents(path) for path in tmp_path.glob("demo-lama-*")}
    assert (len(second), second | first) == (2, second)


@pytest.mark.parametrize("applied", [CURRENT, [*CURRENT, ("villages", "0002_later")], CURRENT[:1]])
def test_put_aside_leaves_a_demo_of_this_version_or_a_newer_one(tmp_path, applied):
    before = documents(make_demo(tmp_path, applied))
    older_demo.put_aside(tmp_path)
    assert (documents(tmp_path), rows(tmp_path / "portal.sqlite3")) == (before, applied)


def test_put_aside_takes_tables_without_a_record_for_older(tmp_path):
    make_demo(tmp_path, [])
    older_demo.put_aside(tmp_path)
    assert len(list(tmp_path.glob("demo-lama-*"))) == 1


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_put_aside_leaves_what_is_no_database(tmp_path, content):
    (tmp_path / "portal.sqlite3").write_bytes(content)
    older_demo.put_aside(tmp_path)
    assert contents(tmp_path) == {"portal.sqlite3": content}


def test_put_aside_of_a_database_in_use_is_refused(tmp_path):
    before = documents(make_demo(tmp_path))
    with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as other:
        other.execute("SELECT * FROM accounts_user").fetchall()
        with pytest.raises(steps.Stop, match=r"belum dapat disisihkan .*\nHentikan semua proses yang memakainya"):
            older_demo.put_aside(tmp_path)
    assert (documents(tmp_path), rows(tmp_path / "portal.sqlite3")) == (before, OLDER)


@pytest.mark.parametrize("number", range(5))
def test_put_aside_moves_all_or_nothing(tmp_path, monkeypatch, number):
    """A folder that is not writable, a full disk: any of the moves may fail."""
    moves, _ = split(documents(make_demo(tmp_path)))
    before, calls, rename = documents(tmp_path), [], Path.rename

    def failing(path, target):
        calls.append(path)
        if len(calls) == number + 1:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(steps.Stop, match=r"tidak dapat disisihkan \(.*No space left.*\)\. Tidak ada yang hilang"):
            older_demo.put_aside(tmp_path)
    if number < 4:  # the last renames the folder that contains everything by then
        assert documents(tmp_path) == before
    older_demo.put_aside(tmp_path)
    (aside,) = tmp_path.glob("demo-lama-*")
    assert (documents(aside), rows(aside / "portal.sqlite3")) == (moves, OLDER)


KILLED = """
import os, signal, sys
from pathlib import Path
from pamsimas import versions
from pamsimas.tooling import older_demo
versions.on_disk = lambda: {known!r}
left, rename = {number}, Path.rename
def killing(path, target):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return rename(path, target)
Path.rename = killing
older_demo.put_aside(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("number", range(5))
def test_put_aside_goes_on_after_a_kill(tmp_path, number):
    """Killed before each of the moves. Meanwhile a command created empty folders, or even a new database."""
    moves, _ = split(documents(make_demo(tmp_path)))
    code = KILLED.format(known=set(CURRENT), number=number)
    assert subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT).returncode == -signal.SIGKILL
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "broker/messages").mkdir(parents=True, exist_ok=True)
    complete = not (tmp_path / "portal.sqlite3").exists()
    if complete:
        (tmp_path / "portal.sqlite3").write_text("new")
    older_demo.put_aside(tmp_path)
    (aside,) = tmp_path.glob("*demo-lama*")
    assert (aside.name[0], documents(aside), rows(aside / "portal.sqlite3")) == ("d", moves, OLDER)
    assert (tmp_path / "portal.sqlite3").exists() == complete


def test_folder_made_again_with_files_is_kept_beside_the_first(tmp_path):
    make_demo(tmp_path)
    (tmp_path / ".demo-lama/media").mkdir(parents=True)
    (tmp_path / ".demo-lama/media/first.txt").write_text("first")
    older_demo.put_aside(tmp_path)
    (aside,) = tmp_path.glob("demo-lama-*")
    assert (aside / "media/first.txt").read_text() == "first"
    assert (aside / "media-2/photo.jpg").exists()


START = """
import sys
from pathlib import Path
from pamsimas import versions
from pamsimas.tooling import older_demo, steps, supervisor
versions.on_disk = lambda: {known!r}
place = Path(sys.argv[1])
try:
    lock = supervisor.take_lock(place)
    older_demo.put_aside(place)
    print("up", flush=True)
    sys.stdin.read()
except steps.Stop as stop:
    sys.exit(str(stop))
"""


def test_of_two_starts_one_puts_aside(tmp_path):
    moves, _ = split(documents(make_demo(tmp_path)))
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START.format(known=set(CURRENT)), tmp_path],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    while all(start.poll() is None for start in starts):
        os.sched_yield()
    for start in starts:
        start.stdin.close()
        start.stdin = None
    answers = [start.communicate() for start in starts]
    assert sorted(start.returncode for start in starts) == [0, 1]
    assert [error for _, error in answers if error] == [f"Portal sudah berjalan dengan data di {tmp_path}.\n"]
    (aside,) = tmp_path.glob("demo-lama-*")
    assert (documents(aside), rows(aside / "portal.sqlite3")) == (moves, OLDER)


def start(monkeypatch, place, **variables):
    """The steps of `./run` up to `prepare`; True when an older demo would be put aside."""
    calls = []
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PAMSIMAS_DATA_DIR", str(place))
    monkeypatch.setenv("WORKER_HEARTBEAT_FILE", "")
    monkeypatch.setattr(supervisor, "address", lambda: ("127.0.0.1", 1))
    monkeypatch.setattr(older_demo, "put_aside", calls.append)
    done = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(supervisor.subprocess, "run", lambda *arguments, **options: done)
    assert supervisor.main() == 1
    return calls == [place]


@pytest.mark.parametrize(("url", "expected"), [("", True), ("  ", True), ("sqlite:////tmp/x.sqlite3", False)])
def test_only_a_start_as_demo_puts_aside(monkeypatch, tmp_path, url, expected):
    assert start(monkeypatch, tmp_path, DATABASE_URL=url) is expected


def test_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "run.lock").mkdir()  # same effect as a folder without rights, for root too
    with pytest.raises(steps.Stop, match=r"Folder data .* tidak dapat ditulisi"):
        supervisor.take_lock(tmp_path)
