"""Cells of a text copied from a spreadsheet: tabs part them, else semicolons."""

import re


def rows_of(text: str) -> list[list[str]]:
    """The cells of each line that holds anything.

    A quotation mark opens a quoted cell only where it is closed at the end of that cell: one that stands for itself
    ("Tirta Jaya" Desa) must not swallow the rows below.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    sign = "\t" if "\t" in text else ";"
    cell = re.compile(rf'"((?:[^"\n]|"")*|(?:[^"{sign}]|"")*)"(?=[{sign}\n]|$)|([^{sign}\n]*)')
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        found = cell.match(text, place)
        if found is None:  # the second choice takes anything, nothing included
            raise AssertionError(place)
        quoted, plain = found.groups()
        rows[-1].append(" ".join((plain if quoted is None else quoted.replace('""', '"')).split()))
        place = found.end()
        if place >= len(text):
            break
        if text[place] == "\n":
            rows.append([])
        place += 1
    return [row for row in rows if any(row)]
