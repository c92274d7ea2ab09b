"""What the figures of a training are made of: counts of people, and the rows of sessions, days, people and villages."""

from collections import Counter
from dataclasses import dataclass, field

from records import formats
from trainings.models import AgendaItem, Attendance, Invitation, Participant, TrainingDay, TrainingSession
from villages.models import Person, Village


@dataclass
class Tally:
    """Number of people by sex."""

    men: int = 0
    women: int = 0
    counted: set[int] = field(default_factory=set, repr=False, compare=False)  # ids of the people already counted

    @property
    def total(self) -> int:
        return self.men + self.women

    @property
    def text(self) -> str:
        return formats.people_count(self.men, self.women)

    def add(self, person: Person):
        """Counts this human being once; rows merged into another are the same one."""
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
    counts: Counter = field(default_factory=Counter)  # lines of the sheet
    unmarked: int = 0
    people: Counter = field(default_factory=Counter)  # human beings
    unmarked_people: int = 0

    @property
    def lines(self) -> int:
        """Lines of the sheet marked as present: the number of signatures to expect."""
        return sum(self.counts[status] for status in Attendance.PRESENT)

    @property
    def absent(self) -> int:
        """Lines marked otherwise."""
        return self.counts.total() - self.lines

    @property
    def status_text(self) -> str:
        """ "45 hadir, 3 izin"; empty for a session without marks."""
        return ", ".join(
            f"{formats.number_id(self.people[status])} {status.label.lower()}"
            for status in Attendance.Status
            if self.people[status]
        )


@dataclass
class DayFigures:
    day: TrainingDay
    number: int
    sessions: list[SessionFigures]
    items: list[AgendaItem]
    present: Tally = field(default_factory=Tally)
    only: bool = False  # the training has no other day

    @property
    def label(self) -> str:
        """ "Hari ke-2"; "Hari rapat" for a meeting of one day."""
        training = self.day.training
        return f"Hari {training.noun}" if training.is_meeting and self.only else f"Hari ke-{self.number}"

    @property
    def label_tail(self) -> str:
        """The rest of the label after "Tutup hari"."""
        return self.label.removeprefix("Hari")

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
        """JP of no session: nobody can earn them."""
        return self.lesson_hours - sum(session.lesson_hours for session in self.sessions)


@dataclass
class PersonFigures:
    """`marks` and `remarks` by session id; unmarked sessions are missing."""

    participant: Participant
    marks: dict[int, str]
    lesson_hours: int
    sessions_present: int
    days_present: int
    remarks: dict[int, str] = field(default_factory=dict)

    main: bool = True  # the line under which this human being is counted

    @property
    def present(self) -> bool:
        return self.sessions_present > 0

    @property
    def attended(self) -> set[int]:
        """The sessions in which this line was marked as present."""
        return {pk for pk, status in self.marks.items() if status in Attendance.PRESENT}

    @property
    def human(self) -> int:
        return self.participant.human_id


@dataclass
class VillageFigures:
    """A village with an invitation or with participants; `village` is None for people of no village."""

    village: Village | None
    invitation: Invitation | None
    registered: Tally = field(default_factory=Tally)
    present: Tally = field(default_factory=Tally)
    named: Tally = field(default_factory=Tally)
    is_named: bool = False  # somebody of this village was registered before the event
    came: bool = False  # somebody of this village was present
