"""Pages and files as text that is equal when they look the same: a line per tag, row of cells, or paragraph."""

import hashlib
import io
import json
import re
import zipfile

from docx import Document as WordFile
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.errors import PdfReadError

BY_CHANCE = [
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), r"\1<token>"),
    (re.compile(r'(nonce=")[^"]*'), r"\1<nonce>"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), "<uuid>"),
    (re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{32}(?![0-9a-zA-Z])"), "<uuid>"),
    (re.compile(r"\b\d+,\d+ detik"), "<some> detik"),  # durations of rendering: no clock of time_machine
]
# White space inside these counts; beside these tags it is not visible.
VERBATIM = re.compile(r"(<(pre|textarea)\b[^>]*>.*?</\2>)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"(<[^>]+>)")
INLINE = frozenset(
    "a abbr b button code em i img input kbd label mark q s select small span strong sub sup time u svg".split()
)


def without_chance(text: str) -> str:
    for pattern, instead in BY_CHANCE:
        text = pattern.sub(instead, text)
    return text


def page_text(html: str) -> str:
    """One tag or text per line; white space counts only where a browser shows it."""
    lines: list[str] = []
    # The parts that VERBATIM finds are followed by the name of their tag.
    parts = VERBATIM.split(without_chance(html))
    for at in range(0, len(parts), 3):
        lines += _tags_and_texts(parts[at])
        if at + 1 < len(parts):
            lines.append(parts[at + 1])
    return "\n".join(lines)


def _tags_and_texts(html: str) -> list[str]:
    pieces = [
        " ".join(piece.split()) if number % 2 else re.sub(r"\s+", " ", piece)
        for number, piece in enumerate(TAG.split(html))
    ]
    for number in range(0, len(pieces), 2):
        if number == 0 or not _is_inline(pieces[number - 1]):
            pieces[number] = pieces[number].lstrip()
        if number == len(pieces) - 1 or not _is_inline(pieces[number + 1]):
            pieces[number] = pieces[number].rstrip()
    return [piece.replace(" >", ">") for piece in pieces if piece]


def _is_inline(tag: str) -> bool:
    return tag.strip("</>").split(" ", 1)[0].lower() in INLINE


def file_text(content_type: str, content: bytes) -> str:
    """The text of a download; for formats without text their hash."""
    kind = content_type.partition(";")[0]
    if kind == "text/html":
        return page_text(content.decode())
    if kind == "application/json" or kind.endswith("+json"):
        return without_chance(json.dumps(json.loads(content), ensure_ascii=False, indent=1))
    if kind.startswith("text/") or (kind.endswith("xml") and not kind.startswith("application/vnd")):
        return without_chance(content.decode("utf-8-sig"))
    try:
        if content[:4] == b"%PDF":
            return pdf_text(content)
        if content[:4] == b"PK\3\4":
            return _packed(content)
    except (PdfReadError, zipfile.BadZipFile):
        pass  # files of the tests that only begin like one
    return f"{len(content)} bytes, {hashlib.sha256(content).hexdigest()}"


def pdf_text(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    lines = [f"title: {reader.metadata.title if reader.metadata else ''}"]
    for number, page in enumerate(reader.pages, 1):
        width, height = (round(float(side)) for side in page.mediabox[2:])
        lines += [f"page {number}: {width} x {height} pt", page.extract_text()]
    return without_chance("\n".join(lines))


def _packed(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            return word_text(content)
        if "xl/workbook.xml" in names:
            return workbook_text(content)
        return "\n".join(f"== {name}\n{_member(name, archive.read(name))}" for name in names)


def _member(name: str, content: bytes) -> str:
    kinds = {"html": "text/html", "csv": "text/csv", "txt": "text/plain", "json": "application/json"}
    return file_text(kinds.get(name.rpartition(".")[2], ""), content)


def word_text(content: bytes) -> str:
    document = WordFile(io.BytesIO(content))
    bodies = [document.element.body]
    for section in document.sections:
        bodies += [part._element for part in (section.header, section.footer)]
    lines = []
    for body in bodies:
        for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            lines.append("".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t")))
    return without_chance("\n".join(lines))


def workbook_text(content: bytes) -> str:
    lines = []
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        lines.append(f"sheet {sheet.title} ({sheet.sheet_state})")
        for row in sheet.iter_rows():
            lines.append(" | ".join(f"{cell.value!r} [{cell.number_format}]" for cell in row if cell.value is not None))
    return without_chance("\n".join(lines))
