"""Uploaded images: read within limits and re-encoded, so that no metadata and no hidden data stay in them.

Memory is bounded: the header gives the size of the decoded image, more than MAX_DECODED is refused before decoding, an
image is reduced in strips before it is copied, and a process reads one image at a time.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from threading import Lock

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageFile, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 5 * 2**20
MAX_PIXELS = 50_000_000  # a photo of 50 megapixels; a larger one is a mistake or an attack
MAX_DECODED = 100 * 2**20  # bytes that the decoder of one image may use
WEBP_BYTES = 8  # of a pixel: its decoder holds two canvases
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)  # of a JPEG: neither data nor a restart
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
SEGMENTS = {START_OF_SCAN, 0xC4, 0xCC, *range(0xDB, 0xDF), *range(0xE0, 0xF0), 0xFE}  # markers allowed between scans
STRIP = 2**20  # pixels of a strip
PATIENCE = 20  # seconds that an upload waits for other images
BUSY = "Banyak gambar sedang diolah. Tunggu sebentar, lalu unggah lagi."
TOO_WIDE = "Gambar ini terlalu luas. Kecilkan dahulu, lalu unggah lagi."
JPEG_QUALITY = 82
UNREADABLE = "Berkas ini bukan gambar PNG, JPEG, atau WEBP yang dapat dibaca. Pilih berkas lain."
HEIC = (
    "Foto HEIC dari iPhone belum dapat dibaca. Ubah ke JPEG, lalu unggah lagi; di iPhone: Pengaturan, Kamera, Format, "
    "Paling Kompatibel."
)
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
EXIF_PART, EXIF_TAKEN = 0x8769, 0x9003  # where a camera writes the moment of the photo
EXIF_ORIENTATION = 0x0112
EXIF_PLACE = 0x8825  # where it writes the place: hemisphere and degrees, minutes, seconds, twice
EXIF_LAT, EXIF_LNG = (1, 2), (3, 4)
DEGREE_STEP = Decimal("0.00001")  # about a metre


@dataclass(frozen=True)
class Shot:
    """Time and place of a photo from its metadata; the clock is that of the phone (our assumption: WIB)."""

    day: date | None = None
    time: clock | None = None
    lat: Decimal | None = None
    lng: Decimal | None = None


EMPTY_SHOT = Shot()
_one_at_a_time = Lock()


@contextmanager
def _turn() -> Iterator[None]:
    """Reads one image at a time in a process, and strictly: the PDF renderer lets Pillow accept truncated files.

    Raises ValidationError when the wait is too long.
    """
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise ValidationError(BUSY)
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        yield
    finally:
        _one_at_a_time.release()


def redrawn_png(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> ContentFile:
    """The image as PNG with its transparency, at most `max_side` pixels wide and high.

    Raises ValidationError for too many bytes or pixels and for a file that is no image.
    """
    with _turn():
        picture, _ = _read(upload, max_side, max_bytes)
        return _written(_anew(picture, picture.mode), "PNG", optimize=True)


def redrawn_jpeg(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> tuple[ContentFile, Shot]:
    """The image as JPEG on white, at most `max_side` pixels wide and high, and its metadata.

    Raises ValidationError as redrawn_png.
    """
    with _turn():
        picture, shot = _read(upload, max_side, max_bytes)
        if picture.mode == "RGBA":
            paper = Image.new("RGBA", picture.size, "white")
            paper.alpha_composite(picture)
            picture = paper
        return _written(_anew(picture, "RGB"), "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True), shot


def _read(upload, max_side: int, max_bytes: int) -> tuple[Image.Image, Shot]:
    """The image as RGB or RGBA, reduced and upright."""
    if upload.size > max_bytes:
        raise ValidationError(f"Gambar ini terlalu besar. Pilih berkas paling besar {max_bytes // 2**20} MB.")
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(TOO_WIDE)
            size = image.size
            if image.format == "PNG":
                _check_sums(upload)
            elif image.format == "JPEG":
                _check_markers(upload)
            image.draft("RGB", _draft_size(image, max_side))  # a large JPEG is not decoded in full
            _check_memory(image, size)
            shot = _shot(image)  # decodes a PNG
            picture = _shrunk(image, max_side)
            picture.getexif()[EXIF_ORIENTATION] = image.getexif().get(EXIF_ORIENTATION, 1)
        picture.thumbnail((max_side, max_side))
        ImageOps.exif_transpose(picture, in_place=True)
    except Image.DecompressionBombError:
        raise ValidationError(TOO_WIDE) from None
    except (OSError, ValueError, SyntaxError):
        upload.seek(0)
        raise ValidationError(HEIC if is_heic(upload.read(12)) else UNREADABLE) from None
    return picture, shot


def is_heic(start: bytes) -> bool:
    """Whether the first 12 bytes are those of a HEIC photo of a newer phone."""
    return start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS


def _check_sums(upload) -> None:
    """Raises OSError or SyntaxError for a damaged PNG, which Pillow would decode partly."""
    place = upload.tell()
    upload.seek(0)
    with Image.open(upload, formats=("PNG",)) as image:
        image.verify()
    upload.seek(place)


def _check_markers(upload) -> None:
    """Raises OSError for a JPEG with invalid markers among its pixels, or without an end.

    The decoder only warns of such damage and fills the rest with grey. Every 0xFF among pixels is followed by 0, by a
    restart, or by the next segment (ITU-T T.81, B.1.1); data after the end of the image is ignored.
    """
    place = upload.tell()
    upload.seek(0)
    content = upload.read()
    upload.seek(place)
    at, in_pixels = 2, False
    while found := _MARKER.search(content, at):
        kind = found[1][0]
        if kind == END_OF_IMAGE:
            return
        if in_pixels and kind not in SEGMENTS:
            break
        at = found.end() + int.from_bytes(content[found.end() : found.end() + 2], "big")
        in_pixels = in_pixels or kind == START_OF_SCAN
    raise OSError("damaged JPEG")


def _draft_size(image, max_side: int) -> tuple[int, int]:
    """Twice the wanted size, with the proportions of the image."""
    longer_side = max(image.size)
    return (max(1, image.width * 2 * max_side // longer_side), max(1, image.height * 2 * max_side // longer_side))


def _check_memory(image, size: tuple[int, int]) -> None:
    """Raises ValidationError before an image is decoded that needs more than MAX_DECODED bytes."""
    if image.width * image.height * _pixel_bytes(image) + _coefficients(image) > MAX_DECODED:
        raise ValidationError(
            f"Gambar {image.format} ini berukuran {size[0]} × {size[1]} piksel, terlalu luas untuk diolah. "
            "Kecilkan dahulu atau simpan sebagai JPEG biasa, lalu unggah lagi."
        )


def _pixel_bytes(image) -> int:
    if image.format == "WEBP":
        return WEBP_BYTES
    return {"1": 1, "L": 1, "P": 1, "I;16": 2}.get(image.mode, 4)


def _coefficients(image) -> int:
    """Bytes that a progressive JPEG needs beside its pixels: all of it is read before the first pixel."""
    if not image.info.get("progressive"):
        return 0
    sampled = [across * down for _, across, down, _ in image.layer]
    width, height = image.tile[0].extents[2:] if image.tile else image.size
    return 2 * width * height * sum(sampled) // max(sampled)


def _shrunk(image, max_side: int) -> Image.Image:
    """The image converted and reduced strip by strip, still at least `max_side` pixels long if it was."""
    image.load()
    mode = "RGBA" if image.has_transparency_data else "RGB"
    factor = max(1, max(image.size) // max_side)
    small = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    rows = max(1, STRIP // image.width // factor) * factor
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(image.height, top + rows)))
        small.paste(_plain(strip, mode).reduce(factor), (0, top // factor))
    return small


def _plain(strip, mode: str) -> Image.Image:
    if strip.mode.startswith("I"):  # grey with 16 bits
        strip = strip.point(lambda value: value / 256).convert("L")
    return strip.convert(mode)


def _shot(image) -> Shot:
    """The metadata of the camera; empty where it is invalid."""
    try:
        exif = image.getexif()
        moment = _moment(exif.get_ifd(EXIF_PART).get(EXIF_TAKEN, ""))
        place = exif.get_ifd(EXIF_PLACE)
    except (OSError, ValueError, TypeError, KeyError, SyntaxError):
        return EMPTY_SHOT
    lat, lng = _point(place)
    return Shot(moment.date() if moment else None, moment.time() if moment else None, lat, lng)


def _moment(text) -> datetime | None:
    """The moment; None for a clock that was never set, or that is in the future."""
    try:
        moment = datetime.strptime(str(text)[:19], "%Y:%m:%d %H:%M:%S")
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
    """The image copied to a new canvas, without chunks and profiles of the upload."""
    canvas = Image.new(mode, picture.size)
    canvas.paste(picture.convert(mode))
    return canvas


def _written(picture, kind: str, **options) -> ContentFile:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return ContentFile(written.getvalue())
