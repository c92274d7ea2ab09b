"""Sent letters and signed documents: a bundle includes them as they are and makes no others in their place.

A letter counts as sent once it was printed with the number and date of the accounts file
(reports.services.sent_letters). A different letter needs a new number.
"""

from django.db.models import Exists, OuterRef

from accounts.models import User
from documents import registry
from documents.choices import Audience, Format, IssueStatus
from documents.content import Parameters
from documents.trainings.base import NumberedLetter, numbers_in
from reports.models import Report, ReportBundle, SignedCopy
from reports.services import sent_letters
from reports.services.bundles.requests import DocumentRequest
from trainings.models import Training

LOOKED_AT = 50


def keep(bundle: ReportBundle, training: Training, documents: list[DocumentRequest], by: User) -> list[DocumentRequest]:
    """The documents still to be made; included ones, and what has changed since, go into the bundle's parameters."""
    to_make: list[DocumentRequest] = []
    kept: list[int] = []
    changed: list[int] = []
    for request in documents:
        found = _kept(request, training)
        if not found:
            to_make.append(request)
        kept += [report.pk for report in found]
        changed += [report.pk for report in found if sent_letters.has_changed(report)]
    bundle.parameters |= {"kept": [*bundle.parameters.get("kept", []), *kept], "changed": changed}
    return to_make


def kept_for_page(bundle: ReportBundle) -> list[tuple[Report, bool]]:
    """The documents that a bundle includes as they are, and whether their data changed before the request."""
    rows = Report.objects.filter(pk__in=bundle.parameters.get("kept", [])).with_subjects().order_by("pk")
    changed = bundle.parameters.get("changed", [])
    return [(row, row.pk in changed) for row in rows]


def _kept(request: DocumentRequest, training: Training) -> list[Report]:
    """The letters that went out under these numbers, or the signed document."""
    document = registry.document(request.kind)
    parameters = request.cleaned()
    if not isinstance(document, NumberedLetter):
        return _signed(request.kind, training, parameters)
    numbers = document.numbers(training, parameters)
    rows = sent_letters.sent_under(request.kind, training, numbers)
    rows = [row for row in rows if row.state == Report.State.READY]
    if same := [row for row in rows if row.parameters == parameters]:
        return same
    # Letters of other options went out: other letters in their place only as long as they say the same.
    sent = set().union(*(numbers_in(row.letter_number) for row in rows))  # type: ignore[attr-defined]
    return rows if numbers <= sent or any(sent_letters.has_changed(row) for row in rows) else []


def _signed(kind: str, training: Training, parameters: Parameters) -> list[Report]:
    rows = Report.objects.filter(
        Exists(SignedCopy.objects.filter(report=OuterRef("pk"))),
        kind=kind,
        training=training,
        format=Format.PDF,
        state=Report.State.READY,
        issue_status__in=[IssueStatus.PLAIN, IssueStatus.SIGNING, IssueStatus.IN_FORCE],
    ).exclude(audience=Audience.REQUESTER)
    found = rows.order_by("-pk").defer("snapshot")[:LOOKED_AT]
    return [row for row in found if row.parameters == parameters][:1]
