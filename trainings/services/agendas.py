"""Filling of a whole agenda: from a built-in template, or copied from an earlier training with shifted dates."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records import formats, history
from records.models import Event
from records.parsers import times
from trainings.models import AgendaItem, AgendaSpeaker, Attendance, Training, TrainingDay
from trainings.queries.teaching import with_speakers
from trainings.rules.hours import moved
from trainings.services.guard import hold
from trainings.services.schedule import Hours, build_day, drop_sessions
from trainings.services.schedule_changes import keep_agenda

FOLDER = Path(__file__).resolve().parent.parent / "agenda_templates"
# File name without suffix -> label; the first is the default.
TEMPLATES = {
    "kpspams_3_hari": "Pelatihan KPSPAMS, 3 hari (24 JP)",
    "bimtek_1_hari": "Bimbingan teknis, 1 hari (7 JP)",
    "rapat_setengah_hari": "Rapat setengah hari",
}
MAX_LETTERS = 250  # max_length of AgendaItem.topic
LINE = re.compile(
    rf"(?:(?:pukul|pkl|jam)\b\.?\s*)?(?P<starts>{times.CLOCK})(?:\s*wib\b)?"
    rf"(?:\s*(?:{times.RANGE})\s*(?P<ends>{times.CLOCK}))?(?:\s*wib\b)?\s*[:,]?\s+(?P<topic>\S.*)",
    re.IGNORECASE,
)


@dataclass
class PlannedDay:
    """One day of a planned agenda: its offset in days from the first one, and its items with their people."""

    offset: int
    items: list[AgendaItem]
    people: list[list[AgendaSpeaker]] = field(default_factory=list)


def template_items(key: str = "kpspams_3_hari") -> dict[int, list[AgendaItem]]:
    """A built-in agenda as unsaved rows, by day number from 1."""
    days: dict[int, list[AgendaItem]] = {}
    with (FOLDER / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            item = AgendaItem(
                starts=time.fromisoformat(line["mulai"]),
                ends=time.fromisoformat(line["selesai"]),
                kind=line["jenis"],
                topic=line["materi"],
                lesson_hours=int(line["jp"]),
                method=line["metode"],
                speaker=line["narasumber"],
            )
            days.setdefault(int(line["hari_ke"]), []).append(item)
    return days


def planned_from_template(key: str) -> list[PlannedDay]:
    return [PlannedDay(number - 1, items) for number, items in template_items(key).items()]


def planned_from_training(source: Training, to: Training) -> list[PlannedDay]:
    """The agenda of another training as unsaved rows; sample people are not copied to a real training."""
    days = list(source.days.prefetch_related("items"))
    planned: list[PlannedDay] = []
    for day in days:
        rows = with_speakers(list(day.items.all()))
        planned.append(
            PlannedDay(
                (day.date - days[0].date).days,
                [_copied_item(row, to) for row in rows],
                [
                    [one for one in row.speakers.all() if to.is_sample or not one.resource_person.person.is_sample]
                    for row in rows
                ],
            )
        )
    return planned


def _copied_item(item: AgendaItem, to: Training) -> AgendaItem:
    return AgendaItem(
        starts=item.starts,
        ends=item.ends,
        kind=item.kind,
        topic=item.topic,
        pb_code=item.pb_code,
        lesson_hours=0 if to.is_meeting else item.lesson_hours,
        method=item.method,
        speaker=item.speaker,
    )


def current_agenda(training: Training) -> tuple[int, int]:
    """(days with items, items) of the agenda that would be replaced."""
    items = AgendaItem.objects.filter(day__training=training)
    return items.values("day").distinct().count(), items.count()


@transaction.atomic
def fill_agenda(
    training: Training, planned: Iterable[PlannedDay], *, source: str, first: date | None = None, by: User
) -> int:
    """Writes a planned agenda to the days of a training, day by day; returns the number of items.

    Day n of the plan becomes day n of the training; missing days are created at the same offset from the first as in
    the plan. `first` is the first day of a training without days. Previous items and sessions of these days are
    deleted. `source` goes into the history. Raises ValidationError once attendance was recorded.
    """
    training = hold(training)
    if Attendance.objects.filter(session__day__training=training).exists():
        raise ValidationError("Kehadiran sudah tercatat, jadi susunan acara tidak dapat diganti sekaligus.")
    days = list(training.days.all())
    start = days[0].date if days else first
    if start is None:
        raise ValidationError("Isi tanggal hari pertama.")
    keep_agenda(training)
    before = current_agenda(training)[1]
    taken = {day.date for day in days}
    count = 0
    for place, plan in enumerate(planned):
        day = days[place] if place < len(days) else _new_day(training, start + timedelta(days=plan.offset), taken)
        hours = drop_sessions(day)
        day.items.all().delete()
        build_day(day, training.sheet_unit, plan.items, hours)
        AgendaSpeaker.objects.bulk_create(
            AgendaSpeaker(item=item, resource_person_id=one.resource_person_id, role=one.role)
            for item, people in zip(plan.items, plan.people or [[] for _ in plan.items], strict=True)
            for one in people
        )
        count += len(plan.items)
    text = f"{source}: {count} mata acara"
    history.record(
        training,
        Event.Verb.CHANGE,
        by=by,
        changes={"susunan acara": [f"{before} mata acara" if before else "", text]},
    )
    return count


def _new_day(training: Training, on: date, taken: set[date]) -> TrainingDay:
    """A new day on this date, or on the next free one."""
    while on in taken:
        on += timedelta(days=1)
    taken.add(on)
    return training.days.create(date=on)


def spread(lines: list[str], hours: Hours) -> list[AgendaItem]:
    """Typed lines of a meeting's agenda as unsaved items between two times.

    A line may begin with its time ("08.30 Pembukaan", "08.30-09.00 Pembukaan"); either all do or none. Without times
    the items are distributed evenly, in steps of five minutes. Raises ValidationError for the field.
    """
    typed = [_parts(line) for line in lines]
    timed = [starts for starts, _, _ in typed if starts]
    if not typed:
        return []
    if timed and len(timed) < len(typed):
        raise ValidationError(
            f"Jam baru tertulis pada {len(timed)} dari {len(typed)} baris. Isi jam semua baris, atau kosongkan semua: "
            "tanpa jam, waktunya dibagi rata."
        )
    begin = timed or _even(len(typed), hours)
    items = []
    for number, (_, ends, topic) in enumerate(typed):
        begins = begin[number]
        until = ends or (begin[number + 1] if number + 1 < len(typed) else hours.ends)
        if begins >= until:
            raise ValidationError(
                f"Jam “{topic}” tidak berurutan: mulai {formats.time_id(begins)}, selesai {formats.time_id(until)}."
            )
        items.append(AgendaItem(starts=begins, ends=until, topic=topic, kind=AgendaItem.Kind.TOPIC))
    return items


def shifted(lines: list[str], minutes: int) -> list[str]:
    """The typed lines with all their hours moved. Raises ValidationError where one falls on another day."""
    return [_shifted(*_parts(line), minutes) for line in lines]


def _shifted(starts: time | None, ends: time | None, topic: str, minutes: int) -> str:
    hours = [moved(hour, minutes) for hour in (starts, ends) if hour]
    if None in hours:
        raise ValidationError(f"Jam “{topic}” tidak dapat digeser karena jatuh pada hari lain.")
    return f"{'-'.join(formats.time_id(hour) for hour in hours)} {topic}".strip()


def _parts(line: str) -> tuple[time | None, time | None, str]:
    """("08.30-09.00 Pembukaan") as start, end and topic. Raises ValidationError for an invalid time."""
    match = LINE.fullmatch(line.strip())
    topic = " ".join((match["topic"] if match else line).split())
    if len(topic) > MAX_LETTERS:
        raise ValidationError(f"Acara “{topic[:40]}…” terlalu panjang; paling banyak {MAX_LETTERS} huruf.")
    if match is None:
        return None, None, topic
    return times.read(match["starts"]), times.read(match["ends"] or ""), topic


def is_spread(items: list[AgendaItem]) -> bool:
    """Whether the hours of a day are those that `spread` gives to lines without hours."""
    starts = [item.starts for item in items]
    return starts == _even(len(items), Hours(starts[0], items[-1].ends)) if items else False


def _even(count: int, hours: Hours) -> list[time]:
    first, last = (part.hour * 60 + part.minute for part in (hours.starts, hours.ends))
    step = max((last - first) / count, 1)
    if step >= 5:
        step = step // 5 * 5
    found = [int(first + step * number) for number in range(count)]
    return [time(*divmod(min(minutes, 23 * 60 + 59), 60)) for minutes in found]
