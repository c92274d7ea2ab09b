"""Process pool of the worker with the filesystem broker, in which a killed child leaves no lock behind.

Children of this pool read their tasks from one pipe, and the waiting child holds a lock. Billiard's lock is a
semaphore: a child killed while it waits leaves it locked for ever, and no other child gets a task again. A file lock
belongs to its process, and the kernel releases it however the process ends. On Redis each child has its own pipe.
"""

import fcntl
import tempfile

from billiard.pool import Pool
from celery.concurrency import prefork


class ProcessLock:
    """A lock between processes that share it by fork; not between threads of one process."""

    def __init__(self):
        self.file = tempfile.TemporaryFile(prefix="pool-lock-")  # noqa: SIM115  (open as long as the pool)

    def acquire(self):
        fcntl.lockf(self.file, fcntl.LOCK_EX)
        return True

    def release(self):
        fcntl.lockf(self.file, fcntl.LOCK_UN)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()


class SurvivingPool(Pool):
    def _setup_queues(self):
        super()._setup_queues()
        self._inqueue._rlock = ProcessLock()
        self._outqueue._wlock = ProcessLock()


class TaskPool(prefork.TaskPool):
    BlockingPool = SurvivingPool
