"""Measures the goals for papers. CPU seconds, median of five, both renderers turn by turn in one process."""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamsimas.settings")
django.setup()

from reports import pdf  # noqa: E402
from tests.bench import papers, yardstick  # noqa: E402

RUNS = 5


def cpu(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def side_by_side(*works: Callable[[], object], runs: int = RUNS) -> list[float]:
    """The median of each, taken turn by turn so that a busy machine is unfair to both alike."""
    times = [[cpu(work) for work in works] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def line(goal: str, text: str, reached: bool) -> bool:
    print(f"{'ok    ' if reached else 'MISSED'}  {goal}: {text}")  # noqa: T201
    return reached


def sheet_of(rows: int, *, tagged: bool) -> Callable[[], object]:
    return lambda: pdf.make(papers.sheet_html(rows), tagged=tagged)


def goal_1() -> bool:
    plain, tagged, theirs = side_by_side(
        sheet_of(200, tagged=False), sheet_of(200, tagged=True), lambda: yardstick.sheet(200)
    )
    text = f"{plain / theirs:.1f} x ({plain:.3f} s : {theirs:.3f} s); with structure tags {tagged / theirs:.1f} x"
    return line("1 daftar hadir of 200 rows <= 6 x ReportLab", text, plain <= 6 * theirs)


def goal_2() -> bool:
    small, large = side_by_side(sheet_of(200, tagged=False), sheet_of(5_000, tagged=False), runs=3)
    change = (large / 5_000) / (small / 200) - 1
    text = f"{1000 * small / 200:.2f} -> {1000 * large / 5_000:.2f} ms a row ({change:+.0%})"
    return line("2 cost per row from 200 to 5,000 within 10 %", text, abs(change) <= 0.10 or change < 0)


def goal_3() -> bool:
    plain, tagged, theirs = side_by_side(
        lambda: pdf.make(papers.plan_html(60), tagged=False),
        lambda: pdf.make(papers.plan_html(60)),
        lambda: yardstick.plan(60),
    )
    text = f"{plain / theirs:.1f} x ({plain:.3f} s : {theirs:.3f} s); with structure tags {tagged / theirs:.1f} x"
    return line("3 plan of 60 activities <= 7 x ReportLab", text, plain <= 7 * theirs)


FRESH = """
import time, django; django.setup()
from reports import pdf; from tests.bench import papers
pdf.preload(); pdf.warm()
html = papers.sheet_html(48)
times = []
for _ in range(6):
    started = time.process_time(); pdf.make(html); times.append(time.process_time() - started)
print(times[0], sorted(times[1:])[2])
"""


def goal_6() -> bool:
    ratios = []
    for _ in range(RUNS):
        found = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True)
        first, later = map(float, found.stdout.split())
        ratios.append(first / later)
    ratio = statistics.median(ratios)
    return line("6 first document of a fresh worker <= 1.5 x a later one", f"{ratio:.2f} x", ratio <= 1.5)


def main() -> int:
    pdf.warm()
    yardstick.sheet(5)
    return 0 if all([goal() for goal in (goal_1, goal_2, goal_3, goal_6)]) else 1


if __name__ == "__main__":
    sys.exit(main())
