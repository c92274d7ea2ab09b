"""HTML to PDF: pages in, bytes out, nothing read but what the project bundles.

The same HTML gives the same bytes in every process: no "now" is printed, and the dates inside the file come
from the page itself (`<meta name="dcterms.created">`). A process keeps one font configuration and one parsed
style sheet, for a new one per document never gives its memory back.
"""

import atexit
import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders

from documents.layout import sheet_codes
from documents.layout.fitting import Section
from documents.layout.sheet_codes import SheetCodes
from records.letters import FONTS

if TYPE_CHECKING:
    import pydyf
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

logger = logging.getLogger(__name__)

STYLE_SHEET = "reports/paper.css"
# The only addresses a page may name, written `bundled:regular` in the style sheet.
BUNDLED = {
    "bundled:regular": (FONTS[0], "font/ttf"),
    "bundled:bold": (FONTS[1], "font/ttf"),
}
# Pictures stand in the page; an SVG could name further files, so only these two.
PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
ARCHIVAL = "pdf/a-3a"
SYSTEM_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


# Where a Kode lembar stands, in mm from the lower left corner: before the page number, on a wide page behind it, where
# a printer still prints and nothing touches it.
UPRIGHT_PLACE, WIDE_PLACE = (12.0, 5.0), (43.0, 3.5)
POINTS = 72 / 25.4

LayOut = Callable[["_Press", str, bool, str | None, SheetCodes | None], "Pdf"]


class PdfUnavailable(Exception):
    """This machine cannot make PDFs; the message is for the person who asked."""


class PdfRefused(Exception):
    """The page could not be made into a PDF; the message is for us."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


def make(html: str, *, tagged: bool = True, archival: bool = False, codes: SheetCodes | None = None) -> Pdf:
    """Lays out one document. `tagged` writes the structure tree that screen readers need (costs 1.4 x).

    `archival`: PDF/A-3a, tagged always; for what is issued. `codes`: a Kode lembar at the foot of each page.

    Raises PdfUnavailable without the system libraries, PdfRefused when a bundled file is missing.
    """
    press = _press()
    try:
        with garbage_held():
            return _lay_out(press, html, tagged or archival, ARCHIVAL if archival else None, codes)
    except press.fatal as error:  # a BaseException: it would end the worker, not the document
        raise PdfRefused(str(error)) from error


def _with_room(function: LayOut) -> LayOut:
    """The same function with one large piece of frame memory for all that it calls.

    Python keeps frames in pieces of 16 kB and gives a piece back as soon as it is empty. The renderer calls
    deep and returns often; where its depth lies at the edge of a piece, each call takes a piece and each
    return gives it back. A caller that asks for a large stack moves the edge out of reach. Measured with
    Python 3.11: 0.74 of the time at 200 rows, 0.80 at 1,000. A trick: drop it when it no longer pays.
    """
    return FunctionType(
        function.__code__.replace(co_stacksize=40_000),  # slots of 8 bytes
        function.__globals__,
        function.__name__,
    )


@_with_room
def _lay_out(press: "_Press", html: str, tagged: bool, variant: str | None, codes: SheetCodes | None) -> Pdf:
    options = {"pdf_tags": tagged, "pdf_variant": variant}
    document = press.read(html).render(font_config=press.fonts, stylesheets=[press.style], **options)
    finisher = partial(_draw_codes, codes) if codes else None
    content = document.write_pdf(pdf_identifier=True, finisher=finisher, **options)
    return Pdf(content, len(document.pages))


MM = 25.4 / 96  # of a CSS pixel


def measure(html: str) -> list[Section]:
    """The sections of a page as they would be laid out (documents.layout.fitting). Nothing is written."""
    press = _press()
    with garbage_held():
        document = press.read(html).render(font_config=press.fonts, stylesheets=[press.style])
    found: dict[int, Section] = {}
    for page in document.pages:
        box = page._page_box  # the only way to ask where something came to lie
        bottom = box.content_box_y() + box.height
        for part in box.descendants():
            if part.element_tag == "section":
                before = found.get(id(part.element))
                left = (bottom - part.position_y - part.margin_height()) * MM
                found[id(part.element)] = Section(before.pages + 1 if before else 1, left, _row_height(part) * MM)
    return list(found.values())


def _row_height(section: Any) -> float:  # type: ignore[explicit-any]
    """From the first row of the table for the pen to the second, borders included; 0 with fewer rows."""
    tables = (part for part in section.descendants() if "tall" in _classes(part))
    bodies = (part for table in tables for part in table.descendants() if part.element_tag == "tbody")
    rows = [part.position_y for body in bodies for part in body.descendants() if part.element_tag == "tr"]
    return rows[1] - rows[0] if len(rows) > 1 else 0.0


def _classes(box: Any) -> list[str]:  # type: ignore[explicit-any]
    element = box.element if box.element_tag == "table" else None
    return str(element.get("class", "")).split() if element is not None else []


def _draw_codes(codes: SheetCodes, document: "weasyprint.Document", file: "pydyf.PDF") -> None:
    """Draws the code of each page below its content, before the file is written: only now is its number known."""
    import pydyf  # late: system library

    pages = [one for one in file.objects if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/Page"]
    for number, (laid_out, page) in enumerate(zip(document.pages, pages, strict=True), 1):
        text = codes.of_page(list(laid_out.anchors), number)
        if not text:
            continue
        place = WIDE_PLACE if laid_out.width > laid_out.height else UPRIGHT_PLACE
        left, bottom = (millimetres * POINTS for millimetres in place)
        side = sheet_codes.SIDE * POINTS
        bars = [
            f"{left + x * side:.3f} {bottom + y * side:.3f} {width * side:.3f} {height * side:.3f} re"
            for x, y, width, height in sheet_codes.runs(text)
        ]
        drawn = pydyf.Stream([b"/Artifact BMC q 0 g", *(bar.encode() for bar in bars), b"f Q EMC"], compress=True)
        file.add_object(drawn)
        page["Contents"] = pydyf.Array([drawn.reference, page["Contents"]])


@contextmanager
def garbage_held() -> Iterator[None]:
    """Holds the collector off while one document is made: it would walk a growing tree again and again.

    Measured: 0.8 of the time at 200 rows, 0.64 at 2,000. Whoever stored the file collects (`gc.collect()`).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def preload() -> None:
    """Imports the renderer without making anything: for the parent process, before it forks."""
    try:
        _weasyprint()
    except PdfUnavailable as error:
        logger.error("%s", error)
        return
    gc.collect()
    gc.freeze()


def warm() -> None:
    """Makes one small document, so that the first person waits no longer than the second.

    Called in each worker process after its start: fonts unpacked before a fork would be removed by the
    first child that ends.
    """
    try:
        make("<!doctype html><html lang=id><title>-</title><table><tr><th>Aa<td><b>1</b></table></html>")
    except PdfUnavailable as error:
        logger.error("%s", error)
        return
    gc.collect()
    gc.freeze()


def forget() -> None:
    """Drops what `warm` keeps, with its temporary files."""
    _press.cache_clear()
    gc.collect()


def _weasyprint() -> ModuleType:
    try:
        import weasyprint  # late: system library
    except OSError as error:
        # The Python package is there; it is Pango or one of its neighbours that the system lacks.
        raise PdfUnavailable(
            "PDF belum dapat dibuat di mesin ini: pasang pustaka sistem yang kurang dengan "
            f"“apt-get install {SYSTEM_LIBRARIES}”, lalu mulai ulang portal dan coba lagi."
        ) from error
    return weasyprint


@dataclass(frozen=True)
class _Press:
    """What one process keeps: fonts, parsed style sheet, and the fetcher that refuses the world."""

    html: "type[weasyprint.HTML]"
    fonts: "FontConfiguration"
    style: "weasyprint.CSS"
    fetcher: "URLFetcher"
    fatal: type[BaseException]

    def read(self, html: str) -> "weasyprint.HTML":
        return self.html(string=html, url_fetcher=self.fetcher, base_url="bundled:page")


@cache
def _press() -> _Press:
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # late: system library
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # late: system library

    class BundledFetcher(URLFetcher):
        """Hands out bundled files and pictures that stand in the page itself; every other address is refused.

        A refused picture is left out and logged, the document is made without it. A bundled file that is
        missing ends the document: it would otherwise come out in some other font.
        """

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url in BUNDLED:
                name, kind = BUNDLED[url]
                try:
                    content = bundled_file(name).read_bytes()
                except OSError as error:
                    raise FatalURLFetchingError(f"bundled file missing: {name}") from error
                return URLFetcherResponse(url, content, {"Content-Type": kind})
            if url.startswith(PICTURES):
                return super().fetch(url, headers)
            logger.warning("PDF: address refused: %.80s", url)
            raise ValueError("only bundled files and data:image are read")

    fetcher = BundledFetcher(allowed_protocols=("data",), allow_redirects=False)
    fonts = FontConfiguration()
    try:
        style = weasyprint.CSS(
            string=bundled_file(STYLE_SHEET).read_text("utf-8"),
            font_config=fonts,
            url_fetcher=fetcher,
            base_url="bundled:sheet",
        )
    except FatalURLFetchingError as error:
        raise PdfRefused(str(error)) from error
    atexit.register(forget)  # the interpreter's end comes too late to remove the fonts' folder
    return _Press(weasyprint.HTML, fonts, style, fetcher, FatalURLFetchingError)


def bundled_file(name: str) -> Path:
    """A file of the project's own static folder. Raises FileNotFoundError, so a start without it fails."""
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(found)
