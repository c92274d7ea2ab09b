"""HTML to PDF: reads nothing but the page and bundled files.

The same HTML gives the same bytes in every process: the current time is not printed, and the dates inside the file come
from the page itself (`<meta name="dcterms.created">`). A process keeps one font configuration and one parsed style
sheet, because the memory of a new one for each document is never freed.
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
# The only URLs that a page may use, written `bundled:regular` in the style sheet.
BUNDLED = {
    "bundled:regular": (FONTS[0], "font/ttf"),
    "bundled:bold": (FONTS[1], "font/ttf"),
}
# Images are embedded in the page; only these two types, because an SVG could refer to further files.
PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
ARCHIVAL = "pdf/a-3a"
SYSTEM_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


# Place of a Kode lembar, in mm from the lower left corner: before the page number, on a landscape page after it, inside
# the printable area and apart from other content.
UPRIGHT_PLACE, WIDE_PLACE = (12.0, 5.0), (43.0, 3.5)
POINTS = 72 / 25.4

LayOut = Callable[["_Press", str, bool, str | None, SheetCodes | None], "Pdf"]


class PdfUnavailable(Exception):
    """This machine cannot make PDFs; the message is for the user."""


class PdfRefused(Exception):
    """The page could not be made into a PDF; the message is for the log."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


def make(html: str, *, tagged: bool = True, archival: bool = False, codes: SheetCodes | None = None) -> Pdf:
    """Lays out one document. `tagged` writes the structure tree for screen readers (takes 1.4 times as long).

    `archival`: PDF/A-3a, always tagged; for issued documents. `codes`: a Kode lembar in the footer of each page.

    Raises PdfUnavailable without the system libraries, PdfRefused when a bundled file is missing.
    """
    press = _press()
    try:
        with garbage_held():
            return _lay_out(press, html, tagged or archival, ARCHIVAL if archival else None, codes)
    except press.fatal as error:  # a BaseException: it would end the worker, not the document
        raise PdfRefused(str(error)) from error


def _with_room(function: LayOut) -> LayOut:
    """The same function with one large chunk of frame memory for all of its calls.

    Python allocates frames in chunks of 16 kB and frees a chunk as soon as it is empty. The renderer has deep call
    stacks and returns often; where its depth is at the edge of a chunk, each call allocates a chunk and each return
    frees it. A caller with a large stack moves the edge out of reach. Measured with Python 3.11: 0.74 of the time at
    200 rows, 0.80 at 1,000. A workaround: remove it when it no longer pays.
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
    """The sections of the laid out page (documents.layout.fitting). No file is written."""
    press = _press()
    with garbage_held():
        document = press.read(html).render(font_config=press.fonts, stylesheets=[press.style])
    found: dict[int, Section] = {}
    for page in document.pages:
        box = page._page_box  # the only way to get the position of an element
        bottom = box.content_box_y() + box.height
        for part in box.descendants():
            if part.element_tag == "section":
                before = found.get(id(part.element))
                left = (bottom - part.position_y - part.margin_height()) * MM
                found[id(part.element)] = Section(before.pages + 1 if before else 1, left, _row_height(part) * MM)
    return list(found.values())


def _row_height(section: Any) -> float:  # type: ignore[explicit-any]
    """The distance from the first row of the table for the pen to the second, borders included; 0 with fewer rows."""
    tables = (part for part in section.descendants() if "tall" in _classes(part))
    bodies = (part for table in tables for part in table.descendants() if part.element_tag == "tbody")
    rows = [part.position_y for body in bodies for part in body.descendants() if part.element_tag == "tr"]
    return rows[1] - rows[0] if len(rows) > 1 else 0.0


def _classes(box: Any) -> list[str]:  # type: ignore[explicit-any]
    element = box.element if box.element_tag == "table" else None
    return str(element.get("class", "")).split() if element is not None else []


def _draw_codes(codes: SheetCodes, document: "weasyprint.Document", file: "pydyf.PDF") -> None:
    """Draws the code of each page below its content, before the file is written: the page number is known only now."""
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
    """Disables the garbage collector while one document is made: it would traverse a growing tree repeatedly.

    Measured: 0.8 of the time at 200 rows, 0.64 at 2,000. The code that has stored the file collects (`gc.collect()`).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def preload() -> None:
    """Imports the renderer without rendering: for the parent process, before it forks."""
    try:
        _weasyprint()
    except PdfUnavailable as error:
        logger.error("%s", error)
        return
    gc.collect()
    gc.freeze()


def warm() -> None:
    """Makes one small document, so that the first user waits no longer than the second.

    Called in each worker process after its start: fonts unpacked before a fork would be removed by the first child that
    exits.
    """
    try:
        make("<!doctype html><html lang=id><title>-</title><table><tr><th>Aa<td><b>1</b></table></html>")
    except PdfUnavailable as error:
        logger.error("%s", error)
        return
    gc.collect()
    gc.freeze()


def forget() -> None:
    """Drops the state of `warm`, with its temporary files."""
    _press.cache_clear()
    gc.collect()


def _weasyprint() -> ModuleType:
    try:
        import weasyprint  # late: system library
    except OSError as error:
        # The Python package is installed; Pango or one of its dependencies is missing on the system.
        raise PdfUnavailable(
            "PDF belum dapat dibuat di mesin ini: pasang pustaka sistem yang kurang dengan "
            f"“apt-get install {SYSTEM_LIBRARIES}”, lalu mulai ulang portal dan coba lagi."
        ) from error
    return weasyprint


@dataclass(frozen=True)
class _Press:
    """State of one process: fonts, parsed style sheet, and the fetcher that refuses external URLs."""

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
        """Returns bundled files and images embedded in the page; refuses every other URL.

        A refused image is left out and logged, and the document is made without it. A missing bundled file raises,
        because the document would otherwise have some other font.
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
    atexit.register(forget)  # at the end of the interpreter it is too late to remove the fonts' folder
    return _Press(weasyprint.HTML, fonts, style, fetcher, FatalURLFetchingError)


def bundled_file(name: str) -> Path:
    """A file of the project's own static folder. Raises FileNotFoundError, so the start fails without it."""
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(found)
