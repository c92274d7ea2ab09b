"""Undo of a whole import, as long as no later row refers to it."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models, transaction

from imports.models import ImportEffect, ImportRun
from records import history
from records.chunks import chunks
from records.models import Event

CHUNK = 500
MAX_REASONS = 20
ModelClass = type[models.Model]


class BuiltUpon(Exception):
    """Later changes depend on what the import wrote; `reasons` names them in sentences."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__(f"{len(reasons)} reasons not to undo")


def undo(run: ImportRun, fades: tuple[ModelClass, ...]) -> int:
    """Removes what the run added and gives changed rows their old values; returns how many rows it touched.

    `fades`: models whose rows are deleted with the rows they refer to. Raises BuiltUpon, and does nothing, when a row
    was changed since or a later row refers to it. Call it inside a transaction.
    """
    added: dict[ModelClass, dict[int, ImportEffect]] = defaultdict(dict)
    changed: list[tuple[ModelClass, ImportEffect]] = []
    memories: list[tuple[ModelClass, ImportEffect]] = []
    for effect in run.effects.order_by("pk"):
        model = apps.get_model(effect.kind)
        if model in fades:
            memories.append((model, effect))
        elif effect.verb == ImportEffect.Verb.ADD:
            added[model][effect.object_id] = effect
        else:
            changed.append((model, effect))
    rows = {model: _rows(model, effects) for model, effects in added.items()}
    reasons = [sentence for model in rows for sentence in _changed_since(rows[model], added[model])]
    reasons += _pointed_at(rows, fades)
    targets = _targets(changed)
    reasons += _changed_targets(changed, targets)
    if reasons:
        raise BuiltUpon(reasons)
    reason = f"Impor no. {run.pk} diurungkan"
    _forget(memories)
    events = _remove(rows, fades, run, reason) + _restore(changed, targets, run, reason)
    Event.objects.bulk_create(events, batch_size=CHUNK)
    return sum(len(found) for found in rows.values()) + len(changed)


def _forget(memories: list[tuple[ModelClass, ImportEffect]]):
    """Undoes choices that are still as this run left them; later choices of others stay."""
    for model, effect in memories:
        row = model._base_manager.filter(pk=effect.object_id).first()
        if row is None or _differs(row, effect):
            continue
        if effect.verb == ImportEffect.Verb.ADD or not _restorable(model, effect):
            row.delete()
        else:
            model._base_manager.filter(pk=row.pk).update(**effect.before)


def _restorable(model: ModelClass, effect: ImportEffect) -> bool:
    """Whether the rows that this row referred to before still exist."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    relations = [(key.related_model, effect.before[key.attname]) for key in keys if key.attname in effect.before]
    return all(pk is None or related._base_manager.filter(pk=pk).exists() for related, pk in relations)


def _rows(model: ModelClass, pks: Iterable[int]) -> dict[int, models.Model]:
    # The event of a row names its relations.
    names = [field.name for field in model._meta.concrete_fields if field.is_relation]
    rows = model._base_manager.select_related(*names) if names else model._base_manager.all()
    return {row.pk: row for part in chunks(sorted(pks)) for row in rows.filter(pk__in=part)}


def _named(row: models.Model) -> str:
    return f"{row._meta.verbose_name} “{row}”"


def _changed_since(rows: dict[int, models.Model], effects: dict[int, ImportEffect]) -> Iterator[str]:
    for pk, row in rows.items():
        if _differs(row, effects[pk]):
            yield f"{_named(row)} sudah diubah sesudah impor ini."


def _differs(row: models.Model, effect: ImportEffect) -> bool:
    if hasattr(row, "version"):
        return row.version != effect.version
    return any(getattr(row, name) != _read_back(row._meta.model, name, value) for name, value in effect.after.items())


def _read_back(model: ModelClass, attname: str, value: object) -> object:
    field = next(field for field in model._meta.concrete_fields if field.attname == attname)
    return value if value is None or field.is_relation else field.to_python(value)


def _pointed_at(rows: dict[ModelClass, dict[int, models.Model]], fades: tuple[ModelClass, ...]) -> list[str]:
    """Later rows that refer to rows added by this run."""
    reasons = []
    for model, found in rows.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            pointing = relation.related_model
            if pointing is None or pointing in fades:
                continue
            own = rows.get(pointing, {})
            name = relation.field.name  # type: ignore[union-attr]  # only relations are left
            for part in chunks(sorted(found)):
                for other in pointing._base_manager.filter(**{f"{name}__in": part}):
                    if other.pk not in own:
                        target = found[getattr(other, relation.field.attname)]  # type: ignore[union-attr]  # as above
                        reasons.append(f"{_named(other)} memakai {_named(target)}.")
                if len(reasons) > MAX_REASONS:
                    return reasons
    return reasons


def _targets(
    changed: list[tuple[ModelClass, ImportEffect]],
) -> dict[tuple[ModelClass, int], models.Model]:
    by_model: dict[ModelClass, set[int]] = defaultdict(set)
    for model, effect in changed:
        by_model[model].add(effect.object_id)
    return {(model, pk): row for model, pks in by_model.items() for pk, row in _rows(model, pks).items()}


def _changed_targets(changed: list, targets: dict) -> Iterator[str]:
    for model, effect in changed:
        row = targets.get((model, effect.object_id))
        if row is None:
            yield f"{model._meta.verbose_name} no. {effect.object_id} sudah tidak ada."
        elif _differs(row, effect):
            yield f"{_named(row)} sudah diubah sesudah impor ini."


def _remove(rows: dict, fades: tuple, run: ImportRun, reason: str) -> list[Event]:
    """Deletes parts before wholes, in the reverse order of insertion."""
    events = []
    for model in reversed(list(rows)):
        found = rows[model]
        for fade in fades:
            for field in fade._meta.concrete_fields:
                if field.is_relation and field.related_model is model:
                    for part in chunks(sorted(found)):
                        fade._base_manager.filter(**{f"{field.name}__in": part})._raw_delete(_alias())
        for row in found.values():
            kept = history.describe(row, None, history.plain_fields(row))
            events.append(history.event_of(row, Event.Verb.DELETE, by=run.acted_by, changes=kept, reason=reason))
        for part in chunks(sorted(found)):
            model._base_manager.filter(pk__in=part)._raw_delete(_alias())
    return events


def _restore(changed: list, targets: dict, run: ImportRun, reason: str) -> list[Event]:
    events = []
    for model, effect in changed:
        row = targets[model, effect.object_id]
        before = copy.copy(row)
        values = {name: _read_back(model, name, value) for name, value in effect.before.items()}
        for name, value in values.items():
            setattr(row, name, value)
        if hasattr(row, "version"):
            row.version += 1
            values["version"] = row.version
        model._base_manager.filter(pk=row.pk).update(**values)
        changes = history.describe(before, row, history.changed_fields(before, row))
        if changes:
            events.append(history.event_of(row, Event.Verb.CHANGE, by=run.acted_by, changes=changes, reason=reason))
    return events


def _alias() -> str:
    return transaction.get_connection().alias
