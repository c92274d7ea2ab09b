"""A worker that runs but does nothing is restarted; a busy one is left alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobs import heartbeat
from jobs.models import WorkerHeartbeat
from pamsimas.tooling.watch import MAX_RESTART_AFTER_SECONDS, RESTART_AFTER_SECONDS, Heartbeat

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watched(tmp_path, clock):
    return Heartbeat(tmp_path / "heartbeat", clock)


def test_a_file_that_is_touched_is_heard_whatever_time_it_bears(watched, clock):
    for year_ago, stamp in enumerate((2_000_000_000, 1_500_000_000, 3_000_000_000)):
        clock.now += RESTART_AFTER_SECONDS - 1
        watched.path.touch()
        os.utime(watched.path, (stamp, stamp))
        assert not watched.is_silent(), year_ago
    clock.now += RESTART_AFTER_SECONDS + 1
    assert watched.is_silent()


def test_a_worker_that_was_never_heard_is_silent_after_a_while(watched, clock):
    assert not watched.is_silent()
    clock.now += RESTART_AFTER_SECONDS + 1
    assert watched.is_silent()


def test_restarts_that_do_not_help_become_rarer_until_it_is_heard(watched, clock):
    waited = []
    for _ in range(6):
        begun = clock.now
        while not watched.is_silent():
            clock.now += 10
        waited.append(clock.now - begun)
        watched.begin_again()
    assert waited == [130, 250, 490, 970, 1810, 1810]
    assert waited[-1] <= MAX_RESTART_AFTER_SECONDS + 10
    watched.path.touch()
    assert not watched.is_silent()
    assert watched.patience == RESTART_AFTER_SECONDS


STUCK = """
import os, pathlib, sys, time
place = pathlib.Path(sys.argv[1])
with place.joinpath("starts").open("a") as file:
    file.write(sys.argv[2] + "\\n")
if len(place.joinpath("starts").read_text().split()) > 4 and sys.argv[2] == "worker":
    while True:  # the second one works
        place.joinpath("heartbeat").touch()
        time.sleep(0.1)
time.sleep(300)
"""
DRIVER = """
import sys, threading
from pathlib import Path
from pamsimas.tooling import supervisor, watch
watch.RESTART_AFTER_SECONDS = 5
place = sys.argv[2]
supervisor.commands = lambda host, port: {
    name: [sys.executable, "-c", sys.argv[1], place, name] for name in ("web", "beat", "worker")
}
def end_later(ending):
    while not Path(place, "heartbeat").exists():
        supervisor.time.sleep(0.1)
    ending.set()
sys.exit(supervisor.Supervisor("127.0.0.1", 1, watch.Heartbeat(Path(place, "heartbeat"))).run(end_later))
"""


def test_the_supervisor_restarts_a_silent_worker_and_beat_and_leaves_web_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, STUCK, tmp_path],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "worker tidak terdengar; worker dan beat dijalankan ulang" in done.stdout
    starts = (tmp_path / "starts").read_text().split()
    assert starts.count("web") == 1
    assert starts.count("worker") >= 2


@pytest.mark.django_db
def test_a_task_that_lasts_is_heard_all_the_while(settings, tmp_path, monkeypatch):
    settings.WORKER_HEARTBEAT_FILE = str(tmp_path / "heartbeat")
    monkeypatch.setattr(heartbeat.connection, "close", lambda: None)
    heartbeat.beat()
    assert (tmp_path / "heartbeat").exists()
    assert WorkerHeartbeat.objects.filter(name="worker").exists()


def test_a_task_is_heard_when_it_begins(settings, tmp_path):
    settings.WORKER_HEARTBEAT_FILE = str(tmp_path / "heartbeat")
    heartbeat._begin()
    assert heartbeat._working.is_set()
    assert (tmp_path / "heartbeat").exists()
    heartbeat._end()
    assert not heartbeat._working.is_set()


def test_without_who_watches_nothing_is_written(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings.WORKER_HEARTBEAT_FILE = ""
    heartbeat.touch()
    assert list(tmp_path.iterdir()) == []
