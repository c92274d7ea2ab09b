"""A plan in progress in June 2026, with three lines, and the fasilitator of its village."""

from datetime import date

import pytest

# Models and factories are imported inside: pytest imports this file before Django is set up.


@pytest.fixture(autouse=True)
def _place_and_day(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    for module in ("plans.queries.progress", "plans.services.progress", "plans.views.progress"):
        monkeypatch.setattr(f"{module}.localdate", lambda: date(2026, 6, 20))


@pytest.fixture
def village():
    from tests import factories as make

    return make.VillageFactory()


@pytest.fixture
def plan(village):
    from tests import factories as make

    return make.WorkPlanFactory(group=make.GroupFactory(village=village), status="approved")


@pytest.fixture
def electricity(plan):
    from tests import factories as make

    activity = make.ActivityFactory(
        plan=plan, line=1, title="Listrik", volume=12, unit="bulan", unit_price=100_000, months=4095
    )
    make.ActivityFundingFactory(activity=activity)
    return activity


@pytest.fixture
def meters(plan):
    """Late in June: planned for April and May."""
    from plans.rules.months import months_to_mask
    from tests import factories as make

    activity = make.ActivityFactory(
        plan=plan, line=2, title="Meter", volume=15, unit="unit", unit_price=10_000, months=months_to_mask([4, 5])
    )
    make.ActivityFundingFactory(activity=activity)
    return activity


@pytest.fixture
def pipes(plan):
    """Not before August."""
    from plans.rules.months import months_to_mask
    from tests import factories as make

    return make.ActivityFactory(
        plan=plan, line=3, title="Pipa", volume=350, unit="m", cost_class="perbaikan", months=months_to_mask([8])
    )


@pytest.fixture
def facilitator(village, client):
    from tests import factories as make

    user = make.FacilitatorFactory(villages=[village])
    client.force_login(user)
    return user
