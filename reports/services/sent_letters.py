"""Letters that went out: printed with number and date of the accounts file. One number belongs to one letter.

As long as its data are unchanged, such a letter may be printed again, in other options too. Once they changed, the
letter stands as it went out; another one needs a new number, or the withdrawal of the first.
"""

import logging
from collections.abc import Set

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT

from documents.choices import Audience, Format, IssueStatus
from documents.trainings.base import NumberedLetter, numbers_in
from records import formats
from reports.models import Report, SignedCopy
from reports.services import production
from trainings.models import Training

logger = logging.getLogger(__name__)

LOOKED_AT = 50


class AlreadySent(ValidationError):
    """Refuses another letter under the number of `report`, whose data have changed since."""

    def __init__(self, report: Report):
        self.report = report
        letter = (report.snapshot or {})["letter"]
        printed = formats.moment_id(report.requested_at)
        super().__init__(
            f"“{report.title}” nomor {letter['number']} sudah dicetak {printed}, dan datanya berubah sesudah itu. Satu "
            "nomor hanya untuk satu surat, jadi tidak dibuat surat lain dengan nomor itu."
        )


def sent_under(kind: str, training: Training, numbers: Set[str]) -> list[Report]:
    """For each choice of options the letter that went out under one of these numbers: the signed or newest one."""
    if not numbers:
        return []
    made = Q(state=Report.State.READY) | Q(state__in=Report.UNDER_WAY, snapshot__isnull=False)
    rows = Report.objects.filter(
        made,
        kind=kind,
        training=training,
        format=Format.PDF,
        issue_status__in=[IssueStatus.PLAIN, IssueStatus.SIGNING, IssueStatus.IN_FORCE],
    ).exclude(audience=Audience.REQUESTER)
    signed = Exists(SignedCopy.objects.filter(report=OuterRef("pk")))
    rows = rows.annotate(signed=signed, letter_number=KT("snapshot__letter__number"))
    found: dict[str, Report] = {}
    for row in rows.order_by("-signed", "-pk").defer("snapshot")[:LOOKED_AT]:
        if numbers & numbers_in(row.letter_number):
            found.setdefault(repr(sorted(row.parameters.items())), row)
    return list(found.values())


def refuse_second(report: Report) -> None:
    """Raises AlreadySent when a letter went out under the number of this one and would read otherwise today."""
    document, training = report.document, report.training
    if not isinstance(document, NumberedLetter) or training is None:
        return
    numbers = document.numbers(training, report.parameters)
    for row in sent_under(report.kind, training, numbers):
        if row.pk != report.pk and has_changed(row):
            raise AlreadySent(row)


def has_changed(report: Report) -> bool:
    """Whether the same request would print something else today."""
    today = Report(
        kind=report.kind,
        training=report.training,
        format=report.format,
        parameters=report.parameters,
        audience=report.audience,
        by=report.by,
    )
    try:
        return production.frozen_content(today).snapshot_sha != report.snapshot_sha
    except Exception:
        logger.exception("report %s cannot be compared with today's rows", report.pk)
        return True
