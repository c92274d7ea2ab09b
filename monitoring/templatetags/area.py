"""Template tags of links between pages of monitoring, which pass on villages and day."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()

# The pages with the shared filters, in the order of their links.
PAGES = {
    "monitoring:home": "Rantai hasil",
    "monitoring:coverage": "Cakupan",
    "monitoring:findings": "Temuan",
    "monitoring:chart_list": "Gambar",
    "monitoring:map": "Peta",
    "monitoring:summary": "Ringkasan",
}


@register.simple_tag
def area_query(area, **changes) -> str:
    """The query string with the area of this page (an Area, or its form): "?ta=2017&per=2018-12-31"."""
    handed = area.parameters | {name: str(value) for name, value in changes.items() if value not in (None, "")}
    return f"?{urlencode(handed)}"


# Parameters of lists outside of monitoring. Of grants they accept years, not "all" or "with SPAM".
ELSEWHERE = {
    "plans:realisation_list": {"kabupaten": "kabupaten", "kecamatan": "kecamatan", "ta": "ta"},
    "trainings:indicator_list": {"ta": "sasaran"},
}


@register.simple_tag
def area_list(area, name: str, year: int | None = None) -> str:
    """The URL of the list with the rows behind a figure of this page, for its villages; `year` of plans."""
    if name not in ELSEWHERE:
        return reverse(name) + area_query(area)
    handed = {ELSEWHERE[name][part]: value for part, value in area.parameters.items() if part in ELSEWHERE[name]}
    for label in ("ta", "sasaran"):
        if not str(handed.get(label, "")).isdecimal():
            handed.pop(label, None)
    if year and name.startswith("plans:"):
        handed["tahun"] = str(year)
    return f"{reverse(name)}?{urlencode(handed)}" if handed else reverse(name)


@register.inclusion_tag("monitoring/_tabs.html")
def area_tabs(area, here: str) -> dict:
    """Links to the pages of monitoring with the villages and the day of this one; `here` is the name of this page."""
    query = area_query(area)
    return {
        "tabs": [
            {"label": label, "url": f"{reverse(name)}{query}", "here": name == here} for name, label in PAGES.items()
        ]
    }
