"""Berkas cetak: all papers of a bundle one after the other, to be sent to the printer in one go.

Joining drops the structure, the language and the claim to conformance of the papers, so what is joined is never
issued nor filed; its first page says so.
"""

import hashlib
import io
import logging
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from reports import shelf
from reports.bundles import contents
from reports.bundles.archive import Line
from reports.models import ReportBundle

logger = logging.getLogger(__name__)

# What an office printer takes in one job, and what a worker holds in memory while it joins (our assumption): the
# joined pages stand there about three times.
MAX_PAGES = 1_500
MAX_BYTES = 60 * 2**20


@dataclass(frozen=True)
class Joined:
    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def joined(bundle: ReportBundle, lines: list[Line]) -> Joined | None:
    """The print file; None where the bundle has none: too large, nothing to print, or not to be joined."""
    printed = [line for line in lines if line.name.endswith(".pdf") and line.pages]
    if not bundle.is_printed or not printed or not _fits(printed):
        return None
    try:
        return _join(bundle, printed)
    except PyPdfError:
        logger.exception("papers of bundle %s cannot be joined; it is delivered without a print file", bundle.pk)
        return None


def _fits(lines: list[Line]) -> bool:
    return sum(line.pages or 0 for line in lines) <= MAX_PAGES and sum(line.bytes or 0 for line in lines) <= MAX_BYTES


def _join(bundle: ReportBundle, lines: list[Line]) -> Joined | None:
    writer = PdfWriter()
    found: list[tuple[Line, str, int]] = []
    for line in lines:
        path = shelf.sound_path(line.stored, line.sha256)
        if path is None:
            continue  # the contents of the ZIP tell that it is lost
        with path.open("rb") as file:
            reader = PdfReader(file)
            box = reader.pages[0].mediabox
            writer.append(reader, outline_item=f"{line.village} {line.title}".strip(), import_outline=False)
            found.append((line, contents.sheet(float(box.width), float(box.height)), len(reader.pages)))
    if not found:
        return None
    cover = _cover(bundle, found)
    writer.merge(0, PdfReader(io.BytesIO(cover.content)), outline_item=contents.WHAT_IT_IS, import_outline=False)
    writer.add_metadata({"/Title": f"{contents.WHAT_IT_IS}. {bundle}"})
    writer.page_mode = "/UseOutlines"
    out = io.BytesIO()
    writer.write(out)
    pages = len(writer.pages)
    writer.close()
    return Joined(out.getvalue(), pages)


def _cover(bundle: ReportBundle, found: list[tuple[Line, str, int]]):
    """It tells on which page each paper begins, which depends on its own length: laid out until both agree."""
    before = 1
    while True:
        at, rows = before + 1, []
        for number, (line, sheet, pages) in enumerate(found, 1):
            rows.append([str(number), line.village, line.title, sheet, str(pages), str(at)])
            at += pages
        cover = contents.print_cover(bundle, rows)
        if cover.pages == before:
            return cover
        before = cover.pages
