"""Storing of the schedule before a change, for letters that cite it."""

from trainings.models import ScheduleChange, SpjItem, Training
from trainings.queries.schedule_changes import schedule_today


def keep_schedule(training: Training) -> ScheduleChange | None:
    """Stores the current schedule. Call it before the change, in its transaction.

    A training without days has no announced schedule.
    """
    before = schedule_today(Training.objects.get(pk=training.pk))
    if not before.days:
        return None
    return ScheduleChange.objects.create(
        training=training,
        days=[day.isoformat() for day in before.days],
        place=before.place,
        starts=before.starts,
        agenda=before.agenda,
        invited=_letters(training).exists(),
    )


def keep_agenda(training: Training) -> None:
    """The same before a change of hours or agenda, which happens often: only the first one after an undangan counts."""
    letter = _letters(training).first()
    if letter is None or letter.dated_on is None:
        return
    if not any(change.follows(letter.dated_on) for change in ScheduleChange.objects.filter(training=training)):
        keep_schedule(training)


def _letters(training: Training):
    rows = SpjItem.objects.filter(training=training, document=SpjItem.Document.INVITATION, not_needed=False)
    return rows.exclude(dated_on=None)
