"""Loading of the official list of villages from a CSV file of the codes of the ministry: all of it, or nothing."""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import District, Subdistrict
from records import history
from records.models import Event
from records.search_keys import search_key
from villages.models import Village
from villages.services.former_names import keep_former, keep_known

REQUIRED = ["kode", "kecamatan_kode", "kecamatan", "desa"]
OPTIONAL = ["kode_pos"]
# A kelurahan's number begins with 1, a desa's with 2: the codes of invented villages (9...) cannot come in.
VILLAGE_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[12][0-9]{3}")
SUBDISTRICT_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
PROVINCES = {"18": "Lampung"}
MAX_BYTES = 5_000_000
MAX_SHOWN = 20
NAME_LENGTH = 80


@dataclass(frozen=True)
class VillageLine:
    """One village of the list; `number` is its line in the file."""

    number: int
    code: str
    subdistrict_code: str
    subdistrict: str
    name: str
    postal_code: str

    @property
    def facts(self):
        return self.code, self.subdistrict_code, self.subdistrict, self.name, self.postal_code


@dataclass
class Outcome:
    """Result of one run. `ignored`: lines without new data; `missing`: villages that the file lacks."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def read_list(path: Path) -> tuple[list[VillageLine], list[str]]:
    """Reads and checks every line; returns the lines and the ignored ones.

    Raises ValidationError that names each invalid line (at most 20).
    """
    header, rows = _table(_text(path))
    _check_header(header)
    lines: dict[str, VillageLine] = {}
    ignored: list[str] = []
    errors: list[str] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            ignored.append(f"Baris {number}: kosong.")
            continue
        if len(cells) != len(header):
            errors.append(f"Baris {number}: ada {len(cells)} kolom, seharusnya {len(header)}.")
            continue
        line = _line(number, dict(zip(header, cells, strict=True)))
        wrong = _wrong_with(line)
        duplicate = lines.get(line.code)
        if wrong:
            errors.append(f"Baris {number}: {wrong}")
        elif duplicate and duplicate.facts != line.facts:
            errors.append(
                f"Baris {number}: kode {line.code} sudah dipakai pada baris {duplicate.number} dengan isi lain."
            )
        elif duplicate:
            ignored.append(f"Baris {number}: sama dengan baris {duplicate.number}.")
        else:
            lines[line.code] = line
    errors += _disagreements(lines.values())
    if errors:
        more = [f"… dan {len(errors) - MAX_SHOWN} kesalahan lain."] if len(errors) > MAX_SHOWN else []
        raise ValidationError(errors[:MAX_SHOWN] + more)
    if not lines:
        raise ValidationError("Berkas tidak memuat satu desa pun.")
    return list(lines.values()), ignored


@transaction.atomic
def import_list(lines: list[VillageLine], *, district_name: str, edition: str, province: str = "", by=None) -> Outcome:
    """Adds and changes kabupaten, kecamatan and desa by the list; safe to run again.

    Raises ValidationError when the kabupaten of that code is known by another name, or when its province is
    not known.
    """
    outcome = Outcome()
    district = _district(lines[0].code[:5], district_name, province, by)
    subdistricts = _subdistricts(district, lines, by)
    known = {village.code: village for village in Village.objects.filter(code__in=[line.code for line in lines])}
    for line in lines:
        values = {
            "subdistrict": subdistricts[line.subdistrict_code],
            "name": line.name,
            "postal_code": line.postal_code,
            "edition": edition,
        }
        village = known.get(line.code)
        if village is None:
            known[line.code] = Village(code=line.code, **values).add(by=by, reason=f"Daftar resmi {edition}")
            outcome.added += 1
            continue
        if search_key(village.name) != search_key(line.name):
            keep_former(village, village.name, by=by, source=village.edition)
        for name, value in values.items():
            setattr(village, name, value)
        changes = village.change(by=by, reason=f"Daftar resmi {edition}")
        outcome.changed += bool(changes)
        outcome.unchanged += not changes
    keep_known({code: known[code] for code in _codes(lines)}, by=by)
    missing = Village.objects.filter(subdistrict__district=district, is_sample=False).exclude(code__in=_codes(lines))
    outcome.missing = [f"{village.code} {village.name}" for village in missing]
    return outcome


def _codes(lines) -> set[str]:
    return {line.code for line in lines}


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValidationError(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from None
    if len(raw) > MAX_BYTES:
        raise ValidationError("Berkas lebih besar dari 5 MB. Periksa apakah berkasnya benar.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError("Berkas tidak tersimpan sebagai UTF-8. Simpan ulang sebagai CSV UTF-8.") from None
    if "\0" in text:
        raise ValidationError("Berkas bukan teks CSV. Simpan ulang sebagai CSV UTF-8.")
    return text


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header in small letters, and the numbered rows. Spreadsheets of offices use a semicolon."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        return header, [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise ValidationError(f"Baris {reader.line_num}: bukan CSV yang utuh ({error}).") from None


def _check_header(header: list[str]):
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise ValidationError(
            f"Kolom {', '.join(missing)} tidak ada. Baris pertama harus memuat: {', '.join(REQUIRED + OPTIONAL)}."
        )
    if len(set(header)) != len(header):
        raise ValidationError("Ada nama kolom yang tertulis dua kali pada baris pertama.")


def _line(number: int, cells: dict[str, str]) -> VillageLine:
    clean = {name: " ".join(cells.get(name, "").split()) for name in REQUIRED + OPTIONAL}
    return VillageLine(
        number, clean["kode"], clean["kecamatan_kode"], clean["kecamatan"], clean["desa"], clean["kode_pos"]
    )


def _wrong_with(line: VillageLine) -> str:
    if not VILLAGE_CODE.fullmatch(line.code):
        return f'kode desa "{line.code}" salah. Tulis seperti 18.11.01.2001.'
    if not SUBDISTRICT_CODE.fullmatch(line.subdistrict_code):
        return f'kode kecamatan "{line.subdistrict_code}" salah. Tulis seperti 18.11.01.'
    if not line.code.startswith(line.subdistrict_code + "."):
        return f"desa {line.code} tidak termasuk kecamatan {line.subdistrict_code}."
    for label, name in [("desa", line.name), ("kecamatan", line.subdistrict)]:
        if not name:
            return f"nama {label} kosong."
        if len(name) > NAME_LENGTH:
            return f"nama {label} lebih panjang dari {NAME_LENGTH} huruf."
    if line.postal_code and not re.fullmatch(r"[0-9]{5}", line.postal_code):
        return f'kode pos "{line.postal_code}" salah. Tulis lima angka, atau kosongkan.'
    return ""


def _disagreements(lines) -> list[str]:
    """Checks that a file has one kabupaten, and a code one kecamatan."""
    errors: list[str] = []
    names: dict[str, VillageLine] = {}
    first = None
    for line in lines:
        first = first or line
        if line.code[:5] != first.code[:5]:
            errors.append(f"Baris {line.number}: {line.code} termasuk kabupaten lain daripada baris {first.number}.")
        earlier = names.setdefault(line.subdistrict_code, line)
        if earlier.subdistrict != line.subdistrict:
            errors.append(
                f"Baris {line.number}: kecamatan {line.subdistrict_code} bernama {line.subdistrict}, "
                f"pada baris {earlier.number} {earlier.subdistrict}."
            )
    return errors


def _district(code: str, name: str, province: str, by) -> District:
    district = District.objects.filter(code=code).first()
    if district is None:
        province = province or PROVINCES.get(code[:2], "")
        if not province:
            raise ValidationError(f"Provinsi dari kode {code[:2]} tidak dikenal. Tulis dengan --provinsi.")
        district = District.objects.create(code=code, name=name, province=province)
        history.record(district, Event.Verb.ADD, by=by)
    elif district.name != name:
        raise ValidationError(f"Kode {code} adalah {district}, bukan Kabupaten {name}. Periksa berkas dan namanya.")
    elif province and district.province != province:
        raise ValidationError(f"{district} terdaftar di Provinsi {district.province}, bukan {province}.")
    return district


def _subdistricts(district: District, lines: list[VillageLine], by) -> dict[str, Subdistrict]:
    found = {row.code: row for row in Subdistrict.objects.filter(code__in={line.subdistrict_code for line in lines})}
    for line in lines:
        row = found.get(line.subdistrict_code)
        if row is None:
            row = Subdistrict.objects.create(district=district, code=line.subdistrict_code, name=line.subdistrict)
            history.record(row, Event.Verb.ADD, by=by)
        elif row.name != line.subdistrict:
            changes = {"nama": [row.name, line.subdistrict]}
            row.name = line.subdistrict
            row.save(update_fields=["name"])
            history.record(row, Event.Verb.CHANGE, by=by, changes=changes)
        found[line.subdistrict_code] = row
    return found
