"""Bundle "Berkas lengkap": all documents of a training in filing order."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from documents import registry
from documents.trainings.base import TrainingDocument
from reports.models import ReportBundle
from reports.services import requests
from reports.services.bundles import letters
from reports.services.bundles.requests import DocumentRequest, open_bundle
from trainings.models import Attendance, SpjItem, Training

WITHIN_LINE = 100  # greater than any `Filing.position`


@dataclass(frozen=True)
class Contents:
    """The selection from the list. `parameters`: as stored by the bundle."""

    documents: list[DocumentRequest]
    has_files: bool
    parameters: dict[str, Any]


def available(training: Training, by: User) -> list[DocumentRequest]:
    """All documents that this user can have of this training today, in filing order."""
    return [request for _, _, request in offered(training, by)]


def offered(training: Training, by: User) -> list[tuple[TrainingDocument, str, DocumentRequest]]:
    """Each document that can be filed today with its code in the list of choices, in filing order."""
    found = []
    marked = Attendance.objects.filter(session__day__training=training).exists()
    for document, options in filed(training):
        if not requests.may_request(document.kind, training, by) or not requests.may_file(document.is_closed, by):
            continue
        parameters = document.filed_as(dict(options), marked=marked)
        try:
            document.clean(training, dict(parameters))
        except ValidationError:
            continue  # not available for this training yet: no days, no sertifikat given
        code = "-".join(["cetak", document.kind, *options.values()])
        found.append((document, code, DocumentRequest(document.kind, training, parameters)))
    return found


def filed(training: Training) -> Iterator[tuple[TrainingDocument, Mapping[str, str]]]:
    """Each filed copy with its options, in filing order: that of the accounts file."""
    documents = [one for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument)]
    found = [(one.filing, one) for one in documents if one.filing and (one.of_meetings or not training.is_meeting)]
    for filing, document in sorted(found, key=lambda pair: place(pair[1].spj_item, pair[0].position)):
        for options in filing.copies:
            yield document, options


def place(line: str | None, position: int = 0) -> int:
    """The place of a document in a bundle: that of its line in the accounts file, then its own within the line.

    What belongs to no line comes last.
    """
    lines = list(SpjItem.Document)
    return (lines.index(SpjItem.Document(line)) if line else len(lines)) * WITHIN_LINE + position


def request_bundle(
    training: Training, by: User, key: uuid.UUID | None = None, *, contents: Contents | None = None
) -> ReportBundle:
    """Requests the selection (by default all documents) at once; the same `key` returns the same bundle.

    Raises PermissionDenied without the right, ValidationError when no document can be made.
    """
    if not requests.may_request_bundle(training, by):
        raise PermissionDenied(f"{by.pk} does not see all of training {training.pk}")
    bundle = ReportBundle(kind=ReportBundle.Kind.TRAINING_PAPERS, district=training.district, training=training, by=by)
    if contents is None:
        documents = available(training, by)
        is_closed = any(registry.document(document.kind).is_closed for document in documents)
        bundle.parameters = {"closed": is_closed}
    else:
        documents, bundle.parameters = contents.documents, contents.parameters
    return open_bundle(
        bundle,
        lambda: letters.keep(bundle, training, documents, by),
        key,
        nothing="Belum ada dokumen yang dapat dibuat. Tambahkan hari pelatihan dahulu.",
        has_files=contents is not None and contents.has_files,
    )
