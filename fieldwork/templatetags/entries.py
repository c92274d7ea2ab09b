"""Template tag with the photos of a filled form, shown beside the form for its entry."""

from typing import Any

from django import template

from fieldwork.models import EntryRequest
from fieldwork.queries.entry_steps import entry_in_hand

register = template.Library()


@register.simple_tag(takes_context=True)
def entry_beside(context: Any) -> EntryRequest | None:
    """{% entry_beside as entry %}: the request that the URL of this page names, or None."""
    request = context.get("request")
    return entry_in_hand(request) if request else None
