"""Columns of a pasted list of people, recognised by their titles, otherwise by their content."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from imports.files.books import Cell, Sheet
from imports.files.pasting import LOOSE, loose_rows_of
from imports.tables import noise, sideways
from imports.tables.columns import Column, Source, place_of, without_continuing
from imports.tables.contents import NUMBERING
from imports.tables.guessing import guess_mapping
from imports.tables.reading import read_rows
from imports.tables.sideways import Sideways
from imports.values.cells import is_empty
from kpspams.importers.posts import post
from records.parsers import phones
from records.parsers.text import seen
from records.search_keys import search_key
from villages.importers.people import SEXES
from villages.importers.places import LEVEL

MAX_ROWS = 300  # in one paste; an import suits more (our assumption)
MAX_LETTERS = 100_000
ORDER = ("name", "sex", "village", "role", "phone")  # default order of the columns
CALLED = {"name": "nama", "sex": "L/P", "village": "desa", "role": "jabatan atau unsur", "phone": "nomor HP"}
_LABELLED = re.compile(r"(?:[-•*]\s*|\d{1,3}[.)]\s*)?([^:]{1,30}?)\s*:\s*(.*)")
LEAST_DIGITS = 8  # minimum of a possible telephone number
_SEX = {"l", "p", *SEXES}
_SEX_BEHIND = re.compile(r"(.*\S)\s*[(\[]\s*([a-z -]{1,12})\s*[)\]]", re.IGNORECASE)


@dataclass
class PastedTable:
    """`raws`: {column: cell} of each row of people. `notes`: sentences for the user on how the text was parsed."""

    raws: list[dict[str, Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)  # of a sideways list: the line that each row comes from


def read_table(
    text: str, columns: tuple[Column, ...], is_village: Callable[[str], bool], layout: Sideways | None = None
) -> PastedTable:
    """Rows of people; columns are recognised by a row of titles, otherwise by content, otherwise by ORDER.

    `is_village` recognises names of villages. `layout`: how the list may be written sideways; without it each line is
    one person. Raises ValidationError when there is nothing or too much.
    """
    if len(text) > MAX_LETTERS:
        raise ValidationError("Teksnya terlalu panjang. Tempel sebagian dahulu.")
    judge = _Judge(is_village)
    rows, sign = _blocks(text, columns), ""
    if not rows:
        rows, sign = loose_rows_of(text, judge.knows)
    if not rows:
        raise ValidationError("Belum ada baris. Salin baris peserta dari lembar kerja, lalu tempel di sini.")
    found = PastedTable()
    if sign:
        found.notes.append(f"Kolom dipisah menurut {LOOSE[sign]}.")
    if layout and _spread(found, rows, columns, layout):
        return _bounded(found)
    places, header = _by_titles(rows[0], columns), rows[0]
    if places:
        rows = rows[1:]
    else:
        header = []
        rows = _without_numbers(rows)
        places = _by_content([row for row in rows if len(row) > 1] or rows, judge)
        ordered = sorted(places, key=places.__getitem__)
        if len(ordered) > 1:
            order = ", ".join(CALLED[name] for name in ordered)
            found.notes.append(f"Urutan kolom yang dibaca: {order}. Bila keliru, tempel beserta baris judulnya.")
    if unused := _unused(rows, header, places):
        found.notes.append(f"Kolom yang tidak dipakai: {', '.join(unused)}.")
    _fill(found, rows, header, places, judge)
    return _bounded(found)


def _bounded(found: PastedTable) -> PastedTable:
    if not found.raws:
        raise ValidationError("Di bawah baris judul belum ada baris peserta.")
    if len(found.raws) > MAX_ROWS:
        raise ValidationError(f"Ada {len(found.raws)} baris. Paling banyak {MAX_ROWS} baris sekaligus.")
    return found


def _spread(found: PastedTable, rows: list[list[str]], columns: tuple[Column, ...], layout: Sideways) -> bool:
    """Turns each name of a sideways list into a row of its own; False if the list is not sideways."""
    sheet = Sheet("", [(line, list(row)) for line, row in enumerate(rows, 1)])
    place = place_of(sheet, 1)
    blocks = sideways.find([place], layout, columns)
    guessed = {name: Source(title=key) for name, key in guess_mapping(place.keys, columns, place.parts).items()}
    if not sideways.fits(blocks, guessed, layout):
        return False
    mapping = sideways.mapped(guessed, blocks, layout)
    reading = read_rows([sheet], [place], mapping, without_continuing(columns))
    found.raws = [_with_sex(row.raw) for row in reading.rows]
    found.lines = [row.line for row in reading.rows]
    found.notes.append(f"Tempelan ini {sideways.describe(mapping, layout)}. Tiap nama menjadi satu baris.")
    if unused := [place.titles[key] for key in reading.beside[""] if key not in NUMBERING]:
        found.notes.append(f"Kolom yang tidak dipakai: {', '.join(f'“{title}”' for title in unused)}.")
    if dropped := [text for *_, text in reading.noise_texts]:
        found.notes.append(f"{len(dropped)} baris dilewati karena bukan peserta: {'; '.join(dropped[:5])}.")
    return True


def _blocks(text: str, columns: tuple[Column, ...]) -> list[list[str]]:
    """'Nama: Budi', 'Desa: Contoh Satu', line by line, as a table with titles; empty if the text is no such list.

    A person begins where a column is repeated.
    """
    people: list[dict[str, str]] = [{}]
    for line in seen(text).splitlines():
        if not line.strip():
            continue
        found = _LABELLED.fullmatch(line.strip())
        name = next(iter(guess_mapping([search_key(found[1])], columns)), "") if found else ""
        if not found or not name:
            return []
        if name in people[-1]:
            people.append({})
        people[-1][name] = " ".join(found[2].split())
    names = list(dict.fromkeys(name for person in people for name in person))
    if "name" not in names or len(names) < 2:
        return []
    labels = {column.name: column.label for column in columns}
    return [[labels[name] for name in names], *([person.get(name, "") for name in names] for person in people)]


class _Judge:
    """Recognises columns by the content of their cells."""

    def __init__(self, is_village: Callable[[str], bool]):
        self.tests: dict[str, Callable[[str], bool]] = {
            "sex": lambda cell: cell.lower().strip(" .").replace("-", "") in _SEX,
            "phone": lambda cell: sum(map(str.isdigit, cell)) >= LEAST_DIGITS,
            "village": is_village,
            "role": _is_post,
        }

    def knows(self, row: list[str]) -> bool:
        """Whether any cell is recognised: by its content, or by a sex after the name."""
        has_data = any(test(cell) for cell in row if cell for test in self.tests.values())
        return has_data or any("sex" in _with_sex({"name": cell}) for cell in row)

    def best(self, name: str, rows: list[list[str]], width: int) -> int | None:
        """The column of which at least half of the filled cells match; of several, the one at its place in ORDER."""
        ranks = []
        for place in range(width):
            cells = [row[place] for row in rows if place < len(row) and not _is_nothing(row[place])]
            count = sum(map(self.tests[name], cells))
            if count and 2 * count >= len(cells):
                ranks.append((count / len(cells), place == ORDER.index(name), -place))
        return -max(ranks)[2] if ranks else None


def _is_nothing(cell: str) -> bool:
    """'-', 'tidak ada': such a cell is ignored when columns are recognised."""
    return is_empty(cell) or phones.is_none(cell)


def _is_post(cell: str) -> bool:
    try:
        return post(cell) is not None
    except ValidationError:
        return False


def _by_titles(row: list[str], columns: tuple[Column, ...]) -> dict[str, int]:
    """{column: place} if this row is one of titles."""
    keys: dict[str, int] = {}
    for place, title in enumerate(row):
        keys.setdefault(search_key(title), place)
    keys.pop("", None)
    mapping = guess_mapping(keys, columns)
    return {name: keys[key] for name, key in mapping.items()} if "name" in mapping and len(mapping) > 1 else {}


def _without_numbers(rows: list[list[str]]) -> list[list[str]]:
    """Drops a first column of running numbers."""
    firsts = [row[0] for row in rows if row[0]]
    numbered = all(re.fullmatch(r"\(?\d{1,4}[.)]*", first) for first in firsts) and any(len(row) > 1 for row in rows)
    return [row[1:] for row in rows if any(row[1:])] if numbered else rows


def _by_content(rows: list[list[str]], judge: _Judge) -> dict[str, int]:
    width = max(map(len, rows), default=0)
    places: dict[str, int] = {}
    for name in ("sex", "phone", "village", "role"):
        place = judge.best(name, rows, width)
        if place is not None and place not in places.values():
            places[name] = place
    free = [place for place in range(width) if place not in places.values()]
    for name in ORDER:
        if name in places or not free:
            continue
        usual = ORDER.index(name)
        if usual in free:
            places[name] = usual
        elif name in ("name", "village", "role"):
            places[name] = free[0]
        free = [place for place in free if place not in places.values()]
    return places


def _unused(rows: list[list[str]], header: list[str], places: dict[str, int]) -> list[str]:
    """Columns that have content and are not used, by their titles, otherwise by their number and first cell."""
    found = []
    for place in range(max(map(len, rows), default=0)):
        sample = next((row[place] for row in rows if place < len(row) and row[place]), "")
        title = header[place] if place < len(header) else ""
        if sample and place not in places.values() and search_key(title) not in ("no", "nomor", "nourut"):
            found.append(f"“{title}”" if title else f"ke-{place + 1} (“{sample[:20]}”)")
    return found


def _fill(found: PastedTable, rows: list[list[str]], header: list[str], places: dict[str, int], judge: _Judge):
    """Adds the rows of people; other rows go to the notes. A line with a village applies to the rows below it."""
    end = noise.tail([(line, list(row)) for line, row in enumerate(rows)], len(header)) if header else None
    rest = rows[end:] if end is not None else []
    dropped = [row for row in rows[:end] if noise.kind_of(list(row), (list(header),))] + rest
    village = ""
    for row in rows[:end]:
        if kind := noise.kind_of(list(row), (list(header),)):
            village = "" if kind == noise.SECTION else village
            continue
        filled = [cell for cell in row if cell]
        heading = _heading(filled, judge.tests["village"])
        if heading is not None:
            village = heading
            if heading:
                found.notes.append(f"Baris “{filled[0][:40]}” dibaca sebagai desa orang-orang di bawahnya.")
            else:
                dropped.append(row)
            continue
        raw: dict[str, Cell] = {name: row[place] for name, place in places.items() if place < len(row) and row[place]}
        if village and is_empty(raw.get("village")):
            raw["village"] = village
        found.raws.append(_with_sex(raw))
    if dropped:
        shown = "; ".join(f"“{' '.join(filter(None, row))[:40]}”" for row in dropped[:5])
        more = f" dan {len(dropped) - 5} lainnya" if len(dropped) > 5 else ""
        found.notes.append(f"{len(dropped)} baris dilewati karena bukan peserta: {shown}{more}.")


def _heading(filled: list[str], is_village: Callable[[str], bool]) -> str | None:
    """The village in a line of its own ("Desa Contoh Satu", "Contoh Satu:"), known or not; None for a row.

    Another line that ends in a colon names no village, and ends the scope of the previous one.
    """
    if len(filled) != 1:
        return None
    text = " ".join(filled[0].strip(" *_").rstrip(" :").replace(":", " ").split())
    if LEVEL.match(text) or is_village(text):
        return text
    return "" if filled[0].rstrip(" *_").endswith(":") else None


def _with_sex(raw: dict[str, Cell]) -> dict[str, Cell]:
    """'Budi (L)' gives the sex where no column does."""
    match = _SEX_BEHIND.fullmatch(str(raw.get("name", "")))
    if match and "sex" not in raw and match[2].lower().replace("-", "").replace(" ", "") in _SEX:
        return raw | {"name": match[1], "sex": match[2]}
    return raw
