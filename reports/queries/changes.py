"""Documents of a training whose content would differ today: to be printed again, or changed since the issue.

Collecting a document again costs 10 to 40 queries, and a training may have thirty: too much for each view of its page.
So the history is checked first (one query): only a document that is older than the last event of the training or of a
part is collected again, the newest of each kind and choice, at most MAX_READ on one view; the result is cached until
the next event. Changes outside of the training (letterhead, signatories) are not checked here.
"""

import logging
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q

from accounts.models import User
from documents import registry
from documents.choices import Audience, IssueStatus
from documents.rendering import printing
from documents.trainings.base import NumberedLetter
from documents.trainings.schedule_change import ScheduleChangeLetter
from documents.villages.history_parts import OF_TRAINING
from records.models import Event
from reports.models import Report
from reports.services import issuing
from trainings.models import Training

logger = logging.getLogger(__name__)

MAX_LOOKED_AT = 60  # the newest documents of one training
MAX_READ = 12  # documents collected again on one view of a page; the next view continues (our assumption)
KEPT_FOR = 24 * 3600  # seconds

REPRINT, CHANGED, REOPENED = "perlu dicetak ulang", "berubah sejak terbit", "dibuka kembali sejak terbit"
SENT = "berubah sejak surat keluar"  # printed with number and date: another letter gets another number


@dataclass(frozen=True)
class ChangedDocument:
    report: Report
    hint: str  # REPRINT, SENT, CHANGED or REOPENED


def changed_documents(training: Training, user: User) -> list[ChangedDocument]:
    """The newest document of each kind and choice that is visible to this user and no longer up to date."""
    last = _last_event(training)
    if last is None:
        return []
    found, budget = [], MAX_READ
    newest = _newest(training, user)
    for report in newest:
        if report.requested_at >= last.at:
            continue
        key = f"changed-{report.pk}-{report.snapshot_sha[:16]}-{report.issue_status}-{last.pk}-{last.at.timestamp()}"
        hint = cache.get(key)
        if hint is None and budget:
            budget -= 1
            hint = _hint(report)
            cache.set(key, hint, KEPT_FOR)
        if hint and not (hint == SENT and _is_amended(report, newest)):
            found.append(ChangedDocument(report, hint))
    return found


def _is_amended(letter: Report, newest: list[Report]) -> bool:
    """Whether a later letter tells its recipients today's schedule."""
    document, training = letter.document, letter.training
    if not isinstance(document, NumberedLetter) or not document.amended_by or training is None:
        return False
    amendment = registry.document(document.amended_by)
    assert isinstance(amendment, ScheduleChangeLetter), f"{amendment.kind} tells no schedule"
    return any(
        row.kind == amendment.kind and amendment.names_schedule_of(training, amendment.content_of(row.snapshot or {}))
        for row in newest
    )


def _last_event(training: Training) -> Event | None:
    """The newest event of the training or of one of its parts."""
    parts = Q(kind=training._meta.label_lower, object_id=training.pk)
    for model, path in OF_TRAINING.items():
        rows = model._base_manager.filter(**{path: training}).values("pk")
        parts |= Q(kind=model._meta.label_lower, object_id__in=rows)
    return Event.objects.filter(parts).order_by("-pk").first()


def _newest(training: Training, user: User) -> list[Report]:
    """For each kind, subject and choice the newest ready document that is neither replaced nor withdrawn."""
    about = Q(training=training) | Q(day__training=training) | Q(session__day__training=training)
    rows = Report.objects.visible_to(user).filter(about, state=Report.State.READY)
    rows = rows.exclude(issue_status__in=[IssueStatus.REPLACED, IssueStatus.WITHDRAWN])
    rows = rows.exclude(audience=Audience.REQUESTER).with_subjects().defer("snapshot").order_by("-pk")
    found: dict[tuple, Report] = {}
    for row in rows[:MAX_LOOKED_AT]:
        found.setdefault((row.kind, row.subject_name, row.subject.pk, repr(sorted(row.parameters.items()))), row)
    return list(found.values())


def _hint(report: Report) -> str:
    """Empty where the same request would print the same; a document that cannot be collected today needs a look."""
    issued = report.issue_status in Report.ISSUED
    try:
        content = report.document.collect(report.subject, report.parameters, report.by)
        content = issuing.marked(report.document, content, IssueStatus(report.issue_status))
        same = printing.snapshot_sha(content) == report.snapshot_sha
    except Exception:
        logger.exception("report %s cannot be compared with today's rows", report.pk)
        same = False
    if not same:
        return CHANGED if issued else SENT if (report.snapshot or {}).get("letter") else REPRINT
    if issued and issuing.issue_status_of(report) != report.issue_status:
        return REOPENED
    return ""
