"""Rows of data in the sheets of a file, without noise, with their cells assigned to columns.

An empty cell stays empty. It gets the value above only where cells are merged, or where a column may continue
(`Column.continues`: kecamatan, desa, kelompok) and the list clearly continues; a filled cell is noted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from imports.files.books import Cell, Sheet
from imports.models import ImportRow
from imports.tables import noise, sideways
from imports.tables.columns import SHEET_NAME, Column, Place, Source, letter
from imports.tables.guessing import keys_of
from imports.values.cells import is_ditto, is_empty, shown
from records.search_keys import search_key

MAX_TEXTS, MAX_TEXT = 200, 200  # noise shown to the user: rows, characters of each
FROM_ABOVE = "diisi dari baris di atas"
FROM_MERGED = "diisi dari sel gabungan"
AS_DATA = "data menurut Anda"  # a line marked as data by the user


@dataclass(slots=True)
class DataRow:
    """`notes`: changes to a cell, by column. `cells`: the whole line with unmapped columns.

    `letters`: the columns in Excel, where they differ between rows of a sheet.
    """

    sheet: str
    line: int
    raw: dict[str, Cell]
    notes: dict[str, str] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    letters: dict[str, str] | None = None


@dataclass
class Reading:
    """`letters`: the column in Excel, by sheet and column. `noise`: number of lines that are no data, by kind.

    `noise_texts`: kind, sheet, line and text of the first ones that are not empty. `beside`: the unused columns of each
    sheet, title key -> index.
    """

    rows: list[DataRow] = field(default_factory=list)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    noise: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    noise_texts: list[tuple[str, str, int, str]] = field(default_factory=list)
    beside: dict[str, dict[str, int]] = field(default_factory=dict)

    def rest(self, row: DataRow) -> dict[str, Cell]:
        """The cells of unmapped columns, by the key of their title."""
        found = {key: row.cells[index] for key, index in self.beside[row.sheet].items() if index < len(row.cells)}
        return {key: cell for key, cell in found.items() if cell is not None}

    def cell_of(self, row: DataRow, name: str) -> str:
        """The address in Excel of the cell of this column; empty where there is none."""
        column = (row.letters or {}).get(name) or self.letters.get((row.sheet, name))
        return f"{column}{row.line}" if column else ""

    @property
    def ignored(self) -> int:
        return sum(len(lines) for lines in self.noise.values())


def read_rows(
    sheets: list[Sheet],
    places: list[Place],
    mapping: Mapping[str, Source],
    wanted: tuple[Column, ...],
    with_hidden: Collection[str] = (),
    as_data: Mapping[str, Collection[int]] | None = None,
) -> Reading:
    """`with_hidden`: names of sheets whose hidden rows count. `as_data`: lines that are always data."""
    found = Reading()
    by_sheet = {place.sheet: place for place in places}
    for sheet in sheets:
        if sheet.name in by_sheet:
            reader = _SheetReader(sheet, by_sheet[sheet.name], mapping, wanted, found)
            if sheet.name in with_hidden:
                reader.hidden = frozenset()
            reader.as_data = frozenset((as_data or {}).get(sheet.name, ()))
            reader.read()
    return found


class _SheetReader:
    def __init__(self, sheet: Sheet, place: Place, mapping, wanted: tuple[Column, ...], found: Reading):
        self.sheet, self.place, self.found = sheet, place, found
        names = {column.name: column for column in wanted}
        known = {name: how for name, how in mapping.items() if name in names and not how.get("blocks")}
        # One look-up for each column of a sheet, none for each cell.
        found_at = {name: [place.index_of(key) for key in keys_of(how)] for name, how in known.items()}
        firsts = {name: next((at for at in places if at is not None), None) for name, places in found_at.items()}
        self.indexes = [(names[name], at) for name, at in firsts.items() if at is not None]
        self.same: dict[str, Cell] = {name: how["fixed"] for name, how in known.items() if how.get("fixed")}
        self.same |= {name: sheet.name for name, how in known.items() if how.get("title") == SHEET_NAME}
        levels = [pair for pair in self.indexes if pair[0].level]
        self.levels = [[pair for pair in levels if pair[0].level == level] for level in (1, 2, 3)]
        self.blocks = self._blocks(mapping, names)
        self.lines = dict(sheet.rows)
        self.hidden = sheet.marks.hidden_rows
        self.as_data: frozenset[int] = frozenset()
        self.above: dict[str, Cell] = {}
        self.before: int | None = None

    def _blocks(self, mapping, names: dict[str, Column]) -> list[tuple[str, list[tuple[Column, int]]]]:
        """The blocks of this sheet: the value of each title, and the columns that belong to it."""
        self.head = next((name for name, how in mapping.items() if how.get("blocks")), "")
        self.cell = cell = mapping[self.head]["below"] if self.head else ""
        found = []
        for block in sideways.blocks_of(mapping):
            places = {cell: block.cell, **block.own}
            indexes = {name: self.place.index_of(key) for name, key in places.items() if name in names}
            if indexes.get(cell) is not None:
                found.append((block.value, [(names[name], at) for name, at in indexes.items() if at is not None]))
        return found

    @property
    def used(self) -> set[int]:
        """The columns that are read."""
        return {index for _, index in self.indexes} | {index for _, pairs in self.blocks for _, index in pairs}

    def read(self):
        name = self.sheet.name[:40]
        for column, index in self.indexes:
            self.found.letters[name, column.name] = letter(index)
        used = self.used
        self.found.beside[name] = {key: index for key, index in self.place.keys.items() if index not in used}
        rows = [(line, cells) for line, cells in self.sheet.rows if line > self.place.header]
        end = noise.tail(rows, len(self.place.keys))
        for line, cells in rows:
            if kind := self._noise(line, cells, end):
                self._leave_out(kind, line, cells)
                self.above = self._headed(line, cells) if kind == noise.SECTION else {}
                continue
            raw: dict[str, Cell] = dict(self.same)
            notes: dict[str, str] = {}
            filled = self._fill(self.indexes, line, cells, raw, notes)
            parts = self._parts(line, cells) if self.blocks else []
            if not filled and not parts:
                self.found.noise[noise.EMPTY].append(line)
                self.above = {}
                continue
            self._continue(line, raw, notes)
            if self.blocks:
                self._spread(name, line, cells, DataRow(name, line, raw, notes, cells), parts)
            else:
                self.found.rows.append(DataRow(name, line, raw, notes, cells))
            if line in self.as_data:
                self._show(AS_DATA, line, cells)

    def _fill(self, pairs, line: int, cells: list[Cell], raw: dict[str, Cell], notes: dict[str, str]) -> bool:
        """Assigns the cells to their columns; returns whether any of them is filled."""
        filled, spans = False, self.sheet.marks.merged.spans
        for column, index in pairs:
            cell = cells[index] if index < len(cells) else None
            if spans and is_empty(cell):
                cell = self._merged(column, line, index, notes, cell)
            elif not filled:
                filled = not is_empty(cell)
            if cell is not None:
                raw[column.name] = cell
        return filled

    def _parts(self, line: int, cells: list[Cell]) -> list[DataRow]:
        """The filled blocks of a line of a list written sideways."""
        found = []
        for value, pairs in self.blocks:
            letters = {column.name: letter(index) for column, index in pairs}
            letters[self.head] = letters[self.cell]
            part = DataRow("", line, {self.head: value, ImportRow.COLUMN: letters[self.cell].upper()}, letters=letters)
            if self._fill(pairs, line, cells, part.raw, part.notes) or not is_empty(part.raw.get(self.cell)):
                found.append(part)
        return found

    def _spread(self, name: str, line: int, cells: list[Cell], whole: DataRow, parts: list[DataRow]):
        """One row for each block; a line without any is noted."""
        if not parts:
            self._leave_out(noise.NOBODY, line, cells)
        for part in parts:
            raw, notes = whole.raw | part.raw, whole.notes | part.notes
            self.found.rows.append(DataRow(name, line, raw, notes, cells, part.letters))

    def _leave_out(self, kind: str, line: int, cells: list[Cell]):
        self.found.noise[kind].append(line)
        self._show(kind, line, cells)

    def _show(self, kind: str, line: int, cells: list[Cell]):
        """Keeps a line of noise for display: its first cell, and those of used columns."""
        used = self.used
        first = next((index for index, cell in enumerate(cells) if not is_empty(cell)), None)
        kept = [shown(cell) for index, cell in enumerate(cells) if index == first or index in used]
        text = " · ".join(word for word in kept if word)[:MAX_TEXT]
        if text and len(self.found.noise_texts) < MAX_TEXTS:
            self.found.noise_texts.append((kind, self.sheet.name[:40], line, text))

    def _headed(self, line: int, cells: list[Cell]) -> dict[str, Cell]:
        """Applies the kecamatan of a heading line to the following rows."""
        named = noise.section(cells)
        columns = [column for column, _ in self.levels[0] if column.continues]
        self.before = line
        return {column.name: named for column in columns} if named.lower().startswith("kec") else {}

    def _noise(self, line: int, cells: list[Cell], end: int | None) -> str:
        if line in self.as_data:
            return ""
        if line in self.hidden:
            return noise.HIDDEN
        return noise.SIGNATURE if end is not None and line >= end else noise.kind_of(cells, self.place.lines)

    def _merged(self, column: Column, line: int, index: int, notes: dict[str, str], cell: Cell) -> Cell:
        """The value of the merged cell that covers this one; of a figure only a note that it covers several rows."""
        top = self.sheet.marks.merged.top(line, index)
        if top is None or top <= self.place.header:
            return cell
        cells = self.lines.get(top, [])
        value = cells[index] if index < len(cells) else None
        if is_empty(value):
            return cell
        if getattr(column.read, "is_figure", False):
            return {"merged": shown(value)}
        notes[column.name] = FROM_MERGED
        return value

    def _continue(self, line: int, raw: dict[str, Cell], notes: dict[str, str]):
        """Fills empty places of the row from the previous row, unless a higher level of the place differs."""
        follows = self.before == line - 1
        self.before = line
        same = follows
        for level in self.levels:
            written = [column for column, _ in level if not is_empty(raw.get(column.name))]
            for column, _ in level:
                own, above = raw.get(column.name), self.above.get(column.name)
                if not column.continues or above is None:
                    continue
                if is_ditto(own) or (not written and same):
                    raw[column.name] = above
                    notes[column.name] = FROM_ABOVE
            if any(_differ(raw.get(column.name), self.above.get(column.name)) for column in written):
                same = False
        self.above = {
            column.name: raw[column.name]
            for level in self.levels
            for column, _ in level
            if not is_empty(raw.get(column.name))
        }


def _differ(one: Cell, other: Cell) -> bool:
    return one != other and search_key(shown(one)) != search_key(shown(other))
