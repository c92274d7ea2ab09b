"""Pages of a PDF as pictures, for screens and messages. Nothing is laid out a second time."""

import io
from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from PIL import Image, ImageChops

from reports import pdf

PATIENCE = 10  # seconds that a person waits for the drawings of others
MARGIN = 24  # pixels of white around what is printed
SHEET = 1240  # pixels of a whole A4 page; about 1,100 are left without its margins
_press = Lock()  # the PDF library and the renderer serve one thread at a time


def page_image(content: bytes, page: int = 0, *, width: int) -> Image.Image:
    """One page, `width` pixels wide."""
    import pypdfium2  # not needed by any other page

    document = pypdfium2.PdfDocument(content)
    try:
        sheet = document[page]
        return sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
    finally:
        document.close()


def cropped(image: Image.Image, *, sides: bool = False) -> Image.Image:
    """Without the white below what is printed, and with `sides` without that around it."""
    white = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, white).getbbox()
    if not box:
        return image
    left, top, right, bottom = box
    lower = min(image.height, bottom + MARGIN)
    if not sides:
        return image.crop((0, 0, image.width, lower))
    return image.crop((max(0, left - MARGIN), max(0, top - MARGIN), min(image.width, right + MARGIN), lower))


def sheet_png(content: bytes) -> bytes:
    """The first page of a finished PDF for a message: as wide as a phone shows it, without the white around.

    Raises ValidationError when too many wait for theirs.
    """
    if not _press.acquire(timeout=PATIENCE):
        raise ValidationError("Banyak gambar sedang dibuat. Coba lagi sebentar.")
    try:
        return png(cropped(page_image(content, width=SHEET), sides=True))
    finally:
        _press.release()


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    few = image.quantize(255, dither=Image.Dither.NONE)  # 64 would lose a colour that is rare: one red sign on a map
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def drawing_png(context: dict[str, Any], *, width: int = 1080) -> bytes:
    """A drawing with title and caption (reports/documents/drawing.html) as one picture.

    Raises ValidationError when too many wait for theirs, PdfUnavailable without the system libraries.
    """
    html = render_to_string("reports/documents/drawing.html", context)
    if not _press.acquire(timeout=PATIENCE):
        raise ValidationError("Banyak gambar sedang dibuat. Coba lagi sebentar.")
    try:
        return png(cropped(page_image(pdf.make(html, tagged=False).content, width=width)))
    finally:
        _press.release()
