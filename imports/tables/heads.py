"""Title lines of a sheet: their number, and the titles that they form together.

"Pelaksanaan" over "Jan", "Feb", "Mar" are the titles "Pelaksanaan Jan", "Pelaksanaan Feb", "Pelaksanaan Mar"; a title
that is merged over all lines is one title.
"""

import itertools
import re
from collections.abc import Sequence

from imports.files.books import Cell, Sheet
from imports.values.cells import is_empty, shown

MAX_LINES = 3
_NUMBERED = re.compile(r"(?P<word>\D*?)\s*[-.]?\s*(?P<number>\d{1,2})\D{0,2}")

Spans = Sequence[tuple[int, int]]


def count_lines(sheet: Sheet, header: int) -> int:
    """The number of title lines from this one on, from vertically merged cells or from the parts below a wide title."""
    merged = sheet.marks.merged
    bottom = merged.bottom(header)
    if header < bottom < header + MAX_LINES:
        return bottom - header + 1
    found = dict(sheet.rows)
    tops = list(found.get(header, []))
    lines = 1
    while lines < MAX_LINES:
        below = found.get(header + lines, [])
        if not _are_parts(tops, below, merged.across.get(header + lines - 1, ())):
            break
        tops = [_at(below, index) or _at(tops, index) for index in range(max(len(tops), len(below)))]
        lines += 1
    return lines


def _at(cells: list[Cell], index: int) -> Cell:
    cell = cells[index] if index < len(cells) else None
    return None if is_empty(cell) else cell


def _are_parts(tops: list[Cell], below: list[Cell], wide: Spans) -> bool:
    """Whether the line below has the parts of titles that span columns.

    A merged title shows which columns it spans. Without a merge there must be a part to the right of such a title, and
    none below the first one.
    """
    above = [index for index in range(len(tops)) if _at(tops, index) is not None]
    parts = [index for index in range(len(below)) if _at(below, index) is not None]
    if len(above) < 2 or not parts or not _are_words(below, parts):
        return False
    if wide:
        return len(parts) > 1 and all(any(left <= index <= right for left, right in wide) for index in parts)
    spanned = [index for index in parts if index not in above and (index - 1 in parts or index - 1 in above)]
    under = [max((top for top in above if top < index), default=-1) for index in parts if index not in above]
    return parts[0] > above[0] and bool(spanned or set(under) & set(parts))


def _are_words(below: list[Cell], parts: list[int]) -> bool:
    """Whether the texts are words without figures, or one series: "Hari 1", "Hari 2"; 1, 2, 3."""
    texts = [shown(below[index]) for index in parts]
    if all(
        isinstance(below[index], str) and not any(map(str.isdigit, text))
        for index, text in zip(parts, texts, strict=True)
    ):
        return True
    found = [_NUMBERED.fullmatch(text) for text in texts if any(map(str.isdigit, text))]
    numbers = [int(match["number"]) for match in found if match]
    words = {match["word"].strip().lower() for match in found if match}
    return len(numbers) > 1 and len(numbers) == len(found) and len(words) == 1 and _counts(numbers)


def _counts(numbers: list[int]) -> bool:
    return numbers[0] == 1 and all(after in (1, before + 1) for before, after in itertools.pairwise(numbers))


def joined(lines: Sequence[list[Cell]], wides: Sequence[Spans]) -> list[tuple[str, ...]]:
    """The titles of each column from top to bottom: ("Pelaksanaan", "Jan"). Empty for an empty column.

    `wides`: the merged columns of each line.
    """
    width = max((len(cells) for cells in lines), default=0)
    texts = [["" if _at(cells, index) is None else shown(cells[index]) for index in range(width)] for cells in lines]
    spread = [_spread(texts, wides, place) for place in range(len(lines))]
    found = []
    for index in range(width):
        words = [spread[place][index] for place in range(len(lines))]
        found.append(tuple(word for place, word in enumerate(words) if word and word not in words[:place]))
    return found


def _spread(texts: list[list[str]], wides: Sequence[Spans], place: int) -> list[str]:
    """The texts of one line, with a title that spans several columns in each of them."""
    own = list(texts[place])
    if place + 1 == len(texts):
        return own
    for left, right in wides[place] if place < len(wides) else ():
        for index in range(left + 1, min(right + 1, len(own))):
            own[index] = own[index] or own[left]
    if place < len(wides) and wides[place]:
        return own
    group, of = "", ""
    for index, text in enumerate(texts[place]):
        above = next((line[index] for line in reversed(texts[:place]) if line[index]), "")
        if text or (above and above != of):
            group, of = text, above or of
        if any(line[index] for line in texts[place + 1 :]):
            own[index] = text or group
    return own
