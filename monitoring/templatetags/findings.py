"""Template tag that computes the national findings of one group for its page."""

from django import template
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup
from monitoring.queries.findings import findings_of

register = template.Library()


@register.inclusion_tag("monitoring/_group_findings.html")
def group_findings(group):
    """The findings of one group as of today."""
    rows = findings_of(KpspamsGroup.objects.filter(pk=group.pk), localdate())
    return {"judged": rows[0]}
