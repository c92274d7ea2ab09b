"""Reader of the files of an office: XLSX and CSV. A file that may do harm is refused before it is opened.

Every refusal is a ValidationError with one sentence. A worker reads the file; a page only calls `judge`.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePath
from typing import BinaryIO, Protocol

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError

from imports.files import xlsx
from imports.files.xlsx import Cell
from imports.files.xlsx_cells import SheetCells, note_beyond, takes_more
from imports.files.xlsx_marks import Marks, read_marks
from records.parsers.text import seen

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 50 * 2**20
MAX_RATIO = 100
MAX_ENTRIES = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 100
CSV = "CSV"  # the name of the only sheet
SIGNS = {";": "titik koma ;", ",": "koma ,", "\t": "tab", "|": "garis tegak |"}  # the usual one first
MAX_SHEETS = 40
MAX_CELL = 2_000  # longest text of a cell; no column takes more

BROKEN = "Berkas rusak atau bukan XLSX yang utuh. Buka di Excel, simpan ulang sebagai XLSX, lalu unggah lagi."
NEITHER = "Hanya berkas XLSX atau CSV yang dapat dibaca. Simpan berkas Anda sebagai salah satunya, lalu unggah lagi."
TOO_MANY_ROWS = f"Berkas memuat lebih dari {MAX_ROWS:,} baris. Bagi menjadi beberapa berkas.".replace(",", ".")
TOO_HEAVY = (
    "Isi berkas terlalu banyak untuk dibaca sekaligus. Salin hanya baris dan kolom yang diperlukan ke berkas baru "
    "(tempel sebagai nilai), atau bagi menjadi beberapa berkas, lalu unggah lagi."
)
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
GUARDED = ("'=", "'+", "'-", "'@", "'＝", "'＋", "'－", "'＠")


class CsvReader(Protocol):
    """The interface of csv.reader."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows, numbered as Excel numbers them; which cells are merged, which rows hidden.

    `beyond`: filled columns after MAX_COLUMNS, which are not read, by index with their first texts.
    """

    name: str
    rows: list[tuple[int, list[Cell]]]
    marks: Marks = field(default_factory=Marks)
    hidden: bool = False
    beyond: dict[int, list[str]] = field(default_factory=dict)


def read(
    file: BinaryIO, name: str, *, rows: int = MAX_ROWS, only: set[str] | None = None, sign: str = ""
) -> list[Sheet]:
    """The sheets of a file, at most `rows` filled rows of each; `only` reads those sheets alone.

    `sign` separates the cells of a CSV; without it, it is guessed from the file.

    Raises ValidationError for a file that cannot or must not be read, and for more than MAX_ROWS rows in all.
    """
    sheets = _read_xlsx(file, rows, only) if judge(file, name) else [_read_csv(file, rows, sign)]
    if not any(sheet.rows for sheet in sheets):
        raise ValidationError("Berkas tidak berisi satu baris pun. Periksa berkasnya, lalu unggah lagi.")
    return sheets


def judge(file: BinaryIO, name: str) -> bool:
    """Whether the first bytes are those of an archive, as of an XLSX; any other file must have the extension of a text.

    The only check in a request. Raises ValidationError for a file that no worker could read.
    """
    is_archive = _head(file).startswith(b"PK")
    if not is_archive and PurePath(name).suffix.lower() not in (".csv", ".txt", ".tsv"):
        raise ValidationError(NEITHER)
    return is_archive


def _head(file: BinaryIO) -> bytes:
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(2048)
    if size > MAX_BYTES:
        raise ValidationError(f"Berkas lebih besar dari {MAX_BYTES // 2**20} MB. Bagi menjadi beberapa berkas.")
    if not head.strip():
        raise ValidationError("Berkas kosong. Periksa berkasnya, lalu unggah lagi.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            "Berkas terkunci dengan sandi atau masih berbentuk XLS lama. Buka di Excel, lepaskan sandinya, "
            "simpan sebagai XLSX tanpa sandi, lalu unggah lagi."
        )
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<?xml", b"<body")):
        raise ValidationError(
            "Berkas ini halaman web atau XML, bukan lembar Excel, walaupun namanya mungkin XLSX. Buka di Excel, "
            "simpan sebagai XLSX, lalu unggah lagi."
        )
    return head


def _read_xlsx(file: BinaryIO, rows: int, only: set[str] | None) -> list[Sheet]:
    _judge_zip(file)
    file.seek(0)
    try:
        book = xlsx.open_book(file, clean, xlsx.Budget())
        parts = [part for part in book.parts if only is None or part.title in only]
        if len(parts) > MAX_SHEETS:
            raise ValidationError(f"Berkas memuat lebih dari {MAX_SHEETS} lembar. Hapus yang tidak perlu.")
        return [_sheet(book, part, rows) for part in parts]
    except (ValidationError, SoftTimeLimitExceeded):
        raise
    except (xlsx.TooHeavyError, MemoryError) as error:
        raise ValidationError(TOO_HEAVY) from error
    except Exception as error:
        # A damaged workbook may raise any exception; nothing of it is kept.
        raise ValidationError(BROKEN) from error


def _sheet(book: xlsx.Book, part: xlsx.Part, rows: int) -> Sheet:
    """Of columns beyond MAX_COLUMNS only the first texts are kept.

    The declared size of the sheet and the position of stray cells are not trusted.
    """
    with book.archive.open(part.path) as raw:
        marks = read_marks(raw)
    cells = SheetCells(book, part, MAX_COLUMNS)
    return Sheet(part.title, _counted(cells.rows(), rows), marks, part.hidden, cells.beyond)


def _judge_zip(file: BinaryIO):
    """Checks the central directory of the archive without unpacking. The reader stops at the sizes declared there."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise ValidationError(BROKEN) from error
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise ValidationError("Berkas memuat terlalu banyak bagian. Salin lembarnya ke berkas baru tanpa gambar.")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise ValidationError(
            "Isi berkas jauh lebih besar daripada ukurannya, jadi tidak dibuka. Salin barisnya ke berkas baru."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ValidationError("Berkas terkunci dengan sandi. Simpan tanpa sandi, lalu unggah lagi.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError("Berkas memuat makro. Simpan sebagai XLSX biasa tanpa makro, lalu unggah lagi.")
    if "xl/workbook.xml" not in names:
        raise ValidationError(NEITHER if "[Content_Types].xml" not in names else BROKEN)


def _counted(numbered: Iterator[tuple[int, list[Cell]]], rows: int) -> list[tuple[int, list[Cell]]]:
    """The filled rows. Raises ValidationError beyond MAX_ROWS; a smaller `rows` only stops."""
    kept: list[tuple[int, list[Cell]]] = []
    for number, cells in numbered:
        if cells.count(None) == len(cells):
            continue
        if len(kept) >= rows:
            if rows < MAX_ROWS:
                return kept
            # The header and the lines above it are added to the rows.
            if len(kept) >= MAX_ROWS + 50:
                raise ValidationError(TOO_MANY_ROWS)
        while cells and cells[-1] is None:
            cells.pop()
        kept.append((number, cells))
    return kept


def _read_csv(file: BinaryIO, rows: int, sign: str) -> Sheet:
    file.seek(0)
    text = _text(file.read(MAX_BYTES + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign or _delimiter(text))
    limit = csv.field_size_limit(1_000_000)  # a setting of the whole process: restored at the end
    beyond: dict[int, list[str]] = {}
    try:
        return Sheet(CSV, _counted(_cleaned(reader, beyond), rows), beyond=beyond)
    except csv.Error as error:
        raise ValidationError(f"Baris {reader.line_num}: bukan CSV yang utuh. Periksa tanda petiknya.") from error
    finally:
        csv.field_size_limit(limit)


def _cleaned(reader: CsvReader, beyond: dict[int, list[str]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in _lines(reader):
        for index, cell in enumerate(cells[MAX_COLUMNS:], MAX_COLUMNS):
            if takes_more(beyond, index):
                note_beyond(beyond, index, clean(cell))
        yield number, [clean(cell) for cell in cells[:MAX_COLUMNS]]


def _lines(reader: CsvReader) -> Iterator[tuple[int, list[str]]]:
    """A row whose cells contain line breaks has the number of its first line."""
    first = 1
    for cells in reader:
        yield first, cells
        first = reader.line_num + 1


def _text(raw: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, otherwise Windows-1252 as Excel writes it here."""
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError("Berkas bukan teks CSV. Simpan ulang sebagai CSV UTF-8 atau XLSX, lalu unggah lagi.")


def _delimiter(text: str) -> str:
    """The separator with which most rows have the same number of cells, the row of titles included."""
    first = text[:20_000].splitlines()[:30]
    found = re.match(r"sep=(.)$", first[0]) if first else None
    if found:
        return found[1]
    return max(SIGNS, key=lambda sign: _fit(text[:20_000], sign))


def _fit(text: str, sign: str) -> tuple[float, int]:
    """The share of rows with the most frequent number of cells, at least two, and that number."""
    try:
        counts = [len(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=sign) if any(cells)][:30]
    except csv.Error:
        return 0, 0
    many = [count for count in counts if count > 1]
    usual = max(set(many), key=lambda count: (many.count(count), count), default=0)
    return (many.count(usual) / len(counts) if counts else 0), usual


def clean(value: object) -> Cell:
    """A cell as a JSON value. Empty text is None; invisible characters are removed."""
    if isinstance(value, str):
        return _clean_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()} if value.year > 1900 else {"time": f"{value:%H.%M}"}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": f"{value:%H.%M}"}
    if isinstance(value, int):
        return value if abs(value) < 10**18 else str(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 10**15 else value
    if isinstance(value, Decimal):
        return clean(float(value))
    return _clean_text(str(value))


def _clean_text(text: str) -> str | None:
    if not (text.isascii() and text.isprintable()):  # otherwise it has no such separator
        text = seen(CONTROL.sub(" ", text))
    written = " ".join(text.split())
    if written.startswith(GUARDED):  # the guard of our CSV exports against formulas
        written = written[1:]
    return written[:MAX_CELL] or None
