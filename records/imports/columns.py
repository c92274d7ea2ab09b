"""What the columns of a file mean: the row of titles is found, synonyms are known, the person has the last word."""

import hashlib
from dataclasses import dataclass

from records.imports.cells import Reader, is_empty, shown
from records.imports.files import Cell, Sheet
from records.search import search_key

LOOK_AT = 25  # rows of a sheet in which the titles are looked for
CONTAINED = 6  # letters of a synonym from which on it may stand inside a longer title …
LONGEST = 40  # … that is still a title and no sentence
SHEET_NAME = "@lembar"
SUMS = ("jumlah", "total", "jumlahtotal", "grandtotal", "subtotal")


@dataclass(frozen=True)
class Column:
    """One thing that a kind of import takes from a file.

    `fill_down`: an empty cell means the one above, as in merged cells. `fixed`: may be one value for all rows,
    typed beside. `private`: never shown in the preview. `of_sheet`: often told by the names of the sheets.
    """

    name: str
    label: str
    read: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str | int | float = ""
    help: str = ""
    fill_down: bool = False
    fixed: bool = False
    private: bool = False
    of_sheet: bool = False

    @property
    def own_keys(self) -> list[str]:
        """Of the label, with and without its unit in brackets."""
        return list(dict.fromkeys(search_key(word) for word in (self.label, self.label.partition(" (")[0])))

    @property
    def keys(self) -> list[str]:
        """Of the label and of the synonyms."""
        return list(dict.fromkeys([*self.own_keys, *(search_key(word) for word in self.synonyms)]))


@dataclass(frozen=True)
class Place:
    """Where a chosen sheet has its titles (as Excel numbers rows), and its columns: key -> index from 0."""

    sheet: str
    header: int
    keys: dict[str, int]
    titles: dict[str, str]


def place_of(sheet: Sheet, header: int) -> Place:
    """The titles of one row. A title that comes twice is told apart by its number; an empty one is no column."""
    cells = next((cells for number, cells in sheet.rows if number == header), [])
    keys: dict[str, int] = {}
    titles: dict[str, str] = {}
    for index, cell in enumerate(cells):
        key = "" if is_empty(cell) else search_key(shown(cell))
        if not key:
            continue
        again = 1
        while (name := key if again == 1 else f"{key}#{again}") in keys:
            again += 1
        keys[name] = index
        titles[name] = shown(cell)[:80] + (f" ({again})" if again > 1 else "")
    return Place(sheet.name, header, keys, titles)


def guess_header(sheet: Sheet, columns: tuple[Column, ...]) -> int:
    """The row among the first that names most of our columns, the first of equals; without any the first filled."""
    best, best_score = sheet.rows[0][0] if sheet.rows else 1, 0
    for number, cells in sheet.rows[:LOOK_AT]:
        place = place_of(Sheet(sheet.name, [(number, cells)]), number)
        score = len(guess_mapping(place.keys, columns))
        if score > best_score:
            best, best_score = number, score
    return best


def likely(sheets: list[Sheet], columns: tuple[Column, ...]) -> list[Sheet]:
    """The sheets that hold data: those that name at least half as many of our columns as the best one does.

    A sheet of notes, such as the one that explains our own templates, is left out.
    """
    scores = [
        len(guess_mapping(place_of(sheet, guess_header(sheet, columns)).keys, columns)) if sheet.rows else 0
        for sheet in sheets
    ]
    best = max(scores, default=0)
    return [sheet for sheet, score in zip(sheets, scores, strict=True) if best and score >= best / 2]


def guess_mapping(keys, columns: tuple[Column, ...]) -> dict[str, str]:
    """{column: title key}: titles that are labels first, then synonyms, then titles that contain one.

    Each title is used once. "Lokasi" in a work plan is where an activity takes place, though elsewhere it names a desa.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for words in ("own_keys", "keys"):
        for column in columns:
            if column.name in found:
                continue
            for key in getattr(column, words):
                if key in keys and key not in used:
                    found[column.name] = key
                    used.add(key)
                    break
    for column in columns:
        if column.name in found:
            continue
        long_ones = [key for key in column.keys if len(key) >= CONTAINED]
        title = next(
            (t for t in keys if t not in used and len(t) <= LONGEST and any(key in t for key in long_ones)), None
        )
        if title:
            found[column.name] = title
            used.add(title)
    return found


def fingerprint(kind: str, titles: list[str]) -> str:
    """The same titles in the same order are the same form of file."""
    return hashlib.sha256("|".join([kind, *titles]).encode()).hexdigest()


def is_noise(cells: list[Cell], header: list[Cell]) -> bool:
    """A row that is no data: the titles again, their numbers 1, 2, 3 …, or a sum below the table."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return True
    if cells == header:
        return True
    numbers = [shown(cell).strip("()") for cell in filled]
    if len(filled) >= 3 and numbers == [str(number) for number in range(1, len(filled) + 1)]:
        return True
    first = next((search_key(shown(cell)) for cell in filled if not isinstance(cell, int | float)), "")
    return first in SUMS
