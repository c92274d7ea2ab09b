"""Rows copied from a spreadsheet, read as lines of a plan. Nothing is saved here and nothing is guessed in silence."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from django.core.exceptions import ValidationError

from kpspams.models import Activity
from records.imports import noise, vocabulary
from records.imports.cells import is_ditto
from records.imports.pasting import rows_of
from records.parsers import months, numbers
from records.search import search_key
from records.words import number_id

# The names of columns as offices write them, by the field of the grid that they fill.
HEADS = {
    "number": ("no", "nomor", "nourut"),
    "area": ("bidang", "kodebidang", "bidangjeniskegiatan"),
    "title": ("kegiatan", "namakegiatan", "uraian", "uraiankegiatan", "jeniskegiatan"),
    "location": ("lokasi", "tempat"),
    "target": ("sasaran", "sasaranmanfaat", "manfaat"),
    "volume": ("volume", "vol"),
    "unit": ("satuan", "sat"),
    "unit_price": ("hargasatuan", "hargasatuanrp", "harga", "hargarp"),
    "amount": ("jumlah", "jumlahrp", "jumlahbiaya", "biaya", "total"),
    "source": ("sumber", "sumberdana", "sumberbiaya", "dana"),
    "responsible": ("penanggungjawab", "pj", "pelaksana"),
    "mode": ("pola", "polapelaksanaan"),
    "cost_class": ("jenisbiaya", "kelompokbiaya"),
    "months": ("bulan", "waktu", "waktupelaksanaan", "jadwal"),
    "note": ("ket", "keterangan", "catatan"),
}
SAID = {
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
FIELD_OF = {name: key for key, names in HEADS.items() for name in names}
# The order of the form on paper, for rows that come without a head (domain: the printed form).
PAPER = ["number", "title", "location", "target", "volume", "unit", "unit_price", "amount", "source", "responsible"]
LETTERS = "jfmamjjasond"
NAME_AND_AMOUNT = re.compile(r"(.*?)[\s:=]*((?:rp\.?\s*)?\d.*)?", re.IGNORECASE)
RUPIAH = "jumlah (Rp)"
CELL_LONGEST = 300
MAX_ROWS = 1_000  # headings and sums included; how many lines a plan takes is the grid's matter


@dataclass
class PastedLine:
    """One line: the texts for the inputs of the grid, by field."""

    cells: dict[str, list[str]]


@dataclass
class Pasted:
    """What was understood: the lines, the columns in words, and what was not, in sentences."""

    text: str
    lines: list[PastedLine] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_paste(text: str, choices) -> Pasted:
    """Reads pasted rows. `choices` has the bidang and sources of the page (forms.activities.Choices)."""
    found = Pasted(text)
    rows = rows_of(text)
    if len(rows) > MAX_ROWS:
        found.problems.append(f"Tempelan ini lebih dari {MAX_ROWS} baris. Tempel sebagian demi sebagian.")
        return found
    columns: list[str] = []
    area = ""
    for number, row in enumerate(rows, 1):
        if head := _head(row):
            columns = head
            continue
        if noise.kind_of(list(row)):
            continue
        written = [cell for cell in row if cell]
        if len(written) <= 2 and (named := _area(" ".join(written), choices)):
            area = named  # a line of its own names the bidang of those below it, as on paper
            continue
        columns = columns or _by_place(row)
        found.lines.append(_line(number, row, columns, area, choices, found.problems))
    found.columns = list(dict.fromkeys(SAID[name] for name in columns if name in SAID))
    return found


def _head(row: list[str]) -> list[str]:
    """The fields of a head, or nothing where this row is none: it names the activity and at least two more."""
    keys = [re.sub(r"[^a-z]", "", cell.lower()) for cell in row]
    fields = [FIELD_OF.get(key, "") for key in keys]
    for start in range(len(keys) - 11):
        if "".join(key[:1] for key in keys[start : start + 12]) == LETTERS:
            fields[start : start + 12] = [f"month{month}" for month in range(1, 13)]
    return fields if "title" in fields and len([name for name in fields if name]) >= 3 else []


def _by_place(row: list[str]) -> list[str]:
    """Without a head: the order of the paper, with or without its number; twelve months and remarks at the end."""
    names = PAPER if re.fullmatch(r"\d{0,3}\.?", row[0]) else PAPER[1:]
    rest = len(row) - len(names)
    if rest >= 12:
        return [*names, *(f"month{month}" for month in range(1, 13)), "note"]
    return [*names, "months", "note"]


def _line(number: int, row: list[str], columns: list[str], area: str, choices, problems: list[str]) -> PastedLine:
    typed = {name: cell for name, cell in zip_longest(columns, row, fillvalue="") if name}
    title = typed.get("title", "")

    def wrong(sentence: str):
        problems.append(f"Baris tempelan {number}{f' ({title[:40]})' if title else ''}: {sentence}")

    for name in [name for name, cell in typed.items() if is_ditto(cell)]:
        wrong(f"tanda “{typed.pop(name)}” pada {SAID.get(name, 'kolom ini')} tidak dipahami. Tulis isinya.")

    def told(name: str, topic: str, otherwise: str) -> str:
        cell = typed.get(name, "")
        value = vocabulary.get(topic).find(cell) if cell else otherwise
        if cell and not value:
            wrong(f"{SAID[name]} “{cell}” tidak dikenal.")
        return value or otherwise

    first = next(iter(choices.areas), "")
    named = _area(typed.get("area", ""), choices)
    if typed.get("area") and not named:
        wrong(f"bidang “{typed['area']}” tidak dikenal; dimasukkan ke bidang {area or first}.")
    elif not named and not area:
        wrong(f"bidang belum disebut; dimasukkan ke bidang {first}.")
    cells = {
        name: [typed.get(name, "")[:CELL_LONGEST]]
        for name in ("title", "location", "target", "unit", "responsible", "note")
    }
    cells["area"] = [named or area or first]
    cells["volume"] = [_figure(typed.get("volume", ""), 2, "volume")]
    cells["unit_price"] = [_figure(typed.get("unit_price", ""), 0, RUPIAH)]
    cells["mode"] = [told("mode", "kpspams.activity.mode", "")]
    cells["cost_class"] = [told("cost_class", "kpspams.activity.cost_class", Activity.CostClass.ROUTINE)]
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
    """As it is typed here ("Rp 1,5 juta" is "1.500.000"); what cannot be read stays, to be refused at its cell."""
    if text.isdecimal():
        return text
    try:
        value = numbers.read(text, places, label=label)
    except ValidationError:
        return text
    return "" if value is None else number_id(value)


def _months(typed: dict[str, str], wrong) -> list[int]:
    if "month1" in typed:
        return [month for month in range(1, 13) if typed.get(f"month{month}", "").strip("-–— 0")]
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
