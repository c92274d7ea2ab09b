"""Groups without a submitted plan for a deadline: one query for the list and for its count."""

from django.db.models import Exists, OuterRef, QuerySet

from kpspams.models import KpspamsGroup
from plans.models import WorkPlan


def without_plan(groups: QuerySet[KpspamsGroup], stage: str, year: int) -> QuerySet[KpspamsGroup]:
    """Those of these groups without a submitted plan of that year. For a final plan a usulan does not count."""
    handed_in = WorkPlan.objects.handed_in().filter(group=OuterRef("pk"), year=year)
    if stage == WorkPlan.Stage.FINAL:
        handed_in = handed_in.filter(stage=WorkPlan.Stage.FINAL)
    return groups.filter(~Exists(handed_in))
