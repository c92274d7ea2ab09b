"""The day from which a village counts as invited, for figures as of a day.

It is the date of the letter: of the undangan in the accounts file. Without a dated letter, a village counts from
ASSUMED_DAYS before the first day of the training (our assumption: letters are sent about a month ahead), or from the
day on which the invitation was recorded if that was earlier.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Min
from django.utils.timezone import localdate

from trainings.models import Invitation, SpjItem

ASSUMED_DAYS = 30


def invited_from(first_day: date, letter: date | None = None, recorded: date | None = None) -> date:
    """The day from which one invitation counts, never after the first day of its training."""
    if letter:
        return min(letter, first_day)
    assumed = first_day - timedelta(days=ASSUMED_DAYS)
    return min(assumed, recorded) if recorded else assumed


def letter_days(trainings: Iterable[int]) -> dict[int, date]:
    """{training: date of its undangan}, where it has a dated one. One query."""
    documents = SpjItem.objects.filter(document=SpjItem.Document.INVITATION, not_needed=False, dated_on__isnull=False)
    rows = documents.filter(training__in=trainings).values_list("training", "dated_on")
    return {training: day for training, day in rows if day}


def trainings_inviting(villages, on: date) -> set[int]:
    """Keys of the trainings to which some of these villages counted as invited by that day. Two queries."""
    rows = Invitation.objects.filter(village__in=villages).annotate(first_day=Min("training__days__date"))
    found = list(rows.exclude(first_day=None).values_list("training", "first_day", "recorded_at"))
    letters = letter_days({training for training, _, _ in found})
    return {
        training
        for training, first_day, recorded in found
        if invited_from(first_day, letters.get(training), localdate(recorded)) <= on
    }
