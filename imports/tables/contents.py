"""What is known of a file without opening it: the first rows of each sheet, kept on the run by the worker that read it.

Pages show and guess from these alone. The file itself is opened by a worker only (imports.services.worker).
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

FIRST_ROWS = 60  # of each sheet, for finding the titles
MAX_CELL = 200  # letters of a kept cell; a title is cut there, too
MAX_LETTERS = 400_000  # of all kept rows together (our assumption: half a MB of JSON is read in a few ms)
LEAST_ROWS = 3
MAX_UNUSED = 100  # titles that are named
MAX_TRIED = 8  # sheets that are tried as another kind of data
NUMBERING = {"no", "nomor", "nourut", "nomorurut", "urut"}  # titles of running numbers, which nobody misses
GONE = "Berkas impor ini tidak ada lagi di server. Unggah lagi berkasnya."
UNREAD = "Isi berkas ini belum dibaca. Tekan “Baca berkas”, lalu lanjutkan."


@dataclass(frozen=True)
class KnownSheet(Sheet):
    """The beginning of a sheet. `header`: its guessed row of titles; `last`: the last line that may hold them.

    `hidden_rows`: how many rows of the whole sheet are hidden.
    """

    header: int = columns.NO_HEADER
    last: int = 1
    hidden_rows: int = 0


class BetterKind(TypedDict):
    """Another kind of import that the titles fit better, with how many columns it and the chosen one know."""

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
    """A sheet that holds the data, with its row of titles and how many lines they take; the sign of a CSV.

    `hidden_rows`: whether they count; `data_lines`: lines that somebody made data.
    """

    name: str
    header: int
    lines: int
    hidden_rows: bool
    data_lines: list[int]
    sign: str


class Kept(TypedDict):
    """What a run keeps of its file (ImportRun.contents); `better` is found out later."""

    sheets: list[KeptSheet]
    better: NotRequired[BetterKind | None]


def keep(sheets: list[Sheet], wanted: tuple[columns.Column, ...], headers: dict[str, int]) -> Kept:
    """What the run keeps of the first rows of a file, as JSON; `headers`: chosen rows of titles, kept in any case."""
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
    """The beginning of every sheet. Raises ValidationError, in words for people, while no worker has read the file."""
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
    """Whether the kept rows tell the titles of these choices; another sign of a CSV or a late row needs the file."""
    kept = {sheet["name"]: sheet for sheet in run.contents.get("sheets", [])}
    return sign_of(sheets) == sign_of(run.sheets) and all(
        sheet["name"] in kept and _has_line(kept[sheet["name"]], sheet["header"]) for sheet in sheets
    )


def _has_line(sheet: KeptSheet, header: int) -> bool:
    """The lines below belong to it: titles may take three."""
    kept = sheet["rows"][-1][0] if sheet["rows"] else 0
    return header + MAX_LINES <= kept + 1 or header == columns.NO_HEADER or header <= kept == sheet["last"]


def better_kind(run: ImportRun) -> BetterKind | None:
    """Another kind of import that the titles fit better: {"kind", "label", "known", "own"}, the figures of columns.

    It must know all that it needs and more columns than the chosen kind does: one more where that one lacks something
    that it needs, two where it does not (our assumption). Every kind is tried, so this is for the worker.
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
    """The sign between the cells of a CSV that the person chose; empty where the file itself tells."""
    return next((sheet["sign"] for sheet in sheets if sheet.get("sign")), "")


def places(run: ImportRun, sheets: Iterable[Sheet]) -> list[columns.Place]:
    """Titles of the chosen sheets, in the order of the file."""
    heads = {chosen["name"]: (chosen["header"], chosen.get("lines", 0)) for chosen in run.sheets}
    return [_place(sheet, *heads[sheet.name]) for sheet in sheets if sheet.name in heads]


def _place(sheet: Sheet, header: int, lines: int) -> columns.Place:
    """From the whole sheet as from its kept beginning."""
    first = [(line, [_short(cell) for cell in cells]) for line, cells in sheet.rows[:FIRST_ROWS]]
    return columns.place_of(Sheet(sheet.name, first, sheet.marks), header, lines)


def chosen(run: ImportRun, sheets: Iterable[Sheet]) -> list[Sheet]:
    """Those that the person reads from, in the order of the file."""
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
    """`titles` for people to choose from: a column that is hidden in the file is called so."""
    hidden = {key for place in places(run, sheets) for key in place.hidden}
    found = titles(run, sheets)
    return {key: f"{title} (tersembunyi)" if key in hidden else title for key, title in found.items()}


def titles_in_file(run: ImportRun, sheets: Iterable[Sheet]) -> dict[str, str]:
    """`titles` as the file has them: empty where it has none."""
    untitled = {key for place in places(run, sheets) for key in place.untitled}
    return {key: "" if key in untitled else title for key, title in titles(run, sheets).items()}


def has_titles(run: ImportRun) -> bool:
    """Columns that are only called A, B, C say nothing about the next file."""
    return all(sheet["header"] != columns.NO_HEADER for sheet in run.sheets)


def unused(run: ImportRun, sheets: Iterable[Sheet]) -> list[str]:
    """Titles of the file that nothing is taken from."""
    used = {key for how in run.mapping.values() for key in guessing.keys_of(how)} | sideways.keys_of(run.mapping)
    used |= NUMBERING | {search_key(columns.REASON)}
    return [title for key, title in marked_titles(run, sheets).items() if key not in used]


def remarks(run: ImportRun, sheets: Sequence[Sheet]) -> dict[str, object]:
    """What people are told of the chosen sheets: columns that nothing is taken from, or not even read; a list written
    sideways.
    """
    return {
        "unused": unused(run, sheets)[:MAX_UNUSED],
        "wide": wide.describe(chosen(run, sheets)),
        "sideways": sideways.describe(run.mapping, registry.adapter(run.kind).sideways),
    }


def remembered(run: ImportRun, sheets: Iterable[Sheet]) -> dict[str, columns.Source]:
    """The mapping once chosen for this header, else the guess: {column: {"title": key} or {"fixed": text}}."""
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
    """What stands side by side in the file, should it be written sideways, with the words of the kabupaten."""
    adapter = registry.adapter(run.kind)
    if adapter.sideways is None:
        return []
    with vocabulary.using(run.place, run.words):
        return sideways.find(found, adapter.sideways, adapter.columns)
