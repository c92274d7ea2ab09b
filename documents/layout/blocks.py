"""Blocks: the body of a document as a list of plain blocks, from which both the PDF and the Word file are made.

A block is a dict that a snapshot can store: `kind` is its type, the rest is finished text. The page template
(templates/documents/blocks.html) and documents.layout.docx read the same list, so both print the same.
"""

import base64
import logging
from collections.abc import Iterable, Sequence
from typing import Literal, NotRequired, TypedDict, TypeGuard

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from documents.content import Snapshot
from documents.layout.frame import PrintedLetterhead, SignatureBlock
from records.judging import MAX_BYTES
from records.models import StoredFile
from records.pictures import redrawn_jpeg

logger = logging.getLogger(__name__)

# Column widths in mm with a class in the style sheet (.mm8, .mm10 and so on); 0 takes the remaining width.
WIDTHS = (8, 10, 12, 14, 16, 18, 20, 22, 25, 28, 30, 32, 35, 38, 40, 45, 50, 60, 70, 80)
PHOTO_SIDE = 640  # pixels: 80 mm at 200 dpi


class Letterhead(TypedDict):
    kind: Literal["letterhead"]
    own: NotRequired[PrintedLetterhead]


class Title(TypedDict):
    kind: Literal["title"]
    lines: list[str]
    number: str


class Line(TypedDict):
    kind: Literal["heading", "center", "right"]
    text: str


class Text(TypedDict):
    kind: Literal["text"]
    text: str
    keep: bool


class Pairs(TypedDict):
    kind: Literal["facts", "items", "copies"]
    rows: list[list[str]]  # label and value, or number and text


class Clauses(TypedDict):
    kind: Literal["clauses"]
    rows: list[list[str]]  # label, mark, text


class Table(TypedDict):
    kind: Literal["table"]
    heads: list[str]
    widths: list[int]
    aligns: list[str]
    rows: list[list[str]]
    footer: list[list[str]]
    caption: str
    tall: bool
    small: bool
    spare: NotRequired[list[list[str]]]  # empty rows to fill in by hand; as many are printed as fill the last page


class Signatures(TypedDict):
    kind: Literal["signatures"]
    blocks: list[SignatureBlock]


class Photo(TypedDict):
    kind: Literal["photo"]
    jpeg: str  # base64
    caption: str


class Drawing(TypedDict):
    kind: Literal["drawing"]
    svg: str


class NewPage(TypedDict):
    kind: Literal["new_page"]


Block = Letterhead | Title | Line | Text | Pairs | Clauses | Table | Signatures | Photo | Drawing | NewPage


class BlockContent(Snapshot):
    """The content of a document made of blocks."""

    letterhead: NotRequired[PrintedLetterhead]  # of blocks that have one
    body: list[Block]


def letterhead(own: PrintedLetterhead | None = None) -> Block:
    """The letterhead of snapshot["letterhead"], or `own` when each part of a document has another one."""
    return {"kind": "letterhead", "own": own} if own else {"kind": "letterhead"}


def title(*lines: str, number: str = "") -> Block:
    """Centred capitals; `number` is printed below, as "NOMOR: ........"."""
    return {"kind": "title", "lines": [line for line in lines if line], "number": number}


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def center(text: str) -> Block:
    return {"kind": "center", "text": text}


def right(text: str) -> Block:
    """One line in the right half of the page: place and date of a letter, or its addressee."""
    return {"kind": "right", "text": text}


def paragraphs(text: str, *, keep: bool = False) -> list[Block]:
    """Running text; each line of `text` becomes a paragraph.

    `keep`: no page break before it, so that signatures are never alone on a page.
    """
    return [{"kind": "text", "text": line.strip(), "keep": keep} for line in text.splitlines() if line.strip()]


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Lines of `label : isi`."""
    return {"kind": "facts", "rows": [[label, value] for label, value in rows]}


def items(rows: Iterable[str], *, start: int = 1) -> Block:
    """A numbered list."""
    return {"kind": "items", "rows": [[f"{number}.", text] for number, text in enumerate(rows, start)]}


def clauses(*groups: tuple[str, Sequence[tuple[str, str]]]) -> Block:
    """The clauses of a Keputusan: label ("Menimbang"), and its texts with their numbering ("a.") or ""."""
    rows = [
        [label if first else "", mark, text]
        for label, lines in groups
        for first, (mark, text) in zip([True] + [False] * len(lines), lines, strict=False)
    ]
    return {"kind": "clauses", "rows": rows}


def table(
    columns: Sequence[tuple[str, int, str]],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    footer: Sequence[Sequence[str]] = (),
    tall: bool = False,
    small: bool = False,
    spare: Sequence[Sequence[str]] = (),
) -> Block:
    """`columns`: heading, width in mm (one of WIDTHS, or 0), alignment l, c, r or z. `footer`: bold rows at the end.

    z is the zigzag of signatures: every second cell is indented further.

    `tall` leaves space for signatures, then `spare` empty rows may follow. Rows never break across pages, the heading
    is repeated. Raises ValueError for another width.
    """
    if unknown := {width for _, width, _ in columns} - {0, *WIDTHS}:
        raise ValueError(f"no class for widths {sorted(unknown)}")
    found: Table = {
        "kind": "table",
        "heads": [head for head, _, _ in columns],
        "widths": [width for _, width, _ in columns],
        "aligns": [align for _, _, align in columns],
        "rows": [list(row) for row in rows],
        "footer": [list(row) for row in footer],
        "caption": caption,
        "tall": tall,
        "small": small,
    }
    if spare:
        found["spare"] = [list(row) for row in spare]
    return found


def signatures(*blocks: SignatureBlock) -> Block:
    """Blocks of frame.block side by side."""
    return {"kind": "signatures", "blocks": list(blocks)}


def copies(lines: Iterable[str]) -> Block:
    """Tembusan: bottom left, numbered, not signed."""
    return {"kind": "copies", "rows": [[f"{number}.", line] for number, line in enumerate(lines, 1)]}


def photo(stored: StoredFile, caption: str) -> Block | None:
    """The image scaled down for a page and embedded in the document; None for an unreadable one."""
    if not stored.is_picture:
        return None
    try:
        with stored.file.open("rb") as file:
            small = redrawn_jpeg(ContentFile(file.read()), max_side=PHOTO_SIDE, max_bytes=MAX_BYTES)[0].read()
    except (OSError, ValidationError):
        logger.warning("photo %s cannot be read; the document is made without it", stored.pk)
        return None
    return {"kind": "photo", "jpeg": base64.b64encode(small).decode(), "caption": caption}


def drawing(svg: str) -> Block:
    """A chart of monitoring.drawing, which has escaped user input; not in Word files."""
    return {"kind": "drawing", "svg": svg}


def new_page() -> Block:
    return {"kind": "new_page"}


def has_body(content: Snapshot) -> TypeGuard[BlockContent]:
    return "body" in content


def of(content: Snapshot) -> BlockContent:
    """The content as one made of blocks. Raises ValueError for any other."""
    if not has_body(content):
        raise ValueError(f"content without blocks: {', '.join(content)}")
    return content
