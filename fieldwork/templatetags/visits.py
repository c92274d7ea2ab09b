"""Template tag with the visits of a village, for its page."""

from django import template

register = template.Library()
MAX_SHOWN = 5


@register.inclusion_tag("fieldwork/_village_visits.html", takes_context=True)
def village_visits(context, village):
    """The newest visits of a village that the user of the page sees anyway; two queries."""
    rows = village.visits.select_related("by")
    return {
        "village": village,
        "visits": list(rows[:MAX_SHOWN]),
        "total": rows.count(),
        "may": context.get("may", {}),
    }
