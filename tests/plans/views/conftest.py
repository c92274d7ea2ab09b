"""The user of most requests, and a work plan; a folder or module may override them."""

import pytest

# Models and factories are imported inside: pytest imports this file before Django is set up.


@pytest.fixture
def staff(client):
    from tests.factories import UserFactory

    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def plan():
    """A draft with one line, paid by the fee."""
    from tests.factories import ActivityFundingFactory

    return ActivityFundingFactory().activity.plan
