"""Figures of one training: who came, by sex, village and session, and how many JP. Bounded queries, no writes.

"Present" in a session: hadir or terlambat. Present on a day, or at the training: in at least one session of it.
The JP of a participant are the sum of the agenda items of the sessions attended.

A human being counts once, though two rows of theirs (merged later) took part; the sheet keeps both lines, so what is
compared with signatures counts lines.
"""

from collections import Counter
from dataclasses import dataclass, field

from records import words
from trainings.models import AgendaItem, Attendance, Invitation, Participant, Training, TrainingDay, TrainingSession
from villages.models import Person, Village


@dataclass
class Tally:
    """People counted by sex."""

    men: int = 0
    women: int = 0
    counted: set[int] = field(default_factory=set, repr=False, compare=False)  # who stands in it already

    @property
    def total(self) -> int:
        return self.men + self.women

    @property
    def text(self) -> str:
        return words.people_count(self.men, self.women)

    def add(self, person: Person):
        """Counts this human being, once; rows merged into another are that one."""
        human = person.merged_into_id or person.pk
        if human in self.counted:
            return
        self.counted.add(human)
        if person.sex == Person.Sex.MALE:
            self.men += 1
        else:
            self.women += 1


@dataclass
class SessionFigures:
    session: TrainingSession
    lesson_hours: int
    present: Tally = field(default_factory=Tally)
    counts: Counter = field(default_factory=Counter)
    unmarked: int = 0

    @property
    def lines(self) -> int:
        """Lines of the sheet ticked as present: as many signatures as it should bear."""
        return sum(self.counts[status] for status in Attendance.PRESENT)

    @property
    def absent(self) -> int:
        """Lines marked otherwise."""
        return self.counts.total() - self.lines

    @property
    def status_text(self) -> str:
        """ "45 hadir, 3 izin"; nothing for a session that nobody was marked in."""
        return ", ".join(
            f"{words.number_id(self.counts[status])} {status.label.lower()}"
            for status in Attendance.Status
            if self.counts[status]
        )


@dataclass
class DayFigures:
    day: TrainingDay
    number: int
    sessions: list[SessionFigures]
    items: list[AgendaItem]
    present: Tally = field(default_factory=Tally)

    @property
    def lesson_hours(self) -> int:
        return sum(item.lesson_hours for item in self.items)

    @property
    def is_closed(self) -> bool:
        return self.day.closed_at is not None

    @property
    def session_keys(self) -> set[int]:
        return {row.session.pk for row in self.sessions}

    @property
    def uncounted_hours(self) -> int:
        """JP that belong to no session: nobody can earn them."""
        return self.lesson_hours - sum(session.lesson_hours for session in self.sessions)


@dataclass
class PersonFigures:
    """`marks` and `remarks` by the id of the session; unmarked ones are missing."""

    participant: Participant
    marks: dict[int, str]
    lesson_hours: int
    sessions_present: int
    days_present: int
    remarks: dict[int, str] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        return self.sessions_present > 0


@dataclass
class VillageFigures:
    """A village with an invitation or with participants; `village` None stands for people of no village."""

    village: Village | None
    invitation: Invitation | None
    registered: Tally = field(default_factory=Tally)
    present: Tally = field(default_factory=Tally)


@dataclass
class TrainingFigures:
    training: Training
    days: list[DayFigures]
    people: list[PersonFigures]
    villages: list[VillageFigures]
    registered: Tally
    present: Tally

    @property
    def sessions(self) -> list[SessionFigures]:
        return [session for day in self.days for session in day.sessions]

    @property
    def lesson_hours(self) -> int:
        return sum(day.lesson_hours for day in self.days)

    @property
    def marked(self) -> bool:
        """Somebody was marked in some session; before that nobody is missing."""
        return any(person.marks for person in self.people)

    @property
    def doubled(self) -> list[list[PersonFigures]]:
        """Lines of the sheet that mean one human being, put together."""
        lines: dict[int, list[PersonFigures]] = {}
        for row in self.people:
            person = row.participant.person
            lines.setdefault(person.merged_into_id or person.pk, []).append(row)
        return [rows for rows in lines.values() if len(rows) > 1]

    @property
    def invited(self) -> list[VillageFigures]:
        return [row for row in self.villages if row.invitation]

    @property
    def represented(self) -> int:
        """Invited villages of which somebody was present."""
        return sum(row.present.total > 0 for row in self.invited)

    @property
    def missing(self) -> list[Village]:
        """Invited villages of which nobody was present, once attendance is recorded."""
        return [row.village for row in self.invited if row.village and not row.present.total] if self.marked else []

    @property
    def unregistered(self) -> list[Village]:
        """Invited villages without a registered participant."""
        return [row.village for row in self.invited if row.village and not row.registered.total]


def training_figures(training: Training, participants=None) -> TrainingFigures:
    """All figures in six queries. `participants` narrows the people, for who may not see all of them."""
    rows = training.participants.all() if participants is None else participants.filter(training=training)
    people = list(rows.standing().select_related("person", "group", "village__subdistrict").order_by("number"))
    days = agenda_figures(training)
    sessions = {s.session.pk: s for day in days for s in day.sessions}
    marks: dict[int, dict[int, str]] = {}
    remarks: dict[int, dict[int, str]] = {}
    for participant, session, status, remark in Attendance.objects.filter(session__day__training=training).values_list(
        "participant", "session", "status", "remark"
    ):
        marks.setdefault(participant, {})[session] = status
        if remark:
            remarks.setdefault(participant, {})[session] = remark
    invitations = training.invitations.select_related("village__subdistrict").order_by("village__code")
    villages = {row.village_id: VillageFigures(row.village, row) for row in invitations}
    found = TrainingFigures(training, days, [], [], Tally(), Tally())
    for row in people:
        person = _person(row, marks.get(row.pk, {}), days, sessions)
        person.remarks = remarks.get(row.pk, {})
        found.people.append(person)
        village = villages.setdefault(row.village_id, VillageFigures(row.village, None))
        found.registered.add(row.person)
        village.registered.add(row.person)
        if person.present:
            found.present.add(row.person)
            village.present.add(row.person)
    found.villages = sorted(villages.values(), key=lambda v: v.village.code if v.village else "~")
    return found


def agenda_figures(training: Training) -> list[DayFigures]:
    """The days with sessions, items and JP; nobody is counted. Three queries."""
    days = []
    for number, day in enumerate(training.days.prefetch_related("sessions", "items"), 1):
        items = list(day.items.all())
        hours: Counter[int | None] = Counter()
        for item in items:
            item.day = day
            hours[item.session_id] += item.lesson_hours
        rows = list(day.sessions.all())
        if len(rows) == 1:  # what belongs to no session belongs to the only one
            hours[rows[0].pk] = hours.total()
        sessions = []
        for session in rows:
            session.day = day
            sessions.append(SessionFigures(session, hours[session.pk]))
        days.append(DayFigures(day, number, sessions, items))
    return days


def _person(row, marks, days, sessions) -> PersonFigures:
    """Counts one participant into the sessions and days, and returns what is theirs."""
    attended = {pk for pk, status in marks.items() if status in Attendance.PRESENT}
    for pk, session in sessions.items():
        if pk in marks:
            session.counts[Attendance.Status(marks[pk])] += 1
        else:
            session.unmarked += 1
        if pk in attended:
            session.present.add(row.person)
    days_present = 0
    for day in days:
        if any(session.session.pk in attended for session in day.sessions):
            day.present.add(row.person)
            days_present += 1
    return PersonFigures(
        participant=row,
        marks=marks,
        lesson_hours=sum(session.lesson_hours for pk, session in sessions.items() if pk in attended),
        sessions_present=len(attended),
        days_present=days_present,
    )


def present_per_session(training: Training) -> dict[int, int]:
    """{session id: lines of its sheet ticked as present}: as many signatures as the sheet should bear."""
    rows = Attendance.objects.filter(
        session__day__training=training,
        status__in=Attendance.PRESENT,
        participant__state=Participant.State.REGISTERED,
    )
    return dict(Counter(rows.values_list("session", flat=True)))
