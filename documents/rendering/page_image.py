"""Images of pages of a PDF, for screens and messages. There is no second layout.

They are rendered in the request, so they must not block others: one at a time in a process and one for each user, who
otherwise gets an error at once; the newest ones are cached by their content.
"""

import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

import pypdfium2
from django.template.loader import render_to_string
from PIL import Image, ImageChops

from documents.rendering import pdf

PATIENCE = 2  # seconds that a user waits for the images of others
KEPT = 24  # finished images, a few hundred kilobytes each
MARGIN = 24  # pixels of white margin around the content
SHEET = 1240  # pixels of a whole A4 page; about 1,100 are left without its margins
_press = Lock()  # the PDF library and the renderer serve one thread at a time
_people = Lock()  # protects the two below
_drawing: set[int] = set()  # users whose image is being rendered
_kept: OrderedDict[str, bytes] = OrderedDict()


class Busy(Exception):
    """Another image is being rendered, for this user or for others."""


def page_image(content: bytes, page: int = 0, *, width: int) -> Image.Image:
    """One page, `width` pixels wide."""
    document = pypdfium2.PdfDocument(content)
    try:
        sheet = document[page]
        return sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
    finally:
        document.close()


def cropped(image: Image.Image, *, sides: bool = False) -> Image.Image:
    """The image without the white below the content, and with `sides` without the white around it."""
    white = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, white).getbbox()
    if not box:
        return image
    left, top, right, bottom = box
    lower = min(image.height, bottom + MARGIN)
    if not sides:
        return image.crop((0, 0, image.width, lower))
    return image.crop((max(0, left - MARGIN), max(0, top - MARGIN), min(image.width, right + MARGIN), lower))


@contextmanager
def _turn(person: int) -> Iterator[None]:
    """Raises Busy at once when this user is waiting for an image already, and soon when others take long."""
    with _people:
        if person in _drawing:
            raise Busy
        _drawing.add(person)
    try:
        if not _press.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            _press.release()
    finally:
        with _people:
            _drawing.discard(person)


def _once(content: bytes, width: int, draw: Callable[[], Image.Image], person: int, admit: Callable[[], None]) -> bytes:
    """The image of this content, rendered or cached; `admit` is called before rendering."""
    key = hashlib.sha256(content).hexdigest() + f"-{width}"
    with _people:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    admit()
    with _turn(person):
        picture = png(draw())
    with _people:
        _kept[key] = picture
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return picture


def _admit_all() -> None:
    """For a caller without a limit."""


def sheet_png(content: bytes, person: int = 0, admit: Callable[[], None] = _admit_all) -> bytes:
    """The first page of a finished PDF as an image for a message: as wide as a phone shows it, without white margins.

    `person`: the key of the user. Raises Busy, and the errors of `admit`.
    """
    return _once(content, SHEET, lambda: cropped(page_image(content, width=SHEET), sides=True), person, admit)


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    few = image.quantize(255, dither=Image.Dither.NONE)  # 64 colours would lose a rare one: one red sign on a map
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def drawing_png(
    context: Mapping[str, object], *, width: int = 1080, person: int = 0, admit: Callable[[], None] = _admit_all
) -> bytes:
    """A chart with title and caption (documents/drawing.html) as one image.

    Raises Busy, the errors of `admit`, and PdfUnavailable without the system libraries.
    """
    html = render_to_string("documents/drawing.html", context)

    def draw() -> Image.Image:
        return cropped(page_image(pdf.make(html, tagged=False).content, width=width))

    return _once(html.encode(), width, draw, person, admit)
