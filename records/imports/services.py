"""What a person does with an import: hand in, map, preview, choose, save, cancel, take back. Workers do the rest."""

import logging
import uuid
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from records import history, imports, leases, samples
from records.imports import answers, columns, files, unsaved
from records.imports.rows import NEW
from records.models import ColumnMap, Event, ImportRow, ImportRun, SentForm
from records.search import search_key

logger = logging.getLogger(__name__)

FIRST_ROWS = 60  # of each sheet, for finding the titles
GIVEN_UP = "Tidak selesai setelah tiga kali percobaan. Coba lagi; bila tetap gagal, beri tahu pengelola portal."
BUSY = "Impor lain sedang disimpan atau diurungkan di kabupaten ini. Tunggu sampai selesai, lalu ulangi."
MOVED = "Impor ini sudah berpindah tahap. Lihat keadaannya di bawah."
NUMBERING = {"no", "nomor", "nourut", "nomorurut", "urut"}  # titles of running numbers, which nobody misses
Step, State = ImportRun.Step, ImportRun.State


def hand_in(kind: str, place: str, file: Any, *, by: Any, key: uuid.UUID | None = None) -> ImportRun:
    """Judges and keeps the file, guesses its sheets, titles and columns; the same `key` again gives the same row.

    Raises ValidationError, in words for people, for a file that cannot or must not be read; SentOther and
    SentByAnother for a `key` that brought something else before.
    """
    SentForm.find(key, by)
    if key and (made := ImportRun.objects.filter(request_key=key, by=by).first()):
        return made
    if file.size > files.MAX_BYTES:
        raise ValidationError(f"Berkas lebih besar dari {files.MAX_BYTES // 2**20} MB. Bagi menjadi beberapa berkas.")
    found = files.read(file.file, file.name, rows=FIRST_ROWS)
    adapter = imports.adapter(kind)
    chosen = columns.likely(found, adapter.columns)
    run = ImportRun(kind=kind, place=place, name=file.name[-120:], by=by, request_key=key, state=State.READY)
    samples.inherit(run, by)
    run.sheets = [{"name": sheet.name, "header": columns.guess_header(sheet, adapter.columns)} for sheet in chosen]
    run.mapping = remembered(run, found)
    file.file.seek(0)
    try:
        with transaction.atomic():
            note = SentForm.claim(key, by)
            run.file.save(file.name, File(file.file), save=False)
            run.save(force_insert=True)
            history.record(run, Event.Verb.ADD, by=by)
            if note:
                note.point_at(run)
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


def first_rows(run: ImportRun) -> list[files.Sheet]:
    """The beginning of every sheet. Raises ValidationError when the file is gone or broken."""
    with opened(run) as file:
        return files.read(file, run.name, rows=FIRST_ROWS, sign=sign_of(run))


def sign_of(run: ImportRun) -> str:
    """The sign between the cells of a CSV that the person chose; empty where the file itself tells."""
    return next((sheet["sign"] for sheet in run.sheets if sheet.get("sign")), "")


def unused(run: ImportRun, sheets: list[files.Sheet]) -> list[str]:
    """Titles of the file that nothing is taken from."""
    used = {how.get("title") for how in run.mapping.values()} | NUMBERING | {search_key(columns.REASON)}
    return [title for key, title in titles(run, sheets).items() if key not in used]


def opened(run: ImportRun) -> Any:
    try:
        return run.file.storage.open(run.file.name or "", "rb")
    except (OSError, ValueError) as error:
        raise ValidationError("Berkas impor ini tidak ada lagi di server. Unggah lagi berkasnya.") from error


def places(run: ImportRun, sheets: list[files.Sheet]) -> list[columns.Place]:
    """Titles of the chosen sheets, in the order of the file."""
    headers = {chosen["name"]: chosen["header"] for chosen in run.sheets}
    return [columns.place_of(sheet, headers[sheet.name]) for sheet in sheets if sheet.name in headers]


def titles(run: ImportRun, sheets: list[files.Sheet]) -> dict[str, str]:
    """{key: title as written} over all chosen sheets."""
    found: dict[str, str] = {}
    for place in places(run, sheets):
        for key, title in place.titles.items():
            found.setdefault(key, title)
    return found


def told_titles(run: ImportRun, sheets: list[files.Sheet]) -> dict[str, str]:
    """`titles` where the file has any of its own."""
    return titles(run, sheets) if has_titles(run) else {}


def remembered(run: ImportRun, sheets: list[files.Sheet]) -> dict[str, dict]:
    """The mapping once chosen for this header, else the guess: {column: {"title": key} or {"fixed": text}}."""
    adapter = imports.adapter(run.kind)
    keys = titles(run, sheets)
    known = ColumnMap.objects.filter(
        kind=run.kind, place=run.place, fingerprint=columns.fingerprint(run.kind, list(keys))
    ).first()
    if known and has_titles(run):
        return known.mapping
    mapping = {name: {"title": key} for name, key in columns.guess_mapping(keys, adapter.columns).items()}
    names = [sheet["name"] for sheet in run.sheets]
    for column in adapter.columns:
        if column.of_sheet and column.name not in mapping and column.of_sheet(run.place, names):
            mapping[column.name] = {"title": columns.SHEET_NAME}
    return mapping


def has_titles(run: ImportRun) -> bool:
    """Columns that are only called A, B, C say nothing about the next file."""
    return all(sheet["header"] != columns.NO_HEADER for sheet in run.sheets)


def choose_sheets(run: ImportRun, sheets: list[dict]):
    """Other sheets, row of titles or sign of a CSV: the mapping is guessed anew. Raises ValidationError."""
    before = sign_of(run)
    run.sheets = sheets
    found = first_rows(run)
    if sign_of(run) != before:
        header = columns.guess_header(found[0], imports.adapter(run.kind).columns)
        run.sheets = [sheet | {"header": header} for sheet in sheets]
    run.mapping = remembered(run, found)
    _step(run, [Step.MAP, Step.PREVIEW], Step.MAP, sheets=run.sheets, mapping=run.mapping)


def map_columns(run: ImportRun, mapping: dict[str, dict], *, by: Any):
    """Remembers the mapping for this header and sends the file to be checked. Raises ValidationError."""
    heads = titles(run, first_rows(run))
    print_ = columns.fingerprint(run.kind, list(heads))
    with transaction.atomic():
        if has_titles(run):
            ColumnMap.objects.update_or_create(
                kind=run.kind, place=run.place, fingerprint=print_, defaults={"mapping": mapping, "by": by}
            )
            unsaved.remember(run, heads, mapping, by=by)
        # Choices of persons belong to the rows as they were read before.
        run.rows.exclude(choice="", recognised={}).update(choice="", recognised={})
        _queue(run, [Step.MAP, Step.PREVIEW], Step.CHECK, mapping=mapping, counts={})


def choose_people(run: ImportRun, choices: dict[int, str]):
    """{number of the row: id of a person, "new" or ""}; the preview is made again. Raises ValidationError."""
    with transaction.atomic():
        rows = list(run.rows.filter(number__in=choices))
        for row in rows:
            allowed = {"", NEW, *(option["id"] for option in row.options)}
            if choices[row.number] not in allowed:
                raise ValidationError("Pilihan orang ini tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
            row.choice = choices[row.number]
        ImportRow.objects.bulk_update(rows, ["choice"], batch_size=200)
        check_again(run)


def check_again(run: ImportRun, **values: Any):
    """The preview is made anew with what was answered. Raises ValidationError."""
    _queue(run, [Step.PREVIEW], Step.CHECK, **values)


def choose_words(run: ImportRun, meanings: dict[tuple[str, str], str], *, by: Any, remember: bool = False):
    """{(choice, key of a word): value}; the preview is made again. Raises ValidationError.

    `remember`: for all files of the kabupaten, by a person who may settle that.
    """
    with transaction.atomic():
        if remember:
            answers.remember(run, meanings, by=by)
        _queue(run, [Step.PREVIEW], Step.CHECK, words=answers.with_answers(run, meanings))


def save(run: ImportRun, mode: str, *, by: Any):
    """Sends the previewed rows to be written. Raises ValidationError when rows stand in the way of "all"."""
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


def take_back(run: ImportRun, *, by: Any):
    """Sends a saved import to be undone. Raises ValidationError."""
    try:
        with transaction.atomic():
            _queue(run, [Step.DONE], Step.UNDO, acted_by=by)
            history.record(run, Event.Verb.RETURN, by=by)
    except IntegrityError:
        raise ValidationError(BUSY) from None


def cancel(run: ImportRun, *, by: Any) -> bool:
    """Ends an import that has written nothing; False where a worker has to come to it first. Raises ValidationError."""
    with transaction.atomic():
        waiting = ImportRun.objects.filter(pk=run.pk).filter(
            Q(step__in=[Step.MAP, Step.PREVIEW]) | Q(step=Step.CHECK, state=State.FAILED)
        )
        over = waiting.update(step=Step.CANCELLED, state=State.READY, error="", finished_at=timezone.now())
        asked = 0
        if not over:
            working = ImportRun.objects.filter(
                pk=run.pk, step__in=[Step.CHECK, Step.APPLY], state__in=[State.QUEUED, State.RUNNING]
            )
            asked = working.update(cancel_asked=True)
        if not over and not asked:
            raise ValidationError(MOVED)
        history.record(run, Event.Verb.CLOSE, by=by)
    if over:
        forget(run)
    run.refresh_from_db()
    return bool(over)


def retry(run: ImportRun):
    """Sends a failed step to the worker again. Raises ValidationError."""
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, state=State.FAILED, step__in=ImportRun.WORKING).update(**_waiting()):
            raise ValidationError(MOVED)
        transaction.on_commit(partial(ring, run.pk))
    run.refresh_from_db()


def forget(run: ImportRun):
    """The file of the office has done its work: it may hold more about people than the portal needs."""
    name = run.file.name
    if name:
        transaction.on_commit(partial(run.file.storage.delete, name))  # no way back: not before the rest stands
        run.reading = {key: value for key, value in run.reading.items() if key != "noise_texts"}
        ImportRun.objects.filter(pk=run.pk).update(file="", reading=run.reading)
        run.file = ""


def _waiting() -> dict[str, Any]:
    return {
        "state": State.QUEUED,
        "attempts": 0,
        "token": None,
        "lease_until": leases.next_bell(),
        "error": "",
        "done": 0,
        "total": 0,
        "cancel_asked": False,
    }


def _queue(run: ImportRun, before: list[str], step: str, **values: Any):
    _step(run, before, step, **_waiting(), **values)
    transaction.on_commit(partial(ring, run.pk))


def _step(run: ImportRun, before: list[str], step: str, **values: Any):
    """The step is in the WHERE: two clicks step once."""
    rows = ImportRun.objects.filter(pk=run.pk, step__in=before).exclude(state__in=[State.QUEUED, State.RUNNING])
    if not rows.update(step=step, **values):
        raise ValidationError(MOVED)
    run.refresh_from_db()


def ring(run_id: int) -> None:
    from records.tasks import run_import  # tasks call these services

    leases.ring(run_import, run_id)


def sweep() -> int:
    """Rings again for imports that nobody holds; returns how many bells it rang."""
    from records.tasks import run_import

    return leases.sweep(ImportRun, run_import, given_up=GIVEN_UP)
