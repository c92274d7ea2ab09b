"""Page of the changes of a revision, for the decision about it."""

from django.http import Http404
from django.views.generic import DetailView

from accounts.scoping import VisibleMixin
from plans.models import WorkPlan
from plans.queries.line_progress import PLANNED_MONTHS_RULE
from plans.queries.plan_difference import plan_difference
from plans.views.plan_pages import TONES, crumbs_of, with_group


class PlanDifference(VisibleMixin, DetailView):
    """404 for a first plan, which has no base."""

    model = WorkPlan
    template_name = "plans/work_plan_difference.html"
    context_object_name = "plan"

    def get_queryset(self):
        return with_group(super().get_queryset())

    def get_context_data(self, **kwargs):
        plan = self.object
        before = plan.before
        if before is None:
            raise Http404("a first plan has nothing to differ from")
        before.group = plan.group
        return super().get_context_data(**kwargs) | {
            "before": before,
            "difference": plan_difference(before, plan),
            "months_rule": PLANNED_MONTHS_RULE,
            "tone": TONES[plan.status],
            "crumbs": crumbs_of(plan, ("Perubahan", "")),
        }
