"""Filter field of the year of lists of plans: the current one by default."""

from collections.abc import Iterable
from typing import cast

from django.http import QueryDict
from django.utils.timezone import localdate

from accounts.lists import FilterForm, offer_named_year
from records.fields import choice_field


def offer_years(form: FilterForm, years: Iterable[int], *more: tuple[str, str]) -> int:
    """Fills the field `tahun`, newest year first, and returns the running year.

    Pages with figures of a year link here with that year; the current one is "" in the list.
    """
    this_year = localdate().year
    if form.data.get("tahun") == str(this_year):
        sent = cast(QueryDict, form.data).copy()
        sent["tahun"] = ""
        form.data = sent
    choice_field(form, "tahun").choices = [
        ("", f"{this_year} (tahun ini)"),
        *((str(year), str(year)) for year in sorted(set(years) - {this_year}, reverse=True)),
        *more,
    ]
    offer_named_year(form, "tahun")
    return this_year
