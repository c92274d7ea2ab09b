"""A calendar as text of the format iCalendar (RFC 5545), for the calendars of phones and mail programs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
MAX_OCTETS = 75  # of one line, its end aside
PRODUCT = "-//Portal Pamsimas//Kalender kegiatan//ID"
# What may be a telephone number in a typed title or place: it never leaves by an address without a login.
_PHONE = re.compile(r"(?<![\w.])(?:\+\s?62|62|0)[\s().-]*\d(?:[\s().-]*\d){6,13}(?!\d)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class CalendarEvent:
    """One activity of one day; without `starts` and `ends` it takes the whole day. Both know their time zone."""

    uid: str
    summary: str
    day: date
    starts: datetime | None = None
    ends: datetime | None = None
    location: str = ""
    url: str = ""
    cancelled: bool = False


def calendar_text(name: str, events: Iterable[CalendarEvent], stamp: datetime) -> str:
    """`stamp`: when the rows were read."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escape(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"]
    for event in events:
        lines += _event_lines(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event_lines(event: CalendarEvent, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(event.uid)}"
    yield f"DTSTAMP:{_moment(stamp)}"
    if event.starts and event.ends:
        yield f"DTSTART:{_moment(event.starts)}"
        yield f"DTEND:{_moment(event.ends)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"  # the first day that is free again
    yield f"SUMMARY:{escape(without_phones(event.summary))}"
    if event.location:
        yield f"LOCATION:{escape(without_phones(event.location))}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """A value of type TEXT."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub(" ", text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets; each further piece begins with a blank, no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MAX_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece])


def without_phones(text: str) -> str:
    return _PHONE.sub("(nomor tidak ditampilkan)", text)
