"""Reading of scans: the Kode lembar of each page, and pages as images."""

import io
from collections.abc import Iterator
from contextlib import closing

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
MAX_PAGES = 40  # of one upload: read within the request, 36 pages in 2.5 s on two busy cores
ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
WHOLE = 0  # the page number of a file that is filed whole
BROKEN = "PDF ini tidak dapat dibaca. Pindai atau simpan ulang, lalu unggah lagi."
TOO_MANY = f"Sekali unggah paling banyak {MAX_PAGES} halaman. Bagi pindaiannya, lalu unggah satu per satu."


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


def page_codes(judged: Judged) -> list[dict[str, str | int]]:
    """One entry for each page; a PDF signed electronically is one entry, because it must not be split."""
    if judged.type == StoredFile.Type.PDF and is_signed_pdf(judged.content):
        return [{"page": WHOLE, "code": "", "filed": ""}]
    is_photo = judged.type != StoredFile.Type.PDF
    pictures = enumerate(pages(judged.content, judged.type), 1)
    return [{"page": number, "code": code_of(picture, is_photo=is_photo), "filed": ""} for number, picture in pictures]


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


def code_of(picture: Image.Image, *, is_photo: bool = False) -> str:
    """The Kode lembar on this page; empty without one. A photo that was stored scaled down is enlarged as well."""
    for factor in (1, 2) if is_photo else (1,):
        looked_at = picture if factor == 1 else picture.resize((picture.width * 2, picture.height * 2))
        for found in zxingcpp.read_barcodes(looked_at, formats=ONLY_QR):
            if code := sheet_codes.read(found.text):
                return str(code)
    return ""


def taken(content: bytes, numbers: list[int]) -> bytes:
    """These pages of a PDF as a PDF of their own."""
    out = io.BytesIO()
    with closing(pypdfium2.PdfDocument(content)) as source, closing(pypdfium2.PdfDocument.new()) as target:
        target.import_pages(source, pages=[number - 1 for number in numbers])
        target.save(out)
    return out.getvalue()


def as_pdf(content: bytes) -> bytes:
    """An image as a PDF of one page."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.convert("RGB").save(out, "PDF", resolution=max(picture.size) / 11.7)
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
