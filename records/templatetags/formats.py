"""Template filters and tags of records.formats. A missing value gives "", so `|default:"Belum ada data"` works."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django import template
from django.utils.html import format_html

from records import formats, in_words

register = template.Library()


def _or_nothing(function: Callable[[Any], str]) -> Callable[[Any], str]:
    def apply(value: Any) -> str:
        return "" if value is None or value == "" else function(value)

    apply.__doc__ = function.__doc__
    return apply


for _function in (
    in_words.terbilang,
    formats.date_id,
    formats.day_date,
    in_words.date_in_words,
    formats.time_id,
    formats.moment_id,
    formats.iso_date_id,
    formats.number_id,
    formats.percent,
    formats.rupiah,
    formats.rupiah_letter,
    in_words.rupiah_in_words,
    formats.file_size,
    formats.nip,
    formats.phone_id,
):
    register.filter(_function.__name__, _or_nothing(_function))


@register.simple_tag
def rupiah_known(amount: int | None) -> str:
    """{% rupiah_known row.realised %} gives "Rp1.450.000", or the mark of an unknown amount."""
    if amount is None:
        return format_html('<span class="missing">{}</span>', "Belum ada data")
    return formats.rupiah(amount)


@register.simple_tag
def span(first: date | None, last: date | None) -> str:
    """{% span training.first_day training.last_day %} gives "4 s.d. 6 Desember 2018"."""
    if first is None or last is None:
        return ""
    return formats.span(first, last)


@register.simple_tag
def from_until(starts_on: date | None, ends_on: date | None, still: str = "") -> str:
    """{% from_until post.starts_on post.ends_on "– sekarang" %} gives "12 Februari 2018 – sekarang"."""
    return "" if starts_on is None else formats.from_until(starts_on, ends_on, still)


@register.simple_tag
def time_span(starts: time | None, ends: time | None) -> str:
    """{% time_span session.starts session.ends %} gives "08.00 s.d. 16.30 WIB"."""
    if starts is None or ends is None:
        return ""
    return formats.time_span(starts, ends)


@register.simple_tag
def people_count(men: int, women: int) -> str:
    """{% people_count 30 18 %} gives "48 orang (30 L, 18 P)"."""
    return formats.people_count(men, women)
