"""What an import will write, kept in memory until all of it is written at once."""

import copy
import functools
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from records import history, samples
from records.imports.rows import Row
from records.models import Conflict, Event, ImportEffect, ImportRun

BATCH = 500
HIDDEN_TEXT = "•••"


class Ledger:
    """Additions and changes of one run, in the order of the file.

    `writes`: the models in the order in which they are inserted, so that a part comes after its whole.
    """

    def __init__(self, writes: tuple[type[models.Model], ...], *, by: Any):
        self.writes = writes
        self.by = by
        self.added: dict[type[models.Model], list[tuple[models.Model, bool]]] = defaultdict(list)
        self.fresh: set[int] = set()
        self.originals: dict[int, tuple[models.Model, models.Model]] = {}
        self.touched: dict[int, models.Model] = {}
        self.said: dict[tuple[int, str], tuple[Any, int]] = {}
        self.told: dict[int, tuple[models.Model, dict[str, list[str]]]] = {}
        self.afters: list[Callable[[], None]] = []
        self.kept: list[models.Model] = []  # ids of objects stay theirs as long as they live

    def take(self, row: Row):
        """Takes over what a good row would write. What two rows of a file say differently is wrong in the second."""
        if row.errors or row.asks:
            return
        for target, values in row.alters:
            for name, value in values.items():
                before = self.said.get((id(target), name))
                if before and before[0] != value:
                    label = target._meta.get_field(name).verbose_name  # type: ignore[union-attr]
                    row.wrong("", f"Isi {label} berbeda dengan baris {before[1]} untuk data yang sama.")
        try:
            for made, *_ in row.adds:
                samples.inherit(made, self.by)
                samples.refuse_sample_parent(made)
        except ValidationError as error:
            row.wrong("", " ".join(error.messages))
        if row.errors:
            return
        for made, index, key, silent in row.adds:
            self._add(row, made, silent)
            if index is not None:
                index[key] = made
        for target, values in row.alters:
            self._change(row, target, values)
        for step in row.thens:
            step()
        self.afters += row.afters

    def _add(self, row: Row, made: Any, silent: bool):
        if hasattr(made, "prepare"):
            made.prepare()
        self.fresh.add(id(made))
        self.added[type(made)].append((made, silent))
        row.added += 1
        for name in _names(type(made)):  # type: ignore[arg-type]
            value = getattr(made, name)
            if value not in (None, ""):
                self.said[id(made), name] = (value, row.line)

    def _change(self, row: Row, target: Any, values: dict[str, Any]):
        self.kept.append(target)
        before = copy.copy(target)
        for name, value in values.items():
            setattr(target, name, value)
            self.said[id(target), name] = (value, row.line)
        if hasattr(target, "prepare"):
            target.prepare()
        if id(target) in self.fresh:
            return
        fields = history.changed_fields(before, target)
        if not fields:
            return
        row.changed += 1
        for label, texts in history.describe(before, target, fields).items():
            # Beside what a row adds, the change is about something else: the post before, the SK in process.
            said = f"{label} ({target})" if row.adds else label
            row.changes.append([said, *(texts or [HIDDEN_TEXT, HIDDEN_TEXT])])
        self.originals.setdefault(id(target), (target, before))

    def touch(self, whole: models.Model):
        """The version of this whole rises once, for its parts changed."""
        if id(whole) not in self.fresh:
            self.touched[id(whole)] = whole

    def tell(self, whole: models.Model, label: str, old: str, new: str):
        """A change of parts, told in the history of their whole."""
        self.told.setdefault(id(whole), (whole, {}))[1][label] = [old, new]

    @property
    def counts(self) -> int:
        return sum(len(rows) for rows in self.added.values()) + len(self.originals)

    def commit(self, run: ImportRun):
        """Writes everything with its events and effects. Call it inside a transaction.

        Raises Conflict when a row was changed since it was read, IntegrityError when the database says no.
        """
        reason = f"Impor no. {run.pk}"
        events: list[Event] = []
        effects: list[ImportEffect] = []
        # Posts are ended before their successors are written, so that one is open at a time throughout.
        for target, before in self.originals.values():
            self._write_change(target, before, reason, events, effects, run)
        for model in self.writes:
            made = self.added.get(model, [])
            model._base_manager.bulk_create([row for row, _ in made], batch_size=BATCH)
            for row, silent in made:
                if not silent:
                    events.append(history.event_of(row, Event.Verb.ADD, by=self.by, reason=reason))
                effects.append(_effect(run, row, ImportEffect.Verb.ADD, after=_unversioned(row)))
        for whole in self.touched.values():
            if id(whole) not in self.originals:
                whole.touch()  # type: ignore[attr-defined]
                effects.append(_effect(run, whole, ImportEffect.Verb.CHANGE))
        for whole, changes in self.told.values():
            events.append(history.event_of(whole, Event.Verb.CHANGE, by=self.by, changes=changes, reason=reason))
        for step in self.afters:
            step()
        Event.objects.bulk_create(events, batch_size=BATCH)
        ImportEffect.objects.bulk_create(effects, batch_size=BATCH)

    def _write_change(self, target: Any, before: Any, reason: str, events: list, effects: list, run: ImportRun):
        fields = history.changed_fields(before, target)
        if not fields:
            return
        values = {field.attname: getattr(target, field.attname) for field in fields}
        old = {field.attname: getattr(before, field.attname) for field in fields}
        rows = type(target)._base_manager.filter(pk=target.pk)
        if hasattr(target, "version"):
            written = rows.filter(version=before.version).update(**values, version=before.version + 1)
            target.version = before.version + 1
        else:
            written = rows.filter(**old).update(**values)
        if not written:
            raise Conflict(target)
        if hasattr(target, "version"):
            changes = history.describe(before, target, fields)
            events.append(history.event_of(target, Event.Verb.CHANGE, by=self.by, changes=changes, reason=reason))
        effects.append(_effect(run, target, ImportEffect.Verb.CHANGE, before=plain(old), after=plain(values)))


@functools.cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.name for field in history.plain_fields(model)]


def _effect(run: ImportRun, row: Any, verb: str, before: dict | None = None, after: dict | None = None) -> ImportEffect:
    return ImportEffect(
        run=run,
        kind=row._meta.label_lower,
        object_id=row.pk,
        verb=verb,
        before=before or {},
        after=after or {},
        version=getattr(row, "version", None),
    )


def _unversioned(row: Any) -> dict:
    """What a row without a version held when it was added: its undoing compares. Moments are left out."""
    if hasattr(row, "version"):
        return {}
    fields = [field for field in history.plain_fields(row) if not isinstance(field, models.DateTimeField)]
    return plain({field.attname: getattr(row, field.attname) for field in fields})


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them; the field's to_python reads them back."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))
