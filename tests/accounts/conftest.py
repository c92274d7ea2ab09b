import pytest

from accounts.roles import ROLES, Reach, RoleDefinition


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client):
    from tests.factories import AdminFactory

    admin = AdminFactory(name="Admin Utama")
    client.force_login(admin)
    return admin


@pytest.fixture
def add_role(monkeypatch):
    """add_role(Right.EXPORT, reach=Reach.DISTRICT): another role in the table, "auditor"."""

    def add(*rights, reach=Reach.NOTHING, is_office=False):
        monkeypatch.setitem(ROLES, "auditor", RoleDefinition("Auditor", "uji.", frozenset(rights), reach, is_office))

    return add
