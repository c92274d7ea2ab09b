"""Copies of trainings: the chosen parts are copied, never what belongs to the people and days of the source.

Not copied are participants, attendance, scores, sheets of the evaluation, RKTL, certificates, and numbers, dates and
files of the accounts file.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records import formats, history, samples
from records.models import Event
from trainings.models import (
    AgendaItem,
    AgendaSpeaker,
    BudgetLine,
    CommitteeMember,
    EvaluationQuestion,
    Invitation,
    TestQuestion,
    Training,
    TrainingDay,
    TrainingSession,
)
from trainings.rules.hours import moved
from trainings.services.questions import fill_questions
from trainings.services.schedule import Hours, build_day

VILLAGES, AGENDA, COMMITTEE = "desa", "acara", "panitia"
QUESTIONS, EVALUATION, BUDGET = "soal", "evaluasi", "anggaran"
# Fields of the frame; title, wave and year are entered anew.
FRAME = ("kind", "district", "programme", "cohort_year", "venue", "online", "organiser", "recipients", "sheet_unit")


@dataclass
class Copied:
    """The new training, and one sentence for each part that could not be copied."""

    training: Training
    left_out: list[str] = field(default_factory=list)


def parts_of(source: Training) -> dict[str, str]:
    """Parts that can be copied: code -> label with the number of rows; parts without rows are left out."""
    meeting = source.is_meeting
    items = AgendaItem.objects.filter(day__training=source).count()
    days = source.days.count()
    counts = {
        VILLAGES: ("Desa undangan", source.invitations.count(), "desa"),
        AGENDA: (f"Susunan acara {days} hari dengan narasumber", items, "mata acara"),
        COMMITTEE: ("Panitia", source.committee.count(), "orang"),
        QUESTIONS: ("Soal tes", 0 if meeting else source.test_questions.count(), "soal"),
        EVALUATION: ("Butir evaluasi", 0 if meeting else source.evaluation_questions.count(), "butir"),
        BUDGET: ("Anggaran, tanpa realisasi", source.budget_lines.count(), "baris"),
    }
    return {code: f"{label} ({count} {unit})" for code, (label, count, unit) in counts.items() if count}


@transaction.atomic
def copy_training(
    source: Training, new: Training, first: date, parts: list[str], *, by: User, key: UUID | None, minutes: int = 0
) -> Copied:
    """Adds `new` (title, wave and year set) as a copy of `source`, beginning on `first`, with the chosen parts of
    parts_of.

    Days keep their distances; all hours move by `minutes`. The same key twice returns the first copy. Raises
    ValidationError.
    """
    for name in FRAME:
        setattr(new, name, getattr(source, name))
    row = new.add(by=by, key=key)
    if row is not new:
        return Copied(row)
    left_out: list[str] = []
    _copy_days(source, new, first, with_agenda=AGENDA in parts, left_out=left_out)
    if minutes:
        _move_hours(new, minutes)
    if VILLAGES in parts:
        _copy_invitations(source, new)
    if COMMITTEE in parts:
        _copy_committee(source, new, left_out)
    if BUDGET in parts:
        _copy_budget(source, new)
    dates = ", ".join(formats.date_id(day.date) for day in new.days.all())
    taken = parts_of(source)
    named = "; ".join(label for code, label in taken.items() if code in parts)
    changes = {"hari": ["", dates], f"disalin dari {source}": ["", named or "kerangkanya saja"]}
    history.record(new, Event.Verb.CHANGE, by=by, changes=changes)
    for code, model in ((QUESTIONS, TestQuestion), (EVALUATION, EvaluationQuestion)):
        if code in parts and code in taken:
            fill_questions(new, model, source, by=by)
    return Copied(new, left_out)


def _copy_days(source: Training, new: Training, first: date, *, with_agenda: bool, left_out: list[str]) -> None:
    days = list(source.days.prefetch_related("sessions", "items__speakers__resource_person__person"))
    if not days:
        build_day(new.days.create(date=first), new.sheet_unit, [], Hours())
        return
    strangers: set[str] = set()
    for day in days:
        copy = new.days.create(date=first + (day.date - days[0].date))
        if with_agenda:
            _copy_agenda(day, copy, strangers)
            continue
        sessions = list(day.sessions.all())
        hours = Hours(min(s.starts for s in sessions), max(s.ends for s in sessions)) if sessions else Hours()
        build_day(copy, new.sheet_unit, [], hours)
    if strangers:
        left_out.append(f"Narasumber contoh tidak ikut disalin: {', '.join(sorted(strangers))}.")


def _copy_agenda(day: TrainingDay, copy: TrainingDay, strangers: set[str]) -> None:
    """Copies sessions, items and their people unchanged; sample people are not copied to a real training."""
    sessions = {}
    for session in day.sessions.all():
        sessions[session.pk] = TrainingSession.objects.create(
            day=copy, name=session.name, starts=session.starts, ends=session.ends
        )
    for item in day.items.all():
        made = AgendaItem.objects.create(
            day=copy,
            session=sessions.get(item.session_id or 0),
            starts=item.starts,
            ends=item.ends,
            kind=item.kind,
            topic=item.topic,
            pb_code=item.pb_code,
            lesson_hours=item.lesson_hours,
            method=item.method,
            speaker=item.speaker,
        )
        for one in item.speakers.all():
            if one.resource_person.person.is_sample and not copy.training.is_sample:
                strangers.add(str(one.resource_person))
                continue
            AgendaSpeaker.objects.create(item=made, resource_person=one.resource_person, role=one.role)
    if not sessions:
        build_day(copy, copy.training.sheet_unit, list(copy.items.all()), Hours())


def moved_hours(source: Training, minutes: int) -> list[Hours]:
    """Of each day the first start and the last end of sessions and items, so many minutes later.

    Raises ValidationError where that is another day.
    """
    found: list[Hours] = []
    for day in source.days.prefetch_related("sessions", "items"):
        rows: list[TrainingSession | AgendaItem] = [*day.sessions.all(), *day.items.all()]
        parts = [Hours(row.starts, row.ends) for row in rows]
        if parts:
            whole = Hours(min(part.starts for part in parts), max(part.ends for part in parts))
            found.append(_moved(whole, minutes))
    return found


def _moved(hours: Hours, minutes: int) -> Hours:
    starts, ends = moved(hours.starts, minutes), moved(hours.ends, minutes)
    if starts is None or ends is None:
        raise ValidationError("Jam mulai itu membuat sebagian acara jatuh pada hari lain. Pilih jam lain.")
    return Hours(starts, ends)


def _move_hours(training: Training, minutes: int) -> None:
    sessions = list(TrainingSession.objects.filter(day__training=training))
    items = list(AgendaItem.objects.filter(day__training=training))
    rows: list[TrainingSession | AgendaItem] = [*sessions, *items]
    for row in rows:
        hours = _moved(Hours(row.starts, row.ends), minutes)
        row.starts, row.ends = hours.starts, hours.ends
    TrainingSession.objects.bulk_update(sessions, ["starts", "ends"])
    AgendaItem.objects.bulk_update(items, ["starts", "ends"])


def _copy_invitations(source: Training, new: Training) -> None:
    rows = []
    for row in source.invitations.select_related("village"):
        made = Invitation(training=new, village=row.village, quota=row.quota, posts=row.posts)
        samples.refuse_sample_parent(made)
        rows.append(made)
    Invitation.objects.bulk_create(rows)


def _copy_committee(source: Training, new: Training, left_out: list[str]) -> None:
    """Copies the panitia: merged persons are replaced by the remaining one, once."""
    rows: dict[int, CommitteeMember] = {}
    gone = []
    for row in source.committee.select_related("person__merged_into"):
        person = row.person.merged_into or row.person
        if person.erased_at or (person.is_sample and not new.is_sample):
            gone.append(str(person))
        elif person.pk not in rows:
            rows[person.pk] = CommitteeMember(
                training=new, person=person, role=row.role, position=row.position, number=row.number
            )
    CommitteeMember.objects.bulk_create(rows.values())
    if gone:
        left_out.append(f"Panitia yang tidak ikut disalin: {', '.join(gone)}.")


def _copy_budget(source: Training, new: Training) -> None:
    """Copies the budget without its realisasi; without the No. DPA too if the year differs."""
    BudgetLine.objects.bulk_create(
        BudgetLine(
            training=new,
            source=line.source,
            sub_activity=line.sub_activity,
            account_code=line.account_code,
            dpa_number=line.dpa_number if new.fiscal_year == source.fiscal_year else "",
            title=line.title,
            ceiling=line.ceiling,
        )
        for line in source.budget_lines.all()
    )
