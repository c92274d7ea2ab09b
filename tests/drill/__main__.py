"""`./run drill`: papers are asked for while worker, web and beat are killed at random; none may be lost or doubled.

Runs in a data directory of its own with invented rows, on the embedded broker or, with --servers, on PostgreSQL and
Redis.
Asks over HTTP as a person would: the same press again when the page did not answer.
"""

import argparse
import contextlib
import hashlib
import http.cookiejar
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from pamsimas.tooling import servers, steps
from pamsimas.tooling.supervisor import Child, commands

ACCOUNT, PASSWORD = "latihan", "sandi-latihan-panjang"
PATIENCE = 400  # seconds after the last kill: a lost lease, two sweeps and the rest of the queue
PRESSES = 40  # how often a person presses again before the drill gives up


class Killer(threading.Thread):
    """Kills one of the children every so often, waits a moment, starts it again."""

    def __init__(self, children, every, dice):
        super().__init__(daemon=True)
        self.children, self.every, self.dice = children, every, dice
        self.ending = threading.Event()
        self.kills: dict[str, int] = {}

    def run(self):
        while not self.ending.wait(self.dice.uniform(0.5, 1.5) * self.every):
            child = self.dice.choice(self.children)
            child.sweep_up()
            child.process.wait()
            self.kills[child.name] = self.kills.get(child.name, 0) + 1
            if self.ending.wait(self.dice.uniform(0, 2)):
                break
            child.start()

    def stop(self):
        self.ending.set()
        self.join()
        for child in self.children:
            if child.process.poll() is not None:
                child.start()


class Person:
    """A browser with cookies that presses again when nobody answered."""

    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.presses = 0

    def send(self, path, fields=None):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        for _ in range(PRESSES):
            self.presses += 1
            try:
                with self.opener.open(urllib.request.Request(self.base + path, body), timeout=10) as answer:  # noqa: S310
                    return answer.read().decode()
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise
            except OSError:
                pass
            time.sleep(0.5)
        raise steps.Stop(f"{path} tidak menjawab setelah {PRESSES} kali.")

    def press(self, page, path, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.send(page))[1]
        return self.send(path, fields | {"csrfmiddlewaretoken": token})


def plant():
    """An account, and what is asked for in turn: sheets of three sessions, and plans, light and heavy."""
    from accounts.models import User
    from tests import factories
    from tests.reports.samples import make_plan, make_training, mark
    from trainings.models import TrainingSession

    training = make_training(villages=16, per_village=3)
    mark(training)
    factories.UserFactory(username=ACCOUNT, district=training.district, password=PASSWORD, role=User.Role.STAFF)
    sessions = TrainingSession.objects.filter(day__training=training).values_list("pk", flat=True)
    found = [("attendance_sheet", "session", pk, {"mode": "filled"}) for pk in sessions]
    return [*found, ("work_plan", "work_plan", make_plan().pk, {})]


def drill(asked, count, every, dice, children, base):
    """Returns the sentences that tell what went wrong."""
    from reports.models import Report

    steps.say(f"· {count} laporan diminta, satu proses dimatikan kira-kira tiap {every:g} d")
    person, keys = Person(base), [uuid.uuid4() for _ in range(count)]
    person.send("/healthz")
    person.press("/masuk/", "/masuk/", username=ACCOUNT, password=PASSWORD)
    killer = Killer(children, every, dice)
    killer.start()
    begun = time.monotonic()
    for number, key in enumerate(keys):
        kind, subject, pk, options = asked[number % len(asked)]
        person.press(
            "/laporan/", "/laporan/minta/", kind=kind, subject=subject, subject_id=str(pk), key=str(key), **options
        )
        time.sleep(dice.uniform(0, 1.0))
    killer.stop()
    took = f"{time.monotonic() - begun:.0f} d, {person.presses} permintaan"
    steps.say(f"· diminta dalam {took}; dimatikan: {killer.kills}")
    under_way = Report.objects.filter(request_key__in=keys, state__in=["queued", "running"])
    until = time.monotonic() + PATIENCE
    while under_way.exists() and time.monotonic() < until:
        time.sleep(1)
    steps.say(f"· selesai {time.monotonic() - begun:.0f} d sesudah permintaan pertama")
    return judge(keys, killer)


def judge(keys, killer):
    """Every press one report, every report ready, every report one file, nothing left over on the disk."""
    from django.conf import settings

    from reports.models import Report

    reports = list(Report.objects.filter(request_key__in=keys))
    wrong = [f"laporan {r.pk} {r.get_state_display()}: {r.error}" for r in reports if r.state != "ready"]
    if len(reports) != len(keys):
        wrong.append(f"{len(keys)} diminta, {len(reports)} tercatat")
    files = [path for path in (Path(settings.MEDIA_ROOT) / "reports").rglob("*") if path.is_file()]
    kept = {Path(settings.MEDIA_ROOT) / report.file.name: report for report in reports if report.file}
    for path, report in kept.items():
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != report.sha256:
            wrong.append(f"berkas laporan {report.pk} hilang atau berubah")
    left = [path.name for path in files if path not in kept]
    # A worker that dies between writing and saying so leaves a file that no row tells of: told, not counted as lost.
    tries = sorted(report.attempts for report in reports)
    again = sum(attempts > 1 for attempts in tries)
    steps.say(
        f"· {len(reports)} tercatat, {sum(r.state == 'ready' for r in reports)} siap, {again} dicoba lagi, "
        f"paling banyak {tries[-1] if tries else 0} kali; {len(left)} berkas yatim"
    )
    if sum(killer.kills.values()) == 0:
        wrong.append("tidak ada proses yang dimatikan; latihan ini tidak membuktikan apa pun")
    return wrong


@contextlib.contextmanager
def place_of_its_own():
    place = Path(tempfile.mkdtemp(prefix="pamsimas-drill-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def run(count, every, seed, env):
    """Prepares a portal of its own with `env`, drills, ends it. Returns the exit code."""
    with place_of_its_own() as place:
        port = servers.free_port()
        # The children and this process read the same settings.
        os.environ.update(env | {"PAMSIMAS_DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "pamsimas.settings"})
        for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--noinput"]):
            subprocess.run([steps.PYTHON, "manage.py", *command], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        asked = plant()
        children = [Child(name, command) for name, command in commands("127.0.0.1", port).items()]
        for child in children:
            # Without the tie to its parent: that is a thread here, and the child would end with the thread.
            child.command = commands("127.0.0.1", port)[child.name]
            child.copy_lines = lambda stream: [None for _ in stream]
            child.start()
        try:
            dice = random.Random(seed)
            wrong = drill(asked, count, every, dice, children, f"http://127.0.0.1:{port}")
        finally:
            for child in children:
                child.sweep_up()
                child.process.wait()
    for sentence in wrong:
        steps.say(f"! {sentence}")
    steps.say("! latihan gagal" if wrong else "✓ tidak ada laporan yang hilang atau ganda")
    return 1 if wrong else 0


def main(arguments):
    parser = argparse.ArgumentParser(prog="./run drill")
    parser.add_argument("--reports", type=int, default=100, help="berapa laporan diminta")
    parser.add_argument("--every", type=float, default=6, help="kira-kira tiap berapa detik satu proses dimatikan")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--servers", action="store_true", help="pada PostgreSQL dan Redis, bukan broker bawaan")
    chosen = parser.parse_args(arguments)
    steps.say(f"· benih acak {chosen.seed}")
    if not chosen.servers:
        return run(chosen.reports, chosen.every, chosen.seed, {})
    with servers.running() as env:
        return run(chosen.reports, chosen.every, chosen.seed, env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
