"""What the agenda of a day still has ahead when somebody closes it."""

from datetime import datetime

from django.utils.timezone import localtime

from records import formats
from trainings.queries.figure_rows import DayFigures

MAX_NAMED = 3


def still_to_come(days: list[DayFigures], now: datetime | None = None) -> list[str]:
    """One sentence for each of these days whose agenda, or else its sessions, is not over yet."""
    now = now or localtime()
    return [sentence for day in days if (sentence := _ahead(day, now))]


def _ahead(day: DayFigures, now: datetime) -> str:
    parts = [(item.starts, item.ends, item.topic) for item in day.items]
    parts = parts or [(row.session.starts, row.session.ends, row.session.name) for row in day.sessions]
    date, today, clock = day.day.date, now.date(), now.time()
    ahead = sorted(part for part in parts if date > today or (date == today and part[1] > clock))
    if not ahead:
        return ""
    label = f"{day.label}, {formats.day_date(date)},"
    if len(ahead) == len(parts) and (date > today or ahead[0][0] > clock):
        return f"{label} belum berlangsung."
    named = "; ".join(f"{formats.time_span(starts, ends)} {topic}" for starts, ends, topic in ahead[:MAX_NAMED])
    more = f"; dan {len(ahead) - MAX_NAMED} acara lain" if len(ahead) > MAX_NAMED else ""
    return f"{label} belum selesai, sekarang pukul {formats.time_id(clock)}. Masih akan berlangsung: {named}{more}."
