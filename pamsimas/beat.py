"""Scheduler of beat that tolerates a clock that is set back.

Celery stores when each task was sent last. After the clock is set back these times are in the future, and nothing is
sent until the clock has caught up, also after a restart, because the times are in a file.
"""

import logging
from datetime import timedelta

from celery.beat import PersistentScheduler

logger = logging.getLogger(__name__)

SKEW = timedelta(seconds=5)


class Scheduler(PersistentScheduler):
    def tick(self, *args, **kwargs):
        self.forget_the_future()
        return super().tick(*args, **kwargs)

    def forget_the_future(self):
        """Treats a last sending in the future as now; every task may be sent twice."""
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > now + SKEW]
        if not ahead:
            return
        logger.warning("the clock was set back: %s entries of the schedule begin again", len(ahead))
        for entry in ahead:
            entry.last_run_at = now
        self._heap = None
        self.sync()
