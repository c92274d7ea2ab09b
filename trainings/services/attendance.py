"""Recording of attendance marks by participant and session, in one transaction, without overwriting unseen changes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from records import history
from records.formats import date_id, day_date, number_id
from records.merge import Clash, Outcome, merge_parts
from records.models import Event
from records.parsers.grids import CellNames
from trainings.models import Attendance, Participant, Training, TrainingSession
from trainings.services.guard import hold

Cell = tuple[int, int]  # participant, session
CELLS = CellNames("k", 2)
UNMARKED = ""  # belum dicatat: no row
UNMARKED_LABEL = "Belum dicatat"
BATCH = 100  # rows per statement
MAX_ALIKE = 20  # different marks for which one statement each is used; with more of them, one case per row


class Mark(NamedTuple):
    """Content of one cell: a status or none, and a remark."""

    status: str = UNMARKED
    remark: str = ""

    @property
    def token(self) -> str:
        """Text that the page sends back."""
        return f"{self.status}:{self.remark}" if self.remark else self.status

    @classmethod
    def of_token(cls, token: str) -> "Mark":
        status, _, remark = token.partition(":")
        return cls(status, remark)


NO_MARK = Mark()


class NeedsReason(ValidationError):
    """A reason is missing: marks of a closed day change only with one."""


@dataclass(frozen=True)
class Step:
    """The change of one cell."""

    participant: Participant
    session: TrainingSession
    before: Mark
    after: Mark

    @property
    def cell(self) -> Cell:
        return self.participant.pk, self.session.pk

    @property
    def label(self) -> str:
        return (
            f"{self.participant.number}. {self.participant.person.name}, "
            f"{date_id(self.session.day.date)} {self.session.name}"
        )


def status_label(status: str) -> str:
    return str(Attendance.Status(status).label) if status else UNMARKED_LABEL


def mark_text(mark: Mark) -> str:
    """ "Izin (acara keluarga)"."""
    return f"{status_label(mark.status)} ({mark.remark})" if mark.remark else status_label(mark.status)


@transaction.atomic
def mark(
    training: Training, wanted: dict[Cell, Mark], seen: dict[Cell, Mark], *, by: User, source: str, reason: str = ""
) -> Outcome:
    """Writes the cells that this user changed: those where `wanted` differs from `seen`, what the page showed.

    Status and remark are merged separately. If the changed one meanwhile has a third value, the cell is a clash; with
    any clash nothing is written. To overwrite, the user sends the other user's mark as seen. Repeating the call writes
    nothing. Raises ValidationError for cells of another training, for a remark without a mark, and when the training is
    closed; NeedsReason where a day is closed: changes there are corrections.
    """
    training = hold(training)
    changed = {
        cell: (mine, seen.get(cell, NO_MARK)) for cell, mine in wanted.items() if mine != seen.get(cell, NO_MARK)
    }
    people, sessions = _rows(training, changed)
    current = {
        (row.participant_id, row.session_id): row
        for row in Attendance.objects.filter(participant__in=people, session__in=sessions).select_related("marked_by")
    }
    clashing: list[Step] = []
    steps: list[Step] = []
    for cell, (mine, known) in changed.items():
        row = current.get(cell)
        stored = Mark(row.status, row.remark) if row else NO_MARK
        parts, conflict = merge_parts(mine, known, stored)
        after = Mark(*parts)
        if not after.status and mine.status != known.status:
            after = NO_MARK  # a remark is removed with its mark
        if after != stored:
            step = Step(people[cell[0]], sessions[cell[1]], stored, after)
            (clashing if conflict else steps).append(step)
    if clashing:
        clashing.sort(key=lambda step: (step.participant.number, step.session.starts))
        return Outcome(0, [_clash(step, wanted[step.cell], current.get(step.cell)) for step in clashing])
    _refuse(steps, reason)
    _write(steps, current, by=by, source=source)
    _record(training, steps, by=by, reason=reason)
    return Outcome(len(steps), [])


def _clash(step: Step, mine: Mark, row: Attendance | None) -> Clash:
    person, session = step.participant, step.session
    return Clash(
        name=CELLS.name(step.cell),
        label=f"{number_id(person.number)}. {person.person.name}, {day_date(session.day.date)}, {session.name}",
        mine=mine,
        theirs=step.before,
        mine_text=mark_text(mine),
        theirs_text=mark_text(step.before),
        token=step.before.token,
        by=row.marked_by if row else None,
        at=row.marked_at if row else None,
    )


def _refuse(steps: list[Step], reason: str):
    if alone := [step for step in steps if step.after.remark and not step.after.status]:
        names = ", ".join(step.participant.person.name for step in alone)
        raise ValidationError(f"Keterangan tanpa kehadiran: {names}. Pilih kehadirannya, atau kosongkan keterangannya.")
    closed = {step.session.day.date for step in steps if step.session.day.closed_at}
    if closed and not reason:
        days = ", ".join(date_id(day) for day in sorted(closed))
        raise NeedsReason(f"Kehadiran {days} sudah ditutup. Tulis alasan perubahannya, lalu simpan lagi.")


def _record(training: Training, steps: list[Step], *, by, reason):
    """Records marks of open days in the history of the training; corrections in that of their day, with the reason."""
    of: dict = {}
    for step in steps:
        whole = step.session.day if step.session.day.closed_at else training
        changes = of.setdefault((type(whole), whole.pk), (whole, {}))[1]
        changes[step.label] = [mark_text(step.before), mark_text(step.after)]
    for whole, changes in of.values():
        history.record(whole, Event.Verb.CHANGE, by=by, changes=changes, reason=reason if whole is not training else "")


def _rows(training, cells) -> tuple[dict[int, Participant], dict[int, TrainingSession]]:
    people = training.participants.select_related("person").in_bulk({cell[0] for cell in cells})
    of_training = TrainingSession.objects.filter(day__training=training).select_related("day")
    sessions = of_training.in_bulk({cell[1] for cell in cells})
    if any(participant not in people or session not in sessions for participant, session in cells):
        raise ValidationError("Peserta atau sesi berubah sejak halaman ini dibuka. Muat ulang halaman, lalu ulangi.")
    return people, sessions


def _write(steps: list[Step], current, *, by, source):
    now = timezone.now()
    new, kept, gone = [], [], []
    for step in steps:
        row = current.get(step.cell)
        if row and not step.after.status:
            gone.append(row.pk)
            continue
        if row:
            kept.append(row)
        else:
            row = Attendance(participant=step.participant, session=step.session)
            new.append(row)
        row.status, row.remark = step.after
        row.marked_by, row.marked_at = by, now
        row.source = Attendance.Source.CORRECTION if step.session.day.closed_at else source
    Attendance.objects.bulk_create(new, batch_size=BATCH)
    _update(kept)
    Attendance.objects.filter(pk__in=gone).delete()


def _update(rows: list[Attendance]):
    """Hundreds of rows mostly get the same mark: one statement per mark is four times as fast as one CASE per row."""
    alike: dict[tuple, list[Attendance]] = defaultdict(list)
    for row in rows:
        alike[row.status, row.remark, row.source].append(row)
    if len(alike) > MAX_ALIKE:
        fields = ["status", "remark", "marked_by", "marked_at", "source"]
        Attendance.objects.bulk_update(rows, fields, batch_size=BATCH)
        return
    for (status, remark, source), same in alike.items():
        Attendance.objects.filter(pk__in=[row.pk for row in same]).update(
            status=status, remark=remark, source=source, marked_by=same[0].marked_by, marked_at=same[0].marked_at
        )
