"""Identification of the villages of a file: by code, by name within their kecamatan, by a former name."""

import functools
import re
from collections import defaultdict

from django.core.exceptions import ValidationError

from accounts.models import District, Subdistrict
from imports.files.books import Cell
from imports.rows.rows import Row
from imports.tables.columns import Column
from imports.values import cells
from records.search_keys import search_key
from villages.models import Programme, Village, VillageName

LEVEL = re.compile(r"^(?:desa|ds|kelurahan|kel|kampung|kp|tiyuh|pekon|kecamatan|kec)\b(?:\.\s*|\s+)", re.IGNORECASE)
# "Mulya Sari, Kec. Mesuji", "Mulya Sari (Kecamatan Mesuji)": the kecamatan behind the name, and the rest.
WITH_SUBDISTRICT = re.compile(
    r"(?P<name>.+?)[\s,;/(–-]*\bkec(?:amatan)?\b(?:\.\s*|\s+)(?P<subdistrict>[^,;()]+?)\s*(?:[,;)].*)?", re.IGNORECASE
)
CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})")
# A kelurahan's number begins with 1, a desa's with 2, an invented village's with 9; BPS counts from 001.
NUMBER_BEGINNINGS = "129"
FEW_CODES = 3  # below so many rows no question is asked
SUBDISTRICT_CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)")


@functools.lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """The name without the word for its level: "Desa Wiralaga I" becomes "Wiralaga I"."""
    return LEVEL.sub("", name.strip()).strip()


@functools.lru_cache(maxsize=4096)
def _keys(name: str) -> tuple[str, str]:
    """The search keys of the full name and of the bare name, in this order."""
    return search_key(name), search_key(bare(name))


def village_code(cell: Cell) -> str | None:
    """Reader of a code: "18.11.01.2001", ten digits, or a number of Excel. Raises ValidationError."""
    written = cells.text(40)(cell)
    if written is None:
        return None
    found = CODE.fullmatch(written.replace(" ", ""))
    if not found:
        raise ValidationError(f"Kode desa “{written}” salah. Tulis seperti 18.11.01.2001.")
    if found[4][0] not in NUMBER_BEGINNINGS:
        raise ValidationError(
            f"“{written}” tampaknya kode BPS: nomor desa Kemendagri diawali 1 atau 2. Tulis kode Kemendagri, atau "
            "kosongkan agar desanya dicari menurut nama."
        )
    return ".".join(found.groups())


CODE_COLUMN = Column(
    "village_code",
    "Kode desa",
    village_code,
    ("kode", "kode wilayah", "kode desa/kelurahan", "kode kemendagri", "kode wil", "kodefikasi"),
    example="18.11.01.2001",
    help="Kode wilayah desa menurut Kepmendagri. Bila kosong, desa dicari menurut nama dan kecamatannya.",
    level=2,
)


def names_subdistricts(place: str, sheets: list[str]) -> bool:
    """Whether every sheet of the file is named after a recorded kecamatan of the kabupaten."""
    names = Subdistrict.objects.filter(district__code=place).values_list("name", flat=True)
    known = {search_key(name) for name in names}
    return all(search_key(bare(sheet)) in known for sheet in sheets)


SUBDISTRICT_COLUMN = Column(
    "subdistrict",
    "Kecamatan",
    cells.text(80),
    ("kec", "nama kecamatan", "kode kecamatan"),
    example="Mesuji",
    help="Nama atau kode kecamatan. Boleh kosong di bawah kecamatan yang sama.",
    level=1,
    continues=True,
    fixed=True,
    of_sheet=names_subdistricts,
)
NAME_SYNONYMS = (
    "nama desa",
    "desa/kelurahan",
    "nama desa/kelurahan",
    "kelurahan",
    "kampung",
    "desa penerima",
    "lokasi",
)
# Columns of every import of rows of villages.
VILLAGE_COLUMNS = (
    CODE_COLUMN,
    Column(
        "village",
        "Desa",
        cells.text(80),
        NAME_SYNONYMS,
        example="Wiralaga I",
        help="Nama desa.",
        level=2,
        continues=True,
    ),
    SUBDISTRICT_COLUMN,
)


class VillageFinder:
    """The villages of one kabupaten that this user may see, found without a query for each row."""

    def __init__(self, *, by, place: str):
        self.by = by
        self.coded = self.elsewhere = 0  # rows with a code, and those whose name is recorded under another code
        self.district = District.objects.visible_to(by).get(code=place)
        subdistricts = Subdistrict.objects.filter(district=self.district)
        villages = Village.objects.visible_to(by).filter(subdistrict__district=self.district)
        self.subdistricts = {row.code: row for row in subdistricts}
        self.subdistrict_keys = {search_key(row.name): row for row in self.subdistricts.values()}
        self.by_code: dict[str, Village] = {}
        self.by_name: dict[str, list[Village]] = defaultdict(list)
        for village in villages:
            village.subdistrict = self.subdistricts_by_id[village.subdistrict_id]
            self.by_code[village.code] = village
            self.by_name[village.search_key].append(village)
        known = {village.pk: village for village in self.by_code.values()}
        self.former: dict[str, list[Village]] = defaultdict(list)
        for name in VillageName.objects.filter(village__in=known):
            self.former[name.search_key].append(known[name.village_id])

    @property
    def subdistricts_by_id(self) -> dict[int, Subdistrict]:
        if not hasattr(self, "_by_id"):
            self._by_id = {row.pk: row for row in self.subdistricts.values()}
            for row in self._by_id.values():
                row.district = self.district
        return self._by_id

    def subdistrict(self, row: Row) -> Subdistrict | None:
        """The kecamatan of the row by name or code; an unknown one is an error."""
        written = row.get("subdistrict")
        if not written:
            return None
        code = SUBDISTRICT_CODE.fullmatch(written.replace(" ", ""))
        found = self.subdistricts.get(".".join(code.groups())) if code else None
        found = found or self.subdistrict_keys.get(search_key(bare(written)))
        if found is None:
            names = ", ".join(sub.name for sub in self.subdistricts.values())
            known = f"Yang ada: {names}." if names else "Belum ada kecamatan; catat dahulu daftar desa dengan kodenya."
            row.wrong("subdistrict", f"Kecamatan “{written}” tidak ada di {self.district}. {known}")
        return found

    def find(self, row: Row, *, required: bool = True) -> Village | None:
        """The village of the row, or None with an error at the cell."""
        code, name = row.get("village_code"), row.get("village")
        self.compare(row)
        if row.failed("village_code") or row.failed("village"):
            return None
        subdistrict = self.subdistrict(row)
        if row.failed("subdistrict"):
            return None
        if code:
            return self._by_code(row, code, name)
        if not name:
            if required:
                row.wrong("village", "Desa kosong. Isi nama atau kode desanya.")
            return None
        found = self.named(name, subdistrict) or self._with_subdistrict(row, name, subdistrict)
        if row.failed("village"):
            return None
        if len(found) == 1:
            return self._usable(row, found[0])
        where = f" di {subdistrict}" if subdistrict else f" di {self.district}"
        if not found:
            row.wrong("village", f"Desa “{name}” tidak dikenal{where}. Periksa ejaannya, atau isi kode desanya.")
        else:
            places = "; ".join(f"{village.code} ({village.subdistrict})" for village in found)
            row.wrong("village", f"Ada {len(found)} desa bernama “{name}”: {places}. Isi kecamatan atau kode desanya.")
        return None

    def _with_subdistrict(self, row: Row, name: str, subdistrict: Subdistrict | None) -> list[Village]:
        """The village of a name with its kecamatan behind it, which must not contradict the column of the kecamatan."""
        alone, inner = self.split(name)
        if inner is None:
            return []
        if subdistrict and inner != subdistrict:
            row.wrong(
                "village", f"Sel ini menyebut {inner}, sedangkan kolom kecamatannya {subdistrict}. Samakan keduanya."
            )
        return self.named(alone, inner)

    def split(self, name: str) -> tuple[str, Subdistrict | None]:
        """The name of a village and the recorded kecamatan behind it, if there is one."""
        parts = WITH_SUBDISTRICT.fullmatch(name.strip())
        inner = self.subdistrict_keys.get(search_key(parts["subdistrict"])) if parts else None
        return (parts["name"], inner) if parts and inner else (name, None)

    def compare(self, row: Row):
        """Counts whether the name of the row is recorded under its code or under another one."""
        written, name = row.raw.get("village_code"), row.get("village")
        if cells.is_empty(written) or not name:
            return
        self.coded += 1
        named = self.named(name, None)
        village = self.by_code.get(row.get("village_code", ""))
        self.elsewhere += bool(named) and village not in named

    def question(self) -> dict[str, str] | None:
        """One question for a file with codes of another list, such as those of BPS."""
        if self.coded < FEW_CODES or 2 * self.elsewhere < self.coded:
            return None
        text = (
            f"{self.elsewhere} dari {self.coded} nama desa tercatat di portal dengan kode lain. Kolom kode di berkas "
            "ini tampaknya bukan kode Kemendagri, misalnya kode BPS. Kenali desa menurut namanya saja?"
        )
        return {"text": text, "column": "village_code"}

    def named(self, name: str, subdistrict: Subdistrict | None) -> list[Village]:
        """Villages of that name, otherwise of that former name; a full name ("Desa Jaya") before a bare one."""
        for key in _keys(name):
            for index in (self.by_name, self.former):
                found = index.get(key, [])
                if subdistrict:
                    found = [village for village in found if village.subdistrict.code == subdistrict.code]
                if found:
                    return list({id(village): village for village in found}.values())  # new villages have no key yet
        return []

    def _by_code(self, row: Row, code: str, name: str | None) -> Village | None:
        village = self.by_code.get(code)
        if village is None:
            row.wrong("village_code", f"Kode desa {code} tidak ada di {self.district}. Periksa kodenya.")
            return None
        keys = set(_keys(name)) if name else set()
        called = village.search_key in keys or any(village in self.former.get(key, ()) for key in keys)
        if name and not called:
            row.wrong("village", f"Kode {code} adalah {village}, bukan “{name}”. Perbaiki kode atau namanya.")
            return None
        return self._usable(row, village)

    def _usable(self, row: Row, village: Village) -> Village | None:
        if village.is_sample and not self.by.is_sample:
            row.wrong("village", f"{village} adalah DATA CONTOH dan tidak dapat dipakai untuk data sebenarnya.")
            return None
        self._describe_match(row, village)
        return village

    def _describe_match(self, row: Row, village: Village):
        """The village, and what it was recognised by unless by its name."""
        name = row.get("village")
        note = ""
        if not name:
            note = "dikenali dari kodenya"
        elif village.search_key not in _keys(name):
            note = f"dikenali dari nama lama “{name}”"
        row.means("village", f"{village}, {village.subdistrict} ({village.code})", note)


class ProgrammeFinder:
    """Programmes by code, name or printed name."""

    def __init__(self):
        self.programmes = list(Programme.objects.all())
        self.keys = {search_key(row.on_documents): row for row in self.programmes}
        self.keys |= {search_key(row.code): row for row in self.programmes}
        self.keys |= {search_key(row.name): row for row in self.programmes}

    def find(self, row: Row) -> Programme | None:
        written = row.get("programme")
        if not written:
            return None
        found = self.keys.get(search_key(written))
        if found is None:
            names = ", ".join(programme.name for programme in self.programmes)
            row.wrong("programme", f"Program “{written}” tidak dikenal. Yang ada: {names}.")
        else:
            row.means("programme", found.name)
        return found
