"""Links between the pages of monitoring: they hand on which villages are meant, as of which day."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()

# The pages that follow the shared filters, in the order in which they stand above each of them.
PAGES = {
    "monitoring:home": "Rantai hasil",
    "monitoring:coverage": "Cakupan",
    "monitoring:findings": "Temuan",
    "monitoring:picture_list": "Gambar",
    "monitoring:map": "Peta",
    "monitoring:summary": "Ringkasan",
}


@register.simple_tag
def area_query(filters, **changes) -> str:
    """The query string that carries the filters of this page (AreaFilter) to another: "?ta=2017&per=2018-12-31"."""
    carried = filters.carried | {name: str(value) for name, value in changes.items() if value not in (None, "")}
    return f"?{urlencode(carried)}"


@register.inclusion_tag("monitoring/_tabs.html")
def area_tabs(filters, here: str) -> dict:
    """The pages of monitoring with the villages and the day of this one; `here` is the name of this page."""
    query = area_query(filters)
    return {
        "tabs": [
            {"label": label, "url": f"{reverse(name)}{query}", "here": name == here} for name, label in PAGES.items()
        ]
    }
