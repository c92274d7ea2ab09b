import pytest


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """The tests do the work of the worker themselves."""

    monkeypatch.setattr("jobs.queue.enqueue", lambda jobs, job_id: None)
