"""Status of a plan on a day from its dated steps: in Python for loaded rows, in SQL for lists.

As-of questions read the steps, today's pages the column; a test holds both equal.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import OuterRef, Subquery

from plans.models import PlanStep, WorkPlan

STATUS_AFTER: dict[str, WorkPlan.Status] = {
    PlanStep.Action.SUBMIT: WorkPlan.Status.SUBMITTED,
    PlanStep.Action.APPROVE: WorkPlan.Status.APPROVED,
    PlanStep.Action.RETURN: WorkPlan.Status.RETURNED,
    PlanStep.Action.SUPERSEDE: WorkPlan.Status.SUPERSEDED,
    PlanStep.Action.WITHDRAW: WorkPlan.Status.SUBMITTED,
    PlanStep.Action.RESTORE: WorkPlan.Status.APPROVED,
}

APPROVING = [action for action, status in STATUS_AFTER.items() if status == WorkPlan.Status.APPROVED]


def status_on(steps: Iterable[PlanStep]) -> str:
    """The status of a plan after these steps, the oldest first; the mark Diperiksa changes nothing."""
    status = WorkPlan.Status.DRAFT
    for step in steps:
        status = STATUS_AFTER.get(step.action, status)
    return status


def step_into(steps: Iterable[PlanStep], status: str) -> PlanStep:
    """The first step into the status, submitted or approved, without regard to later withdrawals."""
    action = {WorkPlan.Status.SUBMITTED: PlanStep.Action.SUBMIT, WorkPlan.Status.APPROVED: PlanStep.Action.APPROVE}
    return [step for step in steps if step.action == action[WorkPlan.Status(status)]][-1]


def approved_on(plans: models.QuerySet, day: date) -> models.QuerySet:
    """The plans that were approved on that day."""
    steps = PlanStep.objects.filter(plan=OuterRef("pk"), on__lte=day, action__in=STATUS_AFTER).order_by("-on", "-pk")
    return plans.alias(last_step=Subquery(steps.values("action")[:1])).filter(last_step__in=APPROVING)
