"""Guesses of the title row of a sheet and of the meaning of its titles, which the user may correct."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError

from imports.files.books import Cell, Sheet
from imports.tables.columns import LOOK_AT, NO_HEADER, REASON, Column, Place, Source, place_of
from imports.tables.heads import MAX_LINES
from imports.values.cells import Reader, is_empty, shown
from records.search_keys import search_key

CONTAINED = 6  # characters of a synonym from which on it may be part of a longer title …
BEGINNING = 4  # characters of the word of a place from which on it may begin one: "Desa SPAM"
MAX_LENGTH = 40  # … with at most so many characters, which is no sentence
OF_MANY = {"kode"}  # begins other titles too: "Kode pos", "Kode rekening"
TITLES = ("Judul kolom", "No")  # readers that accept titles as well: any text, yes and no


def guess_header(sheet: Sheet, columns: tuple[Column, ...]) -> int:
    """The row among the first with most of our columns; NO_HEADER where data begins at once.

    Of equal rows the one with exact titles, then the first. Without any known title the first filled row is the title
    row, unless it looks like the rows below.
    """
    best, best_score, last = NO_HEADER, (0, 0), 0
    readers = [column.read for column in columns if not any(_reads(column.read, title) for title in TITLES)]
    rows = sheet.rows[:LOOK_AT]
    for at, (number, _) in enumerate(rows):
        place = place_of(Sheet(sheet.name, rows[at : at + MAX_LINES], sheet.marks), number)
        if search_key(REASON) in place.keys:
            return number
        if best_score[1] and number <= last:  # a lower line of the best title row so far
            continue
        known = _knows(place.keys, columns)
        score = len(guess_mapping(_titled(place), columns, place.parts)), known
        if score > best_score and (known > 1 or not _is_data(rows, readers, at)):
            best, best_score, last = number, score, place.header
    if best or not rows or _is_data(rows, readers):
        return best
    return rows[0][0]


def _knows(keys: Iterable[str], columns: tuple[Column, ...]) -> int:
    """The number of exactly known titles: "Desa Jaya" only begins like one, "Pamsimas" may be a coincidence."""
    return len({key for column in columns for key in keys if key in column.keys or column.fits(key)})


def _is_data(rows: list[tuple[int, list[Cell]]], readers: list[Reader], at: int = 0) -> bool:
    """Whether this row is data: a column has figures like the rows below, or a word recurs in it.

    A word of a choice ("L", "Ketua") above another one is a value too; a row without rows below is no title row.
    `readers`: those that do not accept any text.
    """
    others = [cells for place, (_, cells) in enumerate(rows) if place != at]
    if not others:
        return True
    for index, cell in enumerate(rows[at][1]):
        column = [cells[index] for cells in others if index < len(cells) and not is_empty(cells[index])]
        if is_empty(cell) or not column:
            continue
        if _has_figures(cell) and _has_figures(column[0]):
            return True
        if any(search_key(shown(cell)) == search_key(shown(other)) for other in column):
            return True
        if any(_reads(read, cell) and _reads(read, column[0]) for read in readers):
            return True
    return False


def _reads(read: Reader, cell: Cell) -> bool:
    try:
        return read(cell) is not None
    except ValidationError:
        return False


def _has_figures(cell: Cell) -> bool:
    return not isinstance(cell, str) or any(sign.isdigit() for sign in cell)


def likely(sheets: list[Sheet], columns: tuple[Column, ...]) -> list[Sheet]:
    """The sheets with data: those with at least half as many of our columns as the best sheet.

    A sheet of notes, such as that of our own templates, is left out, and so is a hidden one.
    """
    return [sheet for sheet, _ in _likely(sheets, columns)]


def _likely(sheets: Sequence[Sheet], columns: tuple[Column, ...]) -> list[tuple[Sheet, Place]]:
    """The likely sheets with their titles; guessing the titles takes most of the time."""
    found = [(sheet, _guess_place(sheet, columns)) for sheet in sheets if not sheet.hidden]
    scores = [len(guess_mapping(_titled(place), columns, place.parts)) if sheet.rows else 0 for sheet, place in found]
    best = max(scores, default=0)
    good = [pair for pair, score in zip(found, scores, strict=True) if best and score >= best / 2]
    filled = [(sheet, place) for sheet, place in found if sheet.rows]
    return good or filled[:1] or [(sheet, _guess_place(sheet, columns)) for sheet in sheets[:1]]


def _guess_place(sheet: Sheet, columns: tuple[Column, ...]) -> Place:
    return place_of(sheet, guess_header(sheet, columns))


def _titled(place: Place) -> list[str]:
    """Titles for guessing: the user chooses columns that are hidden or have no title."""
    return [key for key in place.keys if key not in place.hidden | place.untitled]


def guess(places: list[Place], columns: tuple[Column, ...]) -> dict[str, Source]:
    """The mapping {column: {"title": key}}, with "also": keys of the same column in other sheets."""
    found: dict[str, Source] = {}
    for place in places:
        for name, key in guess_mapping(_titled(place), columns, place.parts).items():
            how = found.setdefault(name, {"title": key})
            if key != how["title"] and how["title"] not in place.keys:
                how["also"] = list(dict.fromkeys([*how.get("also", ()), key]))
    used = [key for how in found.values() for key in keys_of(how)]
    # The user assigns a title that two columns would use in different sheets.
    return {name: how for name, how in found.items() if all(used.count(key) == 1 for key in keys_of(how))}


def count_known(sheets: Sequence[Sheet], columns: tuple[Column, ...]) -> tuple[int, bool]:
    """The number of columns in the likely sheets of a file, and whether the required ones are among them."""
    found = guess([place for _, place in _likely(sheets, columns)], columns)
    return len(found), all(column.name in found for column in columns if column.required)


def keys_of(how: Source) -> list[str]:
    """The keys of the titles of a column: one in most files, another one in some sheets."""
    return [key for key in (how.get("title"), *how.get("also", ())) if key and not key.startswith("@")]


def guess_mapping(
    keys: Iterable[str], columns: tuple[Column, ...], parts: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, str]:
    """{column: title key}: labels first, then synonyms, then titles that contain one.

    Each title is used once. "Lokasi" in a work plan is the place of an activity, though elsewhere it is a desa. Of the
    titles that contain a word of a column, the longest word decides: "Desa SPAM" precedes "Lokasi bangunan". `parts`:
    further keys of titles in several lines, which are tried after the whole titles.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    keys = [key for key in keys if key != search_key(REASON)]

    def take(column: Column, key: str):
        if column.name not in found and key not in used:
            found[column.name] = key
            used.add(key)

    def take_known(known: dict[str, str]):
        """`known`: a key that a title may be recognised by, and its own key."""
        for column in columns:
            for key in column.own_keys:
                if key in known:
                    take(column, known[key])
        for column in columns:
            for key in (*column.keys, *(key for key in known if column.fits(key))):
                if key in known:
                    take(column, known[key])

    take_known({key: key for key in keys})
    for place in range(max(map(len, (parts or {}).values()), default=0)):
        others = {names[place]: key for key, names in (parts or {}).items() if key in keys and place < len(names)}
        take_known({name: key for name, key in others.items() if name not in keys})
    for words in ("own_keys", "keys"):
        for key, column in _containing(keys, columns, words):
            take(column, key)
    return found


def _containing(keys: list[str], columns: tuple[Column, ...], words: str) -> list[tuple[str, Column]]:
    """Titles that contain a long word of a column, or begin with the short word of a place; the longest word first."""
    found = []
    for column in columns:
        for key in keys:
            if len(key) > MAX_LENGTH:
                continue
            inside = [
                len(word)
                for word in getattr(column, words)
                if (len(word) >= CONTAINED and word in key)
                or (column.level and len(word) >= BEGINNING and word not in OF_MANY and key.startswith(word))
            ]
            if inside:
                found.append((-max(inside), len(key), key, column))
    return [(key, column) for *_, key, column in sorted(found, key=lambda item: item[:2])]
