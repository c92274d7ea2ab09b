"""An office's own template for a kind of document on the day of a document (documents.models)."""

import base64
import logging
from datetime import date

from django.db.models import Model

from accounts.models import District, User
from documents import word_forms
from documents.base import AnyDocument
from documents.content import Parameters, Snapshot, WordTemplate
from documents.layout import blocks
from documents.models import DocumentTemplate
from documents.trainings import template_values
from documents.trainings.base import TrainingDocument
from documents.word_forms import Values
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
    document: AnyDocument, subject: Model, parameters: Parameters, user: User | None, content: Snapshot
) -> Snapshot:
    """The content with the office's own Word file of its day and the values to fill in; unchanged without one."""
    if not document.word_form:
        return content
    day = date.fromisoformat(content["document"]["dated"])
    row = DocumentTemplate.objects.on(document.district_of(subject), document.kind, day).first()
    if row is None or not row.file:
        return content
    first, *others = word_values(document, subject, parameters, user, content)
    word: WordTemplate = {"file": str(row.file.name), "sha256": row.sha256, "values": first}
    if others:
        word["others"] = others
    return {**content, "word": word}


def word_values(
    document: AnyDocument, subject: Model, parameters: Parameters, user: User | None, content: Snapshot
) -> list[Values]:
    """The values of each letter; without the kode dokumen, which printing adds."""
    form = document.word_form
    assert form is not None, f"{document.kind} takes no Word file"
    letters = word_forms.letters_of(blocks.of(content)["body"])
    own = document.word_letters(subject, parameters, user) or [{} for _ in letters]
    common = _common(document, subject, parameters, user, content)
    return [
        word_forms.printable({**common, **word_forms.letter_values(form, letter), **values})
        for letter, values in zip(letters, own, strict=True)
    ]


def _common(
    document: AnyDocument, subject: Model, parameters: Parameters, user: User | None, content: Snapshot
) -> Values:
    """The values that all letters share."""
    district = document.district_of(subject)
    office = district.office_on(date.fromisoformat(content["document"]["dated"]))
    if isinstance(document, TrainingDocument):
        assert isinstance(subject, Training), f"{document.kind} is about a {type(subject).__name__}"
        entry, people = document.entry(subject, parameters), document.people(subject, user)
        return template_values.values_of(
            subject,
            document.title,
            document.content_of(content),
            entry,
            people,
            office,
            of_invited=document.lists_invited,
        )
    return template_values.office_values(document.title, blocks.of(content), district, office)
