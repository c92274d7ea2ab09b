"""An office's own template for a kind of document on the day of a document (documents.models)."""

import base64
import logging
from datetime import date

from accounts.models import District, User
from documents.base import AnyDocument
from documents.content import Parameters, Snapshot, WordTemplate
from documents.models import DocumentTemplate
from documents.trainings import template_values
from documents.trainings.base import TrainingDocument
from trainings.models import Training

logger = logging.getLogger(__name__)


def background(document: AnyDocument, district: District, day: date) -> str:
    """The background image as a data URI; empty for the portal's own frame."""
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


def with_word(
    document: AnyDocument, subject: object, parameters: Parameters, user: User | None, content: Snapshot
) -> Snapshot:
    """The content with the office's own Word file of its day and the values to fill in; unchanged without one."""
    if not isinstance(document, TrainingDocument) or not document.takes_template(parameters):
        return content
    assert isinstance(subject, Training), f"{document.kind} is about a {type(subject).__name__}"
    day = date.fromisoformat(content["document"]["dated"])
    row = DocumentTemplate.objects.on(subject.district, document.kind, day).first()
    if row is None or not row.file:
        return content
    values = word_values(document, subject, parameters, user, content)
    word: WordTemplate = {"file": str(row.file.name), "sha256": row.sha256, "values": values}
    return {**content, "word": word}


def word_values(
    document: TrainingDocument,
    training: Training,
    parameters: Parameters,
    user: User | None,
    content: Snapshot,
) -> dict[str, str | list[dict[str, str]]]:
    """The values to fill in; without the kode dokumen, which printing adds."""
    day = date.fromisoformat(content["document"]["dated"])
    return template_values.values_of(
        training,
        document.title,
        document.content_of(content),
        document.entry(training, parameters),
        document.people(training, user),
        training.district.office_on(day),
        of_invited=document.lists_invited,
    )
