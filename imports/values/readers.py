"""Cached reading of the cells of one column: in a file of 20,000 rows most cells recur many times."""

from collections.abc import Hashable
from typing import NamedTuple

from django.core.exceptions import ValidationError

from imports.files.books import Cell
from imports.tables.columns import Column
from imports.values import formats
from imports.values.cells import is_ditto, shown
from imports.values.vocabulary import UnknownWord
from records import letters
from records.parsers import numbers

MAX_KNOWN = 4096  # cached cells of a column
SIGNS_READ = {numbers.THOUSANDS: "tandanya pemisah ribuan", numbers.DECIMALS: "tandanya koma desimal"}


class CellReading(NamedTuple):
    """Result of reading a cell; rows share it, so the value is never modified.

    `text`: the value for display; `note`: what was changed to read it; `error`: why it cannot be read, with `unknown`
    where a word needs a meaning; `doubtful`: an ambiguous figure.
    """

    value: object = None
    text: str = ""
    note: str = ""
    error: str = ""
    unknown: UnknownWord | None = None
    doubtful: bool = False


NOTHING = CellReading()


class ColumnReader:
    """Reads one column for one run. `sign`: what the separator of ambiguous figures separates, if decided."""

    def __init__(self, column: Column, sign: str | None = None):
        self.column, self.sign = column, sign
        self.name = column.name
        self.text = formats.of(column.read)
        self.note = getattr(column.read, "note", None)
        self.known: dict[Hashable, CellReading] = {}

    def read(self, cell: Cell) -> CellReading:
        """Raises unexpected exceptions of the reader."""
        if cell is None or isinstance(cell, str):
            key: Hashable = cell
        else:  # 1, 1.0 and True are one key of a dict, but different cells
            key = (type(cell), *cell.items()) if isinstance(cell, dict) else (type(cell), cell)
        found = self.known.get(key)
        if found is None:
            found = self._read(cell)
            if len(self.known) >= MAX_KNOWN:
                self.known.clear()
            self.known[key] = found
        return found

    def _read(self, cell: Cell) -> CellReading:
        if is_ditto(cell):
            return CellReading(error=f"Tanda “{cell}” tidak dipahami pada kolom ini. Tulis isinya.")
        note = ""
        try:
            try:
                value = self.column.read(cell)
            except ValidationError as error:
                if getattr(error, "code", "") != numbers.DOUBTFUL:
                    raise
                if self.sign is None:
                    return CellReading(error=" ".join(error.messages), doubtful=True)
                note = SIGNS_READ[self.sign]
                value = self.column.read(numbers.decided(shown(cell), self.sign))
        except ValidationError as error:
            unknown = error.with_traceback(None) if isinstance(error, UnknownWord) else None
            return CellReading(note=note, error=" ".join(error.messages), unknown=unknown)
        if value is None:
            return CellReading(error=f"{self.column.label} kosong. Isi sel ini.") if self.column.required else NOTHING
        own = self.note(cell) if self.note else ""
        note = own or (letters.note(value) if isinstance(value, str) else "") or note
        return CellReading(value, self.text(value), note)
