"""The file of rows that were not saved: the titles of the office's file and a reason, fit to be handed in again."""

from typing import Any

from records import imports
from records.imports import columns
from records.imports.adapters import Adapter
from records.imports.columns import REASON, SHEET_NAME
from records.imports.files import Sheet
from records.models import ColumnMap, ImportRun


def titled(adapter: type[Adapter], mapping: dict[str, dict], titles: dict[str, str]) -> list[tuple[str, str]]:
    """(column, title) in the order of the office's file; what it tells without a column of its own stands last.

    `titles`: of the file, by key; without them (a file that had none) a column has its own name.
    """
    labels = {column.name: column.label for column in adapter.columns if column.name in mapping}
    by_key = {mapping[name].get("title"): name for name in labels}
    found = [(by_key[key], title) for key, title in titles.items() if key in by_key and key != SHEET_NAME]
    placed = {name for name, _ in found}
    return found + [(name, label) for name, label in labels.items() if name not in placed]


def remember(run: ImportRun, titles: dict[str, str], mapping: dict[str, dict], *, by: Any):
    """Its columns will be understood as those of the file were, whatever they are called."""
    pairs = titled(imports.adapter(run.kind), mapping, titles)
    head = [*(title for _, title in pairs), REASON]
    keys = list(columns.place_of(Sheet("", [(1, head)]), 1).keys)
    known = {name: {"title": key} for (name, _), key in zip(pairs, keys, strict=False)}
    ColumnMap.objects.update_or_create(
        kind=run.kind,
        place=run.place,
        fingerprint=columns.fingerprint(run.kind, keys),
        defaults={"mapping": known, "by": by},
    )
