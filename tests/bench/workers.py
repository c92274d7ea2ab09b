"""Benchmark of real workers on the embedded broker: sixteen villages with one and two (goal 4), request to start (goal
7).
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import goal, say

ROUNDS = 3
REQUESTED = 40
PATIENCE = 300

BATCH = """
import sys, time, django; django.setup()
from tests.bench.workers import ask_villages
print(ask_villages(int(sys.argv[1])))
"""
STARTED = """
import sys, django; django.setup()
from tests.bench.workers import ask_one_by_one
print(*ask_one_by_one(int(sys.argv[1])))
"""


def request_villages(rounds: int) -> float:
    """Median seconds from the request until the plans of all sixteen villages are ready."""
    from reports.models import Report
    from reports.services import requests

    plans, by = _sixteen_plans()
    took = []
    for _ in range(rounds):
        begun = time.monotonic()
        requested = [requests.request_document("work_plan", plan, {}, by).pk for plan in plans]
        _wait(Report.objects.filter(pk__in=requested))
        took.append(time.monotonic() - begun)
        # The same request on unchanged data would return the same file.
        Report.objects.filter(pk__in=requested).update(template_version=0)
    return statistics.median(took)


def _wait(reports) -> None:
    until = time.monotonic() + PATIENCE
    while ready := reports.exclude(state="ready").exists():
        if time.monotonic() > until or reports.filter(state="failed").exists():
            raise SystemExit(f"not ready: {list(reports.values_list('state', 'error'))}")
        time.sleep(0.02)
    assert not ready


def _sixteen_plans():
    from accounts.models import User
    from tests import factories
    from tests.documents.samples import make_plan

    plans = [make_plan() for _ in range(16)]
    district = plans[0].group.village.subdistrict.district
    by = factories.UserFactory(role=User.Role.ADMIN, district=None, all_districts=True)
    assert district is not None
    return plans, by


def request_one_by_one(count: int) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, from the request until a worker claims the row."""
    from reports.models import Report
    from reports.services import requests

    plans, by = _sixteen_plans()
    waited = []
    for number in range(count):
        begun = time.monotonic()
        requested = requests.request_document("work_plan", plans[number % len(plans)], {}, by).pk
        while not Report.objects.filter(pk=requested, attempts__gt=0).exists():
            if time.monotonic() - begun > PATIENCE:
                raise SystemExit("no worker took the row")
            time.sleep(0.002)
        waited.append(1000 * (time.monotonic() - begun))
        _wait(Report.objects.filter(pk=requested))
        Report.objects.filter(pk=requested).update(template_version=0)
    return statistics.median(waited), sorted(waited)[int(0.95 * len(waited)) - 1]


class Portal:
    """A separate database and broker, with real workers."""

    def __init__(self, processes: int):
        self.place = Path(tempfile.mkdtemp(prefix="pamsimas-bench-"))
        self.env = os.environ | {
            "PAMSIMAS_DATA_DIR": str(self.place),
            "DJANGO_SETTINGS_MODULE": "pamsimas.settings",
            "WORKER_PROCESSES": str(processes),
        }
        for name in ("DATABASE_URL", "REDIS_URL"):
            self.env.pop(name, None)

    def __enter__(self) -> "Portal":
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=self.env, check=True)
        log = (self.place / "worker.log").open("wb")
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "pamsimas",
            "worker",
            "--pool",
            "prefork",
            "--loglevel",
            "INFO",
        ]
        self.worker = subprocess.Popen(command, env=self.env, stdout=log, stderr=subprocess.STDOUT)
        until = time.monotonic() + 60
        while b" ready." not in (self.place / "worker.log").read_bytes():
            if self.worker.poll() is not None or time.monotonic() > until:
                raise SystemExit((self.place / "worker.log").read_text())
            time.sleep(0.1)
        return self

    def __exit__(self, *problem) -> None:
        self.worker.terminate()
        try:
            self.worker.wait(30)
        except subprocess.TimeoutExpired:
            self.worker.kill()
            self.worker.wait()
        shutil.rmtree(self.place, ignore_errors=True)

    def run(self, program: str, *arguments: str) -> list[float]:
        command = [sys.executable, "-c", program, *arguments]
        found = subprocess.run(command, env=self.env, capture_output=True, text=True)
        if found.returncode:
            raise SystemExit(found.stdout + found.stderr)
        return [float(word) for word in found.stdout.splitlines()[-1].split()]


def goal_4() -> bool:
    took = []
    for processes in (1, 2):
        with Portal(processes) as portal:
            took += portal.run(BATCH, str(ROUNDS))
    one, two = took
    text = f"{one / two:.2f} x ({one:.1f} s with one, {two:.1f} s with two, of {os.cpu_count()} processors)"
    return goal("4 sixteen villages with 2 workers >= 1.9 x one worker", text, one / two >= 1.9)


def goal_7() -> bool:
    with Portal(2) as portal:
        median, worst = portal.run(STARTED, str(REQUESTED))
    text = f"{worst:.0f} ms (median {median:.0f} ms, {REQUESTED} asked one after the other)"
    return goal("7 asked to started without Redis <= 150 ms (p95)", text, worst <= 150)


def run() -> bool:
    say("sixteen plans: the sample plan of 15 activities for each village")
    return all([measured() for measured in (goal_4, goal_7)])
