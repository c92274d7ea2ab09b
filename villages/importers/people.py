"""Import columns of a person."""

from django.core.exceptions import ValidationError

from imports.files.books import Cell
from imports.tables.columns import Column
from imports.values import cells
from imports.values.formats import shown_as
from records.formats import phone_id
from records.parsers import phones
from villages.models import Person

SEXES = {
    "lk": "L",
    "lakilaki": "L",
    "laki": "L",
    "pria": "L",
    "m": "L",
    "pr": "P",
    "wanita": "P",
    "perempuan": "P",
    "w": "P",
    "f": "P",
}


# As offices head the column: "No. HP/WA", "Telp", "Nomor WA aktif".
PHONE_TITLE = (
    r"(?=.*(?:te?lp|telepon|tlp|hp|hape|wa|whatsapp|handphone|ponsel|kontak|contact|cp))(?:no|nomor|nomer)?"
    r"(?:telepon|telpon|telp|tlpn?|handphone|hape|hp|wa|whatsapp|ponsel|seluler|kontak|contact|person|cp|dan|atau|yang|"
    r"aktif|peserta|pengurus)+"
)


ROUNDED = 100_000  # a numeric cell with so many trailing zeros was "8,12E+11" before


_text = cells.text(60)


def phone(cell: Cell) -> str | None:
    """A telephone number as E.164; "tidak ada" and the like are empty. Raises ValidationError."""
    if isinstance(cell, float) or (isinstance(cell, int) and cell >= 10**9 and cell % ROUNDED == 0):
        raise ValidationError("Nomor HP ini dibulatkan oleh Excel. Ubah format kolomnya menjadi Teks, lalu tulis lagi.")
    written = _text(cell)
    return phones.read(written) or None if written else None


shown_as(phone, phone_id)

PERSON_COLUMNS = (
    Column(
        "name",
        "Nama",
        cells.of(Person, "name"),
        ("nama lengkap", "nama peserta", "nama pengurus", "nama orang"),
        required=True,
        example="Sutrisno",
    ),
    Column(
        "sex",
        "L/P",
        cells.of(Person, "sex", SEXES),
        ("jenis kelamin", "jk", "gender", "l p", "kelamin", "sex"),
        example="L",
        help="Wajib untuk orang yang belum tercatat.",
    ),
    Column(
        "phone",
        "Nomor HP",
        phone,
        pattern=PHONE_TITLE,
        example="0812 3456 7890",
    ),
    Column("hamlet", "Dusun", cells.of(Person, "hamlet"), ("alamat dusun", "nama dusun"), example="Dusun I"),
)
