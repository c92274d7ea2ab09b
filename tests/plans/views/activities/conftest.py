"""A plan without lines, and its writer."""

import pytest

# Models and factories are imported inside: pytest imports this file before Django is set up.


@pytest.fixture
def plan():
    from tests.factories import WorkPlanFactory
    from tests.plans.plans import make_lists

    make_lists()
    return WorkPlanFactory()


@pytest.fixture
def writer(client, plan):
    """The fasilitator of the plan's village, logged in."""
    from tests.factories import FacilitatorFactory

    user = FacilitatorFactory(villages=[plan.group.village])
    client.force_login(user)
    return user
