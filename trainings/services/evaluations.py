"""Evaluation sheets entered from paper: sheets x aspects. They name no person, so it is not stored who filled which."""

import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records import history
from records.formats import number_id
from records.merge import Clash, merge_cells
from records.models import Event
from records.parsers.grids import CellNames, ShownText
from trainings.models import EvaluationAnswer, EvaluationSheet, Training
from trainings.queries.evaluations import Column, FormQuestion, form_questions, sheets_filled
from trainings.queries.scores import present_people
from trainings.services.guard import hold

Cell = tuple[int, int, int]  # number of the sheet, question, narasumber or 0
EMPTY = ""
ADDED = "lembar evaluasi ditambah"
CELLS = CellNames("e", 3)
SHOWN = ShownText(3, "=", "[0-9a-f]{1,8}")


@dataclass(frozen=True)
class Outcome:
    changed: int
    added: int
    clashes: list[Clash]


def token(value: str) -> str:
    """Digest of a cell, which the page sends back instead of the whole remark."""
    return f"{zlib.crc32(value.encode()):x}" if value else ""


def read_tokens(text: str) -> dict[Cell, str]:
    return SHOWN.read(text)


def write_tokens(cells: dict[Cell, str]) -> str:
    return SHOWN.write({cell: token(value) for cell, value in cells.items() if value})


def stored_cells(training: Training) -> dict[Cell, str]:
    """All filled cells in one query: "1" to "4", or text."""
    rows = EvaluationAnswer.objects.filter(sheet__training=training)
    columns = ("sheet__number", "question", "resource_person", "value", "text")
    return {
        (sheet, question, person or 0): text or str(value)
        for sheet, question, person, value, text in rows.values_list(*columns)
    }


def room(training: Training) -> int:
    """How many more sheets can be entered: people present without a sheet on paper or by phone."""
    return max(0, present_people(training).count() - sheets_filled(training))


@transaction.atomic
def record_sheets(
    training: Training,
    wanted: dict[Cell, str],
    seen: dict[Cell, str],
    new: list[dict[Column, str]],
    *,
    last: int,
    by: User,
    chosen=None,
) -> Outcome:
    """Changes cells of existing sheets and adds sheets after the last one.

    `seen`: digests of what the page showed, `last`: the last number it showed, `chosen`: answers to earlier clashes.
    `new`: {column: value} of each new sheet; empty ones are skipped. With any clash nothing is written. When repeated,
    sheets are added once: the same user adding the same rows after the same `last` is a repetition. Raises
    ValidationError for more sheets than people were present, a sheet emptied completely, unknown cells, and when the
    training is closed.
    """
    training = hold(training)
    seen = seen | (chosen or {})
    questions = {place.column: place for place in form_questions(training)}
    sheets = {sheet.number: sheet for sheet in training.evaluation_sheets.all()}
    changed = {cell: value for cell, value in wanted.items() if token(value) != seen.get(cell, EMPTY)}
    typed = {number for number, sheet in sheets.items() if sheet.source == EvaluationSheet.Source.PAPER}
    known = all(cell[0] in typed and cell[1:] in questions for cell in changed)
    new = [row for sheet in new if (row := {column: value for column, value in sheet.items() if value})]
    if not known or any(column not in questions for row in new for column in row):
        raise ValidationError("Lembar atau butir evaluasi berubah sejak halaman ini dibuka. Muat ulang, lalu ulangi.")
    stored = stored_cells(training)
    steps, clashing = merge_cells(changed, seen, stored, blank=EMPTY, sign=token)
    if clashing:
        places = list(questions)
        order = sorted(clashing, key=lambda cell: (cell[0], places.index(cell[1:])))
        return Outcome(
            0, 0, [_clash(cell, questions[cell[1:]], clashing[cell], stored.get(cell, EMPTY)) for cell in order]
        )
    _refuse_emptied(stored, steps)
    if _sent_before(training, new, stored, last, by):
        new = []
    _change(steps, sheets, questions, training, by)
    _add(training, new, questions, max(sheets, default=0), by)
    return Outcome(len(steps), len(new), [])


@transaction.atomic
def remove_last(training: Training, *, by: User) -> int:
    """Deletes the last sheet; returns its number. Raises ValidationError when there is none or when closed."""
    training = hold(training)
    sheet = training.evaluation_sheets.order_by("-number").first()
    if sheet is None:
        raise ValidationError("Belum ada lembar evaluasi.")
    sheet.delete()
    changes = {"lembar evaluasi": [f"no. {sheet.number}", "dihapus"]}
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return sheet.number


def _clash(cell: Cell, place: FormQuestion, mine: str, theirs: str) -> Clash:
    """Sheets are anonymous, and so are the users who enter them: no name is shown."""
    return Clash(
        name=CELLS.name(cell),
        label=f"Lembar {cell[0]}, {place.label}",
        mine=mine,
        theirs=theirs,
        mine_text=mine or "Kosong",
        theirs_text=theirs or "Kosong",
        token=token(theirs),
    )


def _refuse_emptied(stored, steps):
    after = {cell: value for cell, value in (stored | steps).items() if value}
    emptied = sorted({cell[0] for cell in steps} - {cell[0] for cell in after})
    if emptied:
        raise ValidationError(
            f"Lembar {emptied[0]} menjadi kosong seluruhnya. Isi kembali, atau hapus lewat “Hapus lembar terakhir”."
        )


def _refuse_too_many(training, count: int):
    left = room(training)
    if count <= left:
        return
    present = present_people(training).count()
    if not present:
        raise ValidationError("Belum ada peserta yang tercatat hadir. Catat kehadiran dahulu, lalu isi evaluasi.")
    raise ValidationError(
        f"Lembar evaluasi paling banyak sebanyak orang yang hadir: {number_id(present)}. "
        f"Anda menambah {number_id(count)} lembar, tempatnya tinggal {number_id(left)}. "
        "Periksa kehadiran, atau kosongkan kelebihannya."
    )


def _sent_before(training, new, stored, last, by) -> bool:
    """Whether this user already added exactly these sheets after `last` (the form was sent twice)."""
    if not new:
        return False
    events = Event.objects.of(training).filter(by=by, changes__has_key=ADDED)
    for event in events[:20]:
        first, end = event.changes[ADDED][1].split("–")
        if int(first) > last and int(end) - int(first) + 1 == len(new):
            rows: list[dict[Column, str]] = [{} for _ in new]
            for (sheet, *column), value in stored.items():
                if int(first) <= sheet <= int(end):
                    rows[sheet - int(first)][column[0], column[1]] = value
            if rows == new:
                return True
    return False


def _change(steps, sheets, questions, training, by):
    if not steps:
        return
    numbers = {cell[0] for cell in steps}
    rows = {
        (row.sheet.number, row.question_id, row.resource_person_id or 0): row
        for row in EvaluationAnswer.objects.filter(sheet__training=training, sheet__number__in=numbers).select_related(
            "sheet"
        )
    }
    new, kept, gone = [], [], []
    for cell, value in steps.items():
        row = rows.get(cell)
        if not value:
            if row:
                gone.append(row.pk)
        elif row:
            kept.append(fill_answer(row, questions[cell[1:]], value))
        else:
            new.append(fill_answer(EvaluationAnswer(sheet=sheets[cell[0]]), questions[cell[1:]], value))
    EvaluationAnswer.objects.filter(pk__in=gone).delete()
    EvaluationAnswer.objects.bulk_update(kept, ["value", "text"])
    EvaluationAnswer.objects.bulk_create(new)
    changes = {"lembar evaluasi": ["", f"{len(steps)} isian diubah"]}
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)


def _add(training, new, questions, top: int, by):
    if not new:
        return
    _refuse_too_many(training, len(new))
    sheets = EvaluationSheet.objects.bulk_create(
        EvaluationSheet(training=training, number=number) for number in range(top + 1, top + 1 + len(new))
    )
    EvaluationAnswer.objects.bulk_create(
        fill_answer(EvaluationAnswer(sheet=sheet), questions[column], value)
        for sheet, row in zip(sheets, new, strict=True)
        for column, value in row.items()
    )
    history.record(training, Event.Verb.CHANGE, by=by, changes={ADDED: ["", f"{top + 1}–{top + len(new)}"]})


def fill_answer(row: EvaluationAnswer, place: FormQuestion, value: str) -> EvaluationAnswer:
    row.question, row.resource_person = place.question, place.person
    row.value, row.text = (None, value) if place.is_text else (int(value), "")
    return row
