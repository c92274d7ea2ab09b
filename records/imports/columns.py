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

    A title that comes twice is told apart by its number; an empty one is no column.
    """
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
    """The row among the first that names most of our columns, the first of equals; without any the first filled."""
    best, best_score = sheet.rows[0][0] if sheet.rows else 1, 0
    for at, (number, _) in enumerate(sheet.rows[:LOOK_AT]):
        place = place_of(Sheet(sheet.name, sheet.rows[at : at + 2]), number)
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


def is_noise(cells: list[Cell], titles: tuple[list[Cell], ...]) -> bool:
    """A row that is no data: a line of titles again, their numbers 1, 2, 3 …, or a sum below the table."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return True
    if cells in titles:
        return True
    numbers = [shown(cell).strip("()") for cell in filled]
    if len(filled) >= 3 and numbers == [str(number) for number in range(1, len(filled) + 1)]:
        return True
    first = next((search_key(shown(cell)) for cell in filled if not isinstance(cell, int | float)), "")
    return first in SUMS
