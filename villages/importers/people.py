"""The columns that tell of a person."""

from django.core.exceptions import ValidationError

from records.fields import PhoneField
from records.imports import cells
from records.imports.columns import Column
from records.imports.files import Cell
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
_phone = PhoneField(required=False)


def phone(cell: Cell) -> str | None:
    """A telephone number as E.164; Excel takes the zero in front away, which is put back. Raises ValidationError."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        cell = str(cell)
    written = cells.text(40)(cell)
    if written is None:
        return None
    digits = "".join(sign for sign in written if sign.isdigit())
    if digits.startswith("8") and not written.startswith("+"):
        written = "0" + digits
    elif digits.startswith("62") and not written.startswith("+"):
        written = "+" + digits
    try:
        return _phone.clean(written) or None
    except ValidationError:
        raise ValidationError("Nomor HP tidak benar. Tulis seperti 0812 3456 7890, satu nomor saja.") from None


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
        ("hp", "no hp", "no. hp", "telepon", "no telepon", "nomor telepon", "telp", "kontak", "no wa", "whatsapp"),
        example="0812 3456 7890",
        private=True,
    ),
    Column("hamlet", "Dusun", cells.of(Person, "hamlet"), ("alamat dusun", "nama dusun"), example="Dusun I"),
)
