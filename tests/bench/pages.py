"""Benchmark of pages over a thousand and over 36,000 villages on PostgreSQL (goal 10): how their time grows."""

import statistics
import subprocess
import sys
import time

from tests.bench.measure import goal, say

SMALL, LARGE = 1_000, 36_000
ROUNDS = 5
MAX_RATIO = 3.0

INSIDE = """
import django; django.setup()
from tests.bench.pages import inside
raise SystemExit(not inside())
"""


def run() -> bool:
    """Runs in another process: Django is set up again, on a PostgreSQL started for it."""
    from pamsimas.tooling import servers

    with servers.running() as servers_env:
        env = servers_env | {"DJANGO_SETTINGS_MODULE": "pamsimas.settings", "HTTPS": "0"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        return subprocess.run([sys.executable, "-c", INSIDE], env=env).returncode == 0


def inside() -> bool:
    from django.utils.timezone import localdate

    from monitoring.services import chain_cache
    from tests.bench.many_villages import FIRST, seed

    today = localdate()
    seen = {}
    for since, until in ((0, SMALL), (SMALL, LARGE)):
        begun = time.monotonic()
        seed(since, until, today)
        say(f"        {until:,} villages written in {time.monotonic() - begun:.0f} s")
        begun = time.monotonic()
        chain_cache.count_all()
        say(f"        and counted by the worker in {time.monotonic() - begun:.0f} s")
        seen[until] = measured(FIRST)
    reached = True
    for name, small in seen[SMALL].items():
        large = seen[LARGE][name]
        ratio = large[0] / small[0]
        text = f"{ratio:.1f} x ({small[0] * 1000:.0f} -> {large[0] * 1000:.0f} ms; {small[1]} -> {large[1]} queries)"
        if name.startswith("search"):
            say(f"        {name}: {text}; no goal")
        else:
            reached &= goal(
                f"10 {name}, {SMALL:,} -> {LARGE:,} villages <= {MAX_RATIO:.0f} x", text, ratio <= MAX_RATIO
            )
    return reached


def measured(first: int) -> dict[str, tuple[float, int]]:
    """Seconds (median) and queries of each page, for a user of the country and for one of a single kabupaten."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    people = {
        "central": User.objects.get_or_create(
            username="pusat", defaults={"name": "Pusat", "role": User.Role.ADMIN, "all_districts": True}
        )[0],
        "kabupaten": User.objects.get_or_create(
            username="kabupaten", defaults={"name": "Staf", "role": User.Role.STAFF, "district_id": first}
        )[0],
    }
    found = {}
    for who, user in people.items():
        client = Client()
        client.force_login(user)
        for page, address in {
            "Beranda": "/",
            "list of villages": "/desa/",
            "page of a village": f"/desa/{first + 17}/",
            "search": "/cari/?q=desa+ukur+17",
        }.items():
            times = []
            for _ in range(ROUNDS):
                begun = time.monotonic()
                assert client.get(address).status_code == 200
                times.append(time.monotonic() - begun)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[f"{page} ({who})"] = (statistics.median(times), len(queries))
    return found
