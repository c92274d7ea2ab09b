"""URLs of the grid, its hidden values as shown, and its stored lines."""

from django.urls import reverse

from plans.models import FundingSource, WorkPlan
from plans.queries.plan_lines import Seen, stored_lines
from plans.queries.plan_totals import plan_activities


def url(plan, name="work_plan_update", *more):
    return reverse(f"plans:{name}", args=[plan.pk, *more])


def seen(plan):
    plan = WorkPlan.objects.get(pk=plan.pk)
    return {"version": plan.version, "seen": Seen.of(plan, stored_lines(plan_activities(plan)))}


def lines(plan):
    return list(plan.activities.values_list("position", "area__code", "title", "amount", "months"))


def fee():
    return FundingSource.objects.get(label="Iuran").code
