"""Beat's schedule on a clock that may be set back.

Celery keeps when each task was last sent. After a step back that lies in the future, and nothing is sent until the
clock has caught up, also after a restart: the times are kept in a file.
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
        """What was last sent later than now counts as sent now; every task can be sent twice."""
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > now + SKEW]
        if not ahead:
            return
        logger.warning("the clock was set back: %s entries of the schedule begin again", len(ahead))
        for entry in ahead:
            entry.last_run_at = now
        self._heap = None
        self.sync()
