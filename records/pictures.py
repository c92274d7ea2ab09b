"""Pictures that people upload: read with care and drawn anew, so that neither metadata nor tricks stay in them.

Memory is bounded: what decoding takes is known from the header, more than MAX_DECODED is refused before it, a picture
is shrunk in strips before anything is copied, and a process reads one picture at a time.
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
MAX_PIXELS = 50_000_000  # a photo of 50 megapixels; more is a mistake or a bomb
MAX_DECODED = 100 * 2**20  # bytes that the decoder of one picture may take
WEBP_BYTES = 8  # of a pixel: its decoder holds two canvases
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)  # of a JPEG: neither data nor a restart
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
SEGMENTS = {START_OF_SCAN, 0xC4, 0xCC, *range(0xDB, 0xDF), *range(0xE0, 0xF0), 0xFE}  # that may stand between scans
STRIP = 2**20  # pixels of a strip
PATIENCE = 20  # seconds that an upload waits for the pictures of others
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
    """When and where a photo was taken, as its camera told; the clock is that of the phone (our assumption: WIB)."""

    day: date | None = None
    time: clock | None = None
    lat: Decimal | None = None
    lng: Decimal | None = None


EMPTY_SHOT = Shot()
_one_at_a_time = Lock()


@contextmanager
def _turn() -> Iterator[None]:
    """One picture at a time in a process, read strictly: the PDF renderer sets Pillow to accept truncated files.

    Raises ValidationError when too many wait.
    """
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise ValidationError(BUSY)
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        yield
    finally:
        _one_at_a_time.release()


def redrawn_png(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> ContentFile:
    """The picture as PNG with its transparency, at most `max_side` pixels wide and high.

    Raises ValidationError, in words for people, for too many bytes or pixels and for what is no picture.
    """
    with _turn():
        picture, _ = _read(upload, max_side, max_bytes)
        return _written(_anew(picture, picture.mode), "PNG", optimize=True)


def redrawn_jpeg(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> tuple[ContentFile, Shot]:
    """The picture as JPEG on white, at most `max_side` pixels wide and high, and what its camera told.

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
    """The picture as RGB or RGBA, small and upright."""
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
            image.draft("RGB", _draft_size(image, max_side))  # a large JPEG is not unpacked in full
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
    """The photo of a newer telephone, by its first 12 bytes."""
    return start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS


def _check_sums(upload) -> None:
    """Raises OSError or SyntaxError for a damaged PNG, whose pixels Pillow would draw as far as they go."""
    place = upload.tell()
    upload.seek(0)
    with Image.open(upload, formats=("PNG",)) as image:
        image.verify()
    upload.seek(place)


def _check_markers(upload) -> None:
    """Raises OSError for a JPEG in whose pixels stands what no encoder writes, or that has no end.

    Its decoder only warns of such damage and draws the rest grey. Every 0xFF among pixels is followed by 0, by a
    restart, or by the next segment (ITU-T T.81, B.1.1); what follows the end of the picture is not looked at.
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
    """Twice the size wanted, in the shape of the picture."""
    longer_side = max(image.size)
    return (max(1, image.width * 2 * max_side // longer_side), max(1, image.height * 2 * max_side // longer_side))


def _check_memory(image, size: tuple[int, int]) -> None:
    """Raises ValidationError, in words for people, before a picture is decoded that takes more than MAX_DECODED."""
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
    """Bytes that a progressive JPEG takes beside its pixels, for all of it is read before any is drawn."""
    if not image.info.get("progressive"):
        return 0
    sampled = [across * down for _, across, down, _ in image.layer]
    width, height = image.tile[0].extents[2:] if image.tile else image.size
    return 2 * width * height * sum(sampled) // max(sampled)


def _shrunk(image, max_side: int) -> Image.Image:
    """At least `max_side` pixels long where the picture is; converted and reduced strip by strip."""
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
    if strip.mode.startswith("I"):  # sixteen bits of grey
        strip = strip.point(lambda value: value / 256).convert("L")
    return strip.convert(mode)


def _shot(image) -> Shot:
    """What the camera wrote; nothing where it wrote nonsense."""
    try:
        exif = image.getexif()
        moment = _moment(exif.get_ifd(EXIF_PART).get(EXIF_TAKEN, ""))
        place = exif.get_ifd(EXIF_PLACE)
    except (OSError, ValueError, TypeError, KeyError, SyntaxError):
        return EMPTY_SHOT
    lat, lng = _point(place)
    return Shot(moment.date() if moment else None, moment.time() if moment else None, lat, lng)


def _moment(text) -> datetime | None:
    """None for a clock that was never set, or that tells a day that has not come."""
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
    """Drawn on a fresh canvas: chunks and profiles of the upload are left behind."""
    canvas = Image.new(mode, picture.size)
    canvas.paste(picture.convert(mode))
    return canvas


def _written(picture, kind: str, **options) -> ContentFile:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return ContentFile(written.getvalue())
