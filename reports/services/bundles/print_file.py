"""Berkas cetak: all documents of a bundle merged into one file for the printer.

Merging loses the structure, the language and the conformance claim of the documents, so a merged file is never issued
or filed; its first page says so.
"""

import hashlib
import io
import logging
from dataclasses import dataclass
from typing import IO

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import PdfDocument

from documents.rendering.pdf import Pdf
from records.pictures import FORMATS
from reports.models import ReportBundle
from reports.services.bundles import archive, contents
from reports.services.bundles.archive import Line

logger = logging.getLogger(__name__)

# The limit of one job of an office printer (our assumption). 1,500 pages of plans take 0.3 s and 60 MB of a worker;
# pypdf needed 17 s and 670 MB for 900 of them.
JOINED = (".pdf", ".jpg", ".jpeg", ".png")
A4 = (595, 842)  # points
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
    """The print file, or None: too large, nothing to print, or not mergeable."""
    printed = [line for line in lines if line.name.endswith(JOINED) and line.pages and not line.alone]
    if not bundle.is_printed or not printed or not _fits(printed):
        return None
    try:
        return _join(bundle, printed)
    except pypdfium2.PdfiumError:
        logger.exception("documents of bundle %s cannot be joined; it is delivered without a print file", bundle.pk)
        return None


def _fits(lines: list[Line]) -> bool:
    return sum(line.pages or 0 for line in lines) <= MAX_PAGES and sum(line.bytes or 0 for line in lines) <= MAX_BYTES


def _join(bundle: ReportBundle, lines: list[Line]) -> Joined | None:
    found: list[tuple[Line, str, int]] = []
    with PdfDocument.new() as whole:
        for line in lines:
            file = archive.opened(line)
            if file is None:
                continue  # the contents of the ZIP list it as missing
            with file, PdfDocument(file if line.name.endswith(".pdf") else _page_of(file)) as document:
                whole.import_pages(document)
                found.append((line, contents.sheet(*document.get_page_size(0)), len(document)))
        if not found:
            return None
        with PdfDocument(_cover(bundle, found).content) as cover:
            whole.import_pages(cover, index=0)
        out = io.BytesIO()
        whole.save(out)
        return Joined(out.getvalue(), len(whole))


def _page_of(file: IO[bytes]) -> bytes:
    """An image of a scan as a page of A4."""
    out = io.BytesIO()
    with Image.open(file, formats=FORMATS) as picture:
        upright = ImageOps.contain(picture.convert("RGB"), (A4[0] * 2, A4[1] * 2))
        upright.save(out, "PDF", resolution=144)
    return out.getvalue()


def _cover(bundle: ReportBundle, found: list[tuple[Line, str, int]]) -> Pdf:
    """It lists the first page of each document, which depends on its own length: laid out until both agree."""
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
