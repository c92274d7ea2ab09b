"""Template tags that compute the chain for pages of any app."""

from django import template
from django.utils.timezone import localdate

from monitoring.queries.chain import STATE_LABELS, State, chains_of
from records.templatetags.ui import icon

register = template.Library()


@register.inclusion_tag("partials/_chain.html")
def village_chain(village):
    """The four stages of one village as of today."""
    return {"steps": chains_of([village], localdate())[0].steps}


@register.simple_tag
def chain_mark(state: str) -> str:
    """The mark of one stage of the chain. Raises ValueError for an unknown state."""
    return icon(f"chain-{State(state)}", "chain-mark")


@register.filter
def step_summary(step, compact=False) -> str:
    """The label of a stage, in a table its short label: its own or that of its state."""
    short = getattr(step, "short", "") if compact else ""
    return short or step.summary or STATE_LABELS[step.state]
