import pytest


@pytest.fixture
def staff(client):
    """The admin of the district that the files of `kinds` belong to, logged in."""
    from tests.imports import kinds  # models can be imported only when Django is ready

    admin = kinds.dataset()
    client.force_login(admin)
    return admin
