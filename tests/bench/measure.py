"""Measurement: CPU seconds, side by side in one run, median; and the output of a goal."""

import gc
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5
Work = Callable[[], object]
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def say(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201


def goal(name: str, text: str, reached: bool) -> bool:
    say(f"{'ok    ' if reached else 'MISSED'}  {name}: {text}")
    return reached


def cpu(work: Work) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def side_by_side(*works: Work, runs: int = RUNS, clock: Callable[[Work], float] = cpu) -> list[float]:
    """The median of each, measured in turn so that a busy machine slows all of them alike."""
    times = [[clock(work) for work in works] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def tree_cpu(work: Work) -> float:
    """CPU seconds of this process and its descendants: a browser works in processes of its own."""
    gc.collect()
    before = _tree_seconds()
    work()
    return _tree_seconds() - before


def _tree_seconds() -> float:
    parents, seconds = {}, {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        pid = int(entry.name)
        parents[pid] = int(fields[1])
        seconds[pid] = (int(fields[11]) + int(fields[12])) / TICKS
    ours = {os.getpid()}
    grown = True
    while grown:
        fresh = {pid for pid, parent in parents.items() if parent in ours} - ours
        ours |= fresh
        grown = bool(fresh)
    # The finer clock for this process: a tick is 10 ms.
    return time.process_time() + sum(seconds[pid] for pid in ours if pid in seconds and pid != os.getpid())


def resident_mib() -> float:
    """Resident memory of this process, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20
