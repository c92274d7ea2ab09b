"""Latitude and longitude as offices write them; printed ones are read back, exchanged ones are refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records.parsers import degrees


@pytest.mark.parametrize(
    ("text", "axis", "value"),
    [
        ("-3.958", degrees.LAT, "-3.958"),
        ("-3,958", degrees.LAT, "-3.958"),
        ("3.958 LS", degrees.LAT, "-3.958"),
        ("3,958° S", degrees.LAT, "-3.958"),
        ("LS 3.958", degrees.LAT, "-3.958"),
        ("105,281° BT", degrees.LNG, "105.281"),
        ("105.281 E", degrees.LNG, "105.281"),
        ("3°57'28.8\" LS", degrees.LAT, "-3.958"),
        ("105°16’51,6” BT", degrees.LNG, "105.281"),
        ("-3.95812345", degrees.LAT, "-3.958123"),
        ("-3.9581235", degrees.LAT, "-3.958124"),  # a half is rounded away from zero
        ("3,95812355° LS", degrees.LAT, "-3.958124"),
        ("105.28123456789012", degrees.LNG, "105.281235"),
    ],
)
def test_degrees(text, axis, value):
    assert degrees.read(text, axis) == Decimal(value)


def test_a_limit_of_degrees_is_not_rounded():
    assert degrees.read("-4.23", degrees.LAT, 3) == Decimal("-4.23")
    with pytest.raises(ValidationError, match="paling banyak 3 angka"):
        degrees.read("-4.2345", degrees.LAT, 3)


@pytest.mark.parametrize(
    ("text", "axis", "message"),
    [
        ("105.281 BT", degrees.LAT, "Mungkin lintang dan bujur tertukar"),
        ("-3.958 LU", degrees.LAT, "bukan derajat"),
        ("181", degrees.LNG, "bukan derajat"),
        ("105.281.234", degrees.LNG, "bukan derajat"),
        ("-3.95812345, 105.28123456", degrees.LAT, "memuat lintang dan bujur"),
        ("180.0000006", degrees.LNG, "bukan derajat"),
    ],
)
def test_what_are_no_degrees(text, axis, message):
    with pytest.raises(ValidationError) as refused:
        degrees.read(text, axis)
    assert message in refused.value.messages[0]


@given(st.decimals(-90, 90, places=6))
def test_degrees_as_printed_read_back(value):
    assert degrees.read(str(value), degrees.LAT) == value
    assert degrees.read(f"{value:f}".replace(".", ","), degrees.LAT) == value
