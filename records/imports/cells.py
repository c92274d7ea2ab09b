"""What a cell means: text, numbers, days, choices, as people write them here.

Each reader takes a cell as records.imports.files keeps it and gives the value, or None for an empty one. It raises
ValidationError with one sentence that says what is wrong and what to write.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from records.imports.files import Cell
from records.search import search_key
from records.words import MONTHS, MONTHS_SHORT

Reader = Callable[[Cell], Any]

EMPTY = {"", "-", "--", "–", "—", ".", "nihil", "n/a", "#n/a", "null"}
FORMULA_ERRORS = ("#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!")
NUMBER = re.compile(r"(?:rp\.?\s*)?(-?\s*[\d.,]+?)(?:,-|\.-)?\s*(?:[a-z³/%]+3?(?:\s*/\s*[a-z]+)?)?", re.IGNORECASE)
YES = {"ya", "y", "yes", "ada", "benar", "true", "1", "v", "x", "✓", "√", "sudah", "aktif"}
NO = {"tidak", "t", "no", "tidakada", "belum", "salah", "false", "0", "tdk"}
EARLIEST, LATEST = 1945, 2100
MONTH_NAMES = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH_NAMES |= {name.lower(): number for number, name in enumerate(MONTHS_SHORT, 1)}
# Spellings of offices and of English Excel [usual practice].
MONTH_NAMES |= {
    "pebruari": 2,
    "peb": 2,
    "nopember": 11,
    "nop": 11,
    "sept": 9,
    "agust": 8,
    "ags": 8,
    "agu": 8,
    "juny": 6,
}
MONTH_NAMES |= {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "aug": 8}
MONTH_NAMES |= {"october": 10, "oct": 10, "december": 12, "dec": 12, "mrt": 3}


def shown(cell: Cell) -> str:
    """The cell as text, as in its file."""
    match cell:
        case None:
            return ""
        case bool():
            return "ya" if cell else "tidak"
        case {"day": day}:
            return f"{date.fromisoformat(day):%d-%m-%Y}"
        case {"time": moment}:
            return moment
    return str(cell)


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in EMPTY)


def _written(cell: Cell) -> str | None:
    if is_empty(cell):
        return None
    text = shown(cell)
    if text.lower() in FORMULA_ERRORS:
        raise ValidationError(f"Sel berisi kesalahan rumus ({text}). Tulis nilainya.")
    return text


def text(longest: int) -> Reader:
    def read(cell: Cell) -> str | None:
        value = _written(cell)
        if value and len(value) > longest:
            raise ValidationError(f"Terlalu panjang: {len(value)} huruf, paling banyak {longest}.")
        return value

    return read


def identifier(longest: int) -> Reader:
    """Numbers that are names (rekening, nomor surat): a long one of type number has lost its last digits."""

    def read(cell: Cell) -> str | None:
        if isinstance(cell, float) or (isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) >= 10**15):
            raise ValidationError("Angka ini dibulatkan oleh Excel. Ubah format sel menjadi Teks, lalu tulis lagi.")
        return text(longest)(cell)

    return read


def decimal(places: int, digits: int = 15) -> Reader:
    """A number with at most `places` decimals: "1.250,5", "Rp1.500.000,-", "350 KK"."""

    def read(cell: Cell) -> Decimal | None:
        value = _number(cell)
        if value is None:
            return None
        if abs(value) >= Decimal(10) ** (digits - places):
            raise ValidationError(f"Angka “{shown(cell)[:40]}” terlalu besar. Periksa titik dan komanya.")
        if value != round(value, places):
            if isinstance(cell, float):
                return round(value, places)  # 0.1 + 0.2 of a formula
            said = f"paling banyak {places} angka di belakang koma" if places else "bilangan bulat"
            raise ValidationError(f"“{shown(cell)[:40]}” harus {said}.")
        return value

    return read


def whole(least: int = 0, most: int = 2_147_483_647) -> Reader:
    read_decimal = decimal(0, 20)

    def read(cell: Cell) -> int | None:
        value = read_decimal(cell)
        if value is None:
            return None
        if value < least and least == 0:
            raise ValidationError(f"“{shown(cell)}” tidak boleh negatif.")
        if not least <= value <= most:
            raise ValidationError(f"“{shown(cell)}” harus antara {least} dan {most}.")
        return int(value)

    return read


def year(cell: Cell) -> int | None:
    """ "2017", "TA 2017", "TA. 2017"."""
    written = _written(cell)
    if written is None:
        return None
    found = re.fullmatch(r"(?:ta|tahun|th|thn)?\.?\s*(20\d\d)(?:[.,]0+)?", written.strip(), re.IGNORECASE)
    if not found:
        raise ValidationError(f"“{written}” bukan tahun. Tulis empat angka, misalnya 2017.")
    return int(found[1])


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool | dict):
        raise ValidationError(f"“{shown(cell)}” bukan angka. Tulis angka saja.")
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    written = _written(cell)
    if written is None:
        return None
    found = NUMBER.fullmatch(written.strip())
    digits = found[1].replace(" ", "") if found else ""
    try:
        return Decimal(_plain(digits))
    except InvalidOperation:
        raise ValidationError(f"“{written}” bukan angka. Tulis angka saja, misalnya 1.250 atau 2,5.") from None


def _plain(digits: str) -> str:
    """One dot before the decimals, no sign between thousands. Here the comma parts decimals, the dot thousands."""
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        decimals = max(comma, dot)
        return digits[:decimals].replace(",", "").replace(".", "") + "." + digits[decimals + 1 :]
    if comma >= 0:
        return digits.replace(",", ".") if digits.count(",") == 1 else digits.replace(",", "")
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", digits):
        return digits.replace(".", "")
    return digits


def day(cell: Cell) -> date | None:
    """A date cell, or text: "4 Desember 2018", "Selasa, 4 Des 2018", "04-12-2018", "4/12/2018", "2018-12-04"."""
    if isinstance(cell, dict) and "day" in cell:
        return _sane(date.fromisoformat(cell["day"]), cell)
    written = _written(cell)
    if written is None:
        return None
    wrong = ValidationError(f"“{written}” bukan tanggal. Tulis seperti 04-12-2018 atau 4 Desember 2018.")
    plain = re.sub(r"^[a-z']+,?\s+(?=\d)", "", written.strip().lower())
    plain = re.sub(r"(?<=\d)\s*wib$|\s+00[:.]00([:.]00)?$", "", plain)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", plain):
        parts = (int(found[3]), int(found[2]), int(found[1]))
    elif found := re.fullmatch(r"(\d{1,2})[-/. ]*([a-z]+)\.?[-/. ,]*(\d{4})", plain):
        if found[2] not in MONTH_NAMES:
            raise wrong
        parts = (int(found[3]), MONTH_NAMES[found[2]], int(found[1]))
    else:
        raise wrong
    try:
        return _sane(date(*parts), cell)
    except ValueError:
        raise ValidationError(f"Tanggal “{written}” tidak ada dalam kalender. Periksa hari dan bulannya.") from None


def _sane(value: date, cell: Cell) -> date:
    if not EARLIEST <= value.year <= LATEST:
        raise ValidationError(f"Periksa tahun pada tanggal “{shown(cell)}”.")
    return value


def yes_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    written = _written(cell)
    if written is None:
        return None
    key = search_key(written) or written.strip().lower()
    if key in YES or key in NO:
        return key in YES
    raise ValidationError(f"“{written}” tidak dikenal. Tulis Ya atau Tidak.")


def choice(choices: Any, synonyms: dict[str, str] | None = None) -> Reader:
    """One of Django's TextChoices, by its code, its label or a synonym (search keys)."""
    known = {search_key(value): value for value, _ in choices.choices if value}
    known |= {search_key(label): value for value, label in choices.choices if value}
    known |= {search_key(word): value for word, value in (synonyms or {}).items()}
    known.pop("", None)  # signs alone have no key and mean nothing
    labels = ", ".join(str(label) for value, label in choices.choices if value)

    def read(cell: Cell) -> str | None:
        written = _written(cell)
        if written is None:
            return None
        value = known.get(search_key(written))
        if value is None:
            raise ValidationError(f"“{written}” tidak dikenal. Pilih salah satu: {labels}.")
        return value

    return read


def of(model: type[models.Model], name: str, synonyms: dict[str, str] | None = None) -> Reader:
    """The reader that fits a column of a model, its validators included."""
    field: Any = model._meta.get_field(name)
    if field.choices:
        enum = type("Choices", (), {"choices": field.choices})
        read = choice(enum, synonyms)
    elif isinstance(field, models.DateField):
        read = day
    elif isinstance(field, models.BooleanField):
        read = yes_no
    elif isinstance(field, models.DecimalField):
        read = decimal(field.decimal_places, field.max_digits)
    elif isinstance(field, models.IntegerField):
        read = whole(most=_largest(field))
    else:
        read = text(field.max_length)
    validators = [] if field.choices else field.validators

    def checked(cell: Cell) -> Any:
        value = read(cell)
        if value is not None:
            for validate in validators:
                validate(value)
        return value

    return checked


def _largest(field: models.IntegerField) -> int:
    """What each database takes."""
    if isinstance(field, models.PositiveSmallIntegerField | models.SmallIntegerField):
        return 32_767
    if isinstance(field, models.PositiveBigIntegerField | models.BigIntegerField):
        return 10**15
    return 2_147_483_647
