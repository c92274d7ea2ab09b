"""The chain on pages of lower storeys: they show it, it is computed here."""

from django import template
from django.utils.timezone import localdate

from monitoring.chain import chains_of

register = template.Library()


@register.inclusion_tag("partials/_chain.html")
def village_chain(village):
    """The four steps of one village as of today."""
    return {"steps": chains_of([village], localdate())[0].steps}
