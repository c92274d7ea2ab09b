"""Reuse of documents: the same request on unchanged data returns the finished or running document."""

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
    """The document that `report` would equal, among those visible to its requester, or None.

    It is ready, or the requester's own that is being made from the same content. Equal means: content, template,
    profile of the office, and whether an issue has a code. A document that is no longer valid is never reused, nor are
    the parts of bundles.
    """
    assert report.by is not None
    read = Q(state=Report.State.READY) | Q(state__in=Report.UNDER_WAY, by=report.by, snapshot__isnull=False)
    rows = _alike(report).filter(read, pk__in=Report.objects.visible_to(report.by).values("pk"))
    rows = rows.filter(template_version=report.document.template_version)
    rows = rows.exclude(issue_status__in=[IssueStatus.REPLACED, IssueStatus.WITHDRAWN])
    rows = rows.with_subjects().select_related("office_profile")
    candidates = [row for row in rows[:LOOKED_AT] if row.parameters == report.parameters]
    if not candidates:
        return None  # no content is collected for most requests
    try:
        today = production.frozen_content(report)
        coded = bool(issuing.issue(report, today.snapshot).code)
    except Exception:
        logger.exception("%s of %s %s cannot be read", report.kind, report.subject_name, report.subject.pk)
        return None  # the worker reports it to the user, on a row of its own
    wanted = (today.snapshot_sha, today.office_profile, coded)
    for row in candidates:
        equal = (row.snapshot_sha, row.office_profile, bool(row.code)) == wanted
        if equal and (row.is_under_way or storage.is_intact(str(row.file.name), row.sha256)):
            return row
    return None


def same_request(report: Report, begun: datetime) -> Report | None:
    """The requester's own request for the same document, whose content was or will be read after `begun`, or None."""
    unread = Q(state__in=Report.UNDER_WAY, snapshot__isnull=True)
    newer = Q(state__in=[*Report.UNDER_WAY, Report.State.READY], requested_at__gte=begun)
    rows = _alike(report).filter(unread | newer, by=report.by)
    return next((row for row in rows if row.parameters == report.parameters), None)


def _alike(report: Report) -> ReportQuerySet:
    """Single requests of the same kind, format, audience and subject, newest first."""
    return Report.objects.filter(
        kind=report.kind,
        format=report.format,
        audience=report.audience,
        bundle=None,
        schedule=None,
        **{report.subject_name: report.subject},
    ).order_by("-pk")
