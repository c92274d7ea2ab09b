"""Kelengkapan SPJ: the documents of a training, their deadline, and whether their numbers of people agree.

A document is present once its signed or issued file is stored; number and date alone only show that it was begun.
Photos and the scans of signed sheets count by themselves. Bounded queries, no writes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from records import formats
from trainings.models import SpjItem, Training, TrainingDay, TrainingFile
from trainings.models.trainings import TrainingQuerySet
from trainings.queries.prints import Prints, PrintState, prints_of
from trainings.queries.schedule_changes import ScheduleDifference, change_since_invitation
from trainings.queries.speaker_letters import InvitedSpeaker, speakers_elsewhere

Document = SpjItem.Document
# Meetings are held every week: invitation, signatures, minutes, photos (issue: no JP, no test, no certificate).
OF_MEETINGS = [Document.INVITATION, Document.ATTENDANCE, Document.MINUTES, Document.PHOTOS]
# A training has its berita acara and laporan; notulen and a memo on the outcome only where the office writes them (our
# assumption).
NOT_OF_TRAININGS = [Document.MINUTES, Document.RESULT_MEMO]
# Only where days, hour or place changed after the undangan (ScheduleDifference.is_due).
NOT_OF_ANY = [Document.RESCHEDULE]
SOON_DAYS = 7  # the deadline turns amber (our assumption)
MAX_SPJ_DAYS = 366  # the longest deadline that an office can set
LATE_DAYS = 90  # days after the deadline during which a missing document is reported (our assumption)
LOOKED_AT = 30  # limit of trainings that ended within that time; an office holds a few a month


@dataclass
class SpjItemState:
    """One document of the accounts file. `expected`: this kind of event usually has it."""

    document: SpjItem.Document
    item: SpjItem | None
    expected: bool
    files: int = 0  # photos or scans stored elsewhere that serve as this document
    wanted: int = 1  # number of files that complete it
    of_offices: bool = False  # letters of other offices, one for each of their narasumber
    print_state: PrintState = PrintState.NONE
    hint: str = ""  # why the document is due, or why it is not

    @property
    def is_present(self) -> bool:
        has_file = bool(self.item and self.item.file_id) or self.print_state == PrintState.SIGNED
        return has_file or self.files >= self.wanted

    @property
    def is_only_printed(self) -> bool:
        """Printed, without a signed copy or scan yet."""
        return self.is_missing and self.print_state == PrintState.PRINTED and not self.files

    @property
    def not_needed(self) -> bool:
        return bool(self.item and self.item.not_needed) and not self.is_present

    @property
    def is_missing(self) -> bool:
        return not self.is_present and not self.not_needed and (self.expected or self.item is not None)

    @property
    def is_begun(self) -> bool:
        has_number = bool(self.item and (self.item.number or self.item.dated_on))
        return bool(self.files) or has_number or self.print_state == PrintState.PRINTED

    @property
    def label(self) -> str:
        if self.is_present:
            return "Ada"
        if self.not_needed:
            return "Tidak diperlukan"
        if self.is_only_printed:
            return "Sudah dicetak, belum ada pindaian bertanda tangan"
        if self.is_begun:
            return f"{self.files} dari {self.wanted} diunggah" if self.files else "Belum diunggah"
        return "Belum"

    @property
    def tone(self) -> str:
        if self.is_present:
            return "green"
        if self.not_needed or not self.is_missing:
            return "grey"
        return "amber" if self.is_begun else "red"


@dataclass
class AccountsFile:
    training: Training
    documents: list[SpjItemState]
    deadline: date | None

    @property
    def listed(self) -> list[SpjItemState]:
        """The usual documents of this kind of event, and all others recorded."""
        return [row for row in self.documents if row.expected or row.item or row.files]

    @property
    def others(self) -> list[SpjItemState]:
        return [row for row in self.documents if not (row.expected or row.item or row.files)]

    @property
    def missing(self) -> list[SpjItemState]:
        return [row for row in self.documents if row.is_missing]

    @property
    def only_printed(self) -> list[SpjItemState]:
        return [row for row in self.documents if row.is_only_printed]

    @property
    def there(self) -> int:
        return sum(row.is_present for row in self.listed)

    @property
    def needed(self) -> int:
        return sum(not row.not_needed for row in self.listed)

    @property
    def text(self) -> str:
        return f"{self.there} dari {self.needed} dokumen ada"

    @property
    def deadline_tone(self) -> str:
        if not self.missing:
            return "green"
        if self.deadline is None:
            return "grey"
        left = (self.deadline - localdate()).days
        return "red" if left < 0 else "amber" if left <= SOON_DAYS else "grey"

    @property
    def deadline_label(self) -> str:
        """ "Lengkap", "5 hari lagi", "Terlambat 3 hari"."""
        if not self.missing:
            return "Lengkap"
        if self.deadline is None:
            return "Belum ada tenggat"
        left = (self.deadline - localdate()).days
        if left < 0:
            return f"Terlambat {formats.number_id(-left)} hari"
        return f"{left} hari lagi" if left else "Hari ini"


def is_usual(document: SpjItem.Document, training: Training) -> bool:
    """Whether this kind of event usually has the document; a surat perubahan depends on what has changed."""
    return document in OF_MEETINGS if training.is_meeting else document not in NOT_OF_TRAININGS


def accounts_file(training: Training) -> AccountsFile:
    """The documents in the order of the file. Ten queries at most."""
    return _exact_file(training, prints_of([training]))


def _exact_file(training: Training, prints: Prints) -> AccountsFile:
    (rows,) = _rows_of([training])
    return _accounts_file(*rows, prints, elsewhere=speakers_elsewhere(training), has_moved=True)


def late_files(trainings: TrainingQuerySet, today: date, limit: int) -> list[AccountsFile]:
    """Finished trainings whose accounts file lacks documents, those that ended first at the head; `limit` of them.

    Trainings whose deadline passed more than LATE_DAYS ago are archived and not reported. All are checked together
    first, without the answers of other offices, which only make a file more complete; those reported are then checked
    one by one.
    """
    ended = trainings.exclude(state=Training.State.CANCELLED).with_dates().filter(last_day__lt=today)
    recent = ended.filter(last_day__gte=today - timedelta(days=MAX_SPJ_DAYS + LATE_DAYS)).order_by("last_day", "pk")
    found: list[AccountsFile] = []
    looked_at = list(recent.select_related("district__settings_row")[:LOOKED_AT])
    prints = prints_of(looked_at)
    for rows in _rows_of(looked_at):
        roughly = _accounts_file(*rows, prints, elsewhere=[], has_moved=False)
        deadline = roughly.deadline
        if len(found) == limit or not roughly.missing or deadline is None or (today - deadline).days > LATE_DAYS:
            continue
        exactly = _exact_file(roughly.training, prints)
        if exactly.missing:
            found.append(exactly)
    return found


Rows = tuple[Training, list[SpjItem], list[TrainingFile], list[TrainingDay]]


def _rows_of(trainings: list[Training]) -> list[Rows]:
    """The rows of the accounts files of these trainings; the number of queries does not depend on that of trainings."""
    items = _by_training(SpjItem.objects.filter(training__in=trainings).select_related("file"))
    files = _by_training(TrainingFile.objects.filter(training__in=trainings).only("training", "kind", "session"))
    days = _by_training(TrainingDay.objects.filter(training__in=trainings).prefetch_related("sessions"))
    return [(one, items[one.pk], files[one.pk], days[one.pk]) for one in trainings]


def _by_training(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.training_id].append(row)
    return found


def _accounts_file(
    training: Training,
    recorded: list[SpjItem],
    kept: list[TrainingFile],
    days: list[TrainingDay],
    prints: Prints,
    *,
    elsewhere: list[InvitedSpeaker],
    has_moved: bool,
) -> AccountsFile:
    items = {item.document: item for item in recorded}
    files = Counter(row.kind for row in kept)
    sheets = {row.session_id for row in kept if row.kind == TrainingFile.Kind.SHEET}
    sessions = sum(len(day.sessions.all()) for day in days)
    found = []
    for document in Document:
        expected, hint = is_usual(document, training), ""
        if document in NOT_OF_ANY:
            moved = change_since_invitation(training, items.get(Document.INVITATION)) if has_moved else None
            expected, hint = moved is not None and moved.is_due, _hint_of(moved)
        state = prints.get(training.pk, {}).get(document, PrintState.NONE)
        row = SpjItemState(document, items.get(document), expected, print_state=state, hint=hint)
        if document == Document.PHOTOS:
            row.files = files[TrainingFile.Kind.PHOTO]
        elif document == Document.ASSIGNMENT and elsewhere:
            row.of_offices = True
            row.files, row.wanted = sum(speaker.has_answer for speaker in elsewhere), len(elsewhere)
        elif document == Document.ATTENDANCE:
            row.files, row.wanted = len(sheets), max(1, sessions)
        found.append(row)
    deadline = days[-1].date + timedelta(days=training.district.rules.spj_days) if days else None
    return AccountsFile(training, found, deadline)


def _hint_of(moved: ScheduleDifference | None) -> str:
    """The sentence about a surat perubahan jadwal."""
    if moved is None:
        return ""
    if moved.is_due:
        return f"Perlu: {moved.parts} berubah sesudah undangan."
    return "Tidak wajib: hanya susunan acara yang berubah sesudah undangan. Cetak bila yang diundang perlu tahu."
