"""Months, triwulan and semester of a plan as offices write them; printed ones are read back."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from plans.rules.months import mask_to_months, months_text, months_to_mask
from records import formats
from records.parsers import months


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan, Des", {1, 12}),
        ("1, 12", {1, 12}),
        ("11, 2", {2, 11}),
        ("1 12", {1, 12}),
        ("Januari dan Desember", {1, 12}),
        ("Jan-Des", set(range(1, 13))),
        ("Jan s/d Mar, Des", {1, 2, 3, 12}),
        ("April sampai dengan Juni", {4, 5, 6}),
        ("bulan ke-4", {4}),
        ("TW I dan TW III", {1, 2, 3, 7, 8, 9}),
        ("Semester II", {7, 8, 9, 10, 11, 12}),
        ("TW 1, 2", {1, 2, 3, 4, 5, 6}),
        ("Triwulan I dan III", {1, 2, 3, 7, 8, 9}),
        ("TW 2 & 4, Juli", {4, 5, 6, 7, 10, 11, 12}),
        ("Triwulan I s/d III", set(range(1, 10))),
        ("semester 1-2", set(range(1, 13))),
        ("setiap bulan", set(range(1, 13))),
    ],
)
def test_months(text, found):
    assert months.read(text) == found


@pytest.mark.parametrize("text", ["112", "Nov-Feb", "lusa", "13", "0", "1-2-3", "sd", "x", "TW 1, 12", "TW 5"])
def test_what_is_no_month(text):
    with pytest.raises(ValidationError):
        months.read(text)


@given(st.integers(1, 4095))
def test_months_as_printed_read_back(mask):
    assert months_to_mask(months.read(months_text(mask))) == mask
    names = ", ".join(formats.MONTHS[month - 1] for month in mask_to_months(mask))
    assert months_to_mask(months.read(names)) == mask
    assert months_to_mask(months.read(", ".join(map(str, mask_to_months(mask))))) == mask
