"""Stored contents of a file: the first rows of each sheet, which the worker keeps on the run.

Pages use only these. Only a worker opens the file (imports.services.worker).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from django.core.exceptions import ValidationError

from imports import registry
from imports.files.books import Cell, Sheet
from imports.files.xlsx_marks import Marks
from imports.models import ColumnMap, ImportRun
from imports.tables import columns, guessing, sideways, wide
from imports.tables.heads import MAX_LINES
from imports.values import vocabulary
from records.search_keys import search_key

FIRST_ROWS = 60  # rows of each sheet, for finding the titles
MAX_CELL = 200  # characters of a kept cell; a longer title is cut
MAX_LETTERS = 400_000  # bytes of all kept rows together (our assumption: half a MB of JSON is read in a few ms)
LEAST_ROWS = 3
MAX_UNUSED = 100  # largest number of named titles
MAX_TRIED = 8  # sheets that are tried as another kind of data
NUMBERING = {"no", "nomor", "nourut", "nomorurut", "urut"}  # titles of running numbers, which are ignored
GONE = "Berkas impor ini tidak ada lagi di server. Unggah lagi berkasnya."
UNREAD = "Isi berkas ini belum dibaca. Tekan “Baca berkas”, lalu lanjutkan."


@dataclass(frozen=True)
class KnownSheet(Sheet):
    """The beginning of a sheet. `header`: its guessed title row; `last`: the last line that may be a title row.

    `hidden_rows`: number of hidden rows of the whole sheet.
    """

    header: int = columns.NO_HEADER
    last: int = 1
    hidden_rows: int = 0


class BetterKind(TypedDict):
    """Another kind of import that fits the titles better, with the numbers of columns that both recognise."""

    kind: str
    label: str
    known: int
    own: int


class KeptSheet(TypedDict):
    """The beginning of a sheet as JSON; `sheets_of` reads it."""

    name: str
    hidden: bool
    hidden_rows: int
    beyond: dict[int, list[str]]
    header: int
    last: int
    rows: list[list]
    marks: dict[str, object]


class ChosenSheet(TypedDict, total=False):
    """A chosen sheet with its title row and the number of title lines; the separator of a CSV.

    `hidden_rows`: whether they count; `data_lines`: lines marked as data.
    """

    name: str
    header: int
    lines: int
    hidden_rows: bool
    data_lines: list[int]
    sign: str


class Kept(TypedDict):
    """The stored part of a file (ImportRun.contents); `better` is set later."""

    sheets: list[KeptSheet]
    better: NotRequired[BetterKind | None]


def keep(sheets: list[Sheet], wanted: tuple[columns.Column, ...], headers: dict[str, int]) -> Kept:
    """The first rows of a file as JSON; `headers`: chosen title rows, always kept."""
    letters = MAX_LETTERS // max(len(sheets), 1)
    return {"sheets": [_kept(sheet, wanted, headers.get(sheet.name), letters) for sheet in sheets]}


def _kept(sheet: Sheet, wanted: tuple[columns.Column, ...], chosen: int | None, letters: int) -> KeptSheet:
    guess = guessing.guess_header(sheet, wanted) if sheet.rows else columns.NO_HEADER
    needed = max(guess, chosen or 0) + MAX_LINES - 1
    rows: list[list] = []
    for line, cells in sheet.rows:
        short = [_short(cell) for cell in cells]
        letters -= sum(len(str(cell)) for cell in short)
        if letters < 0 and len(rows) >= LEAST_ROWS and line > needed:
            break
        rows.append([line, short])
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "hidden_rows": len(sheet.marks.hidden_rows),
        "beyond": sheet.beyond,
        "header": guess,
        "last": sheet.rows[-1][0] if sheet.rows else 1,
        "rows": rows,
        "marks": sheet.marks.beginning(rows[-1][0] if rows else 0),
    }


def _short(cell: Cell) -> Cell:
    return cell[:MAX_CELL] if isinstance(cell, str) else cell


def sheets_of(run: ImportRun) -> list[KnownSheet]:
    """The beginning of every sheet. Raises ValidationError while no worker has read the file."""
    if not run.contents.get("sheets"):
        raise ValidationError(UNREAD if run.file else GONE)
    return [
        KnownSheet(
            sheet["name"],
            [(line, cells) for line, cells in sheet["rows"]],
            marks=Marks.of(sheet.get("marks", {})),
            hidden=sheet["hidden"],
            beyond={int(index): texts for index, texts in sheet.get("beyond", {}).items()},
            header=sheet["header"],
            last=sheet["last"],
            hidden_rows=sheet["hidden_rows"],
        )
        for sheet in run.contents["sheets"]
    ]


def knows(run: ImportRun, sheets: Iterable[ChosenSheet]) -> bool:
    """Whether the kept rows contain the titles of these choices; another separator or a late row needs the file."""
    kept = {sheet["name"]: sheet for sheet in run.contents.get("sheets", [])}
    return sign_of(sheets) == sign_of(run.sheets) and all(
        sheet["name"] in kept and _has_line(kept[sheet["name"]], sheet["header"]) for sheet in sheets
    )


def _has_line(sheet: KeptSheet, header: int) -> bool:
    """The lines below are kept too: titles may have three lines."""
    kept = sheet["rows"][-1][0] if sheet["rows"] else 0
    return header + MAX_LINES <= kept + 1 or header == columns.NO_HEADER or header <= kept == sheet["last"]


def better_kind(run: ImportRun) -> BetterKind | None:
    """Another kind of import that fits the titles better: {"kind", "label", "known", "own"}, with numbers of columns.

    It must recognise all its required columns and more columns than the chosen kind: one more where the chosen kind
    lacks a required column, otherwise two (our assumption). Every kind is tried, so only the worker calls this.
    """
    sheets = [sheet for sheet in sheets_of(run) if not sheet.hidden][:MAX_TRIED]
    known, complete = guessing.count_known(sheets, registry.adapter(run.kind).columns)
    best: BetterKind | None = None
    for adapter in registry.adapters():
        count, fits = guessing.count_known(sheets, adapter.columns)
        more = count - known
        is_better = fits and more >= (2 if complete else 1) and (best is None or count > best["known"])
        if is_better and adapter.kind != run.kind:
            best = {"kind": adapter.kind, "label": adapter.label, "known": count, "own": known}
    return best


def sign_of(sheets: Iterable[ChosenSheet]) -> str:
    """The chosen separator of a CSV; empty where it is guessed."""
    return next((sheet["sign"] for sheet in sheets if sheet.get("sign")), "")


def places(run: ImportRun, sheets: Iterable[Sheet]) -> list[columns.Place]:
    """Titles of the chosen sheets, in the order of the file."""
    heads = {chosen["name"]: (chosen["header"], chosen.get("lines", 0)) for chosen in run.sheets}
    return [_place(sheet, *heads[sheet.name]) for sheet in sheets if sheet.name in heads]


def _place(sheet: Sheet, header: int, lines: int) -> columns.Place:
    """The header, from the whole sheet or from its kept beginning."""
    first = [(line, [_short(cell) for cell in cells]) for line, cells in sheet.rows[:FIRST_ROWS]]
    return columns.place_of(Sheet(sheet.name, first, sheet.marks), header, lines)


def chosen(run: ImportRun, sheets: Iterable[Sheet]) -> list[Sheet]:
    """The chosen sheets, in the order of the file."""
    names = {sheet["name"] for sheet in run.sheets}
    return [sheet for sheet in sheets if sheet.name in names]


def titles(run: ImportRun, sheets: Iterable[Sheet]) -> dict[str, str]:
    """{key: title as written} over all chosen sheets."""
    found: dict[str, str] = {}
    for place in places(run, sheets):
        for key, title in place.titles.items():
            found.setdefault(key, title)
    return found


def marked_titles(run: ImportRun, sheets: Iterable[Sheet]) -> dict[str, str]:
    """`titles` as choices, with a mark at columns that are hidden in the file."""
    hidden = {key for place in places(run, sheets) for key in place.hidden}
    found = titles(run, sheets)
    return {key: f"{title} (tersembunyi)" if key in hidden else title for key, title in found.items()}


def titles_in_file(run: ImportRun, sheets: Iterable[Sheet]) -> dict[str, str]:
    """`titles` as the file has them: empty where it has none."""
    untitled = {key for place in places(run, sheets) for key in place.untitled}
    return {key: "" if key in untitled else title for key, title in titles(run, sheets).items()}


def has_titles(run: ImportRun) -> bool:
    """Whether the sheets have titles; columns named only A, B, C mean nothing for the next file."""
    return all(sheet["header"] != columns.NO_HEADER for sheet in run.sheets)


def unused(run: ImportRun, sheets: Iterable[Sheet]) -> list[str]:
    """Unused titles of the file."""
    used = {key for how in run.mapping.values() for key in guessing.keys_of(how)} | sideways.keys_of(run.mapping)
    used |= NUMBERING | {search_key(columns.REASON)}
    return [title for key, title in marked_titles(run, sheets).items() if key not in used]


def remarks(run: ImportRun, sheets: Sequence[Sheet]) -> dict[str, object]:
    """Notes on the chosen sheets: unused or unread columns, a list written sideways."""
    return {
        "unused": unused(run, sheets)[:MAX_UNUSED],
        "wide": wide.describe(chosen(run, sheets)),
        "sideways": sideways.describe(run.mapping, registry.adapter(run.kind).sideways),
    }


def remembered(run: ImportRun, sheets: Iterable[Sheet]) -> dict[str, columns.Source]:
    """The mapping chosen for this header before, otherwise the guess: {column: {"title": key} or {"fixed": text}}."""
    adapter = registry.adapter(run.kind)
    found = places(run, sheets)
    known = ColumnMap.objects.filter(
        kind=run.kind, place=run.place, fingerprint=columns.fingerprint(run.kind, found)
    ).first()
    if known and has_titles(run):
        return known.mapping
    mapping = guessing.guess(found, adapter.columns)
    names = [sheet["name"] for sheet in run.sheets]
    for column in adapter.columns:
        if column.of_sheet and column.name not in mapping and column.of_sheet(run.place, names):
            mapping[column.name] = {"title": columns.SHEET_NAME}
    blocks = blocks_of(run, found)
    if adapter.sideways and sideways.fits(blocks, mapping, adapter.sideways):
        return sideways.mapped(mapping, blocks, adapter.sideways)
    return mapping


def blocks_of(run: ImportRun, found: list[columns.Place]) -> list[sideways.Block]:
    """The blocks of a file that is written sideways, found with the synonyms of the kabupaten."""
    adapter = registry.adapter(run.kind)
    if adapter.sideways is None:
        return []
    with vocabulary.using(run.place, run.words):
        return sideways.find(found, adapter.sideways, adapter.columns)
