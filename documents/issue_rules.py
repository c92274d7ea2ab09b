"""Issue rules: when the content of a subject is final. Each rule reads the database, not the row in memory; a document
refers to the rule of its kind as `issue_rule`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.choices import IssueStatus
from documents.content import JSON
from plans.models import DamageReport, WorkPlan
from trainings.models import Training, TrainingDay, TrainingSession

# Each rule accepts the subjects of its documents.
IssueRule = Callable[[Any, Mapping[str, JSON]], IssueStatus]  # type: ignore[explicit-any]


def never(subject: Model, parameters: Mapping[str, JSON]) -> IssueStatus:
    """Made before the event, to be filled in, about money, or decided elsewhere."""
    return IssueStatus.PLAIN


def on_request(subject: Model, parameters: Mapping[str, JSON]) -> IssueStatus:
    """Documents about the state of a day, which they print."""
    return IssueStatus.IN_FORCE


def when_plan_approved(subject: WorkPlan, parameters: Mapping[str, JSON]) -> IssueStatus:
    """A submitted plan is signed first. A plan replaced by a newer revision is printed as a copy."""
    Status = WorkPlan.Status
    return {
        Status.DRAFT: IssueStatus.DRAFT,
        Status.RETURNED: IssueStatus.DRAFT,
        Status.SUBMITTED: IssueStatus.SIGNING,
        Status.APPROVED: IssueStatus.IN_FORCE,
        Status.SUPERSEDED: IssueStatus.PLAIN,
    }[Status(WorkPlan.objects.values_list("status", flat=True).get(pk=subject.pk))]


def when_training_closed(subject: Training, parameters: Mapping[str, JSON]) -> IssueStatus:
    closed = Training.objects.filter(pk=subject.pk, state=Training.State.CLOSED).exists()
    return IssueStatus.IN_FORCE if closed else IssueStatus.DRAFT


def when_follow_ups_closed(subject: Training, parameters: Mapping[str, JSON]) -> IssueStatus:
    """The RKTL is also available as a blank form."""
    return IssueStatus.PLAIN if parameters.get("fill") == "kosong" else when_training_closed(subject, parameters)


def when_damage_inspected(subject: DamageReport, parameters: Mapping[str, JSON]) -> IssueStatus:
    inspected = subject.steps.filter(state=DamageReport.State.INSPECTED).exists()
    return IssueStatus.IN_FORCE if inspected else IssueStatus.DRAFT


def when_days_closed(subject: Training | TrainingDay | TrainingSession, parameters: Mapping[str, JSON]) -> IssueStatus:
    """A filled sheet is final when its days are closed; a sheet to sign is never issued."""
    if parameters.get("mode") != "filled":
        return IssueStatus.PLAIN
    days = TrainingDay.objects.filter(**{_DAY_OF[type(subject)]: subject.pk})
    return IssueStatus.DRAFT if days.filter(closed_at=None).exists() else IssueStatus.IN_FORCE


_DAY_OF: dict[type, str] = {Training: "training", TrainingDay: "pk", TrainingSession: "sessions"}
