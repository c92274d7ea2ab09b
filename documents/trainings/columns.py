"""Columns of a daftar hadir: heading, value, width, and tables, declared once.

AttendanceSheet.columns declares them. The print and the expected texts of the finished PDF are derived from it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from math import ceil
from operator import attrgetter
from typing import TypedDict

from documents.trainings.roster import Attendee

# Between the margins, in mm (paper.css, @page).
PAGE_WIDTHS = {"f4": 172, "a4": 167, "f4-wide": 303, "a4-wide": 270}
MAX_MARKS = 60  # mm for the letters of all sessions; more than fourteen are on two lines
MARKS_EDGE = 3  # mm of padding
MIN_REST = 30  # minimum in mm of a column that takes the remaining width


class Part(StrEnum):
    """The tables of a daftar hadir."""

    BLANK = "blank"
    FILLED = "filled"
    RECAP = "recap"


class Who(StrEnum):
    PARTICIPANTS = "peserta"
    SPEAKERS = "narasumber"
    COMMITTEE = "panitia"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    ZIGZAG = "zigzag"  # signatures: every second one is in the right half


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    person: Attendee
    per_session: Sequence[str] = ()  # the mark, or the space for a signature
    marks: str = ""  # of all sessions
    lesson_hours: str = ""  # JP attended

    @property
    def number(self) -> str:
        return str(self.person.number)


@dataclass(frozen=True)
class Page:
    """The table of a column, and its page."""

    part: Part
    who: Who
    page_size: str  # a key of PAGE_WIDTHS
    phones: bool = False
    session_heads: Sequence[str] = ()  # for several sessions side by side
    session_count: int = 1
    place_label: str = "Desa/Kecamatan"
    post_label: str = "Jabatan/Unsur"
    topics_label: str = "Materi"
    lesson_hours: bool = True  # a meeting has none

    @property
    def wide(self) -> bool:
        return self.page_size.endswith("-wide")


@dataclass(frozen=True)
class Width:
    """Width of a column in mm on a portrait page, and where it differs; 0 takes the remaining width."""

    upright: int
    a4: int | None = None
    phones: int | None = None
    a4_phones: int | None = None
    narasumber: int | None = None
    wide: int | None = None
    wide_phones: int | None = None
    each_session: int | None = None  # for each letter of a session, on one line up to MAX_MARKS

    def on(self, page: Page) -> int:
        if self.each_session:
            return min(max(self.upright, MARKS_EDGE + self.each_session * page.session_count), MAX_MARKS)
        if page.wide:
            found = [self.wide_phones if page.phones else None, self.wide]
        elif page.who == Who.SPEAKERS:
            found = [self.narasumber]
        elif page.page_size == "a4":
            found = [self.a4_phones, self.phones] if page.phones else [self.a4]
        else:
            found = [self.phones if page.phones else None]
        return next((width for width in found if width is not None), self.upright)


@dataclass(frozen=True)
class Column:
    """`head` may contain {places}, {posts}, {topics} and {sessions}; `value` is the printed attribute of a Row.

    `per_session`: one column for each session of a page, headed by the name of the session if there are several.
    """

    head: str
    value: str
    width: Width
    align: Align = Align.LEFT
    parts: Collection[Part] = tuple(Part)
    who: Collection[Who] = tuple(Who)
    phones: bool = False  # only if telephone numbers are printed
    per_session: bool = False

    def is_shown(self, page: Page) -> bool:
        if self.value == "lesson_hours" and not page.lesson_hours:
            return False
        return page.part in self.parts and page.who in self.who and (page.phones or not self.phones)

    def heads(self, page: Page) -> list[str]:
        if self.per_session and page.session_heads:
            return list(page.session_heads)
        labels = {"places": page.place_label, "posts": page.post_label, "topics": page.topics_label}
        return [self.head.format(**labels, sessions=page.session_count)]

    def texts(self, row: Row) -> list[str]:
        value = attrgetter(self.value)(row)
        return list(value) if self.per_session else [value]


class PrintedColumn(TypedDict):
    head: str
    width: int
    align: str


class Table(TypedDict):
    columns: list[PrintedColumn]
    rows: list[list[str]]


class Cell(TypedDict):
    text: str
    style: str  # a class of paper.css


def table(declared: Iterable[Column], page: Page, rows: Iterable[Row]) -> Table:
    """The columns of this page, and the texts of each row below them."""
    shown = [column for column in declared if column.is_shown(page)]
    heads = [(head, column) for column in shown for head in column.heads(page)]
    widths = _widths([column for _, column in heads], page)
    return {
        "columns": [
            {"head": head, "width": width, "align": column.align.value}
            for (head, column), width in zip(heads, widths, strict=True)
        ],
        "rows": [[text for column in shown for text in column.texts(row)] for row in rows],
    }


def _widths(columns: Sequence[Column], page: Page) -> list[int]:
    """As declared; if the page is too narrow, text columns shrink in proportion."""
    widths = [column.width.on(page) for column in columns]
    excess = sum(width or MIN_REST for width in widths) - PAGE_WIDTHS[page.page_size]
    if excess <= 0:
        return widths
    text = [column.align == Align.LEFT for column in columns]
    share = excess / sum(compress(widths, text))
    return [width - ceil(width * share) if is_text else width for width, is_text in zip(widths, text, strict=True)]


def cells(table: Table) -> list[list[Cell]]:
    """The rows as a template prints them: each text with its class."""
    styles = {Align.CENTER: ("c", "c"), Align.ZIGZAG: ("", "right-half")}
    aligns = [styles.get(Align(column["align"]), ("", "")) for column in table["columns"]]
    return [
        [{"text": text, "style": align[at % 2]} for text, align in zip(row, aligns, strict=True)]
        for at, row in enumerate(table["rows"])
    ]
