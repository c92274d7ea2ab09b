"""Which groups handed in nothing for a moment of the year: one question for the list and for whoever counts it."""

from django.db.models import Exists, OuterRef, QuerySet

from kpspams.models import KpspamsGroup, WorkPlan

HANDED_IN = [WorkPlan.Status.SUBMITTED, WorkPlan.Status.APPROVED, WorkPlan.Status.SUPERSEDED]


def without_plan(groups: QuerySet[KpspamsGroup], stage: str, year: int) -> QuerySet[KpspamsGroup]:
    """Of these groups those without a handed-in plan of that year. For the plan itself a usulan does not count."""
    handed_in = WorkPlan.objects.filter(group=OuterRef("pk"), year=year, status__in=HANDED_IN)
    if stage == WorkPlan.Stage.FINAL:
        handed_in = handed_in.filter(stage=WorkPlan.Stage.FINAL)
    return groups.filter(~Exists(handed_in))
