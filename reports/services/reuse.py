"""The same request on unchanged data: the document is there already, or on its way, and is given at once."""

import logging
from datetime import datetime

from django.db.models import Q

from documents.choices import IssueStatus
from reports import storage
from reports.models import Report
from reports.models.visibility import ReportQuerySet
from reports.services import issuing, production

logger = logging.getLogger(__name__)

LOOKED_AT = 20  # the newest documents of one kind and subject; an older one is made again


def same_document(report: Report) -> Report | None:
    """The document that equals what `report` would become, among those that its requester may see; None without.

    It is ready, or the requester's own that is being made of the same content. Equal are content, template, profile of
    the office, and whether an issue bears a code. What lost its force is never given again, and the parts of a bundle
    are not lent.
    """
    assert report.by is not None
    read = Q(state=Report.State.READY) | Q(state__in=Report.UNDER_WAY, by=report.by, snapshot__isnull=False)
    rows = _alike(report).filter(read, pk__in=Report.objects.visible_to(report.by).values("pk"))
    rows = rows.filter(template_version=report.document.template_version)
    rows = rows.exclude(issue_status__in=[IssueStatus.REPLACED, IssueStatus.WITHDRAWN])
    rows = rows.with_subjects().select_related("office_profile")
    candidates = [row for row in rows[:LOOKED_AT] if row.parameters == report.parameters]
    if not candidates:
        return None  # nothing is read for most requests
    try:
        today = production.frozen_content(report)
        coded = bool(issuing.issue(report, today.snapshot).code)
    except Exception:
        logger.exception("%s of %s %s cannot be read", report.kind, report.subject_name, report.subject.pk)
        return None  # the worker tells it to the person, on a row of its own
    wanted = (today.snapshot_sha, today.office_profile, coded)
    for row in candidates:
        equal = (row.snapshot_sha, row.office_profile, bool(row.code)) == wanted
        if equal and (row.is_under_way or storage.is_intact(str(row.file.name), row.sha256)):
            return row
    return None


def same_request(report: Report, begun: datetime) -> Report | None:
    """The requester's own request for the same, whose content was or will be read after `begun`; None without."""
    unread = Q(state__in=Report.UNDER_WAY, snapshot__isnull=True)
    newer = Q(state__in=[*Report.UNDER_WAY, Report.State.READY], requested_at__gte=begun)
    rows = _alike(report).filter(unread | newer, by=report.by)
    return next((row for row in rows if row.parameters == report.parameters), None)


def _alike(report: Report) -> ReportQuerySet:
    """Requests of the same kind, format, readers and subject that stand alone, the newest first."""
    return Report.objects.filter(
        kind=report.kind,
        format=report.format,
        audience=report.audience,
        bundle=None,
        schedule=None,
        **{report.subject_name: report.subject},
    ).order_by("-pk")
