"""Who asks for most pages, and a plan to ask for; a folder or module with another cast says so itself."""

import pytest

# Models and factories are imported inside: this file is read before Django is set up.


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
