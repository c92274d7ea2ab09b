"""Template tags of follow-ups on the page of a village."""

from django import template

from trainings.views.follow_ups import dress

register = template.Library()
MAX_SHOWN = 25


@register.inclusion_tag("trainings/_village_follow_ups.html", takes_context=True)
def village_follow_ups(context, village):
    """The open tasks of one village that are visible to the user, at most 25; one query."""
    rows = dress(list(village.follow_ups.select_related("training").order_by("due_on", "number", "pk")))
    still = [row for row in rows if row.is_open]
    return {
        "village": village,
        "open": still[:MAX_SHOWN],
        "ended": len(rows) - len(still),
        "late": any(row.is_late for row in still),
        "total": len(rows),
    }
