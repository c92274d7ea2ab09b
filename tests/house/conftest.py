import pytest


@pytest.fixture
def world(db):
    from tests.world import make_world  # models: this file is read before Django is set up

    return make_world()
