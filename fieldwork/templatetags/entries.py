"""The photos of a filled form beside the form that is typed from it."""

from typing import Any

from django import template

from fieldwork.models import EntryRequest
from fieldwork.queries.entry_steps import entry_in_hand

register = template.Library()


@register.simple_tag(takes_context=True)
def entry_beside(context: Any) -> EntryRequest | None:
    """{% entry_beside as entry %}: the request that the address of this page names; None without one."""
    request = context.get("request")
    return entry_in_hand(request) if request else None
