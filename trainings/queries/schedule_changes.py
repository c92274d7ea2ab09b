"""What the undangan that went out told about days and place, where it is not true any more."""

from trainings.models import ScheduleChange, SpjItem, Training


def change_since_invitation(training: Training, letter: SpjItem | None) -> ScheduleChange | None:
    """Days and place as an undangan of that day named them; None where it bears no date or still tells the truth.

    The first change after the letter kept them: later ones were never written to anybody, or by a letter of change.
    One query, two where something changed.
    """
    if letter is None or letter.dated_on is None or letter.not_needed:
        return None
    changes = ScheduleChange.objects.filter(training=training)
    first = next((change for change in changes if change.follows(letter.dated_on)), None)
    if first is None:
        return None
    today = [day.date for day in training.days.all()]
    return None if (first.dates, first.place) == (today, training.place) else first
