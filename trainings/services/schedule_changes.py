"""Storing of days and place before a change, for letters that cite them."""

from trainings.models import ScheduleChange, SpjItem, Training, TrainingDay


def keep_schedule(training: Training) -> ScheduleChange | None:
    """Stores the current days and place. Call it before the change, in its transaction.

    A training without days has no announced schedule.
    """
    stored = Training.objects.get(pk=training.pk)
    days = list(TrainingDay.objects.filter(training=training).values_list("date", flat=True))
    if not days:
        return None
    letters = SpjItem.objects.filter(training=training, document=SpjItem.Document.INVITATION, not_needed=False)
    return ScheduleChange.objects.create(
        training=training,
        days=[day.isoformat() for day in sorted(days)],
        place=stored.place,
        invited=letters.exclude(dated_on=None).exists(),
    )
