import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client):
    from tests.factories import AdminFactory

    admin = AdminFactory(name="Admin Utama")
    client.force_login(admin)
    return admin
