"""Benchmark of an import of 20,000 rows of twelve columns in the worker: read and previewed (goal 11), in CPU seconds
and memory.

The file has the board members of 2,000 groups; seven of its columns are mapped and all rows are valid; on the embedded
database. Reading alone is measured beside openpyxl's read-only mode on the same file.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.bench.measure import RUNS, cpu, goal, say, side_by_side

ROWS, GROUPS, VILLAGES = 20_000, 2_000, 400
MAX_SECONDS, MAX_MIB = 10, 200
HEAD = ["No", "Kecamatan", "Desa", "Nama KPSPAMS", "Nama", "L/P", "Jabatan", "Mulai", "No HP", "Umur", "Alamat", "Ket"]

HAND_IN = """
import sys, django; django.setup()
from tests.bench.imports import hand_in
hand_in(sys.argv[1])
"""
WORK = """
import django; django.setup()
from tests.bench.imports import work
work()
"""


def rows():
    for number in range(ROWS):
        group = number % GROUPS
        place = ["Mesuji", f"Desa {group % VILLAGES}", f"Tirta {group}"]
        post = "Ketua" if number < GROUPS else "Anggota"
        since = date(2018, 1, 1) + timedelta(number % 900)
        person = [f"Nama Orang {number}", "LP"[number % 2], post, since, f"08121{number:06}", 20 + number % 50]
        yield [number + 1, *place, *person, f"RT {number % 9} RW {number % 7}", "hadir" if number % 3 else None]


def write_file(path: str) -> None:
    from tests.imports.office import book

    Path(path).write_bytes(book(("Data", [HEAD, *rows()])))


def hand_in(path: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from imports.services import lifecycle
    from jobs import queue
    from tests import factories as make

    by = make.AdminFactory()
    place = make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=by.district)
    villages = [
        make.VillageFactory(code=f"18.11.01.{2001 + number}", name=f"Desa {number}", subdistrict=place)
        for number in range(VILLAGES)
    ]
    for number in range(GROUPS):
        make.GroupFactory(village=villages[number % VILLAGES], name=f"Tirta {number}")
    queue.enqueue = lambda jobs, job_id: None  # no worker runs; the next process does its part
    lifecycle.hand_in("boards", "18.11", SimpleUploadedFile("pengurus.xlsx", Path(path).read_bytes()), by=by)


def work() -> None:
    """Prints the seconds of each step, the peak of memory in MiB, and the counts."""
    import resource

    from imports import tasks
    from imports.models import ImportRun
    from imports.services import lifecycle
    from jobs import queue

    queue.enqueue = lambda jobs, job_id: None
    run = ImportRun.objects.get()
    seconds = [cpu(lambda: tasks.run_import(run.pk))]
    run.refresh_from_db()
    lifecycle.map_columns(run, run.mapping, by=run.by)
    seconds.append(cpu(lambda: tasks.run_import(run.pk)))
    run.refresh_from_db()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(json.dumps([*seconds, peak, run.counts, run.error]))


def by_openpyxl(path: str) -> int:
    from openpyxl import load_workbook

    with open(path, "rb") as file:
        sheet = load_workbook(file, read_only=True, data_only=True)["Data"]
        return sum(1 for _ in sheet.iter_rows(values_only=True))


def by_portal(path: str) -> int:
    from imports.files import books

    with open(path, "rb") as file:
        return len(books.read(file, "pengurus.xlsx")[0].rows)


def run() -> bool:
    with tempfile.TemporaryDirectory(prefix="pamsimas-bench-") as place:
        path = f"{place}/pengurus.xlsx"
        write_file(path)
        env = os.environ | {"PAMSIMAS_DATA_DIR": place, "DJANGO_SETTINGS_MODULE": "pamsimas.settings"}
        for name in ("DATABASE_URL", "REDIS_URL"):
            env.pop(name, None)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        subprocess.run([sys.executable, "-c", HAND_IN, path], env=env, check=True)
        found = subprocess.run([sys.executable, "-c", WORK], env=env, check=True, capture_output=True, text=True)
        read, preview, peak, counts, error = json.loads(found.stdout.splitlines()[-1])
        if counts.get("new") != ROWS:
            raise SystemExit(f"not a preview of {ROWS} new rows: {counts} {error}")
        portal, openpyxl = side_by_side(lambda: by_portal(path), lambda: by_openpyxl(path), runs=RUNS)
    say(f"        all cells read {portal:.2f} s, by openpyxl alone {openpyxl:.2f} s ({openpyxl / portal:.1f} x)")
    text = f"{read + preview:.1f} s CPU (read {read:.1f}, checked {preview:.1f}), {peak:.0f} MiB at most"
    reached = read + preview <= MAX_SECONDS and peak < MAX_MIB
    return goal(f"11 import of {ROWS:,} rows x {len(HEAD)} <= {MAX_SECONDS} s and < {MAX_MIB} MiB", text, reached)
