"""`./run chaos`: requests documents while web, worker, single processes of its pool, beat and broker are killed at
random; none may be lost or doubled, and no file may remain without a row.

Runs in its own data directory with invented rows, on the embedded broker or, with --servers, on PostgreSQL and Redis.
Requests are sent over HTTP as a user would: again when the page did not answer.
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
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from pamsimas.tooling import servers, steps
from tests.chaos.processes import Killer, MessageFolder, PoolChild, Redis, programmes

ACCOUNT, PASSWORD = "latihan", "sandi-latihan-panjang"
PATIENCE = 400  # seconds after the last kill: a lost lease, two rounds of requeueing and the rest of the queue
PRESSES = 40  # attempts of a request before the test gives up


class Person:
    """A browser with cookies that repeats a request without a response."""

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


def seed_requests(count):
    """An account and `count` different documents: sheets of the sessions, blank and filled, portrait and landscape."""
    from accounts.models import User
    from tests import factories
    from tests.documents.attendance import half_days
    from tests.documents.samples import make_training, mark
    from trainings.models import TrainingSession

    forms = [{"mode": mode, "layout": layout} for mode in ("blank", "filled") for layout in ("portrait", "landscape")]
    training = make_training(villages=16, per_village=3, days=-(-count // (2 * len(forms))))
    half_days(training)
    mark(training)
    factories.UserFactory(username=ACCOUNT, district=training.district, password=PASSWORD, role=User.Role.STAFF)
    sessions = TrainingSession.objects.filter(day__training=training).order_by("pk").values_list("pk", flat=True)
    return [(str(pk), form) for pk in sessions for form in forms][:count]


def chaos(requested, every, dice, processes, base):
    """Returns the faults as sentences."""
    from reports.models import Report

    steps.say(f"· {len(requested)} reports requested, one of {len(processes)} parts killed about every {every:g} s")
    person, keys = Person(base), [uuid.uuid4() for _ in requested]
    person.send("/healthz")
    person.press("/masuk/", "/masuk/", username=ACCOUNT, password=PASSWORD)
    killer = Killer(processes, every, dice)
    killer.start()
    begun = time.monotonic()
    for key, (session, form) in zip(keys, requested, strict=True):
        fields = {"kind": "attendance_sheet", "subject": "session", "subject_id": session, "key": str(key)}
        person.press("/laporan/", "/laporan/minta/", **fields, **form)
        time.sleep(dice.uniform(0, 1.0))
    killer.stop()
    took = f"{time.monotonic() - begun:.0f} s, {person.presses} requests"
    steps.say(f"· requested in {took}; killed: {killer.kills}")
    under_way = Report.objects.filter(request_key__in=keys, state__in=Report.UNDER_WAY)
    until = time.monotonic() + PATIENCE
    while under_way.exists() and time.monotonic() < until:
        time.sleep(1)
    steps.say(f"· finished {time.monotonic() - begun:.0f} s after the first request")
    return judge(keys, killer)


def judge(keys, killer):
    """Each request is one report, each report is ready and has one file, and no other file remains on the disk."""
    from django.conf import settings

    from reports.models import Report

    reports = list(Report.objects.filter(request_key__in=keys))
    wrong = [f"report {r.pk} is {r.state}: {r.error}" for r in reports if r.state != "ready"]
    if len(reports) != len(keys):
        wrong.append(f"{len(keys)} requested, {len(reports)} recorded")
    files = [path for path in (Path(settings.MEDIA_ROOT) / "reports").rglob("*") if path.is_file()]
    kept = {Path(settings.MEDIA_ROOT) / report.file.name: report for report in reports if report.file}
    for path, report in kept.items():
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != report.sha256:
            wrong.append(f"the file of report {report.pk} is gone or changed")
    left = [path.name for path in files if path not in kept]
    if left:
        wrong.append(f"files without a row: {', '.join(left)}")
    tries = sorted(report.attempts for report in reports)
    again = sum(attempts > 1 for attempts in tries)
    steps.say(
        f"· {len(reports)} recorded, {sum(r.state == 'ready' for r in reports)} ready, {again} tried again, "
        f"at most {tries[-1] if tries else 0} times; {len(kept)} files, {len(left)} without a row"
    )
    if sum(killer.kills.values()) == 0:
        wrong.append("no process was killed; this run proves nothing")
    return wrong


@contextlib.contextmanager
def place_of_its_own():
    place = Path(tempfile.mkdtemp(prefix="pamsimas-chaos-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def run(count, every, seed, env, broker=None):
    """Prepares a separate portal with `env`, runs the test, stops it. Returns the exit code.

    `broker`: killed besides the programmes; None: the messages of the embedded broker.
    """
    with place_of_its_own() as place:
        port = servers.free_port()
        # The children and this process read the same settings.
        os.environ.update(env | {"PAMSIMAS_DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "pamsimas.settings"})
        for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--noinput"]):
            subprocess.run([steps.PYTHON, "manage.py", *command], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        requested = seed_requests(count)
        processes = programmes(port)
        for programme in processes:
            programme.start()
        try:
            dice = random.Random(seed)
            child = PoolChild(next(process for process in processes if process.name == "worker"), dice)
            every_process = [*processes, child, broker or MessageFolder(place / "broker" / "messages")]
            wrong = chaos(requested, every, dice, every_process, f"http://127.0.0.1:{port}")
        finally:
            for programme in processes:
                programme.kill()
    for sentence in wrong:
        steps.say(f"! {sentence}")
    steps.say("! failed" if wrong else "✓ no report is lost or doubled")
    return 1 if wrong else 0


def run_on_servers(count, every, seed):
    """Runs the same on PostgreSQL and on a Redis that is killed too."""
    servers.install()
    with place_of_its_own() as place:
        place.chmod(0o711)  # traversed by PostgreSQL, which is another user
        for name in ("postgresql", "redis"):
            (place / name).mkdir()
        broker = Redis(place / "redis", servers.free_port(), random.Random(seed))
        with servers.postgresql(place / "postgresql") as database:
            broker.start()
            try:
                env = servers.production(database, f"redis://127.0.0.1:{broker.port}")
                env["HTTPS"] = "0"  # no proxy in front of it
                return run(count, every, seed, env, broker)
            finally:
                broker.kill()


def main(arguments):
    steps.use_english()
    parser = argparse.ArgumentParser(prog="./run chaos")
    parser.add_argument(
        "--reports",
        type=int,
        default=100,
        choices=range(1, 217),
        metavar="1..216",
        help="how many reports are requested",
    )
    parser.add_argument("--every", type=float, default=6, help="one process is killed about every so many seconds")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--servers", action="store_true", help="on PostgreSQL and Redis, not the embedded broker")
    chosen = parser.parse_args(arguments)
    steps.say(f"· random seed {chosen.seed}")
    if not chosen.servers:
        return run(chosen.reports, chosen.every, chosen.seed, {})
    return run_on_servers(chosen.reports, chosen.every, chosen.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
