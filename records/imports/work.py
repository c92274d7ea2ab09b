"""What a worker does with an import: check every row, write all of it at once, take it back."""

import gc
import logging
from collections import Counter
from collections.abc import Iterator
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from records import history, imports
from records.imports import columns, files, services
from records.imports.adapters import Adapter
from records.imports.ledger import Unsafe
from records.imports.rows import Row
from records.imports.undoing import MAX_TOLD, BuiltUpon, undo
from records.models import Conflict, Event, ImportRow, ImportRun

logger = logging.getLogger(__name__)

CHUNK = 500  # rows between two looks at progress and cancelling
STALE = (
    "Data di portal berubah sesudah pratinjau dibuat, jadi belum ada yang disimpan dan pratinjau dibuat ulang. "
    "Periksa pratinjau ini, lalu simpan."
)
BROKEN = "Gagal karena kesalahan portal. Coba lagi; bila berulang, beri tahu pengelola portal."
UNSAFE = (
    "Pengolahan berhenti pada {where} karena kesalahan portal, dan belum ada yang disimpan. Hapus atau tulis ulang "
    "baris itu di berkas Anda, lalu unggah lagi; bila berulang, kirim baris itu kepada pengelola portal."
)
Step, State, Verdict = ImportRun.Step, ImportRun.State, ImportRow.Verdict
GOOD = [Verdict.NEW, Verdict.CHANGE, Verdict.SAME]


REFUSED = (
    "Belum ada yang disimpan: sebagian baris tidak dapat ditulis ke basis data. Baris itu ditandai di bawah; periksa, "
    "lalu simpan baris yang lain."
)


class Refused(Exception):
    """Rows that the preview found good cannot be written."""

    def __init__(self, numbers: list[int]):
        self.numbers = numbers
        super().__init__(f"{len(numbers)} rows cannot be written")


class Stopped(Exception):
    """The person cancelled, or the claim is lost: nothing of this attempt counts."""


class Stale(Exception):
    """The portal is no longer as the preview saw it."""


def work(run: ImportRun) -> None:
    """Does the step that the claimed run waits for. Raises what nobody foresaw, after saying so on the run."""
    does = {Step.CHECK: check, Step.APPLY: apply, Step.UNDO: take_back}[Step(run.step)]
    try:
        # Thousands of small objects that all stay: looking for rubbish among them costs a third of the time.
        gc.disable()
        does(run)
    except Stopped:
        if run.close_as(State.READY, step=Step.CANCELLED, cancel_asked=False, finished_at=timezone.now()):
            services.forget(run)
    except Stale:
        _check_again(run, {"notice": STALE})
    except Refused as error:
        _check_again(run, {"notice": REFUSED, "broken": sorted({*run.counts.get("broken", []), *error.numbers})})
    except BuiltUpon as error:
        more = [f"… dan {len(error.told) - MAX_TOLD} lagi."] if len(error.told) > MAX_TOLD else []
        told = ["Tidak dapat diurungkan, karena ada yang sudah bertumpu padanya:", *error.told[:MAX_TOLD], *more]
        run.close_as(State.READY, step=Step.DONE, error="\n".join(told))
    except ValidationError as error:
        run.close_as(State.FAILED, error=" ".join(error.messages))
    except Unsafe as error:
        logger.exception("import %s cannot be planned", run.pk)
        run.close_as(State.FAILED, error=UNSAFE.format(where=str(error).partition(":")[0]))
    except BaseException:
        run.close_as(State.FAILED, error=BROKEN)
        raise
    finally:
        gc.enable()


def _check_again(run: ImportRun, counts: dict[str, Any]):
    again = {"step": Step.CHECK, "attempts": 0, "token": None, "done": 0, "total": 0}
    rows = ImportRun.objects.filter(pk=run.pk, token=run.token)
    if rows.update(state=State.QUEUED, lease_until=None, counts=counts, **again):
        services.ring(run.pk)


def take(adapter: Adapter, row: Row, broken: set[int]) -> Row:
    """The row as planned; one that the database refused before is not tried again."""
    if row.number in broken:
        row.read(adapter.columns)
        row.label = str(row.get("name", ""))
        row.broke()
        return row
    return adapter.take(row)


def check(run: ImportRun) -> None:
    """Reads and judges every row of the file; what it will do stands in ImportRow. Writes nothing else."""
    adapter = imports.adapter(run.kind)(by=run.by, place=run.place)
    stale = run.counts.get("notice") == STALE
    before = {row.number: row for row in run.rows.exclude(choice="", recognised={}).defer("raw", "changes", "errors")}
    broken = set(run.counts.get("broken", []))
    chosen = {sheet["name"] for sheet in run.sheets}
    with services.opened(run) as file:
        sheets = files.read(file, run.name, only=chosen)
    found, ignored, letters = read_rows(run, sheets, adapter.columns)
    if len(found) > files.MAX_ROWS:
        raise ValidationError(files.TOO_MANY_ROWS)
    if not found:
        raise ValidationError("Tidak ada satu baris data pun di bawah baris judul. Periksa lembar dan baris judulnya.")
    _progress(run, 0, len(found))
    ImportRow.objects.filter(run=run)._raw_delete(transaction.get_connection().alias)
    counts: Counter = Counter({"rows": len(found), "ignored": ignored})
    for start in range(0, len(found), CHUNK):
        rows = []
        for number, (sheet, line, raw) in enumerate(found[start : start + CHUNK], start + 1):
            row = Row(number, sheet, line, raw, **_kept(before.get(number), stale))
            row = take(adapter, row, broken)
            counts[row.verdict] += 1
            rows.append(_stored(run, row, letters))
        ImportRow.objects.bulk_create(rows, batch_size=CHUNK)
        _progress(run, start + len(rows), len(found))
    kept = {name: run.counts[name] for name in ("notice", "broken") if run.counts.get(name)}
    run.close_as(State.READY, step=Step.PREVIEW, counts={str(key): value for key, value in counts.items()} | kept)


def _kept(before: ImportRow | None, stale: bool) -> dict[str, Any]:
    """What an earlier preview of this row showed and the person chose."""
    if before is None:
        return {}
    promised = before.recognised.get("promised") or (before.recognised.get("id", "") if stale else "")
    offered = frozenset(option["id"] for option in before.options)
    return {"choice": before.choice, "promised": promised, "offered": offered}


def read_rows(run: ImportRun, sheets: list[files.Sheet], wanted) -> tuple[list, int, dict[tuple[str, str], str]]:
    """(sheet, line, {column: cell}) of each row of data; how many rows were none (titles, numbers, sums); and the
    letter of each column as Excel shows it, {(sheet, column): letter}.
    """
    found, ignored = [], 0
    letters: dict[tuple[str, str], str] = {}
    places = {place.sheet: place for place in services.places(run, sheets)}
    names = {column.name: column for column in wanted}
    mapping = {name: how for name, how in run.mapping.items() if name in names}
    for sheet in sheets:
        place = places.get(sheet.name)
        if place is None:
            continue
        above: dict[str, Any] = {}
        # One look-up for each column of a sheet, none for each cell.
        indexes = [
            (name, place.keys[how["title"]], names[name].fill_down)
            for name, how in mapping.items()
            if how.get("title") in place.keys
        ]
        letters |= {(sheet.name[:40], name): letter(index) for name, index, _ in indexes}
        same: dict[str, Any] = {name: how["fixed"] for name, how in mapping.items() if how.get("fixed")}
        same |= {name: sheet.name for name, how in mapping.items() if how.get("title") == columns.SHEET_NAME}
        for line, cells in sheet.rows:
            if line <= place.header:
                continue
            if columns.is_noise(cells, place.lines):
                ignored += 1
                continue
            raw = dict(same)
            filled = False
            for name, index, fill_down in indexes:
                cell = cells[index] if index < len(cells) else None
                if cell is not None:
                    filled = filled or not columns.is_empty(cell)
                    raw[name] = cell
                    if fill_down and not columns.is_empty(cell):
                        above[name] = cell
                elif fill_down and name in above:
                    raw[name] = above[name]
            if filled:
                found.append((sheet.name[:40], line, raw))
            else:
                ignored += 1
    return found, ignored, letters


def letter(index: int) -> str:
    """The column of Excel: 0 is A, 26 is AA."""
    return letter(index // 26 - 1) + letter(index % 26) if index >= 26 else chr(ord("A") + index)


def _stored(run: ImportRun, row: Row, letters: dict[tuple[str, str], str]) -> ImportRow:
    return ImportRow(
        run=run,
        number=row.number,
        sheet=row.sheet,
        line=row.line,
        raw=row.raw,
        verdict=row.verdict,
        label=row.label[:200],
        changes=row.changes,
        errors=[
            [name, sentence, f"{letters[row.sheet, name]}{row.line}" if (row.sheet, name) in letters else ""]
            for name, sentence in row.errors
        ],
        options=row.options,
        choice=row.choice,
        recognised=row.recognised,
    )


def apply(run: ImportRun) -> None:
    """Plans all rows again; when the portal is as the preview saw it, writes them in one transaction.

    Raises Stale when it is not, Stopped when the person cancelled before the writing began.
    """
    adapter = imports.adapter(run.kind)(by=run.acted_by, place=run.place)
    broken = set(run.counts.get("broken", []))
    _progress(run, 0, run.counts.get("rows", 0))
    counts: Counter = Counter()
    for number, stored in enumerate(run.rows.order_by("number").iterator(chunk_size=CHUNK), 1):
        row = take(adapter, planned_again(stored), broken)
        meant = row.recognised.get("id"), stored.recognised.get("id")
        if row.verdict != stored.verdict or row.changes != stored.changes or meant[0] != meant[1]:
            raise Stale
        counts[row.verdict] += 1
        if number % CHUNK == 0:
            _progress(run, number, run.total)
    left_out = counts[Verdict.ERROR] + counts[Verdict.ASK]
    if left_out and run.mode != ImportRun.Mode.GOOD:
        raise Stale
    _progress(run, run.total, run.total)
    try:
        with transaction.atomic():
            _write(run, adapter, counts, left_out)
    except Conflict as error:
        logger.info("import %s met a portal that changed meanwhile: %s", run.pk, error)
        raise Stale from error
    except (Stopped, OperationalError, SoftTimeLimitExceeded):
        raise
    except Exception as error:
        logger.exception("import %s could not be written", run.pk)
        if numbers := refused(run, broken):
            raise Refused(numbers) from error
        if isinstance(error, IntegrityError):
            raise Stale from error
        raise
    services.forget(run)


def planned_again(stored: ImportRow) -> Row:
    offered = frozenset(option["id"] for option in stored.options)
    promised = stored.recognised.get("promised", "")
    return Row(stored.number, stored.sheet, stored.line, stored.raw, stored.choice, promised=promised, offered=offered)


def refused(run: ImportRun, broken: set[int]) -> list[int]:
    """Numbers of the rows that cannot be written, found by writing each alone; nothing of it stays."""
    adapter = imports.adapter(run.kind)(by=run.acted_by, place=run.place)
    for stored in run.rows.order_by("number").iterator(chunk_size=CHUNK):
        take(adapter, planned_again(stored), broken)
    with transaction.atomic():
        found = adapter.ledger.faults(run)
        transaction.set_rollback(True)
    for number, error in found.items():
        logger.error("import %s: row %s cannot be written: %r", run.pk, number, error)
    return sorted(found)


def _write(run: ImportRun, adapter: Adapter, counts: Counter, left_out: int):
    adapter.ledger.commit(run)
    run.rows.exclude(verdict__in=GOOD).update(skipped=True)
    # What went in stands in the portal now; only what was left out is still needed from the file.
    run.rows.filter(verdict__in=GOOD).update(raw={}, options=[])
    result = {
        "rows": sum(counts.values()),
        "created": counts[Verdict.NEW],
        "changed": counts[Verdict.CHANGE],
        "same": counts[Verdict.SAME],
        "skipped": left_out,
        "ignored": run.counts.get("ignored", 0),
    }
    if not run.close_as(State.READY, step=Step.DONE, counts=result, finished_at=timezone.now()):
        raise Stopped
    history.record(run, Event.Verb.APPROVE, by=run.acted_by)


def take_back(run: ImportRun) -> None:
    """Raises BuiltUpon, with nothing done, when something later stands on what this run wrote."""
    with transaction.atomic():
        touched = undo(run, imports.adapter(run.kind).fades)
        counts = run.counts | {"undone": touched}
        if not run.close_as(State.READY, step=Step.UNDONE, counts=counts, finished_at=timezone.now()):
            raise Stopped
        history.record(run, Event.Verb.REOPEN, by=run.acted_by)


def _progress(run: ImportRun, done: int, total: int):
    """Tells how far it is. Raises Stopped when the person cancelled or somebody else has the run."""
    mine = ImportRun.objects.filter(pk=run.pk, token=run.token, state=State.RUNNING)
    try:
        if not mine.filter(cancel_asked=False).update(done=done, total=total):
            raise Stopped
    except DatabaseError:
        logger.exception("progress of import %s not written", run.pk)
    run.total = total


def rows_of(run: ImportRun) -> Iterator[ImportRow]:
    """Rows that were or would be left out, for the file of bad rows."""
    return run.rows.exclude(verdict__in=GOOD).order_by("number").iterator(chunk_size=CHUNK)
