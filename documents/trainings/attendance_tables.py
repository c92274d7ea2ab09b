"""Tables of one daftar hadir: a sheet for each session or each day, and the recapitulation of all."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NotRequired

from accounts.models import User
from documents.content import Parameters, option
from documents.layout import fitting
from documents.layout.frame import SignatureBlock
from documents.signatures import Signing
from documents.trainings import base, roster
from documents.trainings.attendance_marks import Marks
from documents.trainings.base import TrainingContent
from documents.trainings.columns import Column, Page, Part, Row, Table, Who, table
from documents.trainings.origins import Origins, origins_of
from documents.trainings.roster import Attendee
from records import formats
from trainings.models import AgendaItem, Training, TrainingSession

# Three signature columns of 48 mm fit beside the names on F4 landscape.
SIDE_BY_SIDE = 3
# Maximum of empty rows for narasumber and panitia not yet recorded (our assumption).
SPARE_ROWS = 3


class Sheet(Table):
    """A sheet to sign or with marks: head, people, totals, signatures."""

    key: NotRequired[str]  # of its Kode lembar: "S12" a session, "D3" a whole day
    day: str
    day_number: int
    days: int
    time: str
    session: str
    sessions: int  # side by side
    lesson_hours: str
    topics: str
    spare: list[list[str]]  # empty rows; as many are printed as fill the last page
    totals: list[str]
    signatures: list[SignatureBlock]


class Recap(Table):
    dates: str
    totals: list[str]
    signatures: list[SignatureBlock]


class AttendanceTables:
    """Participants sign each session on a separate sheet, or side by side in landscape; the others once a day."""

    def __init__(
        self,
        columns: Iterable[Column],
        training: Training,
        head: TrainingContent,
        parameters: Parameters,
        sessions: list[TrainingSession],
        user: User | None,
        signing: Signing,
    ):
        self.columns = columns
        self.training = training
        self.signing = signing
        self.sessions = sessions
        self.who = Who(option(parameters, "who"))
        self.phones = bool(parameters["phones"])
        self.part = Part(option(parameters, "mode"))
        self.page_size = head["document"]["page_size"]
        self.dates = base.dates(training)
        self.signed: dict[date, list[SignatureBlock]] = {}
        self.people: list[Attendee] = []
        self.marks: Marks | None = None
        self.invited: dict[int, str] = {}
        village = roster.chosen_village(parameters)
        word = head["terms"]["village"]
        self.origins = Origins(word) if village else origins_of(training, word)
        if self.who == Who.PARTICIPANTS:
            self.people = roster.participants(training, user, phones=self.phones, village=village)
            invited = roster.invited_villages(training, user, village=village)
            self.invited = {row.pk: row.name for row in invited}
            if self.part == Part.FILLED:
                self.marks = Marks(sessions, self.people, self.invited, self.origins)
        elif self.who == Who.COMMITTEE:
            self.people = _committee(training)

    def sheets(self, wide: bool) -> list[Sheet]:
        days = [list(group) for _, group in groupby(self.sessions, key=lambda session: session.day_id)]
        if wide:
            return [
                self._sheet(day[at : at + SIDE_BY_SIDE], day[at : at + SIDE_BY_SIDE])
                for day in days
                for at in range(0, len(day), SIDE_BY_SIDE)
            ]
        if self.who == Who.PARTICIPANTS:
            return [self._sheet([session], [session]) for session in self.sessions]
        return [self._sheet(day, day[:1]) for day in days]

    def _sheet(self, sessions: list[TrainingSession], signed: list[TrainingSession]) -> Sheet:
        """A sheet about these sessions; those in `signed` have a column."""
        day = sessions[0].day
        items = [item for session in sessions for item in _items(session)]
        items = list({item.pk: item for item in items}.values())
        topics = [item.topic for item in items if item.kind == AgendaItem.Kind.TOPIC]
        named = len(day.sessions.all()) > 1 and len(sessions) == len(signed)
        page, rows = self._page(signed), self._rows(items, signed)
        alone = len(sessions) == 1 and self.who == Who.PARTICIPANTS
        return {
            "key": f"S{sessions[0].pk}" if alone else f"D{day.pk}",
            "day": formats.day_date(day.date),
            "day_number": self.dates.index(day.date) + 1,
            "days": len(self.dates),
            "time": formats.time_span(sessions[0].starts, max(session.ends for session in sessions)),
            "session": " / ".join(session.name for session in sessions) if named else "",
            "sessions": len(signed),
            "lesson_hours": str(sum(item.lesson_hours for item in items) or ""),
            "topics": "; ".join(topics) if self.who == Who.PARTICIPANTS else "",
            **table(self.columns, page, rows),
            "spare": table(self.columns, page, self._spare(rows, signed))["rows"],
            "totals": self.marks.totals(signed) if self.marks else [self._blank_total()],
            "signatures": self._signatures(day.date),
        }

    def _page(self, signed: list[TrainingSession]) -> Page:
        heads = [f"{session.name} ({formats.time_id(session.starts)})" for session in signed]
        return Page(
            self.part,
            self.who,
            self.page_size,
            phones=self.phones,
            session_heads=heads if len(heads) > 1 else (),
            place_label=self.origins.heading,
            post_label=self.origins.post_heading,
            topics_label="Acara" if self.training.is_meeting else "Materi",
        )

    def _rows(self, items: list[AgendaItem], signed: list[TrainingSession]) -> list[Row]:
        people = self.people if self.who != Who.SPEAKERS else _speakers(items)
        if marks := self.marks:
            return [Row(person, [marks.label(person, session) for session in signed]) for person in people]
        return [Row(person, _places(person, signed)) for person in people]

    def _spare(self, rows: list[Row], signed: list[TrainingSession]) -> list[Row]:
        """Empty rows are numbered too, so that the signature of a walk-in has its place in the zigzag."""
        if self.marks:
            return []
        most = self.training.district.rules.walk_in_rows if self.who == Who.PARTICIPANTS else SPARE_ROWS
        last = rows[-1].person.number if rows else 0
        blank = [Attendee(last + place) for place in range(1, fitting.rows_to_offer(most) + 1)]
        return [Row(person, _places(person, signed)) for person in blank]

    def _blank_total(self) -> str:
        if self.who != Who.PARTICIPANTS:
            return "Jumlah ........ orang"
        return (
            "Rekapitulasi: Laki-laki ........ orang | Perempuan ........ orang | Jumlah ........ orang | "
            f"{self.origins.represented(None, len(self.invited))}"
        )

    def recap(self) -> Recap:
        assert self.marks is not None
        hours = {session.pk: sum(item.lesson_hours for item in _items(session)) for session in self.sessions}
        page = Page(
            Part.RECAP,
            self.who,
            self.page_size,
            session_count=len(self.sessions),
            place_label=self.origins.heading,
            post_label=self.origins.post_heading,
            lesson_hours=not self.training.is_meeting,
        )
        return {
            **table(self.columns, page, self.marks.recap_rows(hours)),
            "dates": formats.span(self.sessions[0].day.date, self.sessions[-1].day.date).upper(),
            "totals": self.marks.recap_totals(),
            "signatures": self._signatures(self.sessions[-1].day.date),
        }

    def _signatures(self, day: date) -> list[SignatureBlock]:
        if day not in self.signed:
            placed = base.place_date(self.signing.office, day)
            self.signed[day] = self.signing.on(day).blocks(placed=placed)
        return self.signed[day]


def _places(person: Attendee, signed: list[TrainingSession]) -> list[str]:
    """Cells for signatures, one for each session."""
    return [f"{person.number}. ............"] * len(signed)


def _items(session: TrainingSession) -> list[AgendaItem]:
    """Agenda items of a session; items of the day without a session belong to it if it is the only one."""
    if session.items.all():
        return list(session.items.all())
    return [item for item in session.day.items.all() if item.session_id is None]


def _speakers(items: list[AgendaItem]) -> list[Attendee]:
    return [
        Attendee(
            number,
            name=speaker.name,
            sex=speaker.sex,
            post=speaker.about,
            place="; ".join(speaker.topics),
            institution=speaker.institution,
        )
        for number, speaker in enumerate(roster.speakers_of(items), 1)
    ]


def _committee(training: Training) -> list[Attendee]:
    return [
        Attendee(
            number,
            name=row.person.name,
            sex=row.person.sex,
            post=row.role,
            place=row.person.institution or "-",
            institution=row.person.institution,
        )
        for number, row in enumerate(training.committee.select_related("person"), 1)
    ]
