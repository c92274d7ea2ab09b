"""When a document is issued, its issue status, and its verification code.

The rule of its kind says what makes its content final (documents.issue_rules). Only PDFs are issued, and only of the
whole: Word and Excel are working copies, and an extract of what one person may see speaks for nobody else. What is
never issued (letters before the event, sheets to fill in, lists of money, drafts of decrees) carries no code whatever
the setting says.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from documents.base import Document
from documents.choices import Audience, Format, IssueStatus
from documents.content import Snapshot
from documents.models import DocumentSetting
from records import history
from records.models import Event
from reports.models import CertificateCode, Report

DRAFT_MARK = "DRAF"
# Without 0 and O, 1, I and L: 31 letters, so 8 of them make 8.5e11 codes.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
# What people read instead of a letter that no code holds.
LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J"})
# The columns that are frozen with the content, as they are before.
UNFROZEN: dict[str, Any] = {
    "snapshot": None,
    "snapshot_sha": "",
    "issue_status": IssueStatus.PLAIN,
    "issued_on": None,
    "code": None,
    "public_title": "",
    "counts": {},
}


def issue_status_of(report: Report) -> IssueStatus:
    """What the document is worth if its content is read now; asks the database, not the row in memory."""
    status = report.document.issue_status(report.subject, report.parameters)
    a_part = report.format != Format.PDF or report.audience == Audience.REQUESTER
    return IssueStatus.PLAIN if a_part and status in (IssueStatus.IN_FORCE, IssueStatus.SIGNING) else status


def marked(document: Document[Any, Any], snapshot: Snapshot, issue_status: IssueStatus) -> Snapshot:
    """The snapshot with its issue status and the mark that every page of a draft carries."""
    head = snapshot["document"]
    marks = [DRAFT_MARK if issue_status == IssueStatus.DRAFT else "", head["watermark"]]
    watermark = " \N{EN DASH} ".join(mark for mark in marks if mark)
    return document.with_head(snapshot, {**head, "issue_status": issue_status.value, "watermark": watermark})


@dataclass(frozen=True)
class Issue:
    """The columns that are frozen together with the content: issue status and, when issued, day and code."""

    issue_status: IssueStatus
    issued_on: date | None = None
    code: str | None = None
    public_title: str = ""


def issue(report: Report, snapshot: Snapshot) -> Issue:
    """Whether this content is issued today, and under which code."""
    issue_status = IssueStatus(snapshot["document"]["issue_status"])
    if issue_status != IssueStatus.IN_FORCE:
        return Issue(issue_status)
    coded = DocumentSetting.of(report.document.district_of(report.subject), report.kind).coded
    code = fresh_code() if coded else None
    return Issue(issue_status, issued_on=localdate(), code=code, public_title=public_title(report))


def public_title(report: Report) -> str:
    """What the document is and what it is about, without the name of a person, as the file's own title may hold one."""
    title = report.document.title if report.document.names_people else report.title
    subject = report.subject_text
    return (subject if subject.startswith(title) else f"{title}: {subject}")[:200]


def fresh_code() -> str:
    """A code that no document and no certificate bears. Not to be guessed: of `secrets`."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if not any(model.objects.filter(code=code).exists() for model in (Report, CertificateCode)):
            return code


def read_code(typed: str) -> str:
    """The code that somebody typed or scanned: capitals, no spaces or dashes; "" when it cannot be one."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOK_ALIKES)
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS) else ""


def hold(report: Report) -> None:
    """Locks what an issue is about, so that of two finished together each sees the other.

    Rows that only point at it may still be written meanwhile.
    """
    if report.issue_status == IssueStatus.IN_FORCE:
        subjects = report.subject._meta.model._base_manager
        subjects.select_for_update(no_key=True).get(pk=report.subject.pk)


def replace_older(report: Report) -> None:
    """The newest issue of one document is in force and replaces the others. Call it with `hold`, when a file is ready.

    The rows are locked before they are read: one that is being withdrawn meanwhile stays withdrawn.
    """
    if report.issue_status != IssueStatus.IN_FORCE:
        return
    history.record(report, Event.Verb.ISSUE, by=report.by)
    same = (
        Report.objects.select_for_update(no_key=True)
        .filter(
            kind=report.kind,
            format=report.format,
            state=Report.State.READY,
            issue_status=IssueStatus.IN_FORCE,
            period_start=report.period_start,
            **{report.subject_name: report.subject},
        )
        .defer("snapshot")
    )
    issues = [row for row in same.order_by("pk") if row.parameters == report.parameters]
    newest = issues[-1]
    for row in issues[:-1]:
        row.issue_status, row.replaced_by = IssueStatus.REPLACED, newest
        row.save(update_fields=["issue_status", "replaced_by"])
        history.record(
            row, Event.Verb.CHANGE, by=report.by, changes={"kedudukan": ["Berlaku", str(row.issue_status.label)]}
        )
    report.refresh_from_db(fields=["issue_status", "replaced_by"])


def takes_signatures(report: Report) -> bool:
    """Whether its signed form may be kept beside it: letters, and documents that were made to be signed or issued."""
    letter = report.document.is_letter and report.format == Format.PDF
    worthy = letter or report.issue_status == IssueStatus.SIGNING or report.issue_status in Report.ISSUED
    return worthy and report.state == Report.State.READY


@transaction.atomic
def withdraw(report: Report, reason: str, by: User) -> None:
    """Takes an issued document out of force, for good. The status is in the WHERE: two clicks withdraw once.

    Raises ValidationError, in words for people, without a reason or when the document is not in force.
    """
    if not reason.strip():
        raise ValidationError("Tulis alasan pencabutan.")
    in_force = Report.objects.filter(pk=report.pk, state=Report.State.READY, issue_status=IssueStatus.IN_FORCE)
    if not in_force.update(
        issue_status=IssueStatus.WITHDRAWN, withdrawn_on=localdate(), withdrawn_reason=reason.strip()[:300]
    ):
        raise ValidationError("Dokumen ini tidak sedang berlaku; tidak ada yang dicabut.")
    history.record(report, Event.Verb.WITHDRAW, by=by, reason=reason.strip()[:300])
    report.refresh_from_db()
