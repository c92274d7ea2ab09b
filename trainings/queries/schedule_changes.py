"""The schedule of a training today, and where it differs from that of the undangan that was sent."""

from dataclasses import dataclass
from datetime import date, time

from records import formats
from trainings.models import ScheduleChange, SpjItem, Training

AgendaLine = tuple[int, str, str, str]  # number of the day, start, end, topic


@dataclass(frozen=True)
class Schedule:
    """As announced: days, hour at which the first day begins, place; and the agenda. None: unknown."""

    days: list[date]
    place: str
    starts: time | None
    agenda: list[AgendaLine] | None


@dataclass(frozen=True)
class AgendaChange:
    """One item of the agenda that moved, was added or was removed: its hours before and now."""

    day: int
    topic: str
    before: str
    now: str


@dataclass(frozen=True)
class ScheduleDifference:
    before: Schedule
    now: Schedule

    @property
    def other_days(self) -> bool:
        return self.before.days != self.now.days

    @property
    def other_hour(self) -> bool:
        return self.before.starts is not None and self.before.starts != self.now.starts

    @property
    def other_place(self) -> bool:
        return self.before.place != self.now.place

    @property
    def is_due(self) -> bool:
        """Whether the invited people must get a letter: without it they come on another day or to another place.

        A change of the agenda alone may be announced (`__bool__`); the accounts file does not expect a letter then.
        """
        return self.other_days or self.other_hour or self.other_place

    @property
    def parts(self) -> str:
        """What differs, for a sentence: "tanggal dan tempat", "susunan acara"."""
        found = {
            "tanggal": self.other_days,
            "jam mulai": self.other_hour,
            "tempat": self.other_place,
            "susunan acara": bool(self.agenda),
        }
        return formats.enumeration([part for part, differs in found.items() if differs])

    @property
    def agenda(self) -> list[AgendaChange]:
        """In the order of the agenda of today, removed items last. Empty where that of before is unknown."""
        if self.before.agenda is None:
            return []
        before, now = _hours(self.before.agenda), _hours(self.now.agenda or [])
        keys = [*now, *(key for key in before if key not in now)]
        return [
            AgendaChange(key[0], key[1], before.get(key, ""), now.get(key, ""))
            for key in keys
            if before.get(key) != now.get(key)
        ]

    def __bool__(self) -> bool:
        """Whether a letter may announce it."""
        return self.is_due or bool(self.agenda)


def schedule_today(training: Training) -> Schedule:
    """Read from the database. Three queries."""
    days = list(training.days.prefetch_related("sessions", "items").order_by("date"))
    agenda = [
        (number, item.starts.isoformat("minutes"), item.ends.isoformat("minutes"), item.topic)
        for number, day in enumerate(days, 1)
        for item in day.items.all()
    ]
    starts = days[0].first_hour if days else None
    return Schedule([day.date for day in days], training.place, starts, agenda)


def change_since_invitation(training: Training, letter: SpjItem | None) -> ScheduleDifference | None:
    """What differs from an undangan of that day; None where it has no date or is still correct.

    The first change after the letter contains its schedule: later ones were never announced, or by a letter of change.
    One query, four where something changed.
    """
    if letter is None or letter.dated_on is None or letter.not_needed:
        return None
    changes = ScheduleChange.objects.filter(training=training)
    first = next((change for change in changes if change.follows(letter.dated_on)), None)
    if first is None:
        return None
    agenda = None if first.agenda is None else [_line(row) for row in first.agenda]
    found = ScheduleDifference(Schedule(first.dates, first.place, first.starts, agenda), schedule_today(training))
    return found or None


def _line(row: list) -> AgendaLine:
    number, starts, ends, topic = row
    return number, starts, ends, topic


def _hours(agenda: list[AgendaLine]) -> dict[tuple[int, str, int], str]:
    """The hours of each item by day and topic; the third value counts items of the same topic."""
    found: dict[tuple[int, str, int], str] = {}
    for day, starts, ends, topic in agenda:
        count = 1
        while (day, topic, count) in found:
            count += 1
        found[day, topic, count] = formats.time_span(time.fromisoformat(starts), time.fromisoformat(ends))
    return found
