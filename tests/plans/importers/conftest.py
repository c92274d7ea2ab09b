import pytest


@pytest.fixture(autouse=True)
def no_bell(monkeypatch):
    """Tests work by themselves; nobody listens to a bell."""

    monkeypatch.setattr("jobs.queue.enqueue", lambda jobs, job_id: None)
