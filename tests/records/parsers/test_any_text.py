"""Any text is read, or refused with a sentence: numbers, days, months, telephones and degrees."""

from functools import partial

from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records.parsers import days, degrees, months, numbers, phones


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    readers = (
        days.read,
        days.year,
        months.read,
        phones.read,
        numbers.read,
        lambda cell: numbers.read(cell, 2, label="Kapasitas (L/detik)"),
        lambda cell: degrees.read(cell, degrees.LAT),
    )
    assert [sentence for sentence in map(partial(refusal, text=text), readers) if not sentence.endswith(".")] == []


def refusal(read, text) -> str:
    """The message of the parser; a full stop where it accepts the text."""
    try:
        read(text)
    except ValidationError as error:
        return error.messages[0]
    return "."
