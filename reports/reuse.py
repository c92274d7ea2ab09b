"""The same request on unchanged data: the paper is there already, and is given at once."""

import logging

from reports import documents, issuing, making, shelf
from reports.models import Report

logger = logging.getLogger(__name__)

LOOKED_AT = 20  # the newest papers of one kind and subject; an older one is made again
Standing = Report.Standing


def same_paper(report: Report) -> Report | None:
    """The ready paper that equals what `report` would become, among those that its asker may see; None without.

    Equal are content, template, the office's profile, and whether an issue bears a code. What lost its force is never
    given again, and the parts of a bundle are not lent.
    """
    assert report.by is not None
    made = Report.objects.visible_to(report.by).filter(
        kind=report.kind,
        format=report.format,
        audience=report.audience,
        template_version=documents.document(report.kind).TEMPLATE_VERSION,
        state=Report.State.READY,
        bundle=None,
        schedule=None,
        **{report.subject_name: report.subject},
    )
    made = made.exclude(standing__in=[Standing.REPLACED, Standing.WITHDRAWN]).order_by("-pk")
    made = made.with_subjects().select_related("office_profile")
    candidates = [row for row in made[:LOOKED_AT] if row.parameters == report.parameters]
    if not candidates:
        return None  # nothing is read for most requests
    try:
        today = making.settled(report)
        coded = bool(issuing.columns(report, today["snapshot"]).get("code"))
    except Exception:
        logger.exception("%s of %s %s cannot be read", report.kind, report.subject_name, report.subject.pk)
        return None  # the worker tells it to the person, on a row of its own
    wanted = (today["snapshot_sha"], today["office_profile"], coded)
    for row in candidates:
        equal = (row.snapshot_sha, row.office_profile, bool(row.code)) == wanted
        if equal and shelf.sound_path(str(row.file.name), row.sha256):
            return row
    return None
