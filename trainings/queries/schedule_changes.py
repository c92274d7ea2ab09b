"""Days and place in the undangan that was sent, where they have changed since."""

from trainings.models import ScheduleChange, SpjItem, Training


def change_since_invitation(training: Training, letter: SpjItem | None) -> ScheduleChange | None:
    """Days and place as in an undangan of that day; None where it has no date or is still correct.

    The first change after the letter contains them: later ones were never announced, or by a letter of change. One
    query, two where something changed.
    """
    if letter is None or letter.dated_on is None or letter.not_needed:
        return None
    changes = ScheduleChange.objects.filter(training=training)
    first = next((change for change in changes if change.follows(letter.dated_on)), None)
    if first is None:
        return None
    today = [day.date for day in training.days.all()]
    return None if (first.dates, first.place) == (today, training.place) else first
