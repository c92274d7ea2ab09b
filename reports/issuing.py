"""When a paper is issued, what it is worth, and its verification code.

The table RULES says for each kind what makes its content final. Only PDFs are issued, and only of the whole: Word and
Excel are working copies, and an extract of what one person may see speaks for nobody else. A paper that is never
issued (letters before the event, sheets to fill in, lists of money, drafts of decrees) carries no code whatever the
setting says.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from plans.models import DamageReport, WorkPlan
from records import history
from records.models import Event
from documents import registry
from reports.kinds import Format, Kind
from reports.models import CertificateCode, Report
from documents.models import DocumentSetting
from trainings.models import Training, TrainingDay, TrainingSession

Standing = Report.Standing
Rule = Callable[[Any, dict], Standing]

DRAFT_MARK = "DRAF"
# Without 0 and O, 1, I and L: 31 letters, so 8 of them make 8.5e11 codes.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
# What people read instead of a letter that no code holds.
LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J"})
# Kinds whose title may tell whose paper it is.
NAMING = {Kind.CERTIFICATES, Kind.BIODATA, Kind.VISIT_REPORT}
# Never issued, yet signed and sent.
SIGNED_LETTERS = {Kind.INVITATION, Kind.ASSIGNMENT_LETTER, Kind.MEMO}
# Columns that say what a paper is worth, as they are before its content is settled.
UNSETTLED: dict[str, Any] = {
    "snapshot": None,
    "snapshot_sha": "",
    "standing": Standing.PLAIN,
    "issued_on": None,
    "code": None,
    "public_title": "",
    "counts": {},
}


def never(subject: Any, parameters: dict) -> Standing:
    return Standing.PLAIN


def on_request(subject: Any, parameters: dict) -> Standing:
    """Papers that tell the state of a day, which they name."""
    return Standing.IN_FORCE


def plan_approved(subject: WorkPlan, parameters: dict) -> Standing:
    """A plan that was handed in is signed first. What a newer revision replaced is printed as a mere copy."""
    Status = WorkPlan.Status
    return {
        Status.DRAFT: Standing.DRAFT,
        Status.RETURNED: Standing.DRAFT,
        Status.SUBMITTED: Standing.SIGNING,
        Status.APPROVED: Standing.IN_FORCE,
        Status.SUPERSEDED: Standing.PLAIN,
    }[Status(WorkPlan.objects.values_list("status", flat=True).get(pk=subject.pk))]


def training_closed(subject: Training, parameters: dict) -> Standing:
    closed = Training.objects.filter(pk=subject.pk, state=Training.State.CLOSED).exists()
    return Standing.IN_FORCE if closed else Standing.DRAFT


def follow_ups_closed(subject: Training, parameters: dict) -> Standing:
    """The RKTL is also had as a form without lines."""
    return Standing.PLAIN if parameters.get("fill") == "kosong" else training_closed(subject, parameters)


def damage_inspected(subject: DamageReport, parameters: dict) -> Standing:
    inspected = subject.steps.filter(state=DamageReport.State.INSPECTED).exists()
    return Standing.IN_FORCE if inspected else Standing.DRAFT


def days_closed(subject: Training | TrainingDay | TrainingSession, parameters: dict) -> Standing:
    """A filled sheet is final when its days are closed; one to sign on is none that the portal issues."""
    if parameters.get("mode") != "filled":
        return Standing.PLAIN
    days = TrainingDay.objects.filter(**{_DAY_OF[type(subject)]: subject.pk})
    return Standing.DRAFT if days.filter(closed_at=None).exists() else Standing.IN_FORCE


_DAY_OF: dict[type, str] = {Training: "training", TrainingDay: "pk", TrainingSession: "sessions"}

RULES: dict[Kind, Rule] = {
    Kind.WORK_PLAN: plan_approved,
    Kind.PLAN_DIFFERENCE: plan_approved,
    Kind.RKP_EXTRACT: plan_approved,
    Kind.PLAN_PROGRESS: plan_approved,
    Kind.ANNUAL_ACCOUNT: plan_approved,
    Kind.NOTICE_BOARD: plan_approved,
    Kind.ATTENDANCE_SHEET: days_closed,
    Kind.OFFICIAL_MINUTES: training_closed,
    Kind.MINUTES: training_closed,
    Kind.TRAINING_REPORT: training_closed,
    Kind.CERTIFICATES: training_closed,
    Kind.TEST_RECAP: training_closed,
    Kind.EVALUATION_RECAP: training_closed,
    Kind.FOLLOW_UP_PLAN: follow_ups_closed,
    Kind.DAMAGE_MINUTES: damage_inspected,
    Kind.PLAN_RECAP: on_request,
    Kind.PROPOSAL_RECAP: on_request,
    Kind.GROUP_PROFILE: on_request,
    Kind.VILLAGE_SHEET: on_request,
    Kind.CHANGE_HISTORY: on_request,
    Kind.SUMMARY: on_request,
    Kind.VISIT_REPORT: on_request,
    Kind.MONITORING_REPORT: on_request,
    Kind.PERIODIC_REPORT: on_request,
    # Before the event, to be filled in, about money, or decided elsewhere.
    Kind.INVITATION: never,
    Kind.ASSIGNMENT_LETTER: never,
    Kind.SCHEDULE: never,
    Kind.MEMO: never,
    Kind.BIODATA: never,
    Kind.TEST_SHEET: never,
    Kind.EVALUATION_SHEET: never,
    Kind.TRANSPORT_LIST: never,
    Kind.HONORARIUM_LIST: never,
    Kind.MATERIALS_RECEIPT: never,
    Kind.FORMATION_MINUTES: never,
    Kind.DECREE_DRAFT: never,
    Kind.VILLAGE_FORM: never,
}


def may_be_coded(kind: str) -> bool:
    """Whether the setting of a kabupaten about the code means anything for this kind."""
    return RULES[Kind(kind)] is not never


def standing_of(report: Report) -> Standing:
    """What the paper is worth if its content is read now; asks the database, not the row in memory."""
    standing = RULES[Kind(report.kind)](report.subject, report.parameters)
    a_part = report.format != Format.PDF or report.audience == Report.Audience.ASKER
    return Standing.PLAIN if a_part and standing in (Standing.IN_FORCE, Standing.SIGNING) else standing


def marked(snapshot: dict[str, Any], standing: Standing) -> dict[str, Any]:
    """The snapshot with what it is worth and the mark that every page of a draft carries."""
    head = snapshot["document"]
    marks = [DRAFT_MARK if standing == Standing.DRAFT else "", head["watermark"]]
    watermark = " \N{EN DASH} ".join(mark for mark in marks if mark)
    return snapshot | {"document": head | {"standing": standing.value, "watermark": watermark}}


def columns(report: Report, snapshot: dict[str, Any]) -> dict[str, Any]:
    """The columns that are settled together with the content: standing and, when issued, day and code."""
    standing = Standing(snapshot["document"]["standing"])
    if standing != Standing.IN_FORCE:
        return {"standing": standing}
    paper = registry.document(report.kind)
    coded = DocumentSetting.of(paper.district_of(report.subject), report.kind).coded
    return {
        "standing": standing,
        "issued_on": localdate(),
        "code": fresh_code() if coded else None,
        "public_title": public_title(report),
    }


def public_title(report: Report) -> str:
    """What the paper is and what it is about, without the name of a person, as the file's own title may hold one."""
    title = report.get_kind_display() if report.kind in NAMING else report.title
    subject = report.subject_text
    return (subject if subject.startswith(title) else f"{title}: {subject}")[:200]


def fresh_code() -> str:
    """A code that no paper and no certificate bears. Not to be guessed: of `secrets`."""
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
    if report.standing == Standing.IN_FORCE:
        subjects = report.subject._meta.model._base_manager
        subjects.select_for_update(no_key=True).get(pk=report.subject.pk)


def replace_older(report: Report) -> None:
    """The newest issue of one paper is in force and replaces the others. Call it with `hold`, when a file is ready.

    The rows are locked before they are read: one that is being withdrawn meanwhile stays withdrawn.
    """
    if report.standing != Standing.IN_FORCE:
        return
    history.record(report, Event.Verb.ISSUE, by=report.by)
    same = (
        Report.objects.select_for_update(no_key=True)
        .filter(
            kind=report.kind,
            format=report.format,
            state=Report.State.READY,
            standing=Standing.IN_FORCE,
            period_start=report.period_start,
            **{report.subject_name: report.subject},
        )
        .defer("snapshot")
    )
    issues = [row for row in same.order_by("pk") if row.parameters == report.parameters]
    newest = issues[-1]
    for row in issues[:-1]:
        row.standing, row.replaced_by = Standing.REPLACED, newest
        row.save(update_fields=["standing", "replaced_by"])
        history.record(
            row, Event.Verb.CHANGE, by=report.by, changes={"kedudukan": ["Berlaku", str(row.standing.label)]}
        )
    report.refresh_from_db(fields=["standing", "replaced_by"])


def takes_signatures(report: Report) -> bool:
    """Whether its signed form may be kept beside it: letters, and papers that were made to be signed or issued."""
    letter = report.kind in SIGNED_LETTERS and report.format == Format.PDF
    worthy = letter or report.standing == Standing.SIGNING or report.standing in Report.ISSUED
    return worthy and report.state == Report.State.READY


@transaction.atomic
def withdraw(report: Report, reason: str, by: User) -> None:
    """Takes an issued paper out of force, for good. The standing is in the WHERE: two clicks withdraw once.

    Raises ValidationError, in words for people, without a reason or when the paper is not in force.
    """
    if not reason.strip():
        raise ValidationError("Tulis alasan pencabutan.")
    in_force = Report.objects.filter(pk=report.pk, state=Report.State.READY, standing=Standing.IN_FORCE)
    if not in_force.update(
        standing=Standing.WITHDRAWN, withdrawn_on=localdate(), withdrawn_reason=reason.strip()[:300]
    ):
        raise ValidationError("Dokumen ini tidak sedang berlaku; tidak ada yang dicabut.")
    history.record(report, Event.Verb.WITHDRAW, by=by, reason=reason.strip()[:300])
    report.refresh_from_db()
