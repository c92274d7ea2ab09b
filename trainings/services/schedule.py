"""Days, sessions and agenda: the sessions of a day follow from the unit of the attendance sheets."""

from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import User
from records import formats, history
from records.constraints import sentence_of
from records.models import Event
from trainings.models import AgendaItem, Attendance, Training, TrainingDay, TrainingSession
from trainings.services.guard import hold
from trainings.services.schedule_changes import keep_agenda, keep_schedule

WHOLE_DAY, MORNING, AFTERNOON = "Sehari penuh", "Pagi", "Siang"
# The sample agenda breaks from 12.15 to 13.15; days without an agenda are divided there as well (our assumption).
NOON, AFTER_NOON = time(12, 15), time(13, 15)


@dataclass(frozen=True)
class Hours:
    """Start and end of a day without an agenda."""

    starts: time = time(8, 0)
    ends: time = time(16, 30)


def build_day(day: TrainingDay, unit: str, items: list[AgendaItem], hours: Hours) -> None:
    """Inserts the sessions of a day that has none, assigns the items to them and inserts new items."""
    sessions = TrainingSession.objects.bulk_create(_sessions(day, unit, items, hours))
    for item in items:
        item.day = day
        item.session = _session_of(item, sessions, unit)
    AgendaItem.objects.bulk_create([item for item in items if item.pk is None])
    AgendaItem.objects.bulk_update([item for item in items if item.pk], ["session"])


def _sessions(day, unit, items, hours) -> list[TrainingSession]:
    whole = Hours(
        min((item.starts for item in items), default=hours.starts),
        max((item.ends for item in items), default=hours.ends),
    )
    topics = [item for item in items if item.kind == AgendaItem.Kind.TOPIC]
    if unit == Training.SheetUnit.TOPIC and topics:
        return [
            TrainingSession(day=day, name=name, starts=item.starts, ends=item.ends)
            for name, item in zip(_names(topics), topics, strict=True)
        ]
    halves = []
    if unit == Training.SheetUnit.HALF:
        halves = [
            (MORNING, Hours(whole.starts, min(whole.ends, NOON))),
            (AFTERNOON, Hours(max(whole.starts, AFTER_NOON), whole.ends)),
        ]
        halves = [(name, part) for name, part in halves if part.starts < part.ends]
    return [
        TrainingSession(day=day, name=name, starts=part.starts, ends=part.ends)
        for name, part in halves or [(WHOLE_DAY, whole)]
    ]


def sessions_without_agenda(day: TrainingDay, unit: str) -> list[TrainingSession]:
    """Unsaved sessions of a day of usual hours without an agenda."""
    return _sessions(day, unit, [], Hours())


def _names(topics) -> list[str]:
    """The topics as unique session names of one day."""
    names: list[str] = []
    for item in topics:
        name, number = item.topic[:110], 2
        while name in names:
            name, number = f"{item.topic[:110]} ({number})", number + 1
        names.append(name)
    return names


def _session_of(item: AgendaItem, sessions: list[TrainingSession], unit: str) -> TrainingSession | None:
    """The session of an item: by the times of the topic, otherwise by the start of the item."""
    if unit == Training.SheetUnit.TOPIC and len(sessions) > 1:
        if item.kind != AgendaItem.Kind.TOPIC:
            return None
        exact = [s for s in sessions if (s.starts, s.ends) == (item.starts, item.ends)]
        named = [s for s in exact if s.name.startswith(item.topic[:110])]
        return next(iter(named or exact), None)
    if len(sessions) == 1:
        return sessions[0]
    return next((s for s in sessions if s.starts <= item.starts < s.ends), None)


@transaction.atomic
def add_day(training: Training, on: date, hours: Hours, *, by: User) -> TrainingDay:
    """Adds a day with its sessions. Raises ValidationError when the date is taken or the training closed."""
    training = hold(training)
    if training.days.filter(date=on).exists():
        raise ValidationError(sentence_of(TrainingDay, "training_day_once"))
    keep_schedule(training)
    day = training.days.create(date=on)
    build_day(day, training.sheet_unit, [], hours)
    history.record(training, Event.Verb.CHANGE, by=by, changes={"hari": ["", formats.day_date(on)]})
    return day


@transaction.atomic
def remove_day(day: TrainingDay, *, by: User) -> None:
    """Deletes a day not held, with sessions and agenda. Raises ValidationError once attendance was recorded."""
    training = hold(day.training)
    _refuse_marked(day.sessions.all(), "Hari ini")
    keep_schedule(training)
    _delete(day, "Hari ini")
    history.record(training, Event.Verb.CHANGE, by=by, changes={"hari": [formats.day_date(day.date), ""]})


@transaction.atomic
def save_session(session: TrainingSession, *, by: User) -> TrainingSession:
    """Adds or changes a session. Raises ValidationError when the name is taken that day."""
    training = hold(session.day.training)
    keep_agenda(training)
    before = TrainingSession.objects.filter(pk=session.pk).first()
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        session.validate_constraints()  # raises the message of the violated constraint
        raise
    texts = [_session_text(before) if before else "", _session_text(session)]
    if texts[0] != texts[1]:
        history.record(training, Event.Verb.CHANGE, by=by, changes={"sesi": texts})
    return session


@transaction.atomic
def remove_session(session: TrainingSession, *, by: User) -> None:
    """Deletes a session, not its agenda. Raises ValidationError for the last one or with attendance."""
    training = hold(session.day.training)
    _refuse_marked([session], "Sesi ini")
    keep_agenda(training)
    if session.day.sessions.count() == 1:
        raise ValidationError("Ini satu-satunya sesi hari itu. Tambahkan sesi lain dahulu, atau hapus harinya.")
    text = _session_text(session)
    _delete(session, "Sesi ini")
    history.record(training, Event.Verb.CHANGE, by=by, changes={"sesi": [text, ""]})


def rebuild_sessions(training: Training) -> None:
    """Replaces the sessions for another sheet unit, within the transaction that changes `training.sheet_unit`.

    Raises ValidationError once attendance was recorded: signed sheets cannot become others.
    """
    if Attendance.objects.filter(session__day__training=training).exists():
        raise ValidationError(
            {"sheet_unit": "Kehadiran sudah tercatat, jadi satuan daftar hadir tidak dapat diganti lagi."}
        )
    for day in training.days.prefetch_related("sessions", "items"):
        items = list(day.items.all())
        build_day(day, training.sheet_unit, items, drop_sessions(day))


def drop_sessions(day: TrainingDay) -> Hours:
    """Deletes all sessions of a day; returns their hours. Raises ValidationError for one in use."""
    sessions = list(day.sessions.all())
    for session in sessions:
        _delete(session, "Sesi hari itu")
    return Hours(min(s.starts for s in sessions), max(s.ends for s in sessions)) if sessions else Hours()


@transaction.atomic
def place_item(item: AgendaItem) -> None:
    """Assigns its session to an item without one; with one sheet per materi it adds a session for the item.

    A break has no session where a day has several. The session of a topic follows its times.
    """
    day, unit = item.day, item.day.training.sheet_unit
    if unit == Training.SheetUnit.TOPIC and item.kind == AgendaItem.Kind.TOPIC:
        own: TrainingSession | None = item.session or _own_session(item, day)
        if own and own.items.exclude(pk=item.pk).count() == 0:
            own.starts, own.ends = item.starts, item.ends
            own.save()
    else:
        own = item.session or _session_of(item, list(day.sessions.all()), unit)
    if own and own.pk != item.session_id:
        AgendaItem.objects.filter(pk=item.pk).update(session=own)
        item.session = own


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Deletes an item, with its text in the history of the training, because the row is deleted."""
    training = hold(item.day.training)
    keep_agenda(training)
    text = f"{formats.time_id(item.starts)} {item.topic} ({item.lesson_hours} JP)"
    item.remove(by=by)
    history.record(training, Event.Verb.CHANGE, by=by, changes={"mata acara": [text, ""]})


def _own_session(item, day) -> TrainingSession:
    """The unused session of a day without agenda, or a new one with the name of the topic."""
    sessions = list(day.sessions.all())
    name, number = item.topic[:110], 2
    taken = {session.name for session in sessions}
    while name in taken:
        name, number = f"{item.topic[:110]} ({number})", number + 1
    first = sessions[0] if len(sessions) == 1 and sessions[0].name == WHOLE_DAY else None
    if first and not first.items.exists() and not first.attendances.exists():
        first.name = name
        return first
    return TrainingSession.objects.create(day=day, name=name, starts=item.starts, ends=item.ends)


def _session_text(session) -> str:
    return f"{session.name}, {formats.day_date(session.day.date)}, {formats.time_span(session.starts, session.ends)}"


def _refuse_marked(sessions, what: str):
    if Attendance.objects.filter(session__in=sessions).exists():
        raise ValidationError(f"{what} tidak dapat dihapus: kehadiran sudah tercatat. Kosongkan dahulu kehadirannya.")


def _delete(row, what: str):
    try:
        row.delete()
    except ProtectedError:
        raise ValidationError(f"{what} tidak dapat dihapus: sudah ada dokumen yang dibuat darinya.") from None
