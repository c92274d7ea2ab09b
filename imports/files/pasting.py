"""Cells of a pasted text: of a spreadsheet (tabs, otherwise semicolons), or of a list in a message."""

import re
from collections.abc import Callable

from records.names import BEFORE, BEHIND, DOTTED, letters
from records.parsers.text import seen

# Separators of cells where there is neither tab nor semicolon, with their labels.
LOOSE = {"|": "garis tegak", ",": "koma", " - ": "tanda hubung", " / ": "garis miring", "  ": "beberapa spasi"}
_SPLIT = {
    "|": re.compile(r"\|"),
    ",": re.compile(r","),
    " - ": re.compile(r"\s+[-–—]+\s+"),
    " / ": re.compile(r"\s+/\s+"),
    "  ": re.compile(r"[^\S\n]{2,}"),
}
_SEMICOLON = re.compile(";")
_EMPHASIS = re.compile(r"(?<!\w)[*_~]+(?=\w)|(?<=[\w:)])[*_~]+(?!\w)")  # *tebal*, _miring_
# "1. Budi", "2) Siti", "- Andi", "• Made": numbers and dots of a list in a message.
_LISTED = re.compile(r"\s*(?:[-–—•*·●▪◦>✓✔☑]+\s*|\(?\d{1,3}(?:\s*[.)]+\s*|\s+))(?=[^\W\d_])")


def rows_of(text: str, sign: str = "") -> list[list[str]]:
    """The cells of each line that is not empty.

    A quotation mark opens a quoted cell only where it is closed at the end of that cell: a mark inside a text
    ("Tirta Jaya" Desa) must not swallow the rows below.
    """
    text = _plain(text)
    sign = sign or ("\t" if "\t" in text else ";")
    cell = re.compile(rf'"((?:[^"\n]|"")*|(?:[^"{sign}]|"")*)"(?=[{sign}\n]|$)|([^{sign}\n]*)')
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        found = cell.match(text, place)
        if found is None:  # the second alternative matches anything, also the empty text
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


def loose_rows_of(text: str, fits: Callable[[list[str]], bool]) -> tuple[list[list[str]], str]:
    """The cells of each line, and their separator of LOOSE ("" for tab, semicolon or none).

    A loose separator is used where `fits` accepts half of the lines that it separates; of several, the one with the
    most accepted lines.
    """
    plain = _plain(text)
    if "\t" in plain or ";" in plain:
        rows = [[unlisted(row[0]), *row[1:]] for row in rows_of(plain)]
        return [row if len(row) > 1 else _parted_alone(row[0], fits) for row in rows], ""
    lines = [_EMPHASIS.sub("", unlisted(line)) for line in plain.split("\n") if line.strip()]
    best, most, taken = [[" ".join(line.split())] for line in lines], 0, ""
    for sign, pattern in _SPLIT.items():
        rows = [joined_titles([" ".join(cell.split()) for cell in pattern.split(line.strip())]) for line in lines]
        parted = [row for row in rows if len(row) > 1]
        count = sum(map(fits, parted))
        if count > most and 2 * count >= len(parted):
            best, most, taken = rows, count, sign
    return best, taken


def _parted_alone(line: str, fits: Callable[[list[str]], bool]) -> list[str]:
    """A line without the separator of the others, split by the first separator with a row that `fits` accepts."""
    for pattern in (_SEMICOLON, *_SPLIT.values()):
        row = joined_titles([" ".join(cell.split()) for cell in pattern.split(line)])
        if len(row) > 1 and fits(row):
            return row
    return [line]


def joined_titles(cells: list[str]) -> list[str]:
    """'Budi', 'S.Pd.', 'L' is 'Budi, S.Pd.' and 'L': a comma before a title separates no cells."""
    found: list[str] = []
    for cell in cells:
        title = letters(cell) in BEHIND or (letters(cell) in BEFORE and len(letters(cell)) > 1)
        if found and found[-1] and cell and (title or DOTTED.fullmatch(cell)):
            found[-1] += f", {cell}"
        else:
            found.append(cell)
    return found


def unlisted(line: str) -> str:
    """The line without the number or the bullet of a list; a number alone stays."""
    return _LISTED.sub("", line, count=1) if _LISTED.match(line) else line


def _plain(text: str) -> str:
    return seen(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
