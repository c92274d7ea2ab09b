"""Links of the evaluation, one per day: opened and closed by the office, used by the participants present."""

import secrets
import uuid
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from records import formats, history
from records.constraints import sentence_of
from records.models import Event
from trainings.models import EvaluationAnswer, EvaluationLink, EvaluationSheet, Training, TrainingDay
from trainings.queries.evaluation_links import closed_text, form_questions_on, max_sheets, sheets_of_day
from trainings.queries.evaluations import Column
from trainings.services.evaluations import fill_answer
from trainings.services.guard import hold

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without similar characters
TOKEN_LENGTH = 12  # 59 bits; wrong ones are throttled
FIELD = "tautan evaluasi"
FULL = (
    "Lembar yang masuk sudah sebanyak peserta yang hadir, jadi isian Anda belum tersimpan. Bila Anda belum mengisi, "
    "sampaikan kepada panitia."
)


class SentOtherwise(Exception):
    """The same page was submitted before with other answers; the first ones remain."""


def new_token() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(TOKEN_LENGTH))


def read_token(typed: str) -> str:
    """A typed token, normalised from capitals and dashes."""
    return typed.lower().replace("-", "")


@transaction.atomic
def open_link(day: TrainingDay, closes_at: time, *, by: User) -> EvaluationLink:
    """Opens a new link for this day; a closed one never opens again. Raises ValidationError when one is open."""
    training = hold(day.training)
    if not training.evaluation_questions.exists():
        raise ValidationError("Belum ada butir evaluasi. Isi butirnya dahulu.")
    if day.date < timezone.localdate():
        raise ValidationError("Hari itu sudah lewat. Ketik lembar dari kertas lewat “Isi dari kertas”.")
    try:
        with transaction.atomic():
            link = EvaluationLink.objects.create(day=day, token=new_token(), closes_at=closes_at)
    except IntegrityError:
        raise ValidationError(sentence_of(EvaluationLink, "evaluation_link_one_open")) from None
    change = f"dibuka untuk {formats.day_date(day.date)} sampai pukul {formats.time_id(closes_at)}"
    history.record(training, Event.Verb.CHANGE, by=by, changes={FIELD: ["", change]})
    return link


@transaction.atomic
def close_link(link: EvaluationLink, *, by: User) -> None:
    """Closes a link; repeating has no effect."""
    training = hold(link.day.training)
    if not EvaluationLink.objects.filter(pk=link.pk, closed_at=None).update(closed_at=timezone.now()):
        return
    changes = {FIELD: [f"dibuka untuk {formats.day_date(link.day.date)}", "ditutup"]}
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)


@transaction.atomic
def fill_sheet(link: EvaluationLink, answers: dict[Column, str], key: uuid.UUID, *, now: datetime) -> EvaluationSheet:
    """Adds one anonymous sheet; the same page twice is one sheet. No event records when a sheet was submitted.

    Raises SentOtherwise, and ValidationError when nothing was answered, the link is closed or all sheets were
    submitted.
    """
    training = Training.objects.select_for_update().get(pk=link.day.training_id)
    link = EvaluationLink.objects.select_related("day__training").get(pk=link.pk)
    questions = {place.column: place for place in form_questions_on(link.day)}
    filled = {column: value for column, value in answers.items() if value}
    made = EvaluationSheet.objects.filter(request_key=key, link=link).first()
    if made:
        if _content(made) != filled:
            raise SentOtherwise
        return made
    if reason := closed_text(link, now):
        raise ValidationError(reason)
    if not filled:
        raise ValidationError("Belum ada yang Anda isi. Pilih nilai atau tulis saran, lalu kirim.")
    if not set(filled) <= set(questions):
        raise ValidationError("Butir evaluasi baru saja berubah. Muat ulang halaman ini, lalu isi lagi.")
    if sheets_of_day(link.day) >= max_sheets(link.day):
        raise ValidationError(FULL)
    last = training.evaluation_sheets.aggregate(top=Max("number"))["top"] or 0
    sheet = EvaluationSheet.objects.create(
        training=training, number=last + 1, source=EvaluationSheet.Source.LINK, link=link, request_key=key
    )
    EvaluationAnswer.objects.bulk_create(
        fill_answer(EvaluationAnswer(sheet=sheet), questions[column], value) for column, value in filled.items()
    )
    return sheet


def _content(sheet: EvaluationSheet) -> dict[Column, str]:
    rows = sheet.answers.values_list("question", "resource_person", "value", "text")
    return {(question, person or 0): text or str(value) for question, person, value, text in rows}


@transaction.atomic
def remove_sheets(day: TrainingDay, *, by: User, only_last: bool) -> int:
    """Deletes the last sheet submitted under the links of a day, or all of them. Returns how many.

    Raises ValidationError when there is none.
    """
    training = hold(day.training)
    rows = EvaluationSheet.objects.filter(link__day=day).order_by("-number")
    gone = list((rows[:1] if only_last else rows).values_list("pk", flat=True))
    if not gone:
        raise ValidationError("Belum ada lembar yang masuk lewat tautan hari itu.")
    EvaluationSheet.objects.filter(pk__in=gone).delete()
    changes = {f"lembar dari {FIELD} {formats.day_date(day.date)}": [f"{len(gone)} lembar", "dihapus"]}
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return len(gone)
