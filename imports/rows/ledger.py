"""Ledger of what an import will write, kept in memory until all of it is written at once."""

import copy
import functools
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, models, transaction

from accounts.models import User
from imports.models import ImportEffect, ImportRun
from imports.rows.rows import Row, refuse_infrastructure
from records import history, samples
from records.models import Conflict, Event, Once

BATCH = 500
HIDDEN_TEXT = "•••"
Values = Mapping[str, object]  # values by field


class Unsafe(Exception):
    """A row failed while later rows were informed of it, so the plan of the run is no longer reliable."""


class Ledger:
    """Additions and changes of one run, in the order of the file.

    `writes`: the models in the order in which they are inserted, parts after wholes.
    """

    def __init__(self, writes: tuple[type[models.Model], ...], *, by: User):
        self.writes = writes
        self.by = by
        self.added: dict[type[models.Model], list[tuple[models.Model, bool]]] = defaultdict(list)
        self.fresh: dict[int, tuple[int, int]] = {}  # id of an added object: number and line of its row
        self.originals: dict[int, tuple[models.Model, models.Model]] = {}
        self.touched: dict[int, models.Model] = {}
        # Fields set by changes; `_earlier_value` covers added objects.
        self.earlier: dict[tuple[int, str], tuple[object, int]] = {}
        self.changes_of_parts: dict[int, tuple[models.Model, dict[str, list[str]]]] = {}
        self.afters: list[tuple[int, Callable[[], None]]] = []  # each with the number of its row
        self.memories: dict[tuple, tuple[type[models.Model], Values, Values]] = {}
        self.origin: dict[int, int] = {}  # id of a changed object: number of its row
        self.kept: list[models.Model] = []  # keeps the objects alive, so that their ids stay unique

    def take(self, row: Row):
        """Adds what a valid row would write. If it contradicts an earlier row of the file, it gets an error."""
        if row.errors or row.needs_choice:
            return
        for target, values in row.alters:
            for name, value in values.items():
                before = self._earlier_value(target, name)
                if before and before[0] != value:
                    label = target._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column
                    row.wrong("", f"Isi {label} berbeda dengan baris {before[1]} untuk data yang sama.")
        try:
            for made, *_ in row.adds:
                samples.inherit(made, self.by)
                samples.refuse_sample_parent(made)
                _check_related(made)
            for target, values in row.alters:
                _check_related(target, values)
        except ValidationError as error:
            row.wrong("", " ".join(error.messages))
        if row.errors:
            return
        self._take_over(row)
        try:
            for made, index, key, _ in row.adds:
                if index is not None:
                    index[key] = made
            for step in row.thens:
                step()
        except Exception as error:
            refuse_infrastructure(error)
            raise Unsafe(f"{row.where}: {error!r}") from error
        self.afters += [(row.number, step) for step in row.afters]
        for model, lookup, values in row.memories:
            self.memories[model, *lookup.items()] = model, lookup, values

    def _earlier_value(self, target: models.Model, name: str) -> tuple[object, int] | None:
        """The earlier value of this field in the file, and its line; searched, not stored for all 20,000 rows."""
        if (earlier := self.earlier.get((id(target), name))) or id(target) not in self.fresh:
            return earlier
        value = getattr(target, name) if name in _names(type(target)) else None
        return None if value in (None, "") else (value, self.fresh[id(target)][1])

    def _take_over(self, row: Row):
        """Adds all that the row writes, or nothing of it."""
        before = [(target, copy.copy(target.__dict__), id(target) in self.originals) for target, _ in row.alters]
        earlier = {key: self.earlier.get(key) for key in self._changed_keys(row)}
        try:
            place = row.number, row.line
            for made, _, _, silent in row.adds:
                self._add(row, made, silent, place)
            for target, values in row.alters:
                self._change(row, target, values)
        except Exception:
            for made, *_ in row.adds:
                self.fresh.pop(id(made), None)
                self.added[type(made)] = [pair for pair in self.added[type(made)] if pair[0] is not made]
            for target, values, known in reversed(before):
                target.__dict__.update(values)
                if not known:
                    self.originals.pop(id(target), None)
            for key in self._changed_keys(row):
                self.earlier.pop(key, None)
            self.earlier |= {key: value for key, value in earlier.items() if value is not None}
            raise

    @staticmethod
    def _changed_keys(row: Row) -> list[tuple[int, str]]:
        return [(id(target), name) for target, values in row.alters for name in values]

    def _add(self, row: Row, made: models.Model, silent: bool, place: tuple[int, int]):
        if hasattr(made, "prepare"):
            made.prepare()
        self.fresh[id(made)] = place
        self.added[type(made)].append((made, silent))
        row.added += 1

    def _change(self, row: Row, target: models.Model, values: Values):
        self.kept.append(target)
        before = copy.copy(target)
        for name, value in values.items():
            setattr(target, name, value)
            self.earlier[id(target), name] = (value, row.line)
        if hasattr(target, "prepare"):
            target.prepare()
        if id(target) in self.fresh:
            return
        fields = history.changed_fields(before, target)
        if not fields:
            return
        row.changed += 1
        for label, texts in history.describe(before, target, fields).items():
            # A change beside an added object concerns another one: the previous post, the SK in process.
            shown = f"{label} ({target})" if row.adds else label
            row.changes.append([shown, *(texts or [HIDDEN_TEXT, HIDDEN_TEXT])])
        self.originals.setdefault(id(target), (target, before))
        self.origin[id(target)] = row.number

    def touch(self, whole: models.Model):
        """Raises the version of this whole once, because its parts changed."""
        if id(whole) not in self.fresh:
            self.touched[id(whole)] = whole

    def add_change(self, whole: models.Model, label: str, old: str, new: str):
        """A change of parts, recorded in the history of their whole."""
        self.changes_of_parts.setdefault(id(whole), (whole, {}))[1][label] = [old, new]

    @property
    def counts(self) -> int:
        return sum(len(rows) for rows in self.added.values()) + len(self.originals)

    def commit(self, run: ImportRun):
        """Writes everything with its events and effects. Call it inside a transaction.

        Raises Conflict when a row was changed since it was read, IntegrityError when a constraint fails.
        """
        reason = f"Impor no. {run.pk}"
        events: list[Event] = []
        effects: list[ImportEffect] = []
        # Posts are ended before their successors are written, so that only one is open at any time.
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
                whole.touch()  # type: ignore[attr-defined]  # wholes are Editable
                effects.append(_effect(run, whole, ImportEffect.Verb.CHANGE))
        for whole, changes in self.changes_of_parts.values():
            events.append(history.event_of(whole, Event.Verb.CHANGE, by=self.by, changes=changes, reason=reason))
        for _, step in self.afters:
            step()
        effects += [effect for memory in self.memories.values() if (effect := _memorise(run, *memory))]
        Event.objects.bulk_create(events, batch_size=BATCH)
        ImportEffect.objects.bulk_create(effects, batch_size=BATCH)

    def faults(self, run: ImportRun) -> dict[int, Exception]:
        """{number of the row: error} of rows that cannot be written, found by writing each alone.

        Call it inside a transaction that is rolled back.
        """
        found: dict[int, Exception] = {}
        for target, before in self.originals.values():
            _try(found, self.origin[id(target)], partial(self._write_change, target, before, "", [], [], run))
        for model in self.writes:
            for row, _ in self.added.get(model, []):
                if _is_whole(row):  # a row that refers to a refused row has no error of its own
                    _try(found, self.fresh[id(row)][0], partial(model._base_manager.bulk_create, [row]))
        for number, step in self.afters:
            _try(found, number, step)
        return found

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


def _check_related(row: models.Model, values: Values | None = None):
    """Checks rules over rows of other tables (`check_related` of records.models.Once), as forms and saving do."""
    if not isinstance(row, Once) or type(row).check_related is Once.check_related:
        return
    meant = copy.copy(row) if values else row
    for name, value in (values or {}).items():
        setattr(meant, name, value)
    meant.check_related()


def _try(found: dict[int, Exception], number: int, step: Callable[[], object]):
    try:
        with transaction.atomic():
            step()
    except (OperationalError, SoftTimeLimitExceeded):
        raise
    except Conflict:
        pass  # another request wrote meanwhile: no error of the row
    except Exception as error:
        found.setdefault(number, error)


def _is_whole(row: models.Model) -> bool:
    keys = [field for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    parents = [getattr(row, field.name) for field in keys if field.is_cached(row)]
    return all(parent is None or parent.pk is not None for parent in parents)


def _memorise(run: ImportRun, model: type[models.Model], lookup: Values, values: Values) -> ImportEffect | None:
    """Stores the choice; None where it is stored already."""
    row = model._base_manager.filter(**lookup).first()
    if row is None:
        row = model._base_manager.create(**lookup, **values)
        return _effect(run, row, ImportEffect.Verb.ADD, after=_unversioned(row))
    names = [row._meta.get_field(name).attname for name in values]  # type: ignore[union-attr]  # columns
    before = {name: getattr(row, name) for name in names}
    for name, value in values.items():
        setattr(row, name, value)
    after = {name: getattr(row, name) for name in names}
    if before == after:
        return None
    row.save(update_fields=list(values))
    return _effect(run, row, ImportEffect.Verb.CHANGE, before=plain(before), after=plain(after))


@functools.cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.name for field in history.plain_fields(model)]


def _effect(
    run: ImportRun, row: models.Model, verb: str, before: Values | None = None, after: Values | None = None
) -> ImportEffect:
    return ImportEffect(
        run=run,
        kind=row._meta.label_lower,
        object_id=row.pk,
        verb=verb,
        before=before or {},
        after=after or {},
        version=getattr(row, "version", None),
    )


def _unversioned(row: models.Model) -> dict:
    """Values of an added row without a version, which its undo compares. Moments are left out."""
    if hasattr(row, "version"):
        return {}
    fields = [field for field in history.plain_fields(row) if not isinstance(field, models.DateTimeField)]
    return plain({field.attname: getattr(row, field.attname) for field in fields})


def plain(values: Values) -> dict[str, object]:
    """Values as JSON; to_python of the field reads them back."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))
