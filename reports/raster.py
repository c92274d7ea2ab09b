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


def cropped(image: Image.Image) -> Image.Image:
    """Without the white below what is printed."""
    white = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, white).getbbox()
    return image.crop((0, 0, image.width, min(image.height, box[3] + MARGIN))) if box else image


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
