"""Parser of rows copied from a spreadsheet as lines of a plan. Nothing is saved here and nothing is guessed
silently.
"""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from django.core.exceptions import ValidationError

from imports.files.pasting import rows_of, unlisted
from imports.tables import noise
from imports.values import vocabulary
from imports.values.cells import is_ditto, is_empty
from plans.models import Activity
from plans.parsers.month_marks import mark
from plans.parsers.plan_commas import CommasUnclear, rows_between_commas
from plans.parsers.plan_heads import Head, by_place, head_of, months_in
from records.formats import number_id, rupiah
from records.parsers import months, numbers
from records.search_keys import search_key

COLUMN_LABELS = {
    "area": "bidang",
    "title": "kegiatan",
    "location": "lokasi",
    "target": "sasaran",
    "volume": "volume",
    "unit": "satuan",
    "unit_price": "harga satuan",
    "source": "sumber dana",
    "responsible": "penanggung jawab",
    "mode": "pola pelaksanaan",
    "cost_class": "jenis biaya",
    "months": "bulan",
    "note": "keterangan",
}
NAME_AND_AMOUNT = re.compile(r"(.*?)[\s:=]*((?:rp\.?\s*)?\d.*)?", re.IGNORECASE)
VOLUME_AND_UNIT = re.compile(r"([0-9][0-9.,]*)\s*([a-z³²][a-z³²0-9 /.-]{0,19})", re.IGNORECASE)
UNPLACED = "bidang belum disebut; dimasukkan ke bidang"
FEW = 3  # messages shared by several rows
ABOVE = "di atas judul kolom"
RUPIAH = "jumlah (Rp)"
MAX_CELL_LENGTH = 300
MAX_ROWS = 1_000  # headings and sums included; the grid limits the lines of a plan


@dataclass
class PastedLine:
    """One line: the texts of the inputs of the grid, by field."""

    cells: dict[str, list[str]]


@dataclass
class LeftOut:
    """A row that was not read as an activity."""

    number: int
    kind: str
    cells: list[str]

    @property
    def text(self) -> str:
        return " ".join(filter(None, self.cells))[:80]


@dataclass
class Pasted:
    """Result: the lines, the columns as text, and messages about the rest.

    `left_out`: rows of sums, notes, signatures; `left_text`: their text with the titles, for reading them anyway.
    """

    text: str
    lines: list[PastedLine] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    head: Head = field(default_factory=Head)

    @property
    def left_text(self) -> str:
        kept = [row.cells for row in self.left_out if row.kind != noise.NUMBERS]
        rows = [*self.head.lines, *kept] if kept else []
        return "\n".join("\t".join(cells) for cells in rows)


def read_paste(text: str, choices, *, whole: bool = False) -> Pasted:
    """Reads pasted rows. `choices` has the bidang and sources of the page (forms.activities.Choices).

    `whole`: rows that look like sums, notes or signatures are activities too, by the user's choice.
    """
    found = Pasted(text)
    rows = rows_of(text)
    if len(rows) > MAX_ROWS:
        found.problems.append(f"Tempelan ini lebih dari {MAX_ROWS} baris. Tempel sebagian demi sebagian.")
        return found
    if "\t" not in text and ";" not in text and any(len(row[0].split()) > 1 for row in rows):
        try:
            parted, problem = rows_between_commas(text)
        except CommasUnclear as error:
            found.problems.append(str(error))
            return found
        rows = parted or rows
        found.problems += [problem] if problem else []
    head: Head | None = None
    area = ""
    first = next((number for number, row in enumerate(rows, 1) if head_of(row)), 0)
    width = max(map(len, rows), default=0)
    end = None if whole else noise.tail(list(enumerate(rows, 1)), width)
    for number, row in enumerate(rows, 1):
        if new_head := head_of(row):
            head = new_head
            continue
        if head and head.takes(row):
            continue
        written = [cell for cell in row if cell]
        kind = noise.SIGNATURE if end and number >= end else noise.kind_of(list(row))
        if kind == noise.NUMBERS or (kind and not whole):
            found.left_out.append(LeftOut(number, kind, row))
            continue
        if number < first and not _area(" ".join(written), choices):
            found.left_out.append(LeftOut(number, ABOVE, row))
            continue
        if len(written) <= 2 and (named := _area(" ".join(written), choices)):
            area = named  # a heading line has the bidang of the lines below, as on paper
            continue
        head = head or by_place(row)
        found.lines.append(_line(number, row, head.fields, area, choices, found.problems))
    _join_unplaced(found.problems)
    found.head = head or found.head
    found.columns = list(dict.fromkeys(COLUMN_LABELS[name] for name in found.head.fields if name in COLUMN_LABELS))
    if any(name.startswith("month") and name != "months" for name in found.head.fields):
        found.columns.append("bulan")
    found.unused = found.head.unused
    return found


def _join_unplaced(problems: list[str]):
    """One message for many rows without a bidang."""
    same = [problem for problem in problems if UNPLACED in problem]
    if len(same) > FEW:
        place = problems.index(same[0])
        problems[:] = [problem for problem in problems if problem not in same]
        problems.insert(place, f"{len(same)} baris: {same[0].partition(': ')[2]}")


def _line(number: int, row: list[str], columns: list[str], area: str, choices, problems: list[str]) -> PastedLine:
    typed = {name: cell for name, cell in zip_longest(columns, row, fillvalue="") if name}
    typed = {name: "" if is_empty(cell) else cell for name, cell in typed.items()}
    title = typed["title"] = unlisted(typed.get("title", ""))

    def wrong(sentence: str):
        problems.append(f"Baris tempelan {number}{f' ({title[:40]})' if title else ''}: {sentence}")

    for name in [name for name, cell in typed.items() if is_ditto(cell)]:
        wrong(f"tanda “{typed.pop(name)}” pada {COLUMN_LABELS.get(name, 'kolom ini')} tidak dipahami. Tulis isinya.")

    def choice(name: str, topic: str, otherwise: str) -> str:
        cell = typed.get(name, "")
        value = vocabulary.get(topic).find(cell) if cell else otherwise
        if cell and not value:
            wrong(f"{COLUMN_LABELS[name]} “{cell}” tidak dikenal.")
        return value or otherwise

    first = next(iter(choices.areas), "")
    named = _area(typed.get("area", ""), choices)
    if typed.get("area") and not named:
        wrong(f"bidang “{typed['area']}” tidak dikenal; dimasukkan ke bidang {area or first}.")
    elif not named and not area:
        wrong(f"{UNPLACED} {first}.")
    cells = {
        name: [typed.get(name, "")[:MAX_CELL_LENGTH]]
        for name in ("title", "location", "target", "unit", "responsible", "note")
    }
    cells["area"] = [named or area or first]
    if not typed.get("unit") and (parts := VOLUME_AND_UNIT.fullmatch(typed.get("volume", ""))):
        typed["volume"], cells["unit"] = parts[1], [parts[2]]
    cells["volume"] = [_figure(typed.get("volume", ""), 2, "volume")]
    cells["unit_price"] = [_figure(typed.get("unit_price", ""), 0, RUPIAH)]
    if other := _other_amount(typed):
        wrong(other)
    cells["mode"] = [choice("mode", "plans.activity.mode", "")]
    cells["cost_class"] = [choice("cost_class", "plans.activity.cost_class", Activity.CostClass.ROUTINE)]
    cells["months"] = [str(month) for month in _months(typed, wrong)]
    sources = _sources(typed.get("source", ""), choices, wrong)
    cells["source"] = [code for code, _ in sources]
    cells["amount"] = [amount for _, amount in sources]
    cells["security"] = ["diusulkan"] * len(sources)
    return PastedLine(cells)


def _area(text: str, choices) -> str:
    """The code of a bidang written as "A", "A. Teknis …" or by its name."""
    key = search_key(text)
    for code, area in choices.areas.items():
        if key and key in (search_key(code), search_key(area.label), search_key(str(area))):
            return code
    return ""


def _figure(text: str, places: int, label: str) -> str:
    """The figure as it is typed here ("Rp 1,5 juta" is "1.500.000"); an unreadable one stays and is refused at its
    cell.
    """
    if text.isdecimal():
        return text
    try:
        value = numbers.read(text, places, label=label)
    except ValidationError:
        return text
    return "" if value is None else number_id(value)


def _other_amount(typed: dict[str, str]) -> str:
    """A message where the given amount is not volume times price; an unreadable one is refused at its cell."""
    try:
        volume = numbers.read(typed.get("volume", ""), 2, label="volume")
        price, amount = (numbers.read(typed.get(name, ""), 0, label=RUPIAH) for name in ("unit_price", "amount"))
    except ValidationError:
        return ""
    if volume is None or price is None or amount is None or abs(volume * price - amount) < 1:
        return ""
    return f"jumlah tertulis {rupiah(amount)}, sedangkan volume kali harga satuan {rupiah(volume * price)}. Periksa."


def _is_marked(name: str, cell: str, wrong) -> bool:
    """Reads a mark like the import; the number of the month itself is one too."""
    try:
        return cell in map(str, months_in(name)) or bool(mark(cell))
    except ValidationError as error:
        wrong(error.messages[0])
        return False


def _months(typed: dict[str, str], wrong) -> list[int]:
    marks = [name for name in typed if name.startswith("month") and name != "months"]
    if marks:
        marked = [name for name in marks if _is_marked(name, typed[name], wrong)]
        return sorted({month for name in marked for month in months_in(name)})
    try:
        return sorted(months.read(typed.get("months", "")) or ())
    except ValidationError as error:
        wrong(error.messages[0])
        return []


def _sources(text: str, choices, wrong) -> list[tuple[str, str]]:
    """ "Iuran 500.000; APBDes" as (code, amount): a source without amount pays the rest."""
    known = {search_key(source.label): code for code, source in choices.sources.items()}
    known |= {search_key(code): code for code in choices.sources}
    found = []
    for part in re.split(r"[;+\n]|,(?!\d)|\bdan\b", text):
        written = part.strip()
        if not written:
            continue
        parts = NAME_AND_AMOUNT.fullmatch(written)
        name, amount = parts.groups() if parts else (written, "")
        code = known.get(search_key(name), "")
        if not code:
            wrong(f"sumber dana “{written}” tidak dikenal. Pilih dari daftar pada barisnya.")
        if code or amount:
            found.append((code, _figure(amount or "", 0, RUPIAH)))
    return found
