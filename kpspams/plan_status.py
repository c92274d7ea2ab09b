"""The status of a plan on a day, out of its dated steps: in Python for rows at hand, in SQL for lists.

As-of questions read the steps, today's pages the column; a test holds both equal.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import OuterRef, Subquery

from kpspams.models import PlanStep, WorkPlan

STATUS_AFTER = {
    PlanStep.Action.SUBMIT: WorkPlan.Status.SUBMITTED,
    PlanStep.Action.APPROVE: WorkPlan.Status.APPROVED,
    PlanStep.Action.RETURN: WorkPlan.Status.RETURNED,
    PlanStep.Action.SUPERSEDE: WorkPlan.Status.SUPERSEDED,
}


def status_on(steps: Iterable[PlanStep]) -> str:
    """A plan's status after these steps, the oldest first; the mark Diperiksa changes nothing."""
    status = WorkPlan.Status.DRAFT
    for step in steps:
        status = STATUS_AFTER.get(step.action, status)
    return status


def approved_on(plans: models.QuerySet, day: date) -> models.QuerySet:
    """Those of the plans that stood approved on that day."""
    steps = PlanStep.objects.filter(plan=OuterRef("pk"), on__lte=day, action__in=STATUS_AFTER).order_by("-on", "-pk")
    return plans.alias(last_step=Subquery(steps.values("action")[:1])).filter(last_step=PlanStep.Action.APPROVE)
