"""Template filter with the board of a group, for pages whose view only passes the group."""

from django import template
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup
from kpspams.queries.boards import GroupOn

register = template.Library()


@register.filter
def board_today(group: KpspamsGroup) -> GroupOn:
    """Board and SK as of today; prefetch documents and members__person."""
    return GroupOn(group, localdate())
