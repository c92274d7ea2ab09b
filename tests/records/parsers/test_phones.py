"""Telephone numbers as offices write them; printed ones are read back, what is none is refused."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records import formats
from records.parsers import phones


@pytest.mark.parametrize(
    "text", ["tidak ada", "tdk punya", "Belum ada", "-", "–", "0", "ga punya HP", "tidak punya hp", "kosong", "xxx"]
)
def test_no_telephone(text):
    assert phones.read(text) == ""


@pytest.mark.parametrize("text", ["8,12346E+11", "8.12E11", "+8,12346E+11", "6,28123E+12"])
def test_a_telephone_that_excel_rounded(text):
    with pytest.raises(ValidationError, match="sudah dibulatkan oleh Excel"):
        phones.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "0812O3456789",
        "0812345678 / 0813111111",
        "0812 3456 7890/91",
        "12",
        "08123",
        "0800BUNGA",
        "081234567890123",
        "812345600000000",
        "081234567890 (istri)",
    ],
)
def test_what_is_no_telephone(text):
    with pytest.raises(ValidationError, match="Nomor HP tidak benar"):
        phones.read(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0812 3456 7890 (WA)", "+6281234567890"),
        ("HP/WA: 081234567890;", "+6281234567890"),
        ("0062 812-3456-7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("0724/123456", "+62724123456"),
    ],
)
def test_telephones_as_offices_write_them(text, stored):
    assert phones.read(text) == stored


@given(st.integers(10**8, 10**10 - 1))
def test_telephones_as_printed_and_exported_read_back(rest):
    stored = f"+628{rest}"
    local = stored.removeprefix("+62")
    for text in (formats.phone_id(stored), stored, f"'{stored}", local, f"0{local}", f"62{local}", f"WA 0{local}"):
        assert phones.read(text) == stored


def telephone(text):
    try:
        return phones.read(text)
    except ValidationError:
        return None


@given(st.from_regex(r"0?8[0-9]{4,14}", fullmatch=True))
def test_telephones_of_digits_alone_are_those_beside_a_word(digits):
    assert telephone(digits) == telephone(f"WA {digits}")
