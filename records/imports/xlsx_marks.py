"""Merged cells and hidden rows of a worksheet. openpyxl's read-only mode gives neither.

The XML is passed over once as bytes, a piece at a time: memory stays bounded and no second tree is built.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import BinaryIO

PIECE = 2**20
OVERLAP = 1_000  # longer than any tag looked for, so that one cut in two is found in the next piece
MAX_MERGED = 100_000
_RANGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)
_HIDDEN = re.compile(
    rb"<(?:\w+:)?row\s(?=[^<>]{0,500}?\bhidden=[\"'](?:1|true)[\"'])[^<>]{0,500}?\br=[\"'](\d{1,7})[\"']"
)


@dataclass
class Merged:
    """For each column (index from 0) the spans of lines that one cell covers, in order."""

    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def top(self, line: int, column: int) -> int | None:
        """The line of the cell that covers this one from above; None where nothing does."""
        spans = self.spans.get(column)
        if not spans:
            return None
        place = bisect_right(spans, (line, 0)) - 1
        if place < 0:
            return None
        first, last = spans[place]
        return first if first < line <= last else None


@dataclass
class Marks:
    merged: Merged = field(default_factory=Merged)
    hidden_rows: frozenset[int] = frozenset()


def read_marks(part: BinaryIO) -> Marks:
    """The marks of one worksheet from its XML."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    hidden: set[int] = set()
    found = 0
    rest = b""
    while piece := part.read(PIECE):
        text = rest + piece
        if b"hidden" in text:
            hidden.update(int(number) for number in _HIDDEN.findall(text))
        for left, first, _, last in _RANGE.findall(text):
            if int(last) > int(first) and found < MAX_MERGED:
                found += 1
                spans[_index(left)].add((int(first), int(last)))
        rest = text[-OVERLAP:]
    return Marks(Merged({column: sorted(held) for column, held in spans.items()}), frozenset(hidden))


def _index(letters: bytes) -> int:
    """A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
