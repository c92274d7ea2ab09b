"""Watch of a worker by a file that it touches with each task and during long ones."""

import time
from pathlib import Path

RESTART_AFTER_SECONDS = 120  # a task comes every 20 s; a slow machine starts in a minute
MAX_RESTART_AFTER_SECONDS = 1800


class Heartbeat:
    """Seconds since the last change of a file, on a monotonic clock: its time is only compared with itself."""

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
        """Called after a restart. Each one without effect doubles the wait before the next."""
        self.since = self.now()
        self.patience = min(2 * self.patience, MAX_RESTART_AFTER_SECONDS)
