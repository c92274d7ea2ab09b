"""Notes on implausible schedules. They never prevent saving."""

import itertools
from collections import defaultdict

from django.db.models import Prefetch

from records import formats
from trainings.models import AgendaItem, AgendaSpeaker, Training, TrainingDay
from trainings.queries.teaching import LESSON_MINUTES, minutes_of

# More than this on one day is noted: 8-9 JP are usual (docs/domain/training.md).
MAX_LESSON_HOURS = 10
# static/trainings/agenda_grid.js fills in the same sentence during typing.
OVERLAP = "Bertumpuk: “{after}” mulai {starts}, padahal “{before}” baru selesai {ends}."


def agenda_notes(training: Training, items: list[AgendaItem]) -> dict[int, list[str]]:
    """{day id: notes}. `items` with day, session and prefetched speakers (teaching.with_speakers); one more query."""
    notes: dict[int, list[str]] = defaultdict(list)
    by_day: dict[TrainingDay, list[AgendaItem]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.day.date, item.starts, item.ends)):
        by_day[item.day].append(item)
    elsewhere = _elsewhere(training, items)
    for day, rows in by_day.items():
        notes[day.pk] += of_times(rows)
        notes[day.pk] += [note for item in rows for note in _of_item(item, training)]
        notes[day.pk] += _two_places(rows, elsewhere.get(day.date, []))
        if not training.is_meeting and (total := sum(item.lesson_hours for item in rows)) > MAX_LESSON_HOURS:
            notes[day.pk].append(f"{total} JP dalam satu hari; biasanya 8 sampai 9 JP.")
    return notes


def of_times(items: list[AgendaItem]) -> list[str]:
    """Notes on overlaps and gaps between the items of one day."""
    notes = []
    for before, after in _neighbours(items):
        if after.starts < before.ends:
            notes.append(_overlap(before, after))
        elif after.starts > before.ends:
            notes.append(f"Kosong: {formats.time_id(before.ends)} s.d. {formats.time_id(after.starts)} belum diisi.")
    return notes


def overlaps(items: list[AgendaItem]) -> list[str]:
    """Notes on overlaps alone, for an agenda still being written, whose gaps mean nothing."""
    return [_overlap(before, after) for before, after in _neighbours(items) if after.starts < before.ends]


def _neighbours(items):
    return itertools.pairwise(sorted(items, key=lambda item: (item.starts, item.ends)))


def _overlap(before: AgendaItem, after: AgendaItem) -> str:
    return OVERLAP.format(
        after=after.topic,
        starts=formats.time_id(after.starts),
        before=before.topic,
        ends=formats.time_id(before.ends),
    )


def _of_item(item: AgendaItem, training: Training) -> list[str]:
    notes = []
    session = item.session
    if session and (item.starts < session.starts or item.ends > session.ends):
        hours = formats.time_span(session.starts, session.ends)
        notes.append(f"“{item.topic}” berlangsung di luar sesi {session.name} ({hours}).")
    minutes = minutes_of(item)
    fitting = minutes // LESSON_MINUTES
    if item.lesson_hours > fitting:
        notes.append(
            f"“{item.topic}”: {item.lesson_hours} JP memerlukan {item.lesson_hours * LESSON_MINUTES} menit, "
            f"jadwalnya {minutes} menit."
        )
    elif item.kind == AgendaItem.Kind.TOPIC and item.lesson_hours < fitting and not training.is_meeting:
        notes.append(f"“{item.topic}”: {minutes} menit cukup untuk {fitting} JP, tercatat {item.lesson_hours} JP.")
    return notes


def _elsewhere(training, items) -> dict:
    """{date: items of other trainings with one of these narasumber}, without cancelled trainings."""
    people = {row.resource_person_id for item in items for row in item.speakers.all()}
    if not people:
        return {}
    rows = (
        AgendaItem.objects.filter(speakers__resource_person__in=people, day__date__in={item.day.date for item in items})
        .exclude(day__training=training)
        .exclude(day__training__state=Training.State.CANCELLED)
        .select_related("day__training")
        .prefetch_related(Prefetch("speakers", AgendaSpeaker.objects.select_related("resource_person__person")))
        .distinct()
    )
    found = defaultdict(list)
    for row in rows:
        found[row.day.date].append(row)
    return found


def _two_places(items, others) -> list[str]:
    """Notes on persons who teach two items at the same time, here or in another training of that day."""
    notes = []
    for one, other in itertools.combinations(items, 2):
        for name in _shared(one, other):
            notes.append(f"{name} tercatat pada dua mata acara sekaligus: “{one.topic}” dan “{other.topic}”.")
    for one in items:
        for other in others:
            for name in _shared(one, other):
                hours = formats.time_span(other.starts, other.ends)
                notes.append(f"{name} pada jam “{one.topic}” juga mengisi {other.day.training}, {hours}.")
    return notes


def _shared(one, other) -> list[str]:
    if one.starts >= other.ends or other.starts >= one.ends:
        return []
    busy = {row.resource_person_id for row in other.speakers.all()}
    return sorted({str(row.resource_person) for row in one.speakers.all() if row.resource_person_id in busy})
