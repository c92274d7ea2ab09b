"""Footer of every page: kode dokumen, day of issue, and the verification code with its QR."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict
from urllib.parse import urljoin

import segno
from django.conf import settings
from django.urls import reverse

from documents.content import Head, Verification
from records import formats

NO_SIGNATURE = "Kode verifikasi portal - bukan tanda tangan elektronik"
QR_SCALE = 6  # pixels for each module: 12 mm are sharp at 360 dpi


class Footer(TypedDict):
    code: str
    issued: str
    verification: Verification | None


def footer_of(reference: str, issued_on: date | None, code: str) -> Footer:
    """The footer of a document; `code` without its hyphen, or empty."""
    return {
        "code": reference,
        "issued": f"Diterbitkan {formats.date_id(issued_on)}" if issued_on else "",
        "verification": verification(code) if code else None,
    }


def verification(code: str) -> Verification:
    return {"qr": _qr(address(code)), "what": NO_SIGNATURE, "how": _how(code)}


def _how(code: str) -> list[str]:
    """The sentence split around the code, which must not be broken across lines."""
    scan = "Pindai untuk memeriksa dokumen ini, atau masukkan kode "
    return [scan, printed_code(code), " pada halaman Verifikasi Dokumen."]


def printed_code(code: str) -> str:
    """ "ABCD-EFGH", as printed on the page."""
    return f"{code[:4]}-{code[4:]}"


def address(code: str) -> str:
    """The public URL of a code at this portal."""
    return urljoin(settings.PORTAL_URL, reverse("reports:verification", args=[code]))


def _qr(address: str) -> str:
    return segno.make(address, micro=False).png_data_uri(scale=QR_SCALE, border=2)


def repeated_texts(head: Head, codes: Iterable[str] = ()) -> list[str]:
    """Texts of every page besides its content; `codes`: codes that are each on one page."""
    shown = head["verification"]
    hows = ["".join(shown["how"] if shown else []), *("".join(_how(code)) for code in codes)]
    return [
        head["code"],
        head["issued"],
        head.get("sheet_label", ""),
        head["watermark"],
        NO_SIGNATURE if any(hows) else "",
        *hows,
    ]
