"""Columns of a pasted plan, from one or two lines of titles, or from the order of the paper form."""

import re
from dataclasses import dataclass, field

from records.parsers import months
from records.parsers.abbreviations import TITLES

# Titles of columns as offices write them, by the field of the grid.
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
    "months": ("bulan", "waktu", "waktupelaksanaan", "jadwal", "jadwalpelaksanaan", "bulanpelaksanaan"),
    "note": ("ket", "keterangan", "catatan"),
}
FIELD_OF = {name: key for key, names in HEADS.items() for name in names}
MONEY = ("rp", "rupiah", "idr", "dalam")
BOTH = ("bidangjeniskegiatan", "bidangkegiatan", "bidangdankegiatan")
# The order of the paper form, for rows without titles (docs/domain/work-plan.md).
PAPER = ["number", "title", "location", "target", "volume", "unit", "unit_price", "amount", "source", "responsible"]
LETTERS = "jfmamjjasond"
NUMBERS = [str(month) for month in range(1, 13)]
_PART = re.compile(r"(triwulan|tw|semester|smt)[\s.]*(i{1,3}|iv|[1-4])", re.IGNORECASE)


@dataclass
class Head:
    """`fields`: the field of each column, "" for none; `lines`: as pasted."""

    fields: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)

    @property
    def unused(self) -> list[str]:
        """Titles of unused columns."""
        first = self.lines[0] if self.lines else []
        fields = [*self.fields, *[""] * (len(first) - len(self.fields))]
        return [title for title, name in zip(first, fields, strict=False) if title and not name]

    def takes(self, row: list[str]) -> bool:
        """Adds a second line with months below "Bulan"; returns whether the row is one."""
        found = _months_of(row)
        if len(self.lines) != 1 or not found or any(cell and place not in found for place, cell in enumerate(row)):
            return False
        self.fields += [""] * (len(row) - len(self.fields))
        if any(self.fields[place] not in ("", "months") for place in found):
            return False
        for place, name in found.items():
            self.fields[place] = name
        self.lines.append(row)
        return True


def head_of(row: list[str]) -> Head | None:
    """The head of this row, or None; a head has the title of the activity and at least two others."""
    fields = [_field_of(cell) for cell in row]
    if "title" not in fields:  # one column may have both: bidang on lines of their own, activities below them
        fields = ["title" if _key(cell) in BOTH else name for cell, name in zip(row, fields, strict=True)]
    for place, name in _months_of(row).items():
        fields[place] = fields[place] or name
    named = [name for name in fields if name]
    return Head(fields, [row]) if "title" in fields and len(named) >= 3 else None


def _field_of(title: str) -> str:
    """The field of a title, without regard to units and abbreviations: "Harga Sat. (Rp)"."""
    words = [TITLES.get(word, word) for word in re.findall(r"[a-z]+", title.lower())]
    return FIELD_OF.get(_key(title)) or FIELD_OF.get("".join(word for word in words if word not in MONEY), "")


def _key(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell.lower())


def _months_of(row: list[str]) -> dict[int, str]:
    """{index: "month4" or "months4-6"} of at least two cells with months: names, quarters, J F M A …, 1 to 12."""
    keys = [_key(cell) for cell in row]
    for start in range(len(row) - 11):
        twelve = slice(start, start + 12)
        letters = "".join(key[:1] for key in keys[twelve]) == LETTERS
        if letters or (start and row[twelve] == NUMBERS):
            return {start + place: f"month{place + 1}" for place in range(12)}
    found = {place: name for place, cell in enumerate(row) if (name := _month_name(cell))}
    return found if len(found) > 1 else {}


def _month_name(cell: str) -> str:
    if part := _PART.fullmatch(cell.strip(" .")):
        numbers = sorted(months.read(cell) or ())
        return f"months{numbers[0]}-{numbers[-1]}" if part and numbers else ""
    number = months.number_of(_key(cell)) if len(_key(cell)) >= 3 else None
    return f"month{number}" if number else ""


def months_in(name: str) -> range:
    """The months of a mark in the column of this name."""
    first, _, last = name.removeprefix("months").removeprefix("month").partition("-")
    return range(int(first), int(last or first) + 1)


def by_place(row: list[str]) -> Head:
    """Columns without titles: the order of the paper form, with or without the number; twelve months and remarks
    last.
    """
    names = PAPER if re.fullmatch(r"\d{0,3}\.?", row[0]) else PAPER[1:]
    if len(row) - len(names) >= 12:
        return Head([*names, *(f"month{month}" for month in range(1, 13)), "note"])
    return Head([*names, "months", "note"])
