"""Numbers of the participants of a training, as its daftar hadir prints them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kpspams.models import Member
from records import history
from records.models import Event
from trainings.models import Attendance, Participant, Training
from trainings.services.guard import hold

POST_ORDER = {post: number for number, post in enumerate(Member.Post.values)}
FAR = 1_000_000  # above all numbers of a list, for renumbering under a unique constraint


@transaction.atomic
def renumber(training: Training, *, by: User) -> int:
    """Renumbers all participants by desa and within it by post. Returns how many numbers changed.

    Raises ValidationError once attendance was recorded: signatures are beside the old numbers.
    """
    training = hold(training)
    if is_marked(training):
        raise ValidationError("Kehadiran sudah tercatat, jadi nomor urut mengikuti daftar hadir yang ditandatangani.")
    rows = list(training.participants.select_related("village", "person"))
    moved = _number(sorted(rows, key=lambda row: (not row.is_current, _place_of(row))))
    if moved:
        changes = {"nomor urut peserta": ["", "diurutkan menurut desa dan jabatan"]}
        history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return moved


def is_marked(training: Training) -> bool:
    return Attendance.objects.filter(participant__training=training).exists()


def close_gaps(training: Training) -> None:
    """Numbers the current participants 1..n in their order, all others after them.

    Nothing changes once attendance was recorded: signatures are beside the old numbers (our assumption).
    """
    if not is_marked(training):
        _number(sorted(training.participants.all(), key=lambda row: (not row.is_current, row.number)))


def _number(rows: list[Participant]) -> int:
    """Numbers these rows, all of a training, from 1. Returns how many numbers changed."""
    wanted = {row.pk: number for number, row in enumerate(rows, 1)}
    return _set_numbers([(row, wanted[row.pk]) for row in rows if row.number != wanted[row.pk]])


def _set_numbers(moved: list[tuple[Participant, int]]) -> int:
    """Gives rows of a training their new numbers in two steps, because numbers are unique after each statement."""
    for row, number in moved:
        row.number = FAR + number
    Participant.objects.bulk_update([row for row, _ in moved], ["number"])
    for row, number in moved:
        row.number = number
    Participant.objects.bulk_update([row for row, _ in moved], ["number"])
    return len(moved)


def _place_of(row: Participant):
    current = row.state == Participant.State.REGISTERED
    code = row.village.code if row.village else "~"
    return not current, code, POST_ORDER.get(row.post, len(POST_ORDER)), row.person.name, row.pk


def swap(one: Participant, other: Participant) -> None:
    """Exchanges the numbers of two participants: a substitute takes the line of the replaced person."""
    _set_numbers([(one, other.number), (other, one.number)])


def place_at(training: Training, row: Participant, line: int) -> Participant:
    """Moves a current participant to this line of the sheet, whose number no current participant has any more."""
    rows = {each.pk: each for each in training.participants.all()}
    row = rows.pop(row.pk)
    if is_marked(training):
        _set_numbers([(row, line), *((each, row.number) for each in rows.values() if each.number == line)])
    else:
        order = sorted(rows.values(), key=lambda each: (not each.is_current, each.number))
        _number([*order[: line - 1], row, *order[line - 1 :]])
    return row
