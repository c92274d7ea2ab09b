"""Marks of people x sessions, written in one transaction; nobody's mark is overwritten unseen."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from records import history
from records.models import Event
from trainings.models import Attendance, Participant, Training, TrainingSession
from trainings.services.guard import hold

Cell = tuple[int, int]  # participant, session
UNMARKED = ""  # belum dicatat: no row
UNMARKED_WORD = "Belum dicatat"


@dataclass(frozen=True)
class Clash:
    """A cell that somebody else changed after this person's page was loaded."""

    cell: Cell
    participant: Participant
    session: TrainingSession
    mine: str
    theirs: str
    by: User | None
    at: datetime | None

    @property
    def name(self) -> str:
        """The cell as the pages name it; text, for machines read it."""
        return f"k-{self.cell[0]}-{self.cell[1]}"

    @property
    def mine_word(self) -> str:
        return word(self.mine)

    @property
    def theirs_word(self) -> str:
        return word(self.theirs)


@dataclass(frozen=True)
class Outcome:
    written: int
    clashes: list[Clash]


def word(status: str) -> str:
    return str(Attendance.Status(status).label) if status else UNMARKED_WORD


@transaction.atomic
def mark(
    training: Training, wanted: dict[Cell, str], seen: dict[Cell, str], *, by: User, source: str, chosen=None
) -> Outcome:
    """Writes the cells that this person changed: `wanted` differs from `seen`, what their page showed.

    A cell that meanwhile holds a third value is a clash; with any clash nothing is written. `chosen` answers
    earlier clashes, {cell: the foreign status that the answer knew}: such a cell counts as seen. The same call
    again finds everything written and does nothing. Raises ValidationError for cells of another training and
    when the training is closed.
    """
    training = hold(training)
    seen = seen | (chosen or {})
    changed = {cell: status for cell, status in wanted.items() if status != seen.get(cell, UNMARKED)}
    people, sessions = _rows(training, changed)
    current = {
        (row.participant_id, row.session_id): row
        for row in Attendance.objects.filter(participant__in=people, session__in=sessions).select_related("marked_by")
    }
    clashes, steps = [], []
    for cell, status in changed.items():
        row = current.get(cell)
        stands = row.status if row else UNMARKED
        if stands == status:
            continue
        if stands == seen.get(cell, UNMARKED):
            steps.append((cell, stands, status))
        else:
            who, when = (row.marked_by, row.marked_at) if row else (None, None)
            clashes.append(Clash(cell, people[cell[0]], sessions[cell[1]], status, stands, who, when))
    if clashes:
        return Outcome(0, sorted(clashes, key=lambda clash: (clash.participant.number, clash.session.starts)))
    _write(steps, current, by=by, source=source)
    if steps:
        changes = {
            _label(people[cell[0]], sessions[cell[1]]): [word(before), word(after)] for cell, before, after in steps
        }
        history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return Outcome(len(steps), [])


def _rows(training, cells) -> tuple[dict[int, Participant], dict[int, TrainingSession]]:
    people = training.participants.select_related("person").in_bulk({cell[0] for cell in cells})
    of_training = TrainingSession.objects.filter(day__training=training).select_related("day")
    sessions = of_training.in_bulk({cell[1] for cell in cells})
    if any(participant not in people or session not in sessions for participant, session in cells):
        raise ValidationError("Peserta atau sesi berubah sejak halaman ini dibuka. Muat ulang halaman, lalu ulangi.")
    return people, sessions


def _write(steps, current, *, by, source):
    now = timezone.now()
    new, kept, gone = [], [], []
    for cell, before, after in steps:
        if before == UNMARKED:
            new.append(
                Attendance(
                    participant_id=cell[0], session_id=cell[1], status=after, marked_by=by, marked_at=now, source=source
                )
            )
        elif after == UNMARKED:
            gone.append(current[cell].pk)
        else:
            row = current[cell]
            row.status, row.marked_by, row.marked_at, row.source = after, by, now, source
            kept.append(row)
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(kept, ["status", "marked_by", "marked_at", "source"])
    Attendance.objects.filter(pk__in=gone).delete()


def _label(participant, session) -> str:
    return f"{participant.number}. {participant.person.name}, {session.day.date:%d-%m-%Y} {session.name}"
