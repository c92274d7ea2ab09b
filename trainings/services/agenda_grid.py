"""Saving of a whole agenda at once, merged with the changes of other users."""

import uuid
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records.merge import Side, merge
from trainings.models import AgendaItem, AgendaSpeaker, Training, TrainingDay
from trainings.queries.agenda_lines import AgendaLine, agenda_items, digest, line_of
from trainings.services import schedule
from trainings.services.guard import hold
from trainings.services.schedule_changes import keep_agenda
from trainings.services.speakers import set_speakers

MAX_ITEMS = 150  # of one training: five days of thirty
Role = AgendaSpeaker.Role


@dataclass
class WantedLine:
    """The change of one row: a new item of `day`, or the item `number` changed or removed."""

    key: str
    line: AgendaLine | None  # None: removed
    number: int | None = None
    day: int | None = None
    request_key: uuid.UUID | None = None


@dataclass
class Saved:
    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self):
        return bool(self.added or self.changed or self.removed)


class AgendaConflict(Exception):
    """Other users saved rows in the meantime that this user changes too. Nothing was written.

    `stored`: {key of the row: the current item, or None where it was deleted}.
    """

    def __init__(self, stored: dict[str, AgendaItem | None]):
        self.stored = stored
        super().__init__(f"rows in conflict: {', '.join(stored)}")


@dataclass
class _Steps:
    add: list[WantedLine] = field(default_factory=list)
    change: list[tuple[AgendaItem, AgendaLine]] = field(default_factory=list)
    remove: list[AgendaItem] = field(default_factory=list)
    clashes: dict[str, AgendaItem | None] = field(default_factory=dict)


@transaction.atomic
def save_agenda(training: Training, wanted: list[WantedLine], seen: dict[int, str], *, by: User) -> Saved:
    """Adds, changes and removes items; rows not in `wanted` remain. When repeated, a new item is added only once.

    `seen`: digests of the lines that the page showed. Raises AgendaConflict, and ValidationError when the training is
    closed, a day was deleted, or the agenda would become too long.
    """
    training = hold(training)
    keep_agenda(training)
    days = {day.pk: day for day in training.days.all()}
    for day in days.values():
        day.training = training
    items = agenda_items(training)
    steps = _steps(wanted, seen, items)
    if any(row.day not in days for row in steps.add):
        raise ValidationError("Hari pelatihan berubah sejak halaman ini dibuka. Buka lagi halamannya, lalu ulangi.")
    if steps.clashes:
        raise AgendaConflict(steps.clashes)
    count = len(items) + len(steps.add) - len(steps.remove)
    if steps.add and count > MAX_ITEMS:
        raise ValidationError(
            f"Susunan acara memuat paling banyak {MAX_ITEMS} mata acara, dan ini menjadi {count}. Kurangi barisnya."
        )
    for item in steps.remove:
        item.day = days[item.day_id]
        schedule.remove_item(item, by=by)
    for item, line in steps.change:
        _change(item, line, days[item.day_id], by)
    for row in steps.add:
        _add(row, days[row.day], by)  # type: ignore[index]  # each day was looked up above
    return Saved(len(steps.add), len(steps.change), len(steps.remove))


def _steps(wanted: list[WantedLine], seen: dict[int, str], items: dict[int, AgendaItem]) -> _Steps:
    steps = _Steps()
    made = {item.request_key: item for item in items.values() if item.request_key}
    for row in wanted:
        item = items.get(row.number) if row.number else made.get(row.request_key)  # type: ignore[arg-type]  # None is no key
        before = seen.get(row.number, "") if row.number else ""
        if item is not None:
            _compare(steps, row, item, before)
        elif row.number is None and row.line:
            steps.add.append(row)
        elif row.line and digest(row.line.text) != before:
            steps.clashes[row.key] = None
    return steps


def _compare(steps: _Steps, row: WantedLine, item: AgendaItem, before: str):
    stored = line_of(item).text
    side = merge(row.line.text if row.line else "", before, stored, sign=digest)
    if side is Side.CONFLICT:
        steps.clashes[row.key] = item
    elif side is Side.MINE and row.line:
        steps.change.append((item, row.line))
    elif side is Side.MINE:
        steps.remove.append(item)


def _change(item: AgendaItem, line: AgendaLine, day: TrainingDay, by: User):
    item.day = day
    line.write_to(item)
    changes = item.change(by=by)
    people = set_speakers(item, {Role.SPEAKER: line.people}, by=by)
    if people and not changes:
        item.touch()
    schedule.place_item(item)


def _add(row: WantedLine, day: TrainingDay, by: User):
    assert row.line is not None  # a removed row is never added
    item = AgendaItem(day=day)
    row.line.write_to(item)
    item = item.add(by=by, key=row.request_key)
    set_speakers(item, {Role.SPEAKER: row.line.people}, by=by)
    schedule.place_item(item)
