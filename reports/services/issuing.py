"""Issue of a document: its issue status and its verification code.

The rule of its kind defines when its content is final (documents.issue_rules). Only PDFs are issued, and only of the
whole: Word and Excel files are working copies, and an extract for one user is not official. Documents that are never
issued (letters before the event, blank forms, money lists, drafts of decrees) have no code, whatever the setting.
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
# Without 0 and O, 1, I and L: 31 letters, so 8 of them give 8.5e11 codes.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
# Replacements for letters that no code contains but that people misread.
LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J"})
# The columns that are frozen with the content, with their initial values.
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
    """The issue status if the content is collected now; reads the database, not the row in memory."""
    status = report.document.issue_status(report.subject, report.parameters)
    a_part = report.format != Format.PDF or report.audience == Audience.REQUESTER
    return IssueStatus.PLAIN if a_part and status in (IssueStatus.IN_FORCE, IssueStatus.SIGNING) else status


def marked(document: Document[Any, Any], snapshot: Snapshot, issue_status: IssueStatus) -> Snapshot:
    """The snapshot with its issue status and the mark on every page of a draft."""
    head = snapshot["document"]
    marks = [DRAFT_MARK if issue_status == IssueStatus.DRAFT else "", head["watermark"]]
    watermark = " \N{EN DASH} ".join(mark for mark in marks if mark)
    return document.with_head(snapshot, {**head, "issue_status": issue_status.value, "watermark": watermark})


@dataclass(frozen=True)
class Issue:
    """The columns that are frozen with the content: issue status and, when issued, day and code."""

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
    """Kind and subject of the document without the name of a person, which the title of the file may contain."""
    title = report.document.title if report.document.names_people else report.title
    subject = report.subject_text
    return (subject if subject.startswith(title) else f"{title}: {subject}")[:200]


def fresh_code() -> str:
    """A code that no document or certificate has. Not guessable: from `secrets`."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if not any(model.objects.filter(code=code).exists() for model in (Report, CertificateCode)):
            return code


def read_code(typed: str) -> str:
    """A typed, scanned or pasted code (or the address in its QR) in capitals, without spaces or dashes; "" for an
    impossible one."""
    last = typed.strip().rstrip("/").rpartition("/")[2]
    letters = "".join(sign for sign in last.upper() if sign.isalnum()).translate(LOOK_ALIKES)
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS) else ""


def hold(report: Report) -> None:
    """Locks the subject of an issue, so that of two documents finished at once each sees the other.

    Rows that refer to it can still be written.
    """
    if report.issue_status == IssueStatus.IN_FORCE:
        subjects = report.subject._meta.model._base_manager
        subjects.select_for_update(no_key=True).get(pk=report.subject.pk)


def replace_older(report: Report) -> None:
    """Makes the newest issue of a document valid and the others replaced. Call it within `hold`, when a file is ready.

    The rows are locked before they are read: one that is being withdrawn stays withdrawn.
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
    """Whether a signed copy may be attached: to letters, and to documents made to be signed or issued."""
    letter = report.document.is_letter and report.format == Format.PDF
    worthy = letter or report.issue_status == IssueStatus.SIGNING or report.issue_status in Report.ISSUED
    return worthy and report.state == Report.State.READY


def is_sent_letter(report: Report) -> bool:
    """Whether it was printed with a number and a date, which no other letter may have."""
    letter = report.document.is_letter and report.format == Format.PDF and report.issue_status == IssueStatus.PLAIN
    return bool(letter and (report.snapshot or {}).get("letter"))


def may_be_withdrawn(report: Report) -> bool:
    valid = report.issue_status == IssueStatus.IN_FORCE or is_sent_letter(report)
    return valid and report.state == Report.State.READY


@transaction.atomic
def withdraw(report: Report, reason: str, by: User) -> None:
    """Withdraws an issued document or a sent letter for good. The status is in the WHERE: two clicks withdraw once.

    Raises ValidationError without a reason or when the document is not valid.
    """
    if not reason.strip():
        raise ValidationError("Tulis alasan pencabutan.")
    values = {
        "issue_status": IssueStatus.WITHDRAWN,
        "withdrawn_on": localdate(),
        "withdrawn_reason": reason.strip()[:300],
    }
    status = IssueStatus.IN_FORCE
    if is_sent_letter(report):
        status = IssueStatus.PLAIN
        values |= {"issued_on": localdate(report.requested_at), "public_title": public_title(report)}
    valid = Report.objects.filter(pk=report.pk, state=Report.State.READY, issue_status=status)
    if not valid.update(**values):
        raise ValidationError("Dokumen ini tidak sedang berlaku; tidak ada yang dicabut.")
    history.record(report, Event.Verb.WITHDRAW, by=by, reason=reason.strip()[:300])
    report.refresh_from_db()
