"""Requests for documents."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights import Right, may, sees_all_phones, sees_whole_district
from accounts.scoping import require
from documents import registry
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.trainings.base import NumberedLetter, TrainingDocument
from jobs.queue import enqueue_on_commit, requeue_after
from kpspams.models import KpspamsGroup
from records import history
from records.models import Event
from reports.models import Report, ReportBundle, Schedule
from reports.models.subjects import Subject, column_of
from reports.services import queue, reuse, sent_letters
from trainings.models import SpjItem, Training
from trainings.services.spj import record_letter

NO_ACCESS = (
    "Dokumen tidak dibuat: akun peminta sudah berakhir, atau tidak berhak lagi atas data ini. "
    "Yang berhak dapat memintanya sendiri."
)


def request_document(
    kind: str,
    subject: Subject,
    parameters: Parameters,
    by: User,
    key: uuid.UUID | None = None,
    *,
    format: str = Format.PDF,
    bundle: ReportBundle | None = None,
    schedule: Schedule | None = None,
    period_start: date | None = None,
) -> Report:
    """Saves the request and enqueues it; the same `key` returns the same row.

    A single request for the same data as a finished or waiting document returns that document.

    The caller has checked that `subject` is visible to `by`. Raises PermissionDenied without the right to request it,
    ValidationError when it cannot be made of this subject or too many are waiting, AlreadySent when another letter
    went out under its number.
    """
    require(by, Right.REQUEST_REPORTS)
    begun = timezone.now()
    document = registry.document(kind)
    if not any(isinstance(subject, model) for model in document.subjects):
        raise ValueError(f"{kind} is no document of a {type(subject).__name__}")
    if format not in document.formats:
        raise ValidationError(f"{document.label(parameters)} tidak dibuat dalam bentuk {Format(format).label}.")
    if existing := _of_key(by, key):
        same = (existing.kind, existing.format, existing.subject) == (kind, format, subject)
        if same and _has_parameters(existing, parameters):
            return existing
        key = None  # the key belongs to another request, and this one is separate
    report = Report(
        kind=kind,
        format=format,
        bundle=bundle,
        schedule=schedule,
        period_start=period_start,
        parameters=document.clean(subject, parameters),
        by=by,
        request_key=key,
        lease_until=requeue_after(),
        **{column_of(subject): subject},
    )
    set_audience(report)
    alone = bundle is None and schedule is None
    if alone and (existing := reuse.same_document(report)):
        return existing
    sent_letters.refuse_second(report)
    try:
        with transaction.atomic():
            if alone:
                queue.hold(by)
                if key and (existing := reuse.same_request(report, begun)):
                    return existing
                queue.check_room(by)
            report.turn = queue.next_turn(by, in_bundle=bundle is not None)
            report.save(force_insert=True)
            history.record(report, Event.Verb.ADD, by=by)
            enqueue_on_commit(report)
    except IntegrityError:
        # Another request with the same key was faster; any other conflict is raised.
        existing = _of_key(by, key)
        if existing is None:
            raise
        return existing
    return report


def _of_key(by: User, key: uuid.UUID | None) -> Report | None:
    """The request of this user with this key; keys of other users do not count."""
    return Report.objects.filter(request_key=key, by=by).first() if key else None


def _has_parameters(existing: Report, parameters: Parameters) -> bool:
    try:
        return existing.parameters == existing.document.clean(existing.subject, parameters)
    except ValidationError:
        return True  # it could be requested then and cannot any more; the document exists


def request_decree_documents(group: KpspamsGroup, by: User, key: uuid.UUID | None = None) -> list[Report]:
    """Requests all documents that a village needs for an SK, or none; raises the errors of `request_document`."""
    with transaction.atomic():
        return [
            request_document(kind, group, {}, by, key=uuid.uuid5(key, kind) if key else None) for kind in decree_kinds()
        ]


def decree_kinds() -> list[str]:
    """The kinds that prepare an SK, in order."""
    documents = [(one.decree_position, kind) for kind, one in registry.DOCUMENTS.items() if one.decree_position]
    return [kind for _, kind in sorted(documents)]


@dataclass(frozen=True)
class MeetingDocuments:
    """The requested documents for before a meeting, and the letter that went out instead of another one."""

    reports: list[Report]
    sent: Report | None = None


def request_meeting_documents(
    training: Training, by: User, key: uuid.UUID | None = None, *, entry: tuple[str, date | None] | None = None
) -> MeetingDocuments:
    """Requests the documents for before a meeting (undangan, daftar hadir to sign), or none.

    Only an undangan that went out and would read otherwise today is left out, with `entry`.

    `entry`: number and date of the undangan, recorded first by who may edit the training; None leaves them as they are.
    Raises PermissionDenied for a user who does not see all of it, and the errors of `request_document`.
    """
    if not may_request_bundle(training, by):
        raise PermissionDenied(f"{by.pk} does not see all of training {training.pk}")
    documents = [one for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument) and one.begins_meeting]
    letters = [one for one in documents if isinstance(one, NumberedLetter)]
    sent = None
    reports: list[Report] = []
    with transaction.atomic():
        try:
            with transaction.atomic():
                if entry is not None and Training.objects.editable_by(by).filter(pk=training.pk).exists():
                    number, dated_on = entry
                    record_letter(training, SpjItem.Document.INVITATION, number=number, dated_on=dated_on, by=by)
                reports += _request_before_meeting(letters, training, by, key)
        except sent_letters.AlreadySent as error:
            sent = error.report
        others = [one for one in documents if one not in letters]
        reports += _request_before_meeting(others, training, by, key)
    return MeetingDocuments(reports, sent)


def _request_before_meeting(
    documents: Sequence[TrainingDocument[Any]], training: Training, by: User, key: uuid.UUID | None
) -> list[Report]:
    found = [(one.begins_meeting, one.kind) for one in documents if one.begins_meeting]
    return [
        request_document(kind, training, dict(options), by, key=uuid.uuid5(key, kind) if key else None)
        for filing, kind in sorted(found, key=lambda pair: pair[0].position)
        for options in filing.copies
    ]


def set_audience(report: Report) -> None:
    """Sets the audience from the content to come, and whether telephone numbers may be printed.

    Raises PermissionDenied when this user may not request this document.
    """
    by = report.by
    assert by is not None, f"Report {report.pk} was requested by nobody"
    readers = report.document.audience
    if "phones" in report.parameters and not sees_all_phones(by):
        report.parameters["phones"] = False
    if not may_request(report.kind, report.subject, by):
        raise PermissionDenied(f"{by.pk} may not request {report.kind}")
    if readers == Audience.OFFICE or report.parameters.get("phones"):
        report.audience = Audience.OFFICE if by.is_office else Audience.REQUESTER
    elif readers == Audience.SUBJECT:
        report.audience = Audience.SUBJECT
    elif _sees_all_of(report.subject, by):
        report.audience = Audience.DISTRICT
    else:
        report.audience = Audience.REQUESTER


def may_request(kind: str, subject: Subject, by: User) -> bool:
    """Whether a page may offer it for a row that is visible to this user. Its audience and `of_all_villages` decide."""
    if not may(by, Right.REQUEST_REPORTS):
        return False
    document = registry.document(kind)
    if document.audience == Audience.OFFICE:
        return by.is_office
    return not document.of_all_villages or _sees_all_of(subject, by)


def may_file(closed: bool, by: User) -> bool:
    """Whether a bundle of this user may contain it. `closed`: with NIK, accounts or money, only for the office."""
    return by.is_office or not closed


def may_request_bundle(training: Training, by: User) -> bool:
    """The documents of the whole training are for users who see all of its villages."""
    return may(by, Right.REQUEST_REPORTS) and _sees_all_of(training, by)


def check_access(report: Report) -> None:
    """Checks again, before rows are read for the document, whether its requester may have it.

    Raises ValidationError when the account is closed, the assignment has ended or the role has lost the right.
    """
    by = report.by
    if by is None or not by.is_current or not may_request(report.kind, report.subject, by):
        raise ValidationError(NO_ACCESS)
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise ValidationError(NO_ACCESS)


def _sees_all_of(subject: Subject, by: User) -> bool:
    """Whether the user sees the whole kabupaten or is an officer of the training."""
    if sees_whole_district(by):
        return True
    day = getattr(subject, "day", subject)  # of a session
    training = getattr(day, "training", day)
    return isinstance(training, Training) and training.officers.filter(pk=by.pk).exists()
