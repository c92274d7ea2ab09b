import pytest


@pytest.fixture(autouse=True)
def no_bell(monkeypatch):
    """Tests work by themselves; nobody listens to a bell."""
    from records.imports import services  # models may be asked for only when Django is ready

    monkeypatch.setattr(services, "ring", lambda run_id: None)
