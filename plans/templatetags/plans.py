"""Template tags of plan pages that must be fast: options of the lists of the grid, months as a strip of twelve."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join

from plans.models import WorkPlan
from plans.queries.plan_lines import summary
from plans.rules.months import MONTHS, months_text
from plans.views.plan_pages import TONES
from records.formats import MONTHS as MONTH_NAMES

register = template.Library()
register.filter("line_summary", summary)


@register.simple_tag
def options(choices: tuple, selected) -> str:
    """The options of a select, cached for each selection, because a grid has hundreds of equal ones."""
    return _options(choices, str(selected))


@lru_cache(maxsize=512)
def _options(choices: tuple, selected: str) -> str:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, format_html(" {}", "selected") if str(value) == selected else "", label) for value, label in choices),
    )


@register.filter
def month_name(number: str) -> str:
    return MONTH_NAMES[int(number) - 1]


@register.simple_tag
def month_strip(mask: int) -> str:
    """Twelve letters, the planned ones dark; screen readers read "Apr, Okt"."""
    cells = format_html_join(
        "",
        "<span{}>{}</span>",
        (
            (format_html(' class="{}"', "on") if mask & (1 << (month - 1)) else "", letter)
            for month, letter in zip(MONTHS, "JFMAMJJASOND", strict=True)
        ),
    )
    words = months_text(mask) or "Bulan belum dipilih"
    return format_html(
        '<span class="month-strip" aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', cells, words
    )


@register.filter
def plan_tone(plan: WorkPlan) -> str:
    """The tone of the status."""
    return TONES[plan.status]
