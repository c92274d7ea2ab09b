"""Columns of a kind of import, and columns of a sheet with their titles."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypedDict

from imports.files.books import Cell, Sheet
from imports.tables import heads
from imports.values.cells import Reader, is_empty, shown
from records.parsers.abbreviations import expanded_title
from records.search_keys import search_key

LOOK_AT = 25  # rows of a sheet in which titles are searched
SHEET_NAME = "@lembar"
HEAD, CELL = "@judul", "@bawah"  # of a list written sideways (imports.tables.sideways): a title, a cell below it
REASON = "Alasan tidak disimpan"  # title of a column that our files of unsaved rows add; it is ignored
NO_HEADER = 0  # number of the title row of a sheet without one


class BlockSource(TypedDict):
    """A block of a list written sideways (imports.tables.sideways.Block), as JSON."""

    value: str
    cell: str
    own: dict[str, str]


class Source(TypedDict, total=False):
    """Source of a column: a title, or one value for all rows.

    `also`: its titles in other sheets; `absent`: sheets without it; `below` and `blocks`: of a list written sideways;
    `figures`: what the separator of its ambiguous figures separates.
    """

    title: str
    fixed: str
    also: list[str]
    absent: list[str]
    below: str
    blocks: list[BlockSource]
    figures: str


@dataclass(frozen=True)
class Column:
    """A column of a kind of import.

    `pattern`: matches the search keys of further titles; `level`: of a place, 1 kecamatan, 2 desa, 3 kelompok;
    `continues`: an empty cell may mean the place of the row above (imports.tables.reading); `fixed`: may be one typed
    value for all rows; `of_sheet`: reads the value from the name of a sheet, given the code of the kabupaten.
    """

    name: str
    label: str
    read: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str | int | float = ""
    help: str = ""
    level: int = 0
    continues: bool = False
    pattern: str = ""
    fixed: bool = False
    of_sheet: Callable[[str, list[str]], bool] | None = None

    @cached_property
    def own_keys(self) -> list[str]:
        """Keys of the label, with and without its unit in brackets."""
        return list(dict.fromkeys(search_key(word) for word in (self.label, self.label.partition(" (")[0])))

    @cached_property
    def keys(self) -> list[str]:
        """Keys of the label and of the synonyms."""
        return list(dict.fromkeys([*self.own_keys, *(search_key(word) for word in self.synonyms)]))

    def fits(self, key: str) -> bool:
        """Whether the pattern matches this title; the number of a repeated title is ignored."""
        return bool(self.pattern) and re.fullmatch(self.pattern, key.partition("#")[0]) is not None


def without_continuing(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The column for lists of people, where an empty village is not that of the row above."""
    return tuple(replace(column, continues=False) for column in columns)


@dataclass(frozen=True)
class Place:
    """Header of a chosen sheet: the line of its titles (as Excel numbers rows), and its columns: key -> index from 0.

    `header`: the last of its one to three title lines; `parts`: other keys of a title in several lines, the surest
    first; `hidden`, `untitled`: keys of hidden columns, and of those without a title.
    """

    sheet: str
    header: int
    keys: dict[str, int]
    titles: dict[str, str]
    lines: tuple[list[Cell], ...] = ()
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    untitled: frozenset[str] = frozenset()

    def index_of(self, key: str) -> int | None:
        """The key of a column, also of one without a title and without data in the first rows."""
        if key in self.keys:
            return self.keys[key]
        found = re.fullmatch(r"kolom([a-z]{1,2})", key)
        index = _number(found[1]) if found else None
        return None if index in self.keys.values() else index


def place_of(sheet: Sheet, header: int, lines: int = 0) -> Place:
    """Reads the titles that begin in this row, joined over several lines (imports.tables.heads).

    `lines`: number of title lines; 0 detects it. A repeated title gets a number; a column with data and without a title
    gets its letter in Excel, and so do all columns of a sheet without titles (NO_HEADER).
    """
    if header == NO_HEADER:
        keys, titles = _by_letters(sheet, range(_width(sheet.rows[:LOOK_AT])), sheet.rows[:LOOK_AT], "{}: {}")
        return Place(sheet.name, NO_HEADER, keys, titles, hidden=_hidden(sheet, keys), untitled=frozenset(keys))
    found = dict(sheet.rows)
    last = header + (lines or heads.count_lines(sheet, header)) - 1
    rows = tuple(found.get(line, []) for line in range(header, last + 1))
    across = sheet.marks.merged.across
    titles_of_columns = heads.joined(rows, [across.get(line, ()) for line in range(header, last + 1)])
    keys = {}
    titles = {}
    for index, words in enumerate(titles_of_columns):
        title = " ".join(words)
        key = search_key(title)
        if not key:
            continue
        again = 1
        while (name := key if again == 1 else f"{key}#{again}") in keys:
            again += 1
        keys[name] = index
        titles[name] = title[:80] + (f" ({again})" if again > 1 else "")
    data = [row for row in sheet.rows if row[0] > last][:LOOK_AT]
    bare = [index for index in range(_width(data)) if index not in keys.values() and _is_filled(data, index)]
    letters, samples = _by_letters(sheet, bare, data, "{} (tanpa judul): {}")
    parts = _parts_of(titles_of_columns, keys)
    hidden = _hidden(sheet, keys | letters)
    return Place(sheet.name, last, keys | letters, titles | samples, rows, parts, hidden, frozenset(letters))


def _width(rows: list[tuple[int, list[Cell]]]) -> int:
    return max((len(cells) for _, cells in rows), default=0)


def _is_filled(rows: list[tuple[int, list[Cell]]], index: int) -> bool:
    """Whether the column has data: a cell in one row of three, and at least two of them if there are so many rows."""
    count = sum(index < len(cells) and not is_empty(cells[index]) for _, cells in rows)
    return bool(count) and 3 * count >= len(rows) and count >= min(2, len(rows))


def _by_letters(
    sheet: Sheet, indexes: Iterable[int], rows: list[tuple[int, list[Cell]]], form: str
) -> tuple[dict[str, int], dict[str, str]]:
    """Keys and titles of columns without a title: the letter and the first text."""
    keys: dict[str, int] = {}
    titles: dict[str, str] = {}
    for index in indexes:
        samples = (cells[index] for _, cells in rows if index < len(cells))
        sample = next((shown(cell) for cell in samples if not is_empty(cell)), "")
        key = f"kolom{letter(index).lower()}"
        keys[key], titles[key] = index, form.format(letter(index), sample[:40])
    return keys, titles


def _hidden(sheet: Sheet, keys: dict[str, int]) -> frozenset[str]:
    return frozenset(key for key, index in keys.items() if index in sheet.marks.hidden_columns)


def _parts_of(titles_of_columns: list[tuple[str, ...]], keys: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """Other keys of a title: "SK" over "Nomor" may be "Nomor SK", or "Nomor" where it is unique; "Thn" is "Tahun"."""
    lowest = [search_key(words[-1]) for words in titles_of_columns if words]
    found: dict[str, tuple[str, ...]] = {}
    for key, index in keys.items():
        words = titles_of_columns[index]
        if len(words) > 1:
            alone = search_key(words[-1])
            turned = search_key(" ".join(reversed(words)))
            found[key] = (turned, alone) if lowest.count(alone) == 1 else (turned,)
        full = search_key(expanded_title(" ".join(words)))
        if full != key.partition("#")[0] and full not in keys:
            found[key] = (*found.get(key, ()), full)
    return found


def _number(letters: str) -> int:
    """The index of a column from its letters, the reverse of `letter`."""
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("a") + 1
    return number - 1


def letter(index: int) -> str:
    """The column of Excel: 0 is A, 26 is AA."""
    return letter(index // 26 - 1) + letter(index % 26) if index >= 26 else chr(ord("A") + index)


def fingerprint(kind: str, places: Iterable[Place]) -> str:
    """Fingerprint of a header: the same titles in the same order, hidden or not, are the same kind of file."""
    titles: dict[str, bool] = {}
    for place in places:
        for key in place.keys:
            titles.setdefault(key, key in place.hidden)
    words = [f"{key}!" if hidden else key for key, hidden in titles.items()]
    return hashlib.sha256("|".join([kind, *words]).encode()).hexdigest()
