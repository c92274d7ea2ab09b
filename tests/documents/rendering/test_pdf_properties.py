"""Properties of generated documents and codes. Nothing is rendered and no row is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.layout import footer
from documents.rendering import verification
from records import letters
from reports.services import issuing

UNSEEN = set("\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}\x00\N{LINE SEPARATOR}")
CELL = st.text(alphabet="abcdeXYZ0123456789.,-()", min_size=1, max_size=12)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=12)


def numbered(table):
    """Rows as documents have them: each begins with its own number."""
    return [[f"{number}|", *row] for number, row in enumerate(table, 1)]


def laid_out(tables, cut):
    """Pages of these tables below a heading; after every `cut` rows a page ends and the table header repeats."""
    pages, lines = [], ["KOP"]
    for table in tables:
        lines.append("Judul")
        for number, row in enumerate(table, 1):
            lines.append("".join(row))
            if number % cut == 0:
                pages.append("".join(lines))
                lines = ["KOP", "NoNama"]
    return [*pages, "".join([*lines, "akhir"])]


@given(st.lists(TABLE, min_size=1, max_size=3), st.integers(1, 6))
def test_what_was_laid_out_is_found_again(tables, cut):
    tables = [numbered(table) for table in tables]
    verification._compare_rows(laid_out(tables, cut), verification.Expected(tables=tables))


@given(TABLE, st.integers(1, 6), st.data())
def test_a_row_left_out_of_the_paper_is_missed(table, cut, data):
    table = numbered(table)
    lost = data.draw(st.integers(0, len(table) - 1))
    printed = table[:lost] + table[lost + 1 :]
    with pytest.raises(verification.Unfaithful):
        verification._compare_rows(laid_out([printed], cut), verification.Expected(tables=[table]))


@given(TABLE, st.data())
def test_a_line_between_two_rows_of_a_page_is_found(table, data):
    table = numbered([*table, *table])
    at = data.draw(st.integers(1, len(table) - 1))
    printed = [*table[:at], ["SISIPAN"], *table[at:]]
    with pytest.raises(verification.Unfaithful):
        verification._compare_rows(laid_out([printed], 1_000), verification.Expected(tables=[table]))


@given(st.text(alphabet=issuing.LETTERS, min_size=8, max_size=8))
def test_a_printed_code_is_read_back_however_it_is_typed(code):
    printed = footer.printed_code(code)
    assert {issuing.read_code(text) for text in (printed, printed.lower(), f" {' '.join(printed)} ")} == {code}


@given(st.text())
def test_any_text_is_read_as_a_code_or_as_none(text):
    code = issuing.read_code(text)
    assert code == "" or (len(code) == 8 and set(code) <= set(issuing.LETTERS))


@given(st.text() | st.text(alphabet="ae\N{COMBINING ACUTE ACCENT}\N{ZERO WIDTH JOINER}\N{EM SPACE}"))
def test_printable_text_holds_nothing_unseen_and_is_printable_again(text):
    printed = letters.printable(text)
    assert letters.printable(printed) == printed
    assert not set(printed) & set(
        "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}\x00\N{LINE SEPARATOR}"
    )
