"""Sent letters and signed documents: a bundle includes them as they are and makes no others in their place.

A letter counts as sent once it was printed with the number and date of the accounts file. A different letter needs a
new number and date.
"""

import logging

from django.db.models import Exists, OuterRef

from accounts.models import User
from documents import registry
from documents.choices import Audience, Format, IssueStatus
from documents.trainings.base import NumberedLetter
from reports.models import Report, ReportBundle, SignedCopy
from reports.services import production
from reports.services.bundles.requests import DocumentRequest
from trainings.models import Training

logger = logging.getLogger(__name__)

LOOKED_AT = 50


def keep(bundle: ReportBundle, training: Training, documents: list[DocumentRequest], by: User) -> list[DocumentRequest]:
    """The documents still to be made; included ones, and what has changed since, go into the bundle's parameters."""
    to_make: list[DocumentRequest] = []
    kept: list[int] = []
    changed: list[int] = []
    for request in documents:
        report = _kept(request, training)
        if report is None:
            to_make.append(request)
            continue
        kept.append(report.pk)
        if _has_changed(report, by):
            changed.append(report.pk)
    bundle.parameters |= {"kept": [*bundle.parameters.get("kept", []), *kept], "changed": changed}
    return to_make


def kept_for_page(bundle: ReportBundle) -> list[tuple[Report, bool]]:
    """The documents that a bundle includes as they are, and whether their data changed before the request."""
    rows = Report.objects.filter(pk__in=bundle.parameters.get("kept", [])).with_subjects().order_by("pk")
    changed = bundle.parameters.get("changed", [])
    return [(row, row.pk in changed) for row in rows]


def _kept(request: DocumentRequest, training: Training) -> Report | None:
    """The signed document, else the newest with today's number and date."""
    document = registry.document(request.kind)
    parameters = request.cleaned()
    rows = Report.objects.filter(
        kind=request.kind,
        training=training,
        format=Format.PDF,
        state=Report.State.READY,
        issue_status__in=[IssueStatus.PLAIN, IssueStatus.SIGNING, IssueStatus.IN_FORCE],
    ).exclude(audience=Audience.REQUESTER)
    rows = rows.annotate(signed=Exists(SignedCopy.objects.filter(report=OuterRef("pk"))))
    if isinstance(document, NumberedLetter):
        number = document.number_of(training, parameters)
        if number is None:
            return None  # a letter without a number has not been sent
        rows = rows.filter(**{f"snapshot__letter__{name}": value for name, value in number.items()})
    else:
        rows = rows.filter(signed=True)
    found = rows.order_by("-signed", "-pk").defer("snapshot")[:LOOKED_AT]
    return next((row for row in found if row.parameters == parameters), None)


def _has_changed(report: Report, by: User) -> bool:
    """Whether the same request would print something else today."""
    today = Report(
        kind=report.kind,
        training=report.training,
        format=report.format,
        parameters=report.parameters,
        audience=report.audience,
        by=by,
    )
    try:
        return production.frozen_content(today).snapshot_sha != report.snapshot_sha
    except Exception:
        logger.exception("report %s cannot be compared with today's rows", report.pk)
        return True
