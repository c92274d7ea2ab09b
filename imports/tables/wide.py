"""Sheets with more columns than are read: which columns are left out, and whether the import needs one of them."""

from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError

from imports.files.books import MAX_COLUMNS, Sheet
from imports.files.xlsx_cells import MAX_BEYOND
from imports.tables.columns import Column, Source, letter
from records.search_keys import search_key

MAX_NAMED = 20  # columns named of each sheet
OPTIONAL = "optional"  # error code where all unread columns are optional
WITHOUT = "Lanjutkan tanpa kolom yang tidak terbaca itu"


def describe(sheets: Iterable[Sheet]) -> list[str]:
    """For each sheet that is too wide the number of its filled columns, and the unread ones."""
    return [_describe(sheet) for sheet in sheets if sheet.beyond]


def _describe(sheet: Sheet) -> str:
    count = f"lebih dari {MAX_BEYOND}" if len(sheet.beyond) >= MAX_BEYOND else str(len(sheet.beyond))
    named = [_named(index, texts) for index, texts in sorted(sheet.beyond.items())[:MAX_NAMED]]
    more = ", …" if len(sheet.beyond) > MAX_NAMED else ""
    return (
        f"Lembar {sheet.name} terlalu lebar: hanya {MAX_COLUMNS} kolom pertama yang dibaca (A sampai "
        f"{letter(MAX_COLUMNS - 1).upper()}). {count} kolom berisi sesudahnya tidak dibaca: {', '.join(named)}{more}."
    )


def _named(index: int, texts: list[str]) -> str:
    title = next(filter(None, texts), "")
    return f"{letter(index).upper()} ({title})" if title else letter(index).upper()


def check(
    sheets: Collection[Sheet],
    columns: Iterable[Column],
    mapping: Mapping[str, Source],
    *,
    without_optional: bool = False,
):
    """Raises ValidationError where a column of the import exists only among the unread columns.

    `without_optional`: the user accepted that optional ones are left out.
    """
    unmapped = (column for column in columns if column.name not in mapping)
    lost = [(column, place) for column in unmapped for place in _places(sheets, column)]
    is_needed = any(column.required for column, _ in lost)
    if not lost or (without_optional and not is_needed):
        return
    names = ", ".join(f"{column.label} ({place})" for column, place in lost)
    raise ValidationError(
        f"Yang berikut terletak sesudah kolom ke-{MAX_COLUMNS}, jadi tidak terbaca: {names}. Pindahkan "
        "kolomnya ke depan atau hapus kolom yang tidak diperlukan, lalu unggah lagi."
        + ("" if is_needed else f" Bila isinya tidak diperlukan, centang “{WITHOUT}” di bawah."),
        code=None if is_needed else OPTIONAL,
    )


def _places(sheets: Collection[Sheet], column: Column) -> list[str]:
    """The unread columns whose title is one of this column."""
    return [
        f"kolom {_named(index, texts)} lembar {sheet.name}"
        for sheet in sheets
        for index, texts in sorted(sheet.beyond.items())
        if any(key in column.keys or column.fits(key) for key in map(search_key, texts) if key)
    ]
