"""Constraints of plans, lines and sources in the database itself."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from plans.models import Activity, ActivityFunding, WorkPlan
from tests.factories import ActivityFactory, ActivityFundingFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


def broken(make, name):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    assert name in str(error.value) or "UNIQUE" in str(error.value)


def test_a_revision_stands_once():
    plan = WorkPlanFactory(status="superseded")
    broken(
        lambda: WorkPlanFactory(group=plan.group, year=plan.year, status="superseded"),
        "work_plan_revision_once",
    )


def test_one_approved_plan_a_year():
    plan = WorkPlanFactory(status="approved")
    broken(
        lambda: WorkPlanFactory(group=plan.group, year=plan.year, revision=1, status="approved"),
        "work_plan_one_approved",
    )


@pytest.mark.parametrize("status", ["draft", "returned", "submitted"])
def test_one_plan_under_way_a_year(status):
    plan = WorkPlanFactory()
    broken(
        lambda: WorkPlanFactory(group=plan.group, year=plan.year, revision=1, status=status),
        "work_plan_one_under_way",
    )


def test_collection_rate_is_a_share():
    broken(lambda: WorkPlanFactory(collection_rate=101), "work_plan_limits")


def test_a_line_number_stands_once_in_a_plan():
    activity = ActivityFactory(line=1)
    broken(lambda: ActivityFactory(plan=activity.plan, line=1), "activity_line_once")


def test_months_are_twelve():
    broken(lambda: ActivityFactory(months=4_096), "activity_limits")


def test_volume_and_price_are_not_negative():
    activity = ActivityFactory()
    broken(lambda: Activity.objects.filter(pk=activity.pk).update(volume=-1), "activity_limits")


def test_a_source_pays_once_and_something():
    funding = ActivityFundingFactory()
    broken(
        lambda: ActivityFundingFactory(activity=funding.activity, source=funding.source),
        "activity_source_once",
    )
    broken(
        lambda: ActivityFunding.objects.filter(pk=funding.pk).update(amount=0),
        "activity_funding_positive",
    )


def test_a_plan_with_steps_is_not_deleted():
    plan = ActivityFundingFactory().activity.plan
    plan.steps.create(action="submit", on="2026-01-10")
    with pytest.raises(ProtectedError):
        WorkPlan.objects.filter(pk=plan.pk).delete()
