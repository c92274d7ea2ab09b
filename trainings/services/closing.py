"""Closing of days and trainings: signatures are counted and compared with the marks; the last step closes the training.

A closed day still accepts corrections, each with a reason (services.attendance); a closed training accepts nothing.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from records import formats, history
from records.models import Event
from trainings.models import Training, TrainingDay, TrainingSession
from trainings.queries.figures import present_per_session
from trainings.services.guard import hold

Signatures = dict[int, int | None]  # session: signatures on its sheet, None where not counted


@transaction.atomic
def close_day(day: TrainingDay, signatures: Signatures, *, by: User, reason: str = "") -> None:
    """Closes one day and stores the number of signatures on each of its sheets.

    Raises ValidationError when a count differs from the marks and no reason is given, when the day is closed already,
    and when the training is closed.
    """
    training = hold(day.training)
    day = training.days.get(pk=day.pk)
    if day.closed_at:
        raise ValidationError(f"{formats.day_date(day.date)} sudah ditutup.")
    _close([day], _count(training, [day], signatures, reason), by=by, reason=reason)


@transaction.atomic
def reopen_day(day: TrainingDay, *, by: User, reason: str) -> None:
    """Reopens a day: its marks change without a reason again; the counted signatures remain. Raises ValidationError."""
    training = hold(day.training)
    day = training.days.get(pk=day.pk)
    if day.closed_at is None:
        raise ValidationError(f"{formats.day_date(day.date)} belum ditutup.")
    day.closed_at = None
    day.save(update_fields=["closed_at"])
    history.record(day, Event.Verb.REOPEN, by=by, reason=reason)


@transaction.atomic
def close_training(training: Training, signatures: Signatures, *, by: User, reason: str = "") -> None:
    """Closes the open days, each as close_day does, and then the training.

    Raises ValidationError when a count differs from the marks and no reason is given, or when it is closed.
    """
    training = hold(training)
    days = list(training.days.filter(closed_at=None))
    _close(days, _count(training, days, signatures, reason), by=by, reason=reason)
    training.close(by=by, reason=reason)


@transaction.atomic
def reopen_training(training: Training, *, by: User, reason: str) -> None:
    """Reverts closing or cancelling. Closed days remain closed: changes there need a reason.

    Raises ValidationError when the training is open.
    """
    training = Training.objects.select_for_update().get(pk=training.pk)
    training.reopen(by=by, reason=reason)


def _count(training, days, signatures, reason) -> list[TrainingSession]:
    """Writes the counts to the sessions of these days. Raises ValidationError for a difference without a reason."""
    ticked = present_per_session(training)
    sessions = list(TrainingSession.objects.filter(day__in=days).select_related("day"))
    differing = []
    for session in sessions:
        counted = signatures.get(session.pk)
        session.signatures_counted = counted
        if counted is not None and counted != ticked.get(session.pk, 0):
            counts = f"{counted} tanda tangan, {ticked.get(session.pk, 0)} tercatat hadir"
            differing.append(f"{formats.date_id(session.day.date)} {session}: {counts}")
    if differing and not reason:
        raise ValidationError(
            f"Jumlah tanda tangan berbeda dari kehadiran ({'; '.join(differing)}). "
            "Periksa kehadiran, atau tulis penjelasannya di alasan."
        )
    TrainingSession.objects.bulk_update(sessions, ["signatures_counted"])
    return sessions


def _close(days: list[TrainingDay], sessions: list[TrainingSession], *, by, reason):
    counts: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for session in sessions:
        counted = session.signatures_counted
        counts[session.day_id][f"tanda tangan {session}"] = ["", "belum dihitung" if counted is None else str(counted)]
    for day in days:
        day.closed_at = timezone.now()
        day.save(update_fields=["closed_at"])
        history.record(day, Event.Verb.CLOSE, by=by, changes=counts[day.pk], reason=reason)
