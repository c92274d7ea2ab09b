"""Preview of a document with sample rows, before a choice is saved.

It is collected and rendered like a real document, from rows of a transaction that is rolled back: nothing of it is
stored, and the unsaved choice applies only inside. It is made in the request: it has no row that a worker could claim,
and stored attempts would be a record of personal choices. Its cost is bounded: one training of two villages, a plan of
two lines, one at a time in a process, and few in a row for one account (accounts.throttle).
"""

from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import District
from documents import templates
from documents.base import Document
from documents.content import Head, Snapshot
from documents.layout import frame, word_template
from documents.models import DocumentSetting, LetterText
from documents.rendering import printing
from reports.services import sample_rows

PATIENCE = 10  # seconds that a user waits for the previews of others
PAPERS = ("F4", "A4")
_press = Lock()  # the renderer serves one thread at a time


@dataclass(frozen=True)
class OwnFile:
    """An uploaded template of an office before it is saved."""

    content: bytes


Choice = DocumentSetting | tuple[str, str] | OwnFile


def make(document: Document[Any, Any], district: District, choice: Choice, paper: str = "") -> bytes:
    """The PDF, or the Word file of an own template; `choice`: an unsaved setting, a part of the letter and its wording,
    or an own template. `paper`: F4 or A4.

    Raises ValidationError when too many are waiting, and the errors of documents.rendering.printing.
    """
    part = choice[0] if isinstance(choice, tuple) else ""
    snapshot, subject = _collected(document, district, choice, paper, part)
    if isinstance(choice, OwnFile) and "word" in snapshot:
        word = snapshot["word"]
        return word_template.fill(choice.content, word["values"], frame.SAMPLE_MARK, word.get("others", []))
    if not _press.acquire(timeout=PATIENCE):
        raise ValidationError("Banyak pratinjau sedang dibuat. Coba lagi sebentar.")
    try:
        return printing.print_document(document, subject, snapshot).content
    finally:
        _press.release()


@transaction.atomic
def _collected(
    document: Document[Any, Any], district: District, choice: Choice, paper: str, part: str
) -> tuple[Snapshot, int]:
    try:
        _suppose(document.kind, district, choice)
        if paper in PAPERS:
            district.office_profiles.update(paper=paper)
        subject = sample_rows.subject_of(document.subjects[0], district, meeting=part.endswith("_meeting"))
        snapshot: Snapshot = document.collect(subject, document.clean(subject, document.parameters_of_part(part)), None)
        if isinstance(choice, OwnFile) and document.has_background:
            snapshot = document.with_background(snapshot, templates.data_uri(choice.content))
        elif isinstance(choice, OwnFile):
            chosen = document.clean(subject, document.parameters_of_part(part))
            first, *others = templates.word_values(document, subject, chosen, None, snapshot)
            snapshot = {**snapshot, "word": {"file": "", "sha256": "", "values": first, "others": others}}
        # A preview is not a document, whatever its content.
        head: Head = {**snapshot["document"], "watermark": frame.SAMPLE_MARK}
        return document.with_head(snapshot, head), subject.pk
    finally:
        transaction.set_rollback(True)


def _suppose(kind: str, district: District, choice: Choice) -> None:
    """Makes the unsaved choice the only one, whatever its day."""
    if isinstance(choice, OwnFile):
        return
    if isinstance(choice, DocumentSetting):
        DocumentSetting.objects.filter(district=district, kind=kind).delete()
        DocumentSetting(
            district=district,
            kind=kind,
            letterhead=choice.letterhead,
            signers=choice.signers,
            coded=choice.coded,
        ).save()
        return
    part, body = choice
    LetterText.objects.filter(district=district, kind=kind, part=part).delete()
    LetterText(district=district, kind=kind, part=part, valid_from=sample_rows.LONG_AGO, body=body).save()
