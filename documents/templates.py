"""An office's own template of a kind of document, as it holds on the day of a document (documents.models)."""

import base64
import logging
from datetime import date

from accounts.models import District
from documents.base import AnyDocument
from documents.models import DocumentTemplate

logger = logging.getLogger(__name__)


def background(document: AnyDocument, district: District, day: date) -> str:
    """The picture that lies under the text, as a data URI; empty where the portal's own frame holds."""
    row = DocumentTemplate.objects.on(district, document.kind, day).first()
    if row is None or not row.file:
        return ""
    try:
        with row.file.open("rb") as file:
            content = file.read()
    except OSError:
        logger.warning("background of document template %s cannot be read; printed without", row.pk)
        return ""
    return data_uri(content)


def data_uri(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
