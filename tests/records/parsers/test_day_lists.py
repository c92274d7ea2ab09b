"""Parsing of several days in one text, as trainings are announced."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from records import formats
from records.parsers import day_lists, days


def refusal(read, *args) -> str:
    with pytest.raises(ValidationError) as refused:
        read(*args)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4, 5 dan 6 Desember 2018", "4 5 6"),
        ("4-12-2018 s.d. 6-12-2018", "4 5 6"),
        ("4 s/d 6 Des 2018", "4 5 6"),
        ("4 sampai dengan 6 Desember 2018 pukul 08.00 s.d. 16.00 WIB", "4 5 6"),
        ("Selasa s.d. Kamis, 4 s.d. 6 Desember 2018", "4 5 6"),
        ("Hari/Tanggal: Selasa, 4 s.d. Kamis, 6 Desember 2018", "4 5 6"),
        ("4-6/12/2018", "4 5 6"),
        ("4\u20136 Desember 2018", "4 5 6"),
        ("4-Des-2018\n6-Des-2018", "4 6"),
        ("2018-12-04; 2018-12-06", "4 6"),
        ("4 & 6 Desember 2018, 10-11 Desember 2018", "4 6 10 11"),
        ("Jum\u2019at, 7 Desember 2018", "7"),
    ],
)
def test_days_of_one_month(text, found):
    assert day_lists.read(text, 14) == tuple(date(2018, 12, int(day)) for day in found.split())


@pytest.mark.parametrize(
    "text", ["30 Nov s.d. 2 Des 2018", "30-11-2018 - 02-12-2018", "30 November, 1, 2 Desember 2018"]
)
def test_days_across_months(text):
    assert day_lists.read(text, 14) == (date(2018, 11, 30), date(2018, 12, 1), date(2018, 12, 2))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30 Desember s.d. 2 Januari 2019", "berakhir sebelum mulai"),
        ("1-31 Desember 2018", "lebih panjang dari 14 hari"),
        ("1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29 Desember 2018", "Ada 15 tanggal"),
        ("4/6 Desember 2018", "bukan tanggal"),  # "and" or "until": ambiguous
        ("4 5 6 Desember 2018", "bukan tanggal"),
        ("4-6-8 Desember 2018", "bukan tanggal"),
        ("4 dan 6 Desember", "belum lengkap"),
        ("31 Februari 2018, 1 Maret 2018", "tidak ada dalam kalender"),
        ("Senin-Rabu, 4-6 Desember 2018", "Hari (Senin, Rabu) dan tanggal"),
        ("Senin, 4 Desember 2018", "adalah hari Selasa"),
        ("4-12-2018, besok", "“besok” pada “4-12-2018, besok” bukan tanggal"),
    ],
)
def test_what_would_have_to_be_guessed(text, message):
    assert message in refusal(day_lists.read, text, 14)


@pytest.mark.parametrize("read", [days.read, lambda text: day_lists.read(text, 14)])
def test_a_text_that_no_date_is_so_long_is_refused_at_once(read):
    """A regular expression for days would take minutes on it: this test would not end in time."""
    assert refusal(read, "1-" * 20_000).endswith(".")


@pytest.mark.parametrize("text", ["4-6 Desember 2018", "4, 5 dan 6 Desember 2018", "4-12-2018 s.d. 6-12-2018"])
def test_where_one_day_is_wanted_several_are_told(text):
    message = f"“{text}” memuat beberapa tanggal. Tulis satu tanggal saja, misalnya 4 Desember 2018."
    assert refusal(days.read, text) == message


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 13),
    st.sets(st.integers(0, 200), min_size=1, max_size=9),
)
@settings(max_examples=50)
def test_days_as_printed_read_back(first, length, steps):
    last = first + timedelta(days=length)
    assert day_lists.read(formats.span(first, last), 14) == tuple(first + timedelta(days=n) for n in range(length + 1))
    chosen = tuple(first + timedelta(days=step) for step in sorted(steps))
    for text in (", ".join(map(formats.date_id, chosen)), "; ".join(map(formats.day_date, chosen))):
        assert day_lists.read(text, 14) == chosen


@given(st.text("0123456789 -,;/.sdDesemberdan\n", max_size=40))
@settings(max_examples=80)
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        message = day_lists.read(text, 14) and "."
    except ValidationError as error:
        message = error.messages[0]
    assert (message or ".").endswith(".")
