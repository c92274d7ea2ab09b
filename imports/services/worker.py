"""Steps of a worker with an import: read the file, check every row, write all of it at once, undo it."""

import gc
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from imports import registry
from imports.adapters import Adapter
from imports.files import books
from imports.models import ImportRow, ImportRun
from imports.rows import planning, preview_rows, questions
from imports.rows.answers import UnknownWords
from imports.rows.ledger import Unsafe
from imports.rows.planning import CHUNK, Earlier, adapter_of, planned_again, refused, row_place, take
from imports.rows.preview_rows import GOOD
from imports.rows.rows import Row
from imports.services import lifecycle, unsaved
from imports.services.undoing import MAX_REASONS, BuiltUpon, undo
from imports.tables import contents, guessing
from imports.tables.reading import read_rows
from imports.values import vocabulary
from jobs import queue
from records import history
from records.models import Conflict, Event

logger = logging.getLogger(__name__)

MAX_LINES_SHOWN = 100  # examples kept of each kind of noise
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

REFUSED = (
    "Belum ada yang disimpan: sebagian baris tidak dapat ditulis ke basis data. Baris itu ditandai di bawah; periksa, "
    "lalu simpan baris yang lain."
)


class Refused(Exception):
    """Rows that were valid in the preview cannot be written."""

    def __init__(self, numbers: list[int]):
        self.numbers = numbers
        super().__init__(f"{len(numbers)} rows cannot be written")


class Stopped(Exception):
    """The user cancelled, or the claim is lost: this attempt is discarded."""


class Stale(Exception):
    """The portal changed since the preview."""


def work(run: ImportRun) -> None:
    """Does the step that the claimed run waits for. Re-raises unexpected exceptions after recording them on the run."""
    does = {Step.READ: read, Step.CHECK: check, Step.APPLY: apply, Step.UNDO: take_back}[Step(run.step)]
    try:
        # Thousands of small objects stay alive: the garbage collector would take a third of the time.
        gc.disable()
        with vocabulary.using(run.place, run.words):
            does(run)
    except Stopped:
        if run.close_as(State.READY, step=Step.CANCELLED, cancel_requested=False, finished_at=timezone.now()):
            lifecycle.forget(run)
    except Stale:
        _check_again(run, {"notice": STALE})
    except Refused as error:
        _check_again(run, {"notice": REFUSED, "broken": sorted({*run.counts.get("broken", []), *error.numbers})})
    except BuiltUpon as error:
        more = [f"… dan {len(error.reasons) - MAX_REASONS} lagi."] if len(error.reasons) > MAX_REASONS else []
        sentences = [
            "Tidak dapat diurungkan, karena ada yang sudah bertumpu padanya:",
            *error.reasons[:MAX_REASONS],
            *more,
        ]
        run.close_as(State.READY, step=Step.DONE, error="\n".join(sentences))
    except ValidationError as error:
        _refuse(run, " ".join(error.messages))
    except Unsafe as error:
        logger.exception("import %s cannot be planned", run.pk)
        run.close_as(State.FAILED, error=UNSAFE.format(where=str(error).partition(":")[0]))
    except BaseException:
        run.close_as(State.FAILED, error=BROKEN)
        raise
    finally:
        gc.enable()


def _check_again(run: ImportRun, counts: dict[str, object]):
    again = {"step": Step.CHECK, "attempts": 0, "token": None, "done": 0, "total": 0}
    rows = ImportRun.objects.filter(pk=run.pk, token=run.token)
    if rows.update(state=State.QUEUED, lease_until=None, counts=counts, **again):
        queue.enqueue(ImportRun, run.pk)


def _refuse(run: ImportRun, sentence: str):
    """Refuses the new choices; a file that was read before keeps its contents."""
    if run.step == Step.READ and run.contents.get("sheets"):
        known = {name: value for name, value in run.contents.items() if name != "wanted"}
        run.close_as(State.READY, step=Step.MAP, error=sentence, contents=known)
    else:
        run.close_as(State.FAILED, error=sentence)


def read(run: ImportRun) -> None:
    """Reads the file and stores its beginning, its likely sheets and columns for the pages."""
    wanted = run.contents.get("wanted")
    sign = contents.sign_of(wanted or run.sheets)
    with lifecycle.opened(run) as file:
        found = books.read(file, run.name, rows=contents.FIRST_ROWS, sign=sign)
    taken = registry.adapter(run.kind).columns
    known = contents.keep(found, taken, {sheet["name"]: sheet["header"] for sheet in wanted or []})
    headers = {sheet["name"]: sheet["header"] for sheet in known["sheets"]}
    if wanted is None:
        run.sheets = [{"name": sheet.name, "header": headers[sheet.name]} for sheet in guessing.likely(found, taken)]
    elif sign == contents.sign_of(run.sheets):
        run.sheets = wanted
    else:
        run.sheets = [sheet | {"header": headers[sheet["name"]]} for sheet in wanted]
    run.contents = known
    known["better"] = contents.better_kind(run)
    mapping = contents.remembered(run, contents.sheets_of(run))
    _progress(run, 0, 0)
    run.close_as(State.READY, step=Step.MAP, sheets=run.sheets, mapping=mapping, contents=known)


def check(run: ImportRun) -> None:
    """Reads and plans every row of the file and stores the plan in ImportRow. Writes nothing else."""
    adapter = adapter_of(run, run.by)
    figures = questions.DoubtfulFigures()
    earlier = Earlier.of_run(run, stale=run.counts.get("notice") == STALE)
    broken = set(run.counts.get("broken", []))
    chosen = {sheet["name"] for sheet in run.sheets}
    with lifecycle.opened(run) as file:
        sheets = books.read(file, run.name, only=chosen, sign=contents.sign_of(run.sheets))
    hidden = {sheet["name"] for sheet in run.sheets if sheet.get("hidden_rows")}
    as_data = {sheet["name"]: sheet["data_lines"] for sheet in run.sheets if sheet.get("data_lines")}
    reading = read_rows(sheets, contents.places(run, sheets), run.mapping, adapter.columns, hidden, as_data)
    # From here on only the titles of the sheets are needed; rows are freed as soon as they are stored.
    sheets = [replace(sheet, rows=sheet.rows[: contents.FIRST_ROWS]) for sheet in sheets]
    found, total, done = reading.rows, len(reading.rows), 0
    if total > books.MAX_ROWS:
        raise ValidationError(books.TOO_MANY_ROWS)
    if not found:
        raise ValidationError("Tidak ada satu baris data pun di bawah baris judul. Periksa lembar dan baris judulnya.")
    earlier.count(map(row_place, found))
    _progress(run, 0, total)
    adapter.survey(Row(number, data.sheet, data.line, data.raw) for number, data in enumerate(found, 1))
    ImportRow.objects.filter(run=run)._raw_delete(transaction.get_connection().alias)
    counts: Counter = Counter({"rows": total, "ignored": reading.ignored})
    unknown = UnknownWords()
    while found:
        rows = []
        for number, data in enumerate(found[:CHUNK], done + 1):
            row = Row(number, data.sheet, data.line, data.raw, **earlier.of(row_place(data)))
            row = take(adapter, row, broken)
            counts[row.verdict] += 1
            unknown.note(row)
            figures.see(row)
            rows.append(preview_rows.values_of(run, row, adapter, reading, data))
        preview_rows.insert(rows)
        del found[:CHUNK]
        done += len(rows)
        _progress(run, done, total)
    kept_counts: dict[str, object] = {name: run.counts[name] for name in ("notice", "broken") if run.counts.get(name)}
    found_out = {
        "noise": {kind: lines[:MAX_LINES_SHOWN] for kind, lines in reading.noise.items()},
        "noise_texts": reading.noise_texts,
        "titles": unsaved.titled(type(adapter), run.mapping, contents.titles_in_file(run, sheets)),
        **contents.remarks(run, sheets),
        "question": adapter.question(),
        "words": unknown.most(),
        "figures": figures.found,
    }
    totals = {str(key): value for key, value in counts.items()} | kept_counts
    run.close_as(State.READY, step=Step.PREVIEW, counts=totals, reading=found_out)


def apply(run: ImportRun) -> None:
    """Plans all rows again and, if the portal is unchanged since the preview, writes them in one transaction.

    Raises Stale when it changed, Stopped when the user cancelled before the writing began.
    """
    adapter = adapter_of(run, run.acted_by)
    broken = set(run.counts.get("broken", []))
    _progress(run, 0, run.counts.get("rows", 0))
    counts: Counter = Counter()
    adapter.survey(planning.all_planned_again(run))
    for number, stored in enumerate(planning.stored_rows(run), 1):
        row = take(adapter, planned_again(stored), broken)
        meant = row.recognised.get("id"), stored.recognised.get("id")
        shown = row.changes, row.understood(adapter.columns)
        if row.verdict != stored.verdict or shown != (stored.changes, stored.understood) or meant[0] != meant[1]:
            raise Stale
        counts[row.verdict] += 1
        if number % CHUNK == 0:
            _progress(run, number, run.total)
    left_out = counts[Verdict.ERROR] + counts[Verdict.UNCLEAR]
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
    lifecycle.forget(run)


def _write(run: ImportRun, adapter: Adapter, counts: Counter, left_out: int):
    adapter.ledger.commit(run)
    run.rows.exclude(verdict__in=GOOD).update(skipped=True)
    # Saved rows are in the portal now; only the rows left out are still needed from the file.
    run.rows.filter(verdict__in=GOOD).update(raw={}, understood={}, options=[])
    result = {
        "rows": sum(counts.values()),
        "created": counts[Verdict.NEW],
        "changed": counts[Verdict.CHANGE],
        "same": counts[Verdict.SAME],
        "skipped": left_out,
        "set_aside": counts[Verdict.UNCLEAR],
        "ignored": run.counts.get("ignored", 0),
    }
    if not run.close_as(State.READY, step=Step.DONE, counts=result, finished_at=timezone.now()):
        raise Stopped
    history.record(run, Event.Verb.APPROVE, by=run.acted_by)


def take_back(run: ImportRun) -> None:
    """Undoes the run. Raises BuiltUpon, with nothing done, when later changes depend on it."""
    with transaction.atomic():
        touched = undo(run, registry.adapter(run.kind).fades)
        counts = run.counts | {"undone": touched}
        if not run.close_as(State.READY, step=Step.UNDONE, counts=counts, finished_at=timezone.now()):
            raise Stopped
        history.record(run, Event.Verb.REOPEN, by=run.acted_by)


def _progress(run: ImportRun, done: int, total: int):
    """Writes the progress. Raises Stopped when the user cancelled or another worker has the run."""
    mine = ImportRun.objects.filter(pk=run.pk, token=run.token, state=State.RUNNING)
    try:
        if not mine.filter(cancel_requested=False).update(done=done, total=total):
            raise Stopped
    except DatabaseError:
        logger.exception("progress of import %s not written", run.pk)
    run.total = total


def rows_of(run: ImportRun) -> Iterator[ImportRow]:
    """Rows that were or would be left out, for the file of unsaved rows."""
    return run.rows.exclude(verdict__in=GOOD).order_by("number").iterator(chunk_size=CHUNK)
