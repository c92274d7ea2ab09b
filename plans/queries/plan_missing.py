"""Which groups handed in nothing for a moment of the year: one question for the list and for whoever counts it."""

from django.db.models import Exists, OuterRef, QuerySet

from kpspams.models import KpspamsGroup
from plans.models import WorkPlan


def without_plan(groups: QuerySet[KpspamsGroup], stage: str, year: int) -> QuerySet[KpspamsGroup]:
    """Of these groups those without a handed-in plan of that year. For the plan itself a usulan does not count."""
    handed_in = WorkPlan.objects.handed_in().filter(group=OuterRef("pk"), year=year)
    if stage == WorkPlan.Stage.FINAL:
        handed_in = handed_in.filter(stage=WorkPlan.Stage.FINAL)
    return groups.filter(~Exists(handed_in))
