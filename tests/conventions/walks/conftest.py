"""One dataset and one walk per role for all tests that only read."""

import pytest

# Models are imported inside: pytest imports this file before Django is set up.


@pytest.fixture(scope="package")
def chain_dataset(django_db_setup, django_db_blocker):
    from tests.dataset import shared_rows

    with shared_rows(django_db_blocker) as rows:
        yield rows


@pytest.fixture(scope="package")
def walked(chain_dataset):
    """Role -> the pages of that dataset it saw."""
    return {}


@pytest.fixture
def pages_of(walked, dataset, client):
    """pages_of("admin"): every page that this role may open, before anything is changed."""
    from tests.conventions.walks.walk import walk

    def look(role):
        if role not in walked:
            walked[role] = list(walk(client, dataset, role))
        return walked[role]

    return look
