"""Limits of figures: the same in column, form, grid, pasted list, import and database."""

from decimal import Decimal
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q

from imports.values import cells
from records.fields import CoordinateField, FigureField, WholeField, bounds
from records.models.figures import RUPIAH, Limit, limits

APPS = settings.PORTAL_APPS
# Figures that the portal computes itself, or that identify a row.
OWN = {"version", "object_id", "subject_id", "line", "position", "revision", "number", "attempts", "done", "total"}
OWN |= {"turn", "event", "bytes", "print_bytes", "pages", "print_pages", "seconds", "tokens", "failures"}
OWN |= {"template_version"}
OWN_OF_A_TABLE = {
    "reports.CertificateCode.lesson_hours": "a copy of the certificate's",
    "monitoring.ChainCache.cohort_year": "copied from the awards",
    "monitoring.CalendarFeed.issue": "counts the addresses given out",
}


def figures():
    for model in apps.get_models():
        for column in model._meta.fields if model._meta.app_label in APPS else ():
            if isinstance(column, models.IntegerField | models.DecimalField) and not column.primary_key:
                mine = column.name in OWN or str(column) in OWN_OF_A_TABLE
                if not column.choices and (held(column) or not mine):
                    yield column


def ranges(condition: Q):
    """(column, (least, most)) of each range in a condition."""
    for part in condition.children:
        if isinstance(part, Q):
            yield from ranges(part)
        elif part[0].endswith("__range"):
            yield part[0].removesuffix("__range"), part[1]


def held(column) -> list[tuple]:
    """The ranges of a column in the constraints of the database."""
    checks = [check for check in column.model._meta.constraints if isinstance(check, CheckConstraint)]
    return [found for check in checks for name, found in ranges(check.condition) if name == column.name]


@pytest.mark.parametrize("column", list(figures()), ids=str)
def test_a_figure_that_people_enter_has_one_limit(column):
    least, most = bounds(column)
    if not {"south", "north", "west", "east"} & {column.name}:  # their constraint checks their order as well
        assert held(column) == [(least, most)], "say its limit in Meta.constraints (records.models.limits)"
    reader = cells.of(column.model, column.name)
    for value in (least, most):
        assert reader(value) == column.clean(value, None) == value
    for beyond in (least - 1, most + 1, 10**15, 10**30):
        for read in (reader, lambda value: column.clean(value, None)):
            with pytest.raises(ValidationError):
                read(beyond)


def our_forms():
    import_module("pamsimas.urls")
    waiting, seen = [forms.BaseForm], set()
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.split(".")[0] in APPS and form not in seen:
            seen.add(form)
            yield form


def form_fields():
    """Every numeric field that a form of the project declares or derives from a column."""
    for form in our_forms():
        for name, field in form.base_fields.items():
            if isinstance(field, WholeField | FigureField) and name not in OWN:
                yield f"{form.__name__}.{name}", form, name, field


def test_form_fields_have_the_limit_of_their_column():
    found = list(form_fields())
    assert len(found) > 20
    for label, form, name, field in found:
        assert None not in (field.min_value, field.max_value), label
        columns = {column.name: column for column in form._meta.model._meta.fields} if hasattr(form, "_meta") else {}
        if name in columns:
            assert (field.min_value, field.max_value) == bounds(columns[name]), label


def test_a_limit_says_what_is_wrong():
    limit = Limit(1, 2_500)
    assert (limit.below, limit.above) == ("Isi angka antara 1 dan 2.500.",) * 2
    assert RUPIAH.below == "Angka ini tidak boleh negatif."
    check = limits("two", first=limit, second=RUPIAH)
    assert check.violation_error_message == f"{limit.above} {RUPIAH.above}"


def test_a_coordinate_beyond_the_earth_is_refused_by_its_column():
    """The field accepts up to 180 for both, so that the error message can name exchanged coordinates."""
    with pytest.raises(ValidationError, match="tertukar"):
        apps.get_model("villages.Village")._meta.get_field("lat").clean(
            CoordinateField(axis="lat", max_digits=9, decimal_places=6).clean("105,281"), None
        )
    assert bounds(apps.get_model("villages.Village")._meta.get_field("lng"))[1] == Decimal(180)
