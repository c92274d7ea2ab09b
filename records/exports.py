"""Export of lists: XLSX with a sheet that explains every column, CSV for machines. It is independent of the model.

The layout of a list is fixed by its columns (Perpres 39/2019 Satu Data requires concept, unit and source of each).
Cells that a spreadsheet would take for a formula are harmless: XLSX writes them as text, CSV puts an apostrophe
before them. CSV is UTF-8 with BOM, comma, LF, ISO dates, decimal point; XLSX holds real numbers and dates.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from xlsxwriter import Workbook

from records.models import Event

MAX_ROWS = 20_000  # more than any list of one kabupaten; above it the user has to filter (our assumption)
CELL = 32_767  # limit of characters in a cell of XLSX
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # limit of rows in Excel
OUR_SOURCE = "Catatan DPMU di portal"


class Kind(StrEnum):
    TEXT = "teks"
    CODE = "kode (teks)"
    NUMBER = "angka"
    DECIMAL = "angka desimal"
    RUPIAH = "angka (rupiah)"
    DEGREES = "angka (derajat desimal)"
    YEAR = "tahun"
    DATE = "tanggal"
    MOMENT = "tanggal dan jam (WIB)"
    FLAG = "ya/tidak"


FORMATS = {
    Kind.NUMBER: "#,##0",
    Kind.DECIMAL: "#,##0.00",
    Kind.RUPIAH: "#,##0",
    Kind.DEGREES: "0.000000",
    Kind.YEAR: "0",
    Kind.DATE: "dd-mm-yyyy",
    Kind.MOMENT: "dd-mm-yyyy hh:mm",
}


@dataclass(frozen=True)
class Column:
    """One column of a fixed layout: how its value is read from a row, and what the value means.

    `personal`: identifies a person; `phone`: a telephone number. Both are exported only on request, with the right.
    """

    label: str
    value: Callable[[Any], Any]
    concept: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    source: str = OUR_SOURCE
    personal: bool = False
    phone: bool = False

    def of(self, row) -> Any:
        """None, text, number, date or local moment without zone."""
        value = self.value(row)
        if value is None or value == "":
            return None
        if self.kind is Kind.FLAG:
            return "ya" if value else "tidak"
        if isinstance(value, datetime):
            return timezone.make_naive(value) if timezone.is_aware(value) else value
        if isinstance(value, int | float | Decimal | date) and not isinstance(value, bool):
            return value
        return str(value)


def sample_column(noun_of: Callable = lambda row: row) -> Column:
    """The column that marks rows of DATA CONTOH, in every layout."""
    return Column(
        "Data contoh", lambda row: noun_of(row).is_sample, "Ya bila baris ini contoh, bukan data resmi", Kind.FLAG
    )


@dataclass
class Table:
    """A list to export. `facts`: (label, text) of the filters, the requester and the moment.

    `explained`: the workbook has a sheet that explains the columns.
    """

    title: str
    columns: list[Column]
    rows: Iterable
    count: int
    facts: list[tuple[str, str]] = field(default_factory=list)
    explained: bool = True


def harmless(text: str) -> str:
    """Text that no spreadsheet reads as a formula from the CSV."""
    text = text.replace("\r\n", "\n")
    safe = f"'{text}" if text.startswith(RISKY) else text
    return safe.replace("\r", "\n")  # a lone CR would end the line for some readers


def csv_lines(table: Table) -> Iterator[str]:
    """The lines of the CSV, generated one by one."""
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield "\ufeff" + writer.writerow([harmless(column.label) for column in table.columns])
    for row in table.rows:
        yield writer.writerow([_csv_cell(column.of(row)) for column in table.columns])


class _Echo:
    """A writable file that returns each line to its writer."""

    def write(self, line):
        return line


def _csv_cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else str(value)


def xlsx(table: Table) -> IO[bytes]:
    """A temporary file at its start: the rows, and the sheet Keterangan. Rows go to disk as they come."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book = Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
    _rows_sheet(book.add_worksheet("Data"), table, head, formats)
    if table.explained:
        _notes_sheet(
            book.add_worksheet("Keterangan"), table, head, book.add_format({"text_wrap": True, "valign": "top"})
        )
    book.close()
    file.seek(0)
    return file


def _rows_sheet(sheet, table: Table, head, formats):
    for place, column in enumerate(table.columns):
        wide = max(12, min(36, len(column.label) + 4)) if column.kind in FORMATS else 24
        sheet.set_column(place, place, wide)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.label, head)
    number = 0
    for number, row in enumerate(table.rows, start=1):
        for place, column in enumerate(table.columns):
            value = column.of(row)
            if isinstance(value, str):
                sheet.write_string(number, place, value[:CELL])
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, formats.get(column.kind, formats[Kind.DATE]))
            elif value is not None:
                sheet.write_number(number, place, value, formats.get(column.kind))
    if number:
        sheet.autofilter(0, 0, number, len(table.columns) - 1)


def _notes_sheet(sheet, table: Table, head, wrapped):
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 4, 22)
    line = 0
    for label, text in [("Daftar", table.title), *table.facts]:
        sheet.write_string(line, 0, label, head)
        sheet.write_string(line, 1, text[:CELL], wrapped)
        line += 1
    line += 1
    for place, label in enumerate(("Kolom", "Konsep", "Bentuk", "Satuan", "Sumber")):
        sheet.write_string(line, place, label, head)
    for column in table.columns:
        line += 1
        for place, text in enumerate((column.label, column.concept, column.kind, column.unit or "–", column.source)):
            sheet.write_string(line, place, text, wrapped)


def log(table: Table, by, form: str):
    """Records who downloaded which list with which filter and how many rows: an event of the account (UU 27/2022)."""
    filters = "; ".join(f"{label}: {text}" for label, text in table.facts)
    Event(
        verb=Event.Verb.DOWNLOAD,
        by=by,
        kind=by._meta.label_lower,
        object_id=by.pk,
        label=f"{table.title} ({form.upper()}), {table.count} baris"[:250],
        reason=filters,
    ).save()


def response(table: Table, form: str, filename: str):
    """The file as a download; `form` is "xlsx" or "csv"."""
    if form == "csv":
        lines = (line.encode() for line in csv_lines(table))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    else:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        answer = FileResponse(xlsx(table), content_type=kind, as_attachment=True, filename=filename)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
