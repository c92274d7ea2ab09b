"""File of rows that were not saved, with the titles of the original file and a reason, ready for another upload."""

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
    """(column, title) in the order of the original file; values without a column of their own come last.

    `titles`: of the file, by key, empty for a column without one, which gets our label here, or its letter. An unused
    title has BESIDE and its key as column.
    """
    labels = {column.name: column.label for column in adapter.columns if column.name in mapping}
    by_key = {key: name for name in labels for key in keys_of(mapping[name])}
    beside = sideways.keys_of(mapping)  # each of their cells is a row now, with a column for the value in its title
    found: dict[str, str] = {}
    for key, title in titles.items():
        if key != search_key(REASON) and key not in beside:
            name = by_key.get(key) or f"{BESIDE}{key}"
            found.setdefault(name, title or labels.get(name) or f"Kolom {key.removeprefix('kolom').upper()}")
    return [*found.items(), *((name, label) for name, label in labels.items() if name not in found)]


def cell_of(row: ImportRow, name: str) -> Cell:
    """The value in a column of `titled`."""
    if name.startswith(BESIDE):
        return row.raw.get(ImportRow.REST, {}).get(name.removeprefix(BESIDE))
    return row.raw.get(name)


def remember(run: ImportRun, titles: dict[str, str], mapping: dict[str, columns.Source], *, by: User):
    """Stores the mapping for the header of this file, so that its columns are recognised like those of the original."""
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
