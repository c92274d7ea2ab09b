"""The process pool of the worker on the broker of files: a child that is killed takes no lock with it.

Children of this pool read their tasks from one pipe, and who waits there holds a lock. Billiard's lock is a semaphore:
a child killed while it waits leaves it taken for ever, and no other child gets a task again. A lock on a file belongs
to its process, and the kernel lets go of it however the process ends. On Redis each child has a pipe of its own.
"""

import fcntl
import tempfile

from billiard.pool import Pool
from celery.concurrency import prefork


class ProcessLock:
    """Held by one process of those that share it by fork; not between threads of one process."""

    def __init__(self):
        self.file = tempfile.TemporaryFile(prefix="pool-lock-")  # noqa: SIM115  (held as long as the pool)

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
