"""Whether a PDF bears an electronic signature (BSrE): then no byte of it may change, or the signature is void."""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

logger = logging.getLogger(__name__)

# A signature names the bytes that it covers, in the clear: its program fills the numbers in afterwards.
COVERED = b"/ByteRange"


def is_signed_pdf(content: bytes) -> bool:
    """True as well where a signature is named and the file cannot be read: nothing is lost by leaving it as it is."""
    if COVERED not in content:
        return False
    try:
        fields = PdfReader(io.BytesIO(content)).get_fields() or {}
    except (PyPdfError, ValueError, TypeError, KeyError, RecursionError):
        logger.exception("a PDF that names a signature cannot be read; it is kept as it is")
        return True
    return any(_is_signature(field) for field in fields.values()) or b"/Sig" in content


def _is_signature(field: DictionaryObject) -> bool:
    value = field.get("/V")
    return field.get("/FT") == "/Sig" and isinstance(value, DictionaryObject) and "/ByteRange" in value
