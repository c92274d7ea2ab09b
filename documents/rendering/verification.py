"""Verification of a finished PDF before it is stored: its text must be that of the snapshot.

Compared without spaces, because a layout only breaks and moves words. Each row of a table must be complete and in
order, with nothing between two rows but a page break; totals must be present; no page may be blank or have nothing but
signatures. A PDF that fails is not delivered.

A document defines its expected texts (documents.base, `expected`): the rows of its blocks, those of the laid out page,
or its own list.
"""

import html as markup
import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import cast

import pypdfium2 as pdfium
from pypdfium2 import raw

from documents.content import Snapshot
from documents.layout.blocks import Block
from documents.layout.frame import SignatureBlock
from documents.rendering import fonts
from records import letters

# A page break may split a row longer than this; its beginning and end are searched for.
LONG_ROW, ENDS = 1200, 60
SMALL_PICTURE = 60  # points: a QR or an emblem
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_BODY = re.compile(r"<tbody>(.*?)</tbody>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")
# Output of the PDF library for a hyphen at the end of a line.
_HYPHENS = {0xFFFE: "-", 0x02: "-"}
_PAGE_NUMBER = re.compile(r"Halaman\d+dari\d+")


class Unfaithful(Exception):
    """The PDF differs from its snapshot; the message is for the log."""


@dataclass
class Expected:
    """`tables`: consecutive rows, each row the texts of its cells. `texts`: totals and other sentences."""

    tables: list[list[list[str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(len(table) for table in self.tables)


def rows_of_blocks(body: list[Block]) -> Expected:
    found = Expected()
    for block in body:
        match block["kind"]:
            case "table":
                found.tables.append([*block["rows"], *block["footer"]])
            case "facts":
                found.tables.append([[label, ":", value] for label, value in block["rows"]])
            case "clauses":
                found.tables.append([[label, ":" if label else "", *rest] for label, *rest in block["rows"]])
            case "items":
                found.tables.append(block["rows"])
            case "text" | "heading" | "center" | "right":
                found.texts.append(block["text"])
    return found


def rows_of_page(page: str) -> Expected:
    """The rows of the tables of a laid out page."""
    return Expected(tables=[_rows(body) for body in _BODY.findall(page)])


def _rows(body: str) -> list[list[str]]:
    return [[markup.unescape(_TAG.sub("", row))] for row in _ROW.findall(body)]


def check(content: bytes, wanted: Expected, snapshot: Snapshot, repeated_texts: list[str]) -> None:
    """Raises Unfaithful. `repeated_texts`: the texts of every page besides its content: footer and watermark."""
    pages = _pages(content, [text for text in map(_squeezed, repeated_texts) if text])
    _refuse_lone_signatures(pages, snapshot)
    _compare_rows(pages, wanted)
    text = "".join(pages)
    for sentence in wanted.texts:
        for line in map(_squeezed, sentence.splitlines()):
            if _span(line, text, 0)[0] < 0:
                raise Unfaithful(f"not printed: {line[:80]!r}")


def _pages(content: bytes, repeated_texts: list[str]) -> list[str]:
    """The text of each page as read by another PDF library, without spaces, footer and watermark.

    Raises Unfaithful for a blank page.
    """
    found = []
    with closing(pdfium.PdfDocument(content)) as document:
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as layer:
                text = _squeezed(layer.get_text_range().translate(_HYPHENS))
                for part in repeated_texts:
                    text = text.replace(part, "")
                text = _PAGE_NUMBER.sub("", text)
                # A page of photos has no text; otherwise the only image alone on a page is the QR in the footer.
                if not text and not any(_is_large(picture) for picture in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])):
                    raise Unfaithful(f"page {number + 1} of {len(document)} is blank")
                found.append(text)
    return found


def _is_large(picture: pdfium.PdfObject) -> bool:
    left, bottom, right, top = picture.get_bounds()
    return right - left > SMALL_PICTURE and top - bottom > SMALL_PICTURE


def _squeezed(text: str) -> str:
    return _SPACE.sub("", letters.printable(text)).replace("\N{NO-BREAK SPACE}", "")


def _compare_rows(pages: list[str], wanted: Expected) -> None:
    text, turns, at = "".join(pages), [], 0
    for page in pages:
        at += len(page)
        turns.append(at)
    place = 0
    for table in wanted.tables:
        rows = [_squeezed("".join(cells)) for cells in table]
        # Lines to fill in, at the end of a table: a mere number cannot be distinguished from other text.
        while rows and (not rows[-1] or rows[-1].isdecimal()):
            rows.pop()
        place = _table_end(text, turns, rows, place)


def _table_end(text: str, turns: list[int], rows: list[str], place: int) -> int:
    """The end of a table that begins at or after `place`. Raises Unfaithful when it is not complete."""
    for number, row in enumerate(rows):
        after = rows[number + 1] if number + 1 < len(rows) else ""
        begin, found = place, False
        while True:
            begin, end = _span(row, text, begin)
            if begin < 0 and found:
                raise Unfaithful(f"row {number + 2} of {len(rows)} does not follow row {number + 1}: {after[:80]!r}")
            if begin < 0:
                raise Unfaithful(f"row {number + 1} of {len(rows)} is missing: {row[:80]!r}")
            found = True
            # A short row may also be part of an earlier sentence: the right one is followed by the next row.
            if _follows(after, text, turns, end):
                break
            begin += 1
        if number and begin > place and not _turns(turns, place, begin):
            raise Unfaithful(f"between rows {number} and {number + 1}: {text[place:begin][:80]!r}")
        place = end
    return place


def _follows(row: str, text: str, turns: list[int], place: int) -> bool:
    begin, _ = _span(row, text, place)
    return begin == place or (begin > place and _turns(turns, place, begin))


def _turns(turns: list[int], begin: int, end: int) -> bool:
    """Whether there is a page break between the two places."""
    at = bisect_left(turns, begin)
    return at < len(turns) and turns[at] <= end


def _span(row: str, text: str, place: int) -> tuple[int, int]:
    """Start and end of the row at or after that place; -1 when it is missing."""
    at = text.find(row, place)
    if at >= 0 or len(row) <= LONG_ROW:
        return at, at + len(row)
    begin = text.find(row[:ENDS], place)
    end = text.find(row[-ENDS:], begin) if begin >= 0 else -1
    return (begin, end + ENDS) if end >= 0 else (-1, -1)


def _refuse_lone_signatures(pages: list[str], snapshot: Snapshot) -> None:
    blocks = list(signature_blocks(snapshot))
    parts = {_squeezed(text) for block in blocks for text in fonts.texts_of(block)}
    longest_first = sorted(filter(None, parts), key=len, reverse=True)
    titles = {_squeezed(block["title"]) for block in blocks} - {""}
    for number, page in enumerate(pages, 1):
        if not any(title in page for title in titles):
            continue
        rest = page
        for part in longest_first:
            rest = rest.replace(part, "")
        if not any(sign.isalnum() for sign in rest.replace("NIP", "")):
            raise Unfaithful(f"page {number} of {len(pages)} holds signatures and nothing else")


def signature_blocks(value: object) -> Iterator[SignatureBlock]:
    """The blocks of frame.block in a snapshot, at any depth."""
    if isinstance(value, dict):
        if "nip_line" in value:
            yield cast(SignatureBlock, value)
        else:
            for part in value.values():
                yield from signature_blocks(part)
    elif isinstance(value, list):
        for part in value:
            yield from signature_blocks(part)
