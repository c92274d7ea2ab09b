"""Kalender kegiatan of one month: its weeks on a landscape page to hang up, then each activity in one line."""

from typing import TypedDict

from django.utils.timezone import localdate

from accounts.models import District, User
from documents.choices import Audience
from documents.content import Parameters, Snapshot, option
from documents.digests import cut, reader
from documents.district.base import PeriodDocument
from documents.issue_rules import on_request
from documents.layout import frame
from documents.layout.fitting import Measure
from documents.periods import MONTHS, Period
from documents.signatures import Signing
from documents.signers import Letterhead
from monitoring.queries.calendar import ALL_KINDS, KINDS, MAX_ENTRIES, CalendarDay, Entry, entries_between, weeks_of
from records import formats

MAX_TITLE = 60  # letters of an activity in its cell; the lines below name it in full


# Tried until the weeks fit on their page: the most activities of a day, and whether the rows are lower.
FULLNESS = ((8, False), (8, True), (5, True), (3, True), (2, True), (1, True), (0, True))


class PrintedDay(TypedDict):
    number: str  # empty: a day of another month
    entries: list[str]


class CalendarContent(frame.Signed, Snapshot):
    heading: list[str]
    list_heading: str
    as_of: str
    day_names: list[str]
    weeks: list[list[PrintedDay]]  # with all activities; `fitted` leaves out what does not fit on the page
    tight: bool  # lower rows
    lines: list[list[str]]  # day, hours, activity, place, participants or visitor
    note: str


class ActivityCalendar(PeriodDocument[CalendarContent]):
    kind, title, code_prefix = "activity_calendar", "Kalender kegiatan", "KAL"
    audience = Audience.DISTRICT
    options = MONTHS | {"activity": {ALL_KINDS: "Semua jenis"} | KINDS}
    issue_rule = on_request
    letterhead = Letterhead.OFFICE
    signers = ()
    template = "documents/activity_calendar.html"

    def label(self, parameters: Parameters) -> str:
        kind = KINDS.get(option(parameters, "activity"), "")
        return super().label(parameters) + (f" ({kind.lower()})" if kind else "")

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        month = option(parameters, "period") or Period.containing(localdate(), 1).code
        return self.chosen({**parameters, "period": month})

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> CalendarContent:
        period, today = self.period_of(parameters), localdate()
        kind = KINDS.get(option(parameters, "activity"), "")
        entries, is_cut = entries_between(
            reader(user, subject),
            period.start,
            period.end,
            kind=option(parameters, "activity") if kind else "",
            district=subject,
        )
        office = subject.office_on(today)
        signing = Signing(self, subject, today, office)
        as_of = f"Keadaan per {formats.date_id(today)}{f'; hanya {kind.lower()}' if kind else ''}"
        return {
            "document": frame.head(
                title=f"{self.label(parameters)}, {subject}",
                subject=as_of,
                office=office,
                dated=today,
                page_size=frame.page_size_of(office, wide=True),
                watermark=frame.SAMPLE_MARK if any(entry.sample for entry in entries) else "",
            ),
            "letterhead": signing.letterhead(),
            "heading": [f"KALENDER KEGIATAN {period.words.upper()}", str(subject).upper()],
            "list_heading": f"DAFTAR KEGIATAN {period.words.upper()}",
            "as_of": as_of,
            "day_names": list(formats.DAYS),
            "weeks": [[_day(day) for day in week] for week in weeks_of(period.start, entries, today)],
            "tight": False,
            "lines": [_line(entry) for entry in entries],
            "note": f"Dari tiap jenis hanya {MAX_ENTRIES} kegiatan terakhir yang termuat." if is_cut else "",
            "signatures": signing.blocks(placed=frame.place_and_date(office, today)),
        }

    def fitted(self, content: CalendarContent, measure: Measure) -> CalendarContent:
        """The weeks with as many activities a day as fit on one page; the list has them all."""
        for most, tight in FULLNESS:
            fuller = _with_most(content, most, tight)
            if measure(self.render(fuller))[0].pages == 1:
                break
        return fuller


def _day(day: CalendarDay) -> PrintedDay:
    return {
        "number": str(day.day.day) if day.in_month else "",
        "entries": [_short(entry) for entry in day.entries],
    }


def _with_most(content: CalendarContent, most: int, tight: bool) -> CalendarContent:
    weeks = [[_with_first(day, most) for day in week] for week in content["weeks"]]
    return {**content, "weeks": weeks, "tight": tight}


def _with_first(day: PrintedDay, most: int) -> PrintedDay:
    """A single one that is left over takes no more room than the line about it."""
    entries = day["entries"]
    if len(entries) > most + 1:
        entries = [*entries[:most], f"dan {len(entries) - most} kegiatan lainnya"]
    return {"number": day["number"], "entries": entries}


def _short(entry: Entry) -> str:
    hour = f"{formats.time_id(entry.starts)} " if entry.starts else ""
    return f"{hour}{cut(entry.title, MAX_TITLE)}{' (dibatalkan)' if entry.cancelled else ''}"


def _line(entry: Entry) -> list[str]:
    title = f"{entry.title}{' (dibatalkan)' if entry.cancelled else ''}"
    return [formats.day_date(entry.day), entry.hours or "-", title, entry.place or "-", entry.people or "-"]
