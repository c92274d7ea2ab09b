"""Template side of records.words. A missing value gives "", so `|default:"Belum ada data"` works."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django import template
from django.utils.html import format_html

from records import words

register = template.Library()


def _or_nothing(function: Callable[[Any], str]) -> Callable[[Any], str]:
    def apply(value: Any) -> str:
        return "" if value is None or value == "" else function(value)

    apply.__doc__ = function.__doc__
    return apply


for _function in (
    words.terbilang,
    words.date_id,
    words.day_date,
    words.date_in_words,
    words.time_id,
    words.moment_id,
    words.number_id,
    words.percent,
    words.rupiah,
    words.rupiah_letter,
    words.rupiah_in_words,
    words.file_size,
    words.nip,
    words.phone_id,
):
    register.filter(_function.__name__, _or_nothing(_function))


@register.simple_tag
def rupiah_known(amount: int | None) -> str:
    """{% rupiah_known row.realised %} gives "Rp1.450.000", or the mark of what nobody recorded."""
    if amount is None:
        return format_html('<span class="missing">{}</span>', "Belum ada data")
    return words.rupiah(amount)


@register.simple_tag
def span(first: date | None, last: date | None) -> str:
    """{% span training.first_day training.last_day %} gives "4 s.d. 6 Desember 2018"."""
    if first is None or last is None:
        return ""
    return words.span(first, last)


@register.simple_tag
def from_until(starts_on: date | None, ends_on: date | None, still: str = "") -> str:
    """{% from_until post.starts_on post.ends_on "– sekarang" %} gives "12 Februari 2018 – sekarang"."""
    return "" if starts_on is None else words.from_until(starts_on, ends_on, still)


@register.simple_tag
def time_span(starts: time | None, ends: time | None) -> str:
    """{% time_span session.starts session.ends %} gives "08.00 s.d. 16.30 WIB"."""
    if starts is None or ends is None:
        return ""
    return words.time_span(starts, ends)


@register.simple_tag
def people_count(men: int, women: int) -> str:
    """{% people_count 30 18 %} gives "48 orang (30 L, 18 P)"."""
    return words.people_count(men, women)
