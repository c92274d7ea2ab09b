"""A child of the worker that is killed alone, idle or busy, blocks no other."""

import os
import signal
import time
from pathlib import Path

import pytest

from jobs.models import WorkerHeartbeat
from pamsimas.pool import ProcessLock
from reports.tasks import requeue_stale_reports

PATIENCE = 60  # seconds; a blocked worker would never respond


def children(worker):
    """Process ids of the pool, by whichever thread of the worker they were started."""
    threads = Path(f"/proc/{worker.process.pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def until(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_worked_on():
    """Whether a task sent now is done."""
    WorkerHeartbeat.objects.all().delete()
    requeue_stale_reports.delay()
    until(WorkerHeartbeat.objects.exists)
    return True


@pytest.mark.kill
@pytest.mark.timeout(240)
def test_an_idle_child_that_is_killed_holds_up_nobody(start_worker):
    worker = start_worker(concurrency=2)
    assert is_worked_on()
    for child in children(worker):  # one of them waits for a task, the other for the lock to wait for one
        os.kill(child, signal.SIGKILL)
        until(lambda child=child: child not in children(worker) and len(children(worker)) == 2)
        assert is_worked_on(), worker.log
    assert worker.process.poll() is None


def test_a_lock_ends_with_the_process_that_holds_it():
    lock = ProcessLock()
    ready, held = os.pipe()
    holder = os.fork()
    if not holder:
        lock.acquire()
        os.write(held, b".")
        signal.pause()
    os.read(ready, 1)
    waiter = os.fork()
    if not waiter:
        with lock:
            os._exit(7)
    assert os.waitpid(waiter, os.WNOHANG) == (0, 0), "while another holds it nobody gets it"
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    assert os.waitstatus_to_exitcode(os.waitpid(waiter, 0)[1]) == 7
