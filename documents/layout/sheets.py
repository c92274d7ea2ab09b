"""XLSX files of documents: the figures of the snapshot; sums are formulas with the snapshot's value as cached result.

Text never becomes a formula: only a Formula made here is one. The file's date is the document's own, so the same
snapshot gives the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from documents.content import Head
from records.exports import CELL

AMOUNT, VOLUME = "#,##0", "#,##0.##"


@dataclass(frozen=True)
class Formula:
    """`text` begins with "="; `value` is the printed value, stored for readers that do not calculate."""

    text: str
    value: int | float


Cell = str | int | float | Decimal | Formula | None


class Ledger:
    """One sheet written line by line. Lines count from 1, as in formulas."""

    def __init__(self, document: Head, widths: Sequence[float], *, wide: bool = True):
        self.file = io.BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = Workbook(self.file, {"in_memory": True} | options)
        dated = datetime.combine(date.fromisoformat(document["dated"]), datetime.min.time())
        self.book.set_properties(
            {
                "title": document["title"],
                "subject": document["subject"],
                "company": document["office"],
                "created": dated,
            }
        )
        self.sheet = self.book.add_worksheet("Data")
        self.sheet.set_paper(9)  # A4; Excel has no F4
        if wide:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        self.columns = len(widths)
        self.line = 0
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def heading(self, texts: Iterable[str]) -> None:
        """Adds title lines across the sheet."""
        for text in texts:
            if text:
                self.sheet.write_string(self.line, 0, text[:CELL], self._format(bold=True))
                self.line += 1
        self.line += 1

    def heads(self, labels: Sequence[str], *, stays: bool = True) -> None:
        """The heading of a table; that of the first is frozen and repeated on every page."""
        for place, label in enumerate(labels):
            form = self._format(
                bold=True, border=1, text_wrap=True, align="center", valign="vcenter", bg_color="#EFEFEF"
            )
            self.sheet.write_string(self.line, place, label, form)
        self.line += 1
        if stays:
            self.sheet.repeat_rows(self.line - 1)
            self.sheet.freeze_panes(self.line, 0)

    def row(self, cells: Sequence[Cell], *, bold: bool = False) -> int:
        """Writes one line of the table; returns its number for formulas."""
        for place, cell in enumerate(cells):
            plain: dict[str, object] = {"border": 1, "valign": "top", "bold": bold}
            if isinstance(cell, Formula):
                self.sheet.write_formula(
                    self.line, place, cell.text, self._format(num_format=AMOUNT, **plain), cell.value
                )
            elif isinstance(cell, Decimal):
                self.sheet.write_number(self.line, place, float(cell), self._format(num_format=VOLUME, **plain))
            elif isinstance(cell, int | float):
                self.sheet.write_number(self.line, place, cell, self._format(num_format=AMOUNT, **plain))
            else:
                self.sheet.write_string(self.line, place, (cell or "")[:CELL], self._format(text_wrap=True, **plain))
        self.line += 1
        return self.line

    def note(self, text: str) -> None:
        self.sheet.write_string(self.line, 0, text[:CELL])
        self.line += 1

    def gap(self) -> None:
        self.line += 1

    def content(self) -> bytes:
        self.book.close()
        return self.file.getvalue()

    def _format(self, **wanted: object) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(wanted))
        return self._formats[key]


def column(place: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def total_of(place: int, lines: Iterable[int], value: int | float) -> Formula:
    """The sum of one column over these lines: a range if they are consecutive. Text in a cell adds nothing."""
    numbers = sorted(lines)
    name = column(place)
    if not numbers:
        return Formula("=0", 0)
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return Formula(f"=SUM({name}{numbers[0]}:{name}{numbers[-1]})", value)
    return Formula(f"=SUM({','.join(f'{name}{number}' for number in numbers)})", value)
