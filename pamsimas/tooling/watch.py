"""Whether a worker still works: it touches a file with each task and while one lasts."""

import time
from pathlib import Path

RESTART_AFTER_SECONDS = 120  # a task comes every 20 s; starting takes a slow machine a minute
MAX_RESTART_AFTER_SECONDS = 1800


class Heartbeat:
    """How long a file was left alone, on a clock that nobody sets: its time is only compared with itself."""

    def __init__(self, path: Path, now=time.monotonic):
        self.path, self.now = path, now
        self.patience = RESTART_AFTER_SECONDS
        self.seen = self.stamp()
        self.since = now()

    def stamp(self) -> int | None:
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return None

    def is_silent(self) -> bool:
        stamp = self.stamp()
        if stamp != self.seen:
            self.seen, self.since, self.patience = stamp, self.now(), RESTART_AFTER_SECONDS
        return self.now() - self.since > self.patience

    def begin_again(self) -> None:
        """After a restart. Each that did not help makes the next one wait twice as long."""
        self.since = self.now()
        self.patience = min(2 * self.patience, MAX_RESTART_AFTER_SECONDS)
