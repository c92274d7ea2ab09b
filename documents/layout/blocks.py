"""The body of a paper as a list of plain blocks, from which the PDF and the Word file are made alike.

A block is a dict that a snapshot can keep: `is` names it, the rest is finished text. The page
(templates/documents/blocks.html) and documents.layout.docx read the same list, so that both say the same.
"""

import base64
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import render_to_string

from records.judging import MAX_BYTES
from records.models import StoredFile
from records.pictures import redrawn_jpeg

logger = logging.getLogger(__name__)

Block = dict[str, Any]

# Column widths in mm that the style sheet knows as .mm8, .mm10 and so on; 0 takes what is left.
WIDTHS = (8, 10, 12, 14, 16, 18, 20, 22, 25, 28, 30, 32, 35, 38, 40, 45, 50, 60, 70, 80)
PHOTO_SIDE = 640  # pixels: 80 mm at 200 dpi


def kop(own: dict[str, Any] | None = None) -> Block:
    """The letterhead, from snapshot["kop"]; `own` where each part of a paper bears another."""
    return {"is": "kop"} | ({"own": own} if own else {})


def title(*lines: str, number: str = "") -> Block:
    """Centred capitals; `number` stands below, as "NOMOR: ........"."""
    return {"is": "title", "lines": [line for line in lines if line], "number": number}


def heading(text: str) -> Block:
    return {"is": "heading", "text": text}


def center(text: str) -> Block:
    return {"is": "center", "text": text}


def right(text: str) -> Block:
    """One line in the right half: place and date of a letter, its addressee."""
    return {"is": "right", "text": text}


def paragraphs(text: str, *, keep: bool = False) -> list[Block]:
    """Running text; what people typed in several lines becomes several paragraphs.

    `keep`: no page ends before it, so that signatures never stand alone.
    """
    return [{"is": "text", "text": line.strip(), "keep": keep} for line in text.splitlines() if line.strip()]


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Lines of `label : isi`."""
    return {"is": "facts", "rows": [[label, value] for label, value in rows]}


def items(rows: Iterable[str], *, start: int = 1) -> Block:
    """A numbered list."""
    return {"is": "items", "rows": [[f"{number}.", text] for number, text in enumerate(rows, start)]}


def table(
    columns: Sequence[tuple[str, int, str]],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    foot: Sequence[Sequence[str]] = (),
    tall: bool = False,
    small: bool = False,
) -> Block:
    """`columns`: head, width in mm (one of WIDTHS, or 0), alignment l, c, r or z. `foot`: bold rows at the end.

    z is the zigzag of signatures: every second cell begins further to the right.

    `tall` leaves room for signatures. A row never splits, the head repeats. Raises ValueError for another width.
    """
    if unknown := {width for _, width, _ in columns} - {0, *WIDTHS}:
        raise ValueError(f"no class for widths {sorted(unknown)}")
    return {
        "is": "table",
        "heads": [head for head, _, _ in columns],
        "widths": [width for _, width, _ in columns],
        "aligns": [align for _, _, align in columns],
        "rows": [list(row) for row in rows],
        "foot": [list(row) for row in foot],
        "caption": caption,
        "tall": tall,
        "small": small,
    }


def signatures(*blocks: dict[str, Any]) -> Block:
    """Blocks of frame.block side by side."""
    return {"is": "signatures", "blocks": list(blocks)}


def copies(lines: Iterable[str]) -> Block:
    """Tembusan: bottom left, numbered, not signed."""
    return {"is": "copies", "rows": [[f"{number}.", line] for number, line in enumerate(lines, 1)]}


def photo(stored: StoredFile, caption: str) -> Block | None:
    """A picture small enough for paper, inside the paper; None where it cannot be read."""
    if not stored.is_picture:
        return None
    try:
        with stored.file.open("rb") as file:
            small = redrawn_jpeg(ContentFile(file.read()), max_side=PHOTO_SIDE, max_bytes=MAX_BYTES)[0].read()
    except (OSError, ValidationError):
        logger.warning("photo %s cannot be read; the paper is made without it", stored.pk)
        return None
    return {"is": "photo", "jpeg": base64.b64encode(small).decode(), "caption": caption}


def drawing(svg: str) -> Block:
    """A drawing of monitoring.drawing, which escaped what people typed; Word gets none."""
    return {"is": "drawing", "svg": svg}


def new_page() -> Block:
    return {"is": "new_page"}


def sections(body: Sequence[Block]) -> list[list[Block]]:
    """The body cut where a new page begins."""
    found: list[list[Block]] = [[]]
    for block in body:
        if block["is"] == "new_page":
            found.append([])
        else:
            found[-1].append(block)
    return found


def render(snapshot: dict[str, Any]) -> str:
    """The page of a paper that is made of blocks."""
    cut = [_printed(section) for section in sections(snapshot["body"])]
    return render_to_string("documents/blocks.html", snapshot | {"sections": cut})


def _printed(section: list[Block]) -> list[Block]:
    """Tables with the class of each cell beside its text: a template cannot walk two lists at once."""
    return [_cells(block) if block["is"] == "table" else block for block in section]


def _cells(block: Block) -> Block:
    return block | {
        "columns": [f"mm{width}" if width else "" for width in block["widths"]],
        "rows": [_classed(row, block["aligns"], number) for number, row in enumerate(block["rows"], 1)],
        "foot": [_classed(row, block["aligns"], 1) for row in block["foot"]],
    }


def _classed(row: list[str], aligns: list[str], number: int) -> list[tuple[str, str]]:
    classes = {"l": "", "c": "c", "r": "r", "z": "zig" if number % 2 == 0 else ""}
    return [(text, classes[align]) for text, align in zip(row, aligns, strict=True)]
