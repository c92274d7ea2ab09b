"""Reader of the stored cells of an XLSX: one pass over each part, within limits of time and memory.

openpyxl builds a tree of every row and fills each up to the last column: 20,000 rows of 12 take it 5 s, this reader
1 s. Its rules for days and number formats are used. A document type is refused, so no entity is ever expanded.
"""

import posixpath
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

MAX_SECONDS = 60  # seconds of processor time for one file; the largest allowed file takes about 20 (our assumption)
MAX_CELLS = 1_000_000  # filled cells of all sheets together
MAX_TEXT = 64 * 2**20  # bytes of memory for the texts of the cells
PIECE = 2**18
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # Excel's escape of a character that XML cannot contain
WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"

# A stored cell: text, a number as text, a day, a boolean.
Cell = str | int | float | bool | dict | None


class TooHeavyError(Exception):
    """The content exceeds the budget of a worker for one file."""


class ForbiddenError(Exception):
    """The XML defines a document type, which no spreadsheet needs."""


class Budget:
    """The remaining budget of one file."""

    def __init__(self):
        self.ends_at = time.thread_time() + MAX_SECONDS
        self.cells = MAX_CELLS
        self.text = MAX_TEXT

    def check_time(self):
        if time.thread_time() > self.ends_at:
            raise TooHeavyError("time")

    def take_cells(self, count: int):
        self.cells -= count
        if self.cells < 0:
            raise TooHeavyError("cells")

    def take_text(self, text: Cell):
        self.text -= sys.getsizeof(text)
        if self.text < 0:
            raise TooHeavyError("text")


@dataclass(frozen=True)
class Part:
    """A worksheet as listed in the workbook."""

    title: str
    path: str
    hidden: bool


@dataclass
class Book:
    """Shared parts of a workbook. `days`: for each style of a day whether it is a duration."""

    archive: zipfile.ZipFile
    parts: list[Part]
    is_1904: bool
    days: dict[str, bool]
    clean: Callable[[object], Cell]
    budget: Budget
    strings: list[Cell] = field(default_factory=list)
    known_days: dict[tuple[str, bool], Cell] = field(default_factory=dict)

    def day(self, text: str, is_length: bool) -> Cell:
        """A serial number as a day, a time or a duration."""
        found = self.known_days.get((text, is_length))
        if found is None:
            found = self.known_days[text, is_length] = self.clean(self._day(text, is_length))
        return found

    def _day(self, text: str, is_length: bool) -> object:
        try:
            return from_excel(number(text), MAC_EPOCH if self.is_1904 else WINDOWS_EPOCH, is_length)
        except (OverflowError, ValueError):
            return "#VALUE!"


class Names(dict):
    """Names of elements without their prefix, each computed once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def number(text: str) -> int | float:
    return float(text) if "." in text or "E" in text or "e" in text else int(text)


def unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda found: chr(code) if not 0xD800 <= (code := int(found[1], 16)) < 0xE000 else "", text)


def open_book(file: BinaryIO, clean: Callable[[object], Cell], budget: Budget) -> Book:
    """Reads the list of sheets, the styles of days and the shared texts. A damaged file raises any exception."""
    archive = zipfile.ZipFile(file)
    held = set(archive.namelist())
    targets = {row["Id"]: row for row in _elements(archive, "xl/_rels/workbook.xml.rels", {"Relationship"}, budget)}
    parts, is_1904 = [], False
    for row in _elements(archive, WORKBOOK, {"sheet", "workbookPr"}, budget):
        if "name" not in row:
            is_1904 = row.get("date1904", "0") in ("1", "true") or is_1904
            continue
        target = targets[next(value for name, value in row.items() if name.rpartition(":")[2] == "id")]
        path = posixpath.normpath(posixpath.join("/xl", target["Target"])).lstrip("/")
        if target["Type"].endswith("/worksheet") and path in held:
            parts.append(Part(row["name"], path, row.get("state", "visible") != "visible"))
    days = _styles_of_days(archive, budget) if STYLES in held else {}
    book = Book(archive, parts, is_1904, days, clean, budget)
    if STRINGS in held:
        _Strings(book).read()
    return book


def _elements(archive: zipfile.ZipFile, path: str, names: set[str], budget: Budget) -> list[dict[str, str]]:
    """The attributes of these elements, in order, without the names of the elements."""
    found: list[dict[str, str]] = []
    known = Names()

    def start(name: str, attributes: dict[str, str]):
        if known[name] in names:
            found.append(attributes)

    _parse(archive, path, budget, start)
    return found


def _styles_of_days(archive: zipfile.ZipFile, budget: Budget) -> dict[str, bool]:
    formats: dict[str, str] = {}
    used: list[str] = []
    inside = False
    known = Names()

    def start(name: str, attributes: dict[str, str]):
        nonlocal inside
        local = known[name]
        if local == "numFmt":
            formats.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif local in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = local == "cellXfs"
        elif local == "xf" and inside:
            used.append(attributes.get("numFmtId", "0"))

    _parse(archive, STYLES, budget, start)
    codes = {key: formats.get(key) or builtin_format_code(int(key)) for key in set(used)}
    return {str(style): is_timedelta_format(codes[key]) for style, key in enumerate(used) if is_date_format(codes[key])}


def parse(archive: zipfile.ZipFile, path: str, budget: Budget, start, end=None, characters=None) -> Iterator[None]:
    """One pass over a part of the archive; yields after each chunk, so that the caller can take the results."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbid
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    with archive.open(path) as part:
        while piece := part.read(PIECE):
            budget.check_time()
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield


def _parse(archive: zipfile.ZipFile, path: str, budget: Budget, start, end=None, characters=None):
    for _ in parse(archive, path, budget, start, end, characters):
        pass


def _forbid(*_: object):
    raise ForbiddenError


class _Strings:
    """The shared texts of a workbook, without phonetic hints."""

    def __init__(self, book: Book):
        self.book = book
        self.names = Names()
        self.text: list[str] = []
        self.takes = self.is_hint = False

    def read(self):
        _parse(self.book.archive, STRINGS, self.book.budget, self._start, self._end, self._characters)

    def _start(self, name: str, _: dict[str, str]):
        local = self.names[name]
        if local == "t":
            self.takes = not self.is_hint
        elif local == "rPh":
            self.is_hint = True

    def _characters(self, text: str):
        if self.takes:
            self.text.append(text)

    def _end(self, name: str):
        local = self.names[name]
        if local == "t":
            self.takes = False
        elif local == "rPh":
            self.is_hint = False
        elif local == "si":
            text = self.book.clean(unescaped("".join(self.text)))
            self.book.budget.take_text(text)
            self.book.strings.append(text)
            self.text.clear()
