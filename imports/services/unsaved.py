"""The file of rows that were not saved: the titles of the office's file and a reason, fit to be handed in again."""

from accounts.models import User
from imports import registry
from imports.adapters import Adapter
from imports.files.books import Cell, Sheet
from imports.models import ColumnMap, ImportRow, ImportRun
from imports.tables import columns, sideways
from imports.tables.columns import REASON
from imports.tables.guessing import keys_of
from records.search_keys import search_key

BESIDE = "@"


def titled(adapter: type[Adapter], mapping: dict[str, columns.Source], titles: dict[str, str]) -> list[tuple[str, str]]:
    """(column, title) in the order of the office's file; what it tells without a column of its own stands last.

    `titles`: of the file, by key, empty for a column without one: it has our own name here, or its letter. A title that
    nothing is taken from has its key behind BESIDE for a column.
    """
    labels = {column.name: column.label for column in adapter.columns if column.name in mapping}
    by_key = {key: name for name in labels for key in keys_of(mapping[name])}
    beside = sideways.keys_of(mapping)  # each cell of them is a row now, with a column for what its title said
    found: dict[str, str] = {}
    for key, title in titles.items():
        if key != search_key(REASON) and key not in beside:
            name = by_key.get(key) or f"{BESIDE}{key}"
            found.setdefault(name, title or labels.get(name) or f"Kolom {key.removeprefix('kolom').upper()}")
    return [*found.items(), *((name, label) for name, label in labels.items() if name not in found)]


def cell_of(row: ImportRow, name: str) -> Cell:
    """What stands in a column of `titled`."""
    if name.startswith(BESIDE):
        return row.raw.get(ImportRow.REST, {}).get(name.removeprefix(BESIDE))
    return row.raw.get(name)


def remember(run: ImportRun, titles: dict[str, str], mapping: dict[str, columns.Source], *, by: User):
    """Its columns will be understood as those of the file were, whatever they are called."""
    pairs = titled(registry.adapter(run.kind), mapping, titles)
    head: list[Cell] = [*(title for _, title in pairs), REASON]
    place = columns.place_of(Sheet("", [(1, head)]), 1)
    known = {
        name: {"title": key} for (name, _), key in zip(pairs, place.keys, strict=False) if not name.startswith(BESIDE)
    }
    ColumnMap.objects.update_or_create(
        kind=run.kind,
        place=run.place,
        fingerprint=columns.fingerprint(run.kind, [place]),
        defaults={"mapping": known, "by": by},
    )
