"""Moving of hours within a day."""

from datetime import time

MINUTES_OF_DAY = 24 * 60


def minutes_between(before: time, now: time) -> int:
    return _minutes(now) - _minutes(before)


def moved(hour: time, minutes: int) -> time | None:
    """The hour so many minutes later (or earlier); None where that is another day."""
    found = _minutes(hour) + minutes
    return time(*divmod(found, 60)) if 0 <= found < MINUTES_OF_DAY else None


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
