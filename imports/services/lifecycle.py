"""Steps of a user with an import: upload, map, preview, choose, save, cancel, undo. Workers do the rest."""

import logging
import uuid
from functools import partial
from typing import Any, BinaryIO, Protocol

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from imports import registry
from imports.files import books
from imports.models import ColumnMap, ImportRow, ImportRun
from imports.rows import answers
from imports.rows.rows import NEW
from imports.services import unsaved
from imports.tables import columns, contents, wide
from jobs import queue
from records import history, samples
from records.models import Event, SentForm

logger = logging.getLogger(__name__)

BUSY = "Impor lain sedang disimpan atau diurungkan di kabupaten ini. Tunggu sampai selesai, lalu ulangi."
MOVED = "Impor ini sudah berpindah tahap. Lihat keadaannya di bawah."
Step, State = ImportRun.Step, ImportRun.State


class HandedIn(Protocol):
    """An uploaded file."""

    name: str
    file: BinaryIO


def hand_in(kind: str, place: str, file: HandedIn, *, by: User, key: uuid.UUID | None = None) -> ImportRun:
    """Stores the file and enqueues its reading; the same `key` again returns the same row.

    Only its size and its first bytes are checked here. Raises ValidationError for a file of another type, SentOther and
    SentByAnother for a `key` that was sent with other content before.
    """
    SentForm.find(key, by)
    if key and (made := ImportRun.objects.filter(request_key=key, by=by).first()):
        return made
    books.judge(file.file, file.name)
    run = ImportRun(
        kind=kind,
        place=place,
        name=file.name[-120:],
        by=by,
        request_key=key,
        step=Step.READ,
        state=State.QUEUED,
        lease_until=queue.requeue_after(),
    )
    samples.inherit(run, by)
    file.file.seek(0)
    try:
        with transaction.atomic():
            note = SentForm.claim(key, by)
            run.file.save(file.name, File(file.file), save=False)
            run.save(force_insert=True)
            history.record(run, Event.Verb.ADD, by=by)
            if note:
                note.point_at(run)
            queue.enqueue_on_commit(run)
    except IntegrityError:
        run.file.delete(save=False)
        made = ImportRun.objects.filter(request_key=key, by=by).first() if key else None
        if made is None:
            raise
        return made
    except BaseException:
        run.file.delete(save=False)
        raise
    return run


def opened(run: ImportRun) -> Any:
    try:
        return run.file.storage.open(run.file.name or "", "rb")
    except (OSError, ValueError) as error:
        raise ValidationError(contents.GONE) from error


def choose_sheets(run: ImportRun, sheets: list[contents.ChosenSheet]):
    """Sets sheets, rows of titles or the separator of a CSV, and guesses the mapping again. Raises ValidationError.

    Lines marked as data stay so in sheets whose titles do not change. Where the stored beginning of the file does not
    contain the titles, a worker reads the file again with these choices.
    """
    sheets = [sheet | _data_lines(run, sheet) for sheet in sheets]
    if not contents.knows(run, sheets):
        _queue(run, ImportRun.UNSAVED, Step.READ, contents=run.contents | {"wanted": sheets})
        return
    run.sheets = sheets
    mapping = contents.remembered(run, contents.sheets_of(run))
    _step(run, ImportRun.UNSAVED, Step.MAP, sheets=sheets, mapping=mapping, error="")


def _data_lines(run: ImportRun, sheet: contents.ChosenSheet) -> contents.ChosenSheet:
    names = ("name", "header", "lines")
    same = (known for known in run.sheets if all(known.get(name) == sheet.get(name) for name in names))
    lines = next((known.get("data_lines") for known in same), None)
    return {"data_lines": lines} if lines else {}


def change_kind(run: ImportRun, kind: str):
    """Reads the same file again as another kind of import. Raises ValidationError."""
    with transaction.atomic():
        run.rows.all().delete()
        anew: dict[str, dict] = {"contents": {}, "mapping": {}, "reading": {}, "counts": {}, "words": {}}
        _queue(run, ImportRun.UNSAVED, Step.READ, kind=kind, sheets=[], **anew)


def read_again(run: ImportRun):
    """Enqueues the reading of a file without stored contents. Raises ValidationError."""
    _queue(run, ImportRun.UNSAVED, Step.READ)


def map_columns(run: ImportRun, mapping: dict[str, columns.Source], *, by: User, without_optional: bool = False):
    """Stores the mapping for this header and enqueues the check. Raises ValidationError.

    `without_optional`: unread columns may be left out if they are optional (wide.py).
    """
    sheets = contents.sheets_of(run)
    taken = registry.adapter(run.kind).columns
    wide.check(contents.chosen(run, sheets), taken, mapping, without_optional=without_optional)
    heads = contents.titles_in_file(run, sheets)
    print_ = columns.fingerprint(run.kind, contents.places(run, sheets))
    with transaction.atomic():
        if contents.has_titles(run):
            ColumnMap.objects.update_or_create(
                kind=run.kind, place=run.place, fingerprint=print_, defaults={"mapping": mapping, "by": by}
            )
            unsaved.remember(run, heads, mapping, by=by)
        # Chosen persons belong to the rows of the previous reading.
        run.rows.exclude(choice="", recognised={}).update(choice="", recognised={})
        _queue(run, ImportRun.UNSAVED, Step.CHECK, mapping=mapping, counts={})


def choose_people(run: ImportRun, choices: dict[int, str], replies: dict[int, str] | None = None):
    """Stores {number of the row: id of a person, "new" or ""} and other answers, and makes the preview again.

    `choices` may contain other answers too. Raises ValidationError.
    """
    with transaction.atomic():
        rows = list(run.rows.filter(number__in={*choices, *(replies or {})}))
        for row in rows:
            person, reply = choices.get(row.number, row.person), (replies or {}).get(row.number, row.answer)
            on_offer = [option["id"] for option in row.answers]
            if person in on_offer:
                person, reply = row.person, person
            allowed = {"", NEW, row.person, *(option["id"] for option in row.people)}
            if person not in allowed or reply not in {"", *on_offer}:
                raise ValidationError("Pilihan ini tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
            row.choice = ImportRow.joined(person, reply)
        ImportRow.objects.bulk_update(rows, ["choice"], batch_size=200)
        check_again(run)


def check_again(run: ImportRun, **values: object):
    """Makes the preview again with the answers. Raises ValidationError."""
    _queue(run, [Step.PREVIEW], Step.CHECK, **values)


def choose_words(run: ImportRun, meanings: dict[tuple[str, str], str], *, by: User, remember: bool = False):
    """Stores {(choice, key of a word): value} and makes the preview again. Raises ValidationError.

    `remember`: for all files of the kabupaten, by a user with that right.
    """
    with transaction.atomic():
        if remember:
            answers.remember(run, meanings, by=by)
        _queue(run, [Step.PREVIEW], Step.CHECK, words=answers.with_answers(run, meanings))


def save(run: ImportRun, mode: str, *, by: User):
    """Enqueues the writing of the previewed rows. Raises ValidationError when "all" is impossible."""
    counts = run.counts
    if mode == ImportRun.Mode.ALL and (counts.get("error") or counts.get("ask")):
        raise ValidationError(
            "Masih ada baris yang salah atau yang orangnya belum dipilih. Perbaiki dahulu, atau simpan hanya baris "
            "yang benar."
        )
    if not counts.get("new") and not counts.get("change"):
        if counts.get("ask"):
            raise ValidationError("Belum ada baris yang jelas untuk disimpan. Jawab dahulu pertanyaan di bawah.")
        raise ValidationError("Tidak ada yang perlu disimpan: tidak ada baris baru atau perubahan.")
    try:
        with transaction.atomic():
            _queue(run, [Step.PREVIEW], Step.APPLY, mode=mode, acted_by=by)
            history.record(run, Event.Verb.SUBMIT, by=by)
    except IntegrityError:
        raise ValidationError(BUSY) from None


def take_back(run: ImportRun, *, by: User):
    """Enqueues the undo of a saved import. Raises ValidationError."""
    try:
        with transaction.atomic():
            _queue(run, [Step.DONE], Step.UNDO, acted_by=by)
            history.record(run, Event.Verb.RETURN, by=by)
    except IntegrityError:
        raise ValidationError(BUSY) from None


def cancel(run: ImportRun, *, by: User) -> bool:
    """Ends an import that has written nothing; False where a worker has to stop first. Raises ValidationError."""
    with transaction.atomic():
        waiting = ImportRun.objects.filter(pk=run.pk).filter(
            Q(step__in=ImportRun.UNSAVED)
            | Q(step__in=[Step.READ, Step.CHECK], state=State.FAILED)
            | Q(step=Step.READ, state=State.QUEUED)
        )
        over = waiting.update(step=Step.CANCELLED, state=State.READY, error="", finished_at=timezone.now())
        cancelled = 0
        if not over:
            working = ImportRun.objects.filter(
                pk=run.pk, step__in=[Step.READ, Step.CHECK, Step.APPLY], state__in=ImportRun.UNDER_WAY
            )
            cancelled = working.update(cancel_requested=True)
        if not over and not cancelled:
            raise ValidationError(MOVED)
        history.record(run, Event.Verb.CLOSE, by=by)
    if over:
        forget(run)
    run.refresh_from_db()
    return bool(over)


def retry(run: ImportRun):
    """Enqueues a failed step again. Raises ValidationError."""
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, state=State.FAILED, step__in=ImportRun.WORKING).update(**_waiting()):
            raise ValidationError(MOVED)
        queue.enqueue_on_commit(run)
    run.refresh_from_db()


def forget(run: ImportRun):
    """Deletes the file after use, because it may contain more about people than the portal needs."""
    name = run.file.name
    if name:
        transaction.on_commit(partial(run.file.storage.delete, name))  # cannot be rolled back: only after the commit
        run.reading = {key: value for key, value in run.reading.items() if key != "noise_texts"}
        ImportRun.objects.filter(pk=run.pk).update(file="", reading=run.reading, contents={})
        run.file, run.contents = "", {}


def _waiting() -> dict[str, object]:
    return {
        "state": State.QUEUED,
        "attempts": 0,
        "token": None,
        "lease_until": queue.requeue_after(),
        "error": "",
        "done": 0,
        "total": 0,
        "cancel_requested": False,
    }


def _queue(run: ImportRun, before: list[str], step: str, **values: object):
    _step(run, before, step, **_waiting(), **values)
    queue.enqueue_on_commit(run)


def _step(run: ImportRun, before: list[str], step: str, **values: object):
    """Moves the run in one conditional UPDATE, so that two clicks move it once."""
    rows = ImportRun.objects.filter(pk=run.pk, step__in=before).exclude(state__in=ImportRun.UNDER_WAY)
    if not rows.update(step=step, **values):
        raise ValidationError(MOVED)
    run.refresh_from_db()
