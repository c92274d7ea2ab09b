"""Pictures that people upload: read with care and drawn anew, so that neither metadata nor tricks stay in them."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 5 * 2**20
MAX_PIXELS = 50_000_000  # a photo of 50 megapixels; more is a mistake or a bomb
JPEG_QUALITY = 82
UNREADABLE = "Berkas ini bukan gambar PNG, JPEG, atau WEBP yang dapat dibaca. Pilih berkas lain."
EXIF_PART, EXIF_TAKEN = 0x8769, 0x9003  # where a camera writes the moment of the photo
EXIF_PLACE = 0x8825  # where it writes the place: hemisphere and degrees, minutes, seconds, twice
EXIF_LAT, EXIF_LNG = (1, 2), (3, 4)
DEGREE_STEP = Decimal("0.00001")  # about a metre


@dataclass(frozen=True)
class Shot:
    """When and where a photo was taken, as its camera told; the clock is that of the phone (our assumption: WIB)."""

    day: date | None = None
    time: clock | None = None
    lat: Decimal | None = None
    lng: Decimal | None = None


NOTHING_TOLD = Shot()


def redrawn_png(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> ContentFile:
    """The picture as PNG with its transparency, at most `max_side` pixels wide and high.

    Raises ValidationError, in words for people, for too many bytes or pixels and for what is no picture.
    """
    picture, _ = _read(upload, max_side, max_bytes)
    picture = _anew(picture, "RGBA" if picture.has_transparency_data else "RGB")
    return _written(picture, "PNG", optimize=True)


def redrawn_jpeg(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> tuple[ContentFile, Shot]:
    """The picture as JPEG on white, at most `max_side` pixels wide and high, and what its camera told.

    Raises ValidationError as redrawn_png.
    """
    picture, shot = _read(upload, max_side, max_bytes)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper
    return _written(_anew(picture, "RGB"), "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True), shot


def _read(upload, max_side: int, max_bytes: int) -> tuple[Image.Image, Shot]:
    if upload.size > max_bytes:
        raise ValidationError(f"Gambar ini terlalu besar. Pilih berkas paling besar {max_bytes // 2**20} MB.")
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError("Gambar ini terlalu luas. Kecilkan dahulu, lalu unggah lagi.")
            shot = _shot(image)
            image.draft("RGB", (2 * max_side, 2 * max_side))  # a large JPEG is not unpacked in full
            picture = ImageOps.exif_transpose(image)
            if picture.mode not in ("RGB", "RGBA"):
                picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
            picture.thumbnail((max_side, max_side))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(UNREADABLE) from None
    return picture, shot


def _shot(image) -> Shot:
    """What the camera wrote; nothing where it wrote nonsense."""
    try:
        exif = image.getexif()
        moment = _moment(exif.get_ifd(EXIF_PART).get(EXIF_TAKEN, ""))
        place = exif.get_ifd(EXIF_PLACE)
    except (OSError, ValueError, TypeError, KeyError, SyntaxError):
        return NOTHING_TOLD
    lat, lng = _point(place)
    return Shot(moment.date() if moment else None, moment.time() if moment else None, lat, lng)


def _moment(told) -> datetime | None:
    """None for a clock that was never set, or that tells a day that has not come."""
    try:
        moment = datetime.strptime(str(told)[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    return moment if moment.year >= 2000 and moment.date() <= date.today() else None


def _point(place) -> tuple[Decimal | None, Decimal | None]:
    lat = _degrees(place, *EXIF_LAT, below="S", most=90)
    lng = _degrees(place, *EXIF_LNG, below="W", most=180)
    return (None, None) if lat is None or lng is None or lat == lng == 0 else (lat, lng)


def _degrees(place, hemisphere: int, parts: int, *, below: str, most: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (Decimal(str(float(part))) for part in place.get(parts, ()))
        value = degrees + minutes / 60 + seconds / 3600
        if not 0 <= value <= most:
            return None
    except (TypeError, ValueError, ArithmeticError):
        return None
    sign = -1 if str(place.get(hemisphere, "")).upper().startswith(below) else 1
    return (sign * value).quantize(DEGREE_STEP)


def _anew(picture, mode: str) -> Image.Image:
    """Drawn on a fresh canvas: chunks and profiles of the upload are left behind."""
    canvas = Image.new(mode, picture.size)
    canvas.paste(picture.convert(mode))
    return canvas


def _written(picture, kind: str, **options) -> ContentFile:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return ContentFile(written.getvalue())
