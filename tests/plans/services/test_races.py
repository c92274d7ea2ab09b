"""Concurrent changes of one plan: nothing is doubled or overwritten unnoticed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import localdate

from plans.models import Activity, WorkPlan
from plans.queries.plan_lines import Line, Seen, stored_lines
from plans.queries.plan_totals import plan_activities
from plans.rules.plan_gaps import gaps
from plans.services.work_plans import LinesConflict, save_lines
from tests.factories import ActivityFundingFactory, AdminFactory, UserFactory, WorkAreaFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6


def at_once(work):
    """The results of `work(number)` in six threads that start together; for a refusal its class name."""
    gate = Barrier(HANDS)

    def run(number):
        try:
            gate.wait()
            return work(number)
        except (LinesConflict, ValidationError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(run, range(HANDS)))


def line(area, title):
    return Line(Activity(title=title, area=area, volume=1, unit="kali", unit_price=100_000))


def test_the_same_grid_sent_six_times_at_once_is_saved_once():
    plan, area, user = WorkPlanFactory(), WorkAreaFactory(), UserFactory()
    seen = Seen.of(plan, {})
    found = at_once(
        lambda number: bool(save_lines(plan, [line(area, "Listrik")], by=user, version=plan.version, seen=seen))
    )
    assert sorted(found) == [False] * (HANDS - 1) + [True]
    assert list(plan.activities.values_list("title", flat=True)) == ["Listrik"]
    assert plan.events.count() == 1


def test_of_six_writers_of_one_line_one_saves_and_five_are_shown_both_texts():
    activity, user = ActivityFundingFactory().activity, UserFactory()
    plan = activity.plan
    stored = stored_lines(plan_activities(plan))
    seen = Seen.of(plan, stored)

    def write(number):
        mine = line(activity.area, f"Teks {number}")
        mine.activity.line = activity.line
        return bool(save_lines(plan, [mine], by=user, version=plan.version, seen=seen))

    found = at_once(write)
    assert sorted(map(str, found)) == ["LinesConflict"] * (HANDS - 1) + ["True"]
    assert WorkPlan.objects.get(pk=plan.pk).version == plan.version + 1
    assert plan.events.count() == 1


def test_a_plan_is_submitted_and_approved_once_by_six_hands():
    plan = ActivityFundingFactory().activity.plan
    writer, approver = UserFactory(), AdminFactory(may_approve=True)

    def submit(number):
        WorkPlan.objects.get(pk=plan.pk).submit(by=writer, on=localdate())
        return "done"

    def approve(number):
        WorkPlan.objects.get(pk=plan.pk).approve(by=approver, on=localdate())
        return "done"

    for work in (submit, approve):
        assert sorted(at_once(work)) == ["ValidationError"] * (HANDS - 1) + ["done"]
    assert list(plan.steps.values_list("action", flat=True)) == ["submit", "approve"]
    assert plan.events.count() == 2


def test_a_plan_is_not_handed_in_with_gaps_that_a_colleague_saves_at_that_moment():
    writer, colleague = UserFactory(), UserFactory()
    # All are made first: lines saved by the portal take the numbers that the factories would give next.
    for activity in [ActivityFundingFactory().activity for _ in range(6)]:
        plan, seen = activity.plan, Seen.of(activity.plan, stored_lines(plan_activities(activity.plan)))

        def work(number, plan=plan, seen=seen, area=activity.area):
            if number % 2:
                return save_lines(
                    plan, [line(area, "Tanpa bulan")], by=colleague, version=plan.version, seen=seen, whole=False
                )
            return WorkPlan.objects.get(pk=plan.pk).submit(by=writer, on=localdate())

        at_once(work)
        plan = WorkPlan.objects.get(pk=plan.pk)
        lacking = gaps(plan.activities.prefetch_related("fundings"))
        assert (plan.status, bool(lacking)) in [("submitted", False), ("draft", True)]
