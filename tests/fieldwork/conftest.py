import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village():
    from tests.factories import VillageFactory

    return VillageFactory(name="Contoh Satu")


@pytest.fixture
def facilitator(village):
    from tests.factories import FacilitatorFactory

    return FacilitatorFactory(villages=[village])


@pytest.fixture
def office(client):
    from tests.factories import UserFactory

    user = UserFactory(name="Staf Uji")
    client.force_login(user)
    return user
