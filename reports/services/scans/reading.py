"""Reading of scans: the Kode lembar of each page and which way up it lies, and pages as images."""

import io
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import TypedDict

import pypdfium2
import zxingcpp
from django.core.exceptions import ValidationError
from PIL import Image

from documents.layout import sheet_codes
from records.judging import Judged
from records.models import StoredFile
from records.pictures import FORMATS
from records.signed_pdf import is_signed_pdf

DPI = 150  # a module of a code is three pixels at this resolution
MAX_SIDE = 3_000  # pixels of one page: a sheet of A3; a larger one is scaled down
MAX_PAGES = 300  # of one upload; read by a worker, one page in memory at a time
ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
WHOLE = 0  # the page number of a file that is filed whole
BROKEN = "PDF ini tidak dapat dibaca. Pindai atau simpan ulang, lalu unggah lagi."
GIVEN_UP = (
    "Pindaian terlalu lama dibaca atau gagal karena kesalahan portal. Tekan “Coba lagi”; bila berulang, bagi "
    "pindaiannya, lalu unggah satu per satu."
)
TOO_MANY = f"Sekali unggah paling banyak {MAX_PAGES} halaman. Bagi pindaiannya, lalu unggah satu per satu."


def explain(error: Exception) -> str:
    """The message for the person who uploaded the scan."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, OSError):
        return "Berkas pindaian hilang atau rusak di server. Hapus pindaian ini, lalu unggah lagi."
    return GIVEN_UP


class PageCode(TypedDict):
    """One page of a scan as stored (TrainingFile.page_codes)."""

    page: int
    code: str
    filed: str
    turn: int


def page_count(judged: Judged) -> int:
    """Raises ValidationError for a PDF that cannot be read or has too many pages."""
    if judged.type != StoredFile.Type.PDF:
        return 1
    try:
        with closing(pypdfium2.PdfDocument(judged.content)) as file:
            count = len(file)
    except pypdfium2.PdfiumError:
        raise ValidationError(BROKEN) from None
    if count > MAX_PAGES:
        raise ValidationError(TOO_MANY)
    return count


def page_codes(content: bytes, type_: str) -> Iterator[PageCode]:
    """One entry for each page, as it is read; a PDF signed electronically is one entry, because it must not be split.

    `turn`: degrees clockwise after which the page stands upright, known from its code.
    """
    if type_ == StoredFile.Type.PDF and is_signed_pdf(content):
        yield {"page": WHOLE, "code": "", "filed": "", "turn": 0}
        return
    is_photo = type_ != StoredFile.Type.PDF
    for number, picture in enumerate(pages(content, type_), 1):
        code, turn = code_of(picture, is_photo=is_photo)
        yield {"page": number, "code": code, "filed": "", "turn": turn}


def pages(content: bytes, type_: str, *, only: int = 0, dpi: int = DPI) -> Iterator[Image.Image]:
    """The pages as greyscale images, or one of them. Raises ValidationError for an unreadable file."""
    if type_ != StoredFile.Type.PDF:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            yield picture.convert("L")
        return
    try:
        with closing(pypdfium2.PdfDocument(content)) as file:
            for number in [only - 1] if only else range(len(file)):
                with closing(file[number]) as page:
                    scale = min(dpi / 72, MAX_SIDE / max(page.get_size()))
                    yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError:
        raise ValidationError(BROKEN) from None


def code_of(picture: Image.Image, *, is_photo: bool = False) -> tuple[str, int]:
    """The Kode lembar on this page and the turn that sets it upright; empty and 0 without one.

    A photo that was stored scaled down is enlarged as well.
    """
    for factor in (1, 2) if is_photo else (1,):
        looked_at = picture if factor == 1 else picture.resize((picture.width * 2, picture.height * 2))
        for found in zxingcpp.read_barcodes(looked_at, formats=ONLY_QR):
            if code := sheet_codes.read(found.text):
                return str(code), -round(found.orientation / 90) * 90 % 360
    return "", 0


def turns_of(content: bytes, type_: str) -> dict[int, int]:
    """Degrees clockwise by page number, where a page lies wrong; empty for a file that stays as it is."""
    turns = {entry["page"]: entry["turn"] for entry in page_codes(content, type_)}
    return turns if any(turns.values()) else {}


def upright(content: bytes, type_: str, turns: Mapping[int, int]) -> bytes:
    """The whole file with its pages turned."""
    return taken(content, turns) if type_ == StoredFile.Type.PDF else as_jpeg(content, turns[1])


def taken(content: bytes, turns: Mapping[int, int]) -> bytes:
    """These pages of a PDF as a PDF of their own. `turns`: page number -> degrees clockwise."""
    out = io.BytesIO()
    with closing(pypdfium2.PdfDocument(content)) as source, closing(pypdfium2.PdfDocument.new()) as target:
        target.import_pages(source, pages=[number - 1 for number in turns])
        for page, turn in zip(target, turns.values(), strict=True):
            page.set_rotation((page.get_rotation() + turn) % 360)
            page.close()
        target.save(out)
    return out.getvalue()


def as_pdf(content: bytes, turn: int = 0) -> bytes:
    """An image as a PDF of one page."""
    return _turned(content, turn, "PDF", resolution=_longer_side(content) / 11.7)


def as_jpeg(content: bytes, turn: int) -> bytes:
    """An image turned clockwise by `turn` degrees."""
    return _turned(content, turn, "JPEG", quality=90)


def _longer_side(content: bytes) -> int:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        return max(picture.size)


def _turned(content: bytes, turn: int, kind: str, **options: float) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.convert("RGB").rotate(-turn, expand=True).save(out, kind, **options)
    return out.getvalue()


def joined(parts: list[bytes]) -> bytes:
    """Several PDFs merged into one."""
    out = io.BytesIO()
    with closing(pypdfium2.PdfDocument.new()) as target:
        for part in parts:
            with closing(pypdfium2.PdfDocument(part)) as source:
                target.import_pages(source)
        target.save(out)
    return out.getvalue()
