"""Pictures that people upload: read with care and drawn anew, so that neither metadata nor tricks stay in them."""

import io
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 5 * 2**20
MAX_PIXELS = 50_000_000  # a photo of 50 megapixels; more is a mistake or a bomb
JPEG_QUALITY = 82
UNREADABLE = "Berkas ini bukan gambar PNG, JPEG, atau WEBP yang dapat dibaca. Pilih berkas lain."
EXIF_PART, EXIF_TAKEN = 0x8769, 0x9003  # where a camera writes the moment of the photo


def redrawn_png(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> ContentFile:
    """The picture as PNG with its transparency, at most `max_side` pixels wide and high.

    Raises ValidationError, in words for people, for too many bytes or pixels and for what is no picture.
    """
    picture, _ = _read(upload, max_side, max_bytes)
    picture = _anew(picture, "RGBA" if picture.has_transparency_data else "RGB")
    return _written(picture, "PNG", optimize=True)


def redrawn_jpeg(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> tuple[ContentFile, date | None]:
    """The picture as JPEG on white, at most `max_side` pixels wide and high, and the day its camera told.

    Raises ValidationError as redrawn_png.
    """
    picture, taken_on = _read(upload, max_side, max_bytes)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper
    return _written(_anew(picture, "RGB"), "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True), taken_on


def _read(upload, max_side: int, max_bytes: int) -> tuple[Image.Image, date | None]:
    if upload.size > max_bytes:
        raise ValidationError(f"Gambar ini terlalu besar. Pilih berkas paling besar {max_bytes // 2**20} MB.")
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError("Gambar ini terlalu luas. Kecilkan dahulu, lalu unggah lagi.")
            taken_on = _taken_on(image)
            image.draft("RGB", (2 * max_side, 2 * max_side))  # a large JPEG is not unpacked in full
            picture = ImageOps.exif_transpose(image)
            if picture.mode not in ("RGB", "RGBA"):
                picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
            picture.thumbnail((max_side, max_side))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(UNREADABLE) from None
    return picture, taken_on


def _taken_on(image) -> date | None:
    """What the camera wrote; nothing where it wrote nonsense, or a day that has not come."""
    told = image.getexif().get_ifd(EXIF_PART).get(EXIF_TAKEN, "")
    try:
        day = datetime.strptime(str(told)[:10], "%Y:%m:%d").date()
    except ValueError:
        return None
    return day if day.year >= 2000 and day <= date.today() else None


def _anew(picture, mode: str) -> Image.Image:
    """Drawn on a fresh canvas: chunks and profiles of the upload are left behind."""
    canvas = Image.new(mode, picture.size)
    canvas.paste(picture.convert(mode))
    return canvas


def _written(picture, kind: str, **options) -> ContentFile:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return ContentFile(written.getvalue())
