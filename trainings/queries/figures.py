"""Figures of one training: attendance by sex, village and session, and JP. Bounded queries, no writes.

"Present" in a session: hadir or terlambat. Present on a day, or at the training: in at least one session of it. The JP
of a participant are the sum of the agenda items of the sessions attended.

A human being counts once, even with two participant rows (merged later): under the village, post and mark of the line
that was present, otherwise of the first. The sheet keeps both lines, so comparisons with signatures count lines.

Turn-out has two bases: the people invited (trainings.queries.invited, the count of the letters), and those registered
before the event (`ParticipantQuerySet.named`). Walk-ins are in neither, and are no proposal of a village.
"""

from collections import Counter
from dataclasses import dataclass, field

from trainings.models import Attendance, Participant, Training
from trainings.queries.figure_rows import DayFigures, PersonFigures, SessionFigures, Tally, VillageFigures
from trainings.queries.invited import InvitedPeople, count_invited
from trainings.queries.scores import share_text
from villages.models import Village


@dataclass
class TrainingFigures:
    training: Training
    days: list[DayFigures]
    people: list[PersonFigures]
    villages: list[VillageFigures]
    registered: Tally
    present: Tally
    named: Tally = field(default_factory=Tally)
    named_present: Tally = field(default_factory=Tally)
    invited_people: InvitedPeople = field(default_factory=InvitedPeople)

    @property
    def walk_ins(self) -> int:
        return self.registered.total - self.named.total

    @property
    def turnout_texts(self) -> list[str]:
        """Attendance of the invited against both bases; empty before any mark."""
        if not self.marked:
            return []
        return turnout_texts(self.named_present.total, self.invited_people.total, self.named.total)

    @property
    def sessions(self) -> list[SessionFigures]:
        return [session for day in self.days for session in day.sessions]

    @property
    def lesson_hours(self) -> int:
        return sum(day.lesson_hours for day in self.days)

    @property
    def marked(self) -> bool:
        """Whether anybody was marked in any session; before that nobody is missing."""
        return any(person.marks for person in self.people)

    @property
    def doubled(self) -> list[list[PersonFigures]]:
        """Lines of the sheet of the same human being, grouped."""
        return [rows for rows in lines_of(self.people) if len(rows) > 1]

    @property
    def invited(self) -> list[VillageFigures]:
        return [row for row in self.villages if row.invitation]

    @property
    def represented(self) -> int:
        """Invited villages of which somebody was present."""
        return sum(row.came for row in self.invited)

    @property
    def missing(self) -> list[Village]:
        """Invited villages of which nobody was present, once attendance is recorded."""
        return [row.village for row in self.invited if row.village and not row.came] if self.marked else []

    @property
    def unregistered(self) -> list[Village]:
        """Invited villages that registered nobody before the event."""
        return [row.village for row in self.invited if row.village and not row.is_named]


def training_figures(training: Training, participants=None) -> TrainingFigures:
    """All figures in six queries. `participants` limits the people to those that the user may see."""
    rows = training.participants.all() if participants is None else participants.filter(training=training)
    loaded = rows.filter(state__in=Participant.INVITED).select_related("person", "group", "village__subdistrict")
    listed = list(loaded.order_by("number"))
    people = [row for row in listed if row.state == Participant.State.REGISTERED]
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
    invited = count_invited(list(invitations), [(row.human_id, row.village_id) for row in listed if row.is_invited])
    found = TrainingFigures(training, days, [], [], Tally(), Tally(), invited_people=invited)
    for row in people:
        person = _person(row, marks.get(row.pk, {}), days, sessions)
        person.remarks = remarks.get(row.pk, {})
        found.people.append(person)
        village = villages.setdefault(row.village_id, VillageFigures(row.village, None))
        village.is_named = village.is_named or row.is_named
        village.came = village.came or person.present
    for lines in lines_of(found.people):
        _count_human(found, lines, villages, sessions)
    found.villages = sorted(villages.values(), key=lambda v: v.village.code if v.village else "~")
    return found


def lines_of(people: list[PersonFigures]) -> list[list[PersonFigures]]:
    """The lines of the sheet grouped by human being, in the order of the sheet."""
    lines: dict[int, list[PersonFigures]] = {}
    for row in people:
        lines.setdefault(row.human, []).append(row)
    return list(lines.values())


def turnout_texts(came: int, invited: int, named: int) -> list[str]:
    """ "35 dari 48 orang yang diundang (72,9 %)", "35 dari 45 orang yang didaftarkan sebelumnya (77,8 %)"."""
    bases = ((invited, "orang yang diundang"), (named, "orang yang didaftarkan sebelumnya"))
    return [share_text(came, base, word) for base, word in bases if base]


def _count_human(found: TrainingFigures, lines: list[PersonFigures], villages, sessions):
    """Counts one human being under the line that was present, otherwise the first."""
    main = max(lines, key=lambda line: line.present)
    for line in lines:
        line.main = line is main
    person, village = main.participant.person, villages[main.participant.village_id]
    named = any(line.participant.is_named for line in lines)
    for tally in (found.registered, village.registered, *([found.named, village.named] if named else [])):
        tally.add(person)
    if main.present:
        for tally in (found.present, village.present, *([found.named_present] if named else [])):
            tally.add(person)
    for pk, session in sessions.items():
        marks = {line.marks[pk] for line in lines if pk in line.marks}
        if marks:
            session.people[next(status for status in Attendance.Status if status in marks)] += 1
        else:
            session.unmarked_people += 1


def agenda_figures(training: Training) -> list[DayFigures]:
    """The days with sessions, items and JP, without counts of people. Three queries."""
    days = []
    for number, day in enumerate(training.days.prefetch_related("sessions", "items"), 1):
        items = list(day.items.all())
        hours: Counter[int | None] = Counter()
        for item in items:
            item.day = day
            hours[item.session_id] += item.lesson_hours
        rows = list(day.sessions.all())
        if len(rows) == 1:  # items without a session belong to the only one
            hours[rows[0].pk] = hours.total()
        sessions = []
        for session in rows:
            session.day = day
            sessions.append(SessionFigures(session, hours[session.pk]))
        days.append(DayFigures(day, number, sessions, items))
    for row in days:
        row.only = len(days) == 1
    return days


def _person(row, marks, days, sessions) -> PersonFigures:
    """Adds one participant to the counts of sessions and days, and returns the figures of the participant."""
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
    """{session id: lines of its sheet marked as present}: the number of signatures to expect."""
    rows = Attendance.objects.filter(
        session__day__training=training,
        status__in=Attendance.PRESENT,
        participant__state=Participant.State.REGISTERED,
    )
    return dict(Counter(rows.values_list("session", flat=True)))
