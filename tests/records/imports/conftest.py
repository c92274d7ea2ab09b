import pytest


@pytest.fixture(autouse=True)
def no_bell(monkeypatch):
    """Tests work by themselves; nobody listens to a bell."""
    from records.imports import services  # models may be asked for only when Django is ready

    monkeypatch.setattr(services, "ring", lambda run_id: None)


@pytest.fixture
def staff(client):
    """The admin of the district that the files of `kinds` belong to, logged in."""
    from tests.records.imports import kinds  # as above

    admin = kinds.world()
    client.force_login(admin)
    return admin
