"""Moving of days to other dates: one, or all by the same distance. Agenda, speakers, sessions and marks remain."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records import formats, history
from records.constraints import sentence_of
from records.models import Event
from trainings.models import Attendance, Training, TrainingDay
from trainings.services.guard import hold
from trainings.services.schedule_changes import keep_schedule

REOPEN_FIRST = "Buka kembali hari itu dahulu, lalu ulangi."


@dataclass(frozen=True)
class Move:
    """A day of a training and its new date."""

    day: TrainingDay
    to: date

    @property
    def before(self) -> date:
        return self.day.date


def is_marked(day: TrainingDay) -> bool:
    """Whether attendance of this day was recorded."""
    return Attendance.objects.filter(session__day=day).exists()


def moves_to(training: Training, first: date) -> list[Move]:
    """All days of a training, moved so that its first one is `first`; their distances remain."""
    days = list(training.days.all())
    return [Move(day, first + (day.date - days[0].date)) for day in days]


def fixed_days(training: Training) -> list[str]:
    """Reasons why the days of this training cannot be moved together: one for each day that is closed or marked."""
    marked = set(Attendance.objects.filter(session__day__training=training).values_list("session__day", flat=True))
    found = []
    for day in training.days.all():
        if day.closed_at:
            found.append(f"{formats.day_date(day.date)} sudah ditutup.")
        elif day.pk in marked:
            found.append(f"Kehadiran {formats.day_date(day.date)} sudah tercatat.")
    return found


def refuse_fixed(training: Training) -> None:
    """Raises ValidationError, with a sentence for each day that is closed or whose attendance was recorded."""
    if fixed := fixed_days(training):
        whole = f"Jadi {training.noun} tidak dapat digeser sekaligus. Ubah tanggal hari lain satu per satu."
        raise ValidationError([*fixed, whole])


@transaction.atomic
def move_day(day: TrainingDay, to: date, *, confirmed: bool = False, by: User) -> bool:
    """Moves one day to another date; False when it has that date already.

    Raises ValidationError when the date is taken, the day or the training is closed, or when attendance of the day was
    recorded and moving it along was not confirmed.
    """
    training = hold(day.training)
    day = training.days.get(pk=day.pk)
    before = day.date
    if before == to:
        return False
    if day.closed_at:
        raise ValidationError(f"{formats.day_date(before)} sudah ditutup. {REOPEN_FIRST}")
    if training.days.filter(date=to).exists():
        raise ValidationError(sentence_of(TrainingDay, "training_day_once"))
    if is_marked(day) and not confirmed:
        raise ValidationError(marked_sentence(before, to))
    keep_schedule(training)
    training.days.filter(pk=day.pk).update(date=to)
    changes = {"tanggal hari": [formats.day_date(before), formats.day_date(to)]}
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return True


def marked_sentence(before: date, to: date) -> str:
    return (
        f"Kehadiran {formats.day_date(before)} sudah tercatat dan akan menjadi kehadiran {formats.day_date(to)}. "
        "Centang di bawah bila memang tanggalnya yang keliru."
    )


@transaction.atomic
def move_training(training: Training, first: date, *, by: User) -> list[Move]:
    """Moves all days so that the first one is `first`; returns the moves, none when it begins then already.

    Raises ValidationError without days, when a day is closed or was marked, and when the training is closed.
    """
    training = hold(training)
    moves = moves_to(training, first)
    if not moves:
        raise ValidationError(f"{training.noun.capitalize()} ini belum mempunyai hari. Tambahkan harinya dahulu.")
    refuse_fixed(training)
    if moves[0].before == first:
        return []
    keep_schedule(training)
    # Dates are unique after each statement, so days are moved in an order in which no two meet.
    for move in moves if first < moves[0].before else reversed(moves):
        training.days.filter(pk=move.day.pk).update(date=move.to)
    changes = {
        f"tanggal hari ke-{number}": [formats.day_date(move.before), formats.day_date(move.to)]
        for number, move in enumerate(moves, 1)
    }
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return moves
