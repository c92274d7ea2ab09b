"""Marks of a filled daftar hadir: as labels and letters, people present, villages represented."""

from collections import Counter
from collections.abc import Iterable, Mapping

from documents.trainings.columns import Row
from documents.trainings.origins import Origins, count_offices
from documents.trainings.roster import Attendee
from records import formats
from trainings.models import Attendance, TrainingSession

LETTERS: dict[str | None, str] = {
    Attendance.Status.PRESENT: "H",
    Attendance.Status.LATE: "T",
    Attendance.Status.EXCUSED: "I",
    Attendance.Status.SICK: "S",
    Attendance.Status.ABSENT: "A",
}
UNKNOWN = "belum ada data"
_NOT_MARKED = "Belum dicatat"
LEGEND = "H hadir, T terlambat, I izin, S sakit, A tanpa keterangan, \N{EN DASH} belum dicatat."


def letters_of(marks: Iterable[str | None]) -> str:
    """ "H  I  –": one letter for each session."""
    return "  ".join(LETTERS.get(mark, "\N{EN DASH}") for mark in marks)


def once(people: Iterable[Attendee]) -> list[Attendee]:
    """Each person once, even with two lines on the sheet."""
    return list({person.person: person for person in people}.values())


class Marks:
    """The marks of some sessions for the people of a sheet; `invited` maps invited villages to their names."""

    def __init__(
        self,
        sessions: list[TrainingSession],
        people: list[Attendee],
        invited: Mapping[int, str],
        origins: Origins,
    ):
        self.sessions = sessions
        self.people = people
        self.invited = invited
        self.origins = origins
        rows = Attendance.objects.filter(session__in=sessions).values_list("participant", "session", "status")
        self.found: dict[tuple[int | None, int], str] = {
            (participant, session): status for participant, session, status in rows
        }

    def mark(self, person: Attendee, session: TrainingSession) -> str | None:
        return self.found.get((person.pk, session.pk))

    def label(self, person: Attendee, session: TrainingSession) -> str:
        mark = self.mark(person, session)
        return str(Attendance.Status(mark).label) if mark else _NOT_MARKED

    def attended(self, person: Attendee) -> list[TrainingSession]:
        return [session for session in self.sessions if self.mark(person, session) in Attendance.PRESENT]

    def present(self, session: TrainingSession) -> list[Attendee]:
        return once(person for person in self.people if self.mark(person, session) in Attendance.PRESENT)

    def totals(self, sessions: list[TrainingSession]) -> list[str]:
        """The lines below a sheet: people present, each status, missing villages; several sessions are named."""
        lines = []
        for session in sessions:
            present = self.present(session)
            name = f" {session.name}" if len(sessions) > 1 else ""
            lines += [
                f"Rekapitulasi{name}: {self._sums(present) if self._is_marked([session]) else UNKNOWN}",
                self._by_status(session),
                self._missing(present, [session]),
            ]
        return [line for line in lines if line]

    def _sums(self, present: list[Attendee], registered: str = "") -> str:
        men = sum(person.sex == "L" for person in present)
        villages = {person.village for person in present} - {None}
        counted = len(villages & set(self.invited) if self.invited else villages)
        if self.origins.offices:
            counted += count_offices(person.institution for person in present if person.village is None)
        count = f"{len(present)}{registered}" if registered else f"{len(present)} orang"
        return (
            f"Laki-laki {men} orang | Perempuan {len(present) - men} orang | Jumlah {count} | "
            f"{self.origins.represented(counted, len(self.invited))}"
        )

    def _is_marked(self, sessions: list[TrainingSession]) -> bool:
        return any(self.mark(person, session) for person in self.people for session in sessions)

    def _missing(self, present: list[Attendee], sessions: list[TrainingSession]) -> str:
        """Nobody is missing before the first mark."""
        if not self._is_marked(sessions):
            return ""
        there = {person.village for person in present}
        names = [name for key, name in self.invited.items() if key not in there]
        return f"{self.origins.village} yang tidak hadir: {', '.join(names)}" if names else ""

    def _by_status(self, session: TrainingSession) -> str:
        # In the order of the statuses: of two lines of one person the one that was present counts.
        best = [*Attendance.Status, None]
        found: dict[int | None, str | None] = {}
        for person in self.people:
            mark = self.mark(person, session)
            found[person.person] = min(mark, found.get(person.person), key=best.index)
        counts = Counter(found.values())
        parts = (
            [f"{status.label} {counts[status]}" for status in Attendance.Status] if self._is_marked([session]) else []
        )
        if counts[None]:
            parts.append(f"{_NOT_MARKED} {counts[None]}")
        return f"{'; '.join(parts)}."

    def recap_rows(self, hours: Mapping[int, int]) -> list[Row]:
        """All people with the marks of all sessions; `hours` are the JP of each session."""
        rows = []
        for person in self.people:
            marks = [self.mark(person, session) for session in self.sessions]
            attended = sum(hours[session.pk] for session in self.attended(person))
            rows.append(Row(person, marks=letters_of(marks), lesson_hours=str(attended) if any(marks) else "–"))
        return rows

    def recap_totals(self) -> list[str]:
        present = [person for person in self.people if self.attended(person)]
        registered = f" dari {len(once(self.people))} terdaftar"
        came = self._sums(once(present), registered) if self._is_marked(self.sessions) else UNKNOWN
        return [
            f"{LEGEND} Sesi: {'; '.join(self._session_names())}.",
            f"Hadir sekurang-kurangnya satu sesi: {came}",
            *filter(None, [self._missing(present, self.sessions)]),
        ]

    def _session_names(self) -> list[str]:
        per_day = Counter(session.day_id for session in self.sessions)
        return [
            f"{number} {formats.day_date(session.day.date)}"
            + (f" {session.name}" if per_day[session.day_id] > 1 else "")
            for number, session in enumerate(self.sessions, 1)
        ]
