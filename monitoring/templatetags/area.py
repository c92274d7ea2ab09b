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
    "monitoring:chart_list": "Gambar",
    "monitoring:map": "Peta",
    "monitoring:summary": "Ringkasan",
}


@register.simple_tag
def area_query(area, **changes) -> str:
    """The query string that hands the area of this page (an Area, or its form) on: "?ta=2017&per=2018-12-31"."""
    handed = area.parameters | {name: str(value) for name, value in changes.items() if value not in (None, "")}
    return f"?{urlencode(handed)}"


# What lists outside of monitoring call the parts of an area. Of grants they know years, not "all" or "with SPAM".
ELSEWHERE = {
    "plans:realisation_list": {"kabupaten": "kabupaten", "kecamatan": "kecamatan", "ta": "ta"},
    "trainings:indicator_list": {"ta": "sasaran"},
}


@register.simple_tag
def area_list(area, name: str, year: int | None = None) -> str:
    """The address of the list with the rows behind a figure of this page, for its villages; `year` of plans."""
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
    """The pages of monitoring with the villages and the day of this one; `here` is the name of this page."""
    query = area_query(area)
    return {
        "tabs": [
            {"label": label, "url": f"{reverse(name)}{query}", "here": name == here} for name, label in PAGES.items()
        ]
    }
