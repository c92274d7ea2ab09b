"""What the columns of a file mean: the row of titles is found, synonyms are known, the person has the last word."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from records.imports.cells import Reader, is_empty, shown
from records.imports.files import Cell, Sheet
from records.search import search_key

LOOK_AT = 25  # rows of a sheet in which the titles are looked for
CONTAINED = 6  # letters of a synonym from which on it may stand inside a longer title …
BEGINNING = 4  # letters of a place's word from which on it may begin one: "Desa SPAM"
LONGEST = 40  # … that is still a title and no sentence
SHEET_NAME = "@lembar"
REASON = "Alasan tidak disimpan"  # the title of a column that our own files of bad rows add; nothing is taken from it
NO_HEADER = 0  # the number of the row of titles where there is none


@dataclass(frozen=True)
class Column:
    """One thing that a kind of import takes from a file.

    `pattern`: of the search keys of further titles. `level`: of a place, 1 kecamatan, 2 desa, 3 kelompok.
    `continues`: an empty cell may mean the place of the row above (records.imports.reading). `fixed`: may be one value
    for all rows, typed beside. `of_sheet`: whether the names of the
    sheets tell it, for the kabupaten of a code.
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

    @property
    def own_keys(self) -> list[str]:
        """Of the label, with and without its unit in brackets."""
        return list(dict.fromkeys(search_key(word) for word in (self.label, self.label.partition(" (")[0])))

    @property
    def keys(self) -> list[str]:
        """Of the label and of the synonyms."""
        return list(dict.fromkeys([*self.own_keys, *(search_key(word) for word in self.synonyms)]))

    def fits(self, key: str) -> bool:
        """Whether the pattern knows this title; its number, where it comes twice, does not count."""
        return bool(self.pattern) and re.fullmatch(self.pattern, key.partition("#")[0]) is not None


def without_continuing(columns: Iterable[Column]) -> tuple[Column, ...]:
    """For lists of people: whose village a cell leaves empty is not known from the row above."""
    return tuple(replace(column, continues=False) for column in columns)


@dataclass(frozen=True)
class Place:
    """Where a chosen sheet has its titles (as Excel numbers rows), and its columns: key -> index from 0.

    `header` is the last of its lines of titles, of which there are one or two.
    """

    sheet: str
    header: int
    keys: dict[str, int]
    titles: dict[str, str]
    lines: tuple[list[Cell], ...] = ()


def place_of(sheet: Sheet, header: int) -> Place:
    """The titles of one row, or of two where groups of columns stand above their parts ("Sambungan": "Aktif", "Putus").

    A title that comes twice is told apart by its number; an empty one is no column. Without a row of titles
    (NO_HEADER) the columns are called as Excel calls them, with what stands first in each.
    """
    if header == NO_HEADER:
        return _by_letters(sheet)
    found = dict(sheet.rows)
    first, second = found.get(header, []), found.get(header + 1, [])
    lines = (first, second) if _is_second_line(first, second) else (first,)
    keys: dict[str, int] = {}
    titles: dict[str, str] = {}
    for index, title in enumerate(_joined(*lines)):
        key = search_key(title)
        if not key:
            continue
        again = 1
        while (name := key if again == 1 else f"{key}#{again}") in keys:
            again += 1
        keys[name] = index
        titles[name] = title[:80] + (f" ({again})" if again > 1 else "")
    return Place(sheet.name, header + len(lines) - 1, keys, titles, lines)


def _by_letters(sheet: Sheet) -> Place:
    keys: dict[str, int] = {}
    titles: dict[str, str] = {}
    for index in range(max((len(cells) for _, cells in sheet.rows[:LOOK_AT]), default=0)):
        samples = (cells[index] for _, cells in sheet.rows[:LOOK_AT] if index < len(cells))
        sample = next((shown(cell) for cell in samples if not is_empty(cell)), "")
        key = f"kolom{letter(index).lower()}"
        keys[key], titles[key] = index, f"{letter(index)}: {sample[:40]}"
    return Place(sheet.name, NO_HEADER, keys, titles)


def letter(index: int) -> str:
    """The column of Excel: 0 is A, 26 is AA."""
    return letter(index // 26 - 1) + letter(index % 26) if index >= 26 else chr(ord("A") + index)


def _is_second_line(first: list[Cell], second: list[Cell]) -> bool:
    """Parts of a group: words alone, none below the first title, one at least right of a title that spans columns."""
    above = [index for index, cell in enumerate(first) if not is_empty(cell)]
    below = [index for index, cell in enumerate(second) if not is_empty(cell)]
    if len(above) < 2 or not below or below[0] <= above[0]:
        return False
    words = all(isinstance(second[index], str) and not any(map(str.isdigit, str(second[index]))) for index in below)
    spanned = any(index not in above and (index - 1 in below or index - 1 in above) for index in below)
    return words and spanned


def _joined(first: list[Cell], second: list[Cell] | None = None) -> list[str]:
    """The titles of the columns; a part carries the title of its group before it."""
    tops = ["" if is_empty(cell) else shown(cell) for cell in first]
    if second is None:
        return tops
    parts = ["" if is_empty(cell) else shown(cell) for cell in second]
    titles, group = [], ""
    for index in range(max(len(tops), len(parts))):
        top = tops[index] if index < len(tops) else ""
        part = parts[index] if index < len(parts) else ""
        group = top or group
        titles.append(f"{group} {part}".strip() if part else top)
    return titles


def guess_header(sheet: Sheet, columns: tuple[Column, ...]) -> int:
    """The row among the first that names most of our columns, the first of equals; NO_HEADER where data begins at once.

    Without any known title the first filled row is taken for titles, as long as it does not look like the rows below.
    """
    best, best_score = NO_HEADER, 0
    for at, (number, _) in enumerate(sheet.rows[:LOOK_AT]):
        place = place_of(Sheet(sheet.name, sheet.rows[at : at + 2]), number)
        if search_key(REASON) in place.keys:
            return number
        score = len(guess_mapping(place.keys, columns))
        if score > best_score and (_knows(place.keys, columns) > 1 or not _is_data(sheet.rows[:LOOK_AT], at)):
            best, best_score = number, score
    if best or not sheet.rows or _is_data(sheet.rows[:LOOK_AT]):
        return best
    return sheet.rows[0][0]


def _knows(keys: dict[str, int], columns: tuple[Column, ...]) -> int:
    """How many of the titles are known as they stand: "Desa Jaya" only begins like one, "Pamsimas" may be a chance."""
    return len({key for column in columns for key in keys if key in column.keys or column.fits(key)})


def _is_data(rows: list[tuple[int, list[Cell]]], at: int = 0) -> bool:
    """Whether this row is one of the list: figures stand beside figures in a column, or a word comes again in it."""
    others = [cells for place, (_, cells) in enumerate(rows) if place != at]
    for index, cell in enumerate(rows[at][1]):
        column = [cells[index] for cells in others if index < len(cells) and not is_empty(cells[index])]
        if is_empty(cell) or not column:
            continue
        if _has_figures(cell) and _has_figures(column[0]):
            return True
        if any(search_key(shown(cell)) == search_key(shown(other)) for other in column):
            return True
    return False


def _has_figures(cell: Cell) -> bool:
    return not isinstance(cell, str) or any(sign.isdigit() for sign in cell)


def likely(sheets: list[Sheet], columns: tuple[Column, ...]) -> list[Sheet]:
    """The sheets that hold data: those that name at least half as many of our columns as the best one does.

    A sheet of notes, such as the one that explains our own templates, is left out, and so is a hidden one.
    """
    shown_ones = [sheet for sheet in sheets if not sheet.hidden]
    scores = [
        len(guess_mapping(place_of(sheet, guess_header(sheet, columns)).keys, columns)) if sheet.rows else 0
        for sheet in shown_ones
    ]
    best = max(scores, default=0)
    found = [sheet for sheet, score in zip(shown_ones, scores, strict=True) if best and score >= best / 2]
    return found or [sheet for sheet in shown_ones if sheet.rows][:1] or sheets[:1]


def guess_mapping(keys, columns: tuple[Column, ...]) -> dict[str, str]:
    """{column: title key}: titles that are labels first, then synonyms, then titles that contain one.

    Each title is used once. "Lokasi" in a work plan is where an activity takes place, though elsewhere it names a desa.
    Of the titles that contain a word of a column, the longest word decides: "Desa SPAM" goes before "Lokasi bangunan".
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    keys = [key for key in keys if key != search_key(REASON)]

    def take(column: Column, key: str):
        if column.name not in found and key not in used:
            found[column.name] = key
            used.add(key)

    for column in columns:
        for key in column.own_keys:
            if key in keys:
                take(column, key)
    for column in columns:
        for key in (*column.keys, *(key for key in keys if column.fits(key))):
            if key in keys:
                take(column, key)
    for words in ("own_keys", "keys"):
        for key, column in _containing(keys, columns, words):
            take(column, key)
    return found


def _containing(keys, columns: tuple[Column, ...], words: str) -> list[tuple[str, Column]]:
    """Titles that contain a long word of a column, or begin with the short one of a place; the longest word first."""
    found = []
    for column in columns:
        for key in keys:
            if len(key) > LONGEST:
                continue
            inside = [
                len(word)
                for word in getattr(column, words)
                if (len(word) >= CONTAINED and word in key)
                or (column.level and len(word) >= BEGINNING and key.startswith(word))
            ]
            if inside:
                found.append((-max(inside), len(key), key, column))
    return [(key, column) for *_, key, column in sorted(found, key=lambda item: item[:2])]


def fingerprint(kind: str, titles: list[str]) -> str:
    """The same titles in the same order are the same form of file."""
    return hashlib.sha256("|".join([kind, *titles]).encode()).hexdigest()
