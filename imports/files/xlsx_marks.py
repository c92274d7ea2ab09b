"""Merged cells, hidden rows and hidden columns of a worksheet, which openpyxl's read-only mode does not have.

The XML is scanned once as bytes, chunk by chunk: memory stays bounded and no tree is built.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import IO, Any

PIECE = 2**20
OVERLAP = 1_000  # longer than any searched tag, so that a tag cut in two is found in the next chunk
MAX_MERGED = 100_000
MAX_COLUMNS = 16_384  # columns of a worksheet: a hidden span may reach to the end
_RANGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)
_HIDDEN = re.compile(
    rb"<(?:\w+:)?row\s(?=[^<>]{0,500}?\bhidden=[\"'](?:1|true)[\"'])[^<>]{0,500}?\br=[\"'](\d{1,7})[\"']"
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]{0,300})")
_ATTRIBUTE = re.compile(rb"(min|max|hidden)=[\"'](\w+)[\"']")


@dataclass
class Merged:
    """For each column (index from 0) the spans of lines that a merged cell covers, in order.

    `across`: for each line the first and last columns that a merged cell starting there covers.
    """

    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    across: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def bottom(self, line: int) -> int:
        """The last line that a cell of this line covers; the line itself without a vertical merge."""
        return max((last for spans in self.spans.values() for first, last in spans if first == line), default=line)

    def top(self, line: int, column: int) -> int | None:
        """The line of the merged cell that covers this one from above, or None."""
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
    hidden_columns: frozenset[int] = frozenset()

    def beginning(self, last: int) -> dict[str, object]:
        """The marks that finding titles down to this line needs, as JSON; `of` reads it."""
        return {
            "spans": {column: [span for span in held if span[0] <= last] for column, held in self.merged.spans.items()},
            "across": {line: held for line, held in self.merged.across.items() if line <= last},
            "hidden_columns": sorted(self.hidden_columns),
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Marks":
        def read(pairs: dict[str, list]) -> dict[int, list[tuple[int, int]]]:
            return {int(key): [(first, last) for first, last in held] for key, held in pairs.items() if held}

        merged = Merged(read(kept.get("spans", {})), read(kept.get("across", {})))
        return cls(merged, hidden_columns=frozenset(kept.get("hidden_columns", ())))


def read_marks(part: IO[bytes]) -> Marks:
    """Reads the marks of one worksheet from its XML."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    across: dict[int, set[tuple[int, int]]] = defaultdict(set)
    hidden: set[int] = set()
    columns: set[int] = set()
    found = 0
    rest = b""
    while piece := part.read(PIECE):
        text = rest + piece
        if b"hidden" in text:
            hidden.update(int(number) for number in _HIDDEN.findall(text))
            columns.update(*(_hidden_columns(attributes) for attributes in _COLUMN.findall(text)))
        for left, first, right, last in _RANGE.findall(text):
            if found >= MAX_MERGED:
                break
            if int(last) > int(first):
                found += 1
                spans[_index(left)].add((int(first), int(last)))
            if _index(right) > _index(left):
                found += 1
                across[int(first)].add((_index(left), _index(right)))
        rest = text[-OVERLAP:]
    return Marks(Merged(_in_order(spans), _in_order(across)), frozenset(hidden), frozenset(columns))


def _in_order(found: dict[int, set[tuple[int, int]]]) -> dict[int, list[tuple[int, int]]]:
    return {key: sorted(held) for key, held in found.items()}


def _hidden_columns(attributes: bytes) -> range:
    """The columns (from 0) of one element with column widths."""
    found = {name: value for name, value in _ATTRIBUTE.findall(attributes)}
    if found.get(b"hidden") not in (b"1", b"true") or not (found.get(b"min", b"") + found.get(b"max", b"")).isdigit():
        return range(0)
    return range(int(found[b"min"]) - 1, min(int(found[b"max"]), MAX_COLUMNS))


def _index(letters: bytes) -> int:
    """A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
