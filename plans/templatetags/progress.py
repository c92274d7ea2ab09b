"""Template tags of progress: twelve letters below those of the plan, and the months of a group as twelve boxes."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from plans.queries.line_progress import LineProgress
from plans.queries.progress_months import MonthState
from plans.rules.months import MONTHS
from records.formats import MONTHS as MONTH_NAMES
from records.formats import MONTHS_SHORT, number_id, rupiah

register = template.Library()
LETTERS = "JFMAMJJASOND"


@register.simple_tag
def progress_strip(line: LineProgress) -> str:
    """Twelve letters: green for activity, struck out for a report of no activity."""
    cells = format_html_join("", '<span class="{}">{}</span>', ((_kind(line, m), LETTERS[m - 1]) for m in MONTHS))
    words = [_month_text(line, month) for month in sorted(line.entries)]
    return format_html(
        '<span class="month-strip" aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
        cells,
        "; ".join(words) or "Belum ada data",
    )


def _kind(line: LineProgress, month: int) -> str:
    entry = line.entries.get(month)
    if entry is None:
        return ""
    return "reported" if entry.volume or entry.percent or line.cost_by_month[month] else "zero"


def _month_text(line: LineProgress, month: int) -> str:
    entry = line.entries[month]
    volume = f" {number_id(entry.volume)} {line.activity.unit}" if entry.volume is not None else ""
    cost = f", {rupiah(line.cost_by_month[month])}" if line.cost_by_month[month] else ""
    return f"{MONTHS_SHORT[month - 1]}{volume}{cost}"


@register.simple_tag
def month_dots(group, year: int, months) -> str:
    """The reports of twelve months as boxes, each with a link to its month and its state for screen readers."""
    return format_html(
        '<span class="month-dots">{}</span>', format_html_join("", "{}", ((_dot(group, year, m),) for m in months))
    )


def _dot(group, year: int, month) -> str:
    words = f"{MONTH_NAMES[month.number - 1]}: {month.state.label}"
    inner = format_html(
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', LETTERS[month.number - 1], words
    )
    if month.state == MonthState.FUTURE:
        return format_html('<span class="dot {}">{}</span>', month.state.value, inner)
    url = reverse("plans:progress_month", args=[group.pk, year, month.number])
    return format_html('<a class="{}" href="{}" title="{}">{}</a>', month.state.value, url, words, inner)
