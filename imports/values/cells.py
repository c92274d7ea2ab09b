"""Readers of cells: text, numbers, days, choices, as people write them here.

Each reader takes a cell of imports.files.books and returns the value, or None for an empty cell. It raises
ValidationError with one sentence: what is wrong and what to write.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from imports.files.books import Cell
from imports.values import formats
from imports.values.vocabulary import Vocabulary, register
from records import letters
from records.fields import is_name, whole_bounds
from records.formats import number_id, rupiah
from records.parsers import days, numbers
from records.parsers import degrees as coordinates
from records.parsers.abbreviations import word_key

Reader = Callable[[Cell], Any]

EMPTY = {"", "-", "--", "–", "—", ".", "nihil", "n/a", "#n/a", "null", "belum ada data"}
ROUNDED = f"dibulatkan ke {coordinates.POINT_PLACES} angka di belakang koma"
DITTO = {"idem", "id.", "sda", "sda.", "s.d.a", "s.d.a.", "s d a", "ditto", "sama dengan di atas", "sama di atas"}
DITTO |= {"sama dengan atas", "sama dgn di atas", "sama dgn atas", "sama seperti di atas", "sama dengan diatas"}
DITTO_SIGNS = re.compile(r"[\s\-–—.]*(?:[\"“”„〃″]|''|’’|,,|‘‘)[\s\-–—.\"“”„〃″'’,]*")
FORMULA_ERRORS = ("#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!")
YES = {"ya", "y", "yes", "ada", "benar", "true", "1", "v", "x", "✓", "√", "sudah", "aktif"}
NO = {"tidak", "t", "no", "tidakada", "belum", "salah", "false", "0", "tdk"}


def shown(cell: Cell) -> str:
    """The cell as text, as the file shows it."""
    match cell:
        case str():
            return cell
        case None:
            return ""
        case bool():
            return "ya" if cell else "tidak"
        case {"day": day}:
            return f"{date.fromisoformat(day):%d-%m-%Y}"
        case {"time": moment}:
            return moment
        case {"merged": text}:
            return f"{text} (sel gabungan)"
    return str(cell)


def is_ditto(cell: Cell) -> bool:
    """Whether the cell means the same as above: "idem", "sda", 〃, -"-."""
    if not isinstance(cell, str):
        return False
    if cell.strip().lower() in DITTO:
        return True
    return not cell[:1].isalnum() and DITTO_SIGNS.fullmatch(cell) is not None


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in EMPTY)


def _written(cell: Cell) -> str | None:
    if is_empty(cell):
        return None
    text = shown(cell)
    if text.lower() in FORMULA_ERRORS:
        raise ValidationError(f"Sel berisi kesalahan rumus ({text}). Tulis nilainya.")
    return text


def text(max_length: int) -> Reader:
    def read(cell: Cell) -> str | None:
        value = _written(cell)
        if value and len(value) > max_length:
            raise ValidationError(f"Terlalu panjang: {len(value)} huruf, paling banyak {max_length}.")
        return value

    return read


def identifier(max_length: int) -> Reader:
    """Reader of numbers that are names (rekening, nomor surat): a long numeric cell has lost its last digits."""

    def read(cell: Cell) -> str | None:
        if isinstance(cell, float) or (isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) >= 10**15):
            raise ValidationError("Angka ini dibulatkan oleh Excel. Ubah format sel menjadi Teks, lalu tulis lagi.")
        return text(max_length)(cell)

    return read


def figure(read: Reader) -> Reader:
    """Marks a reader of quantities: the value of a merged cell is no quantity of each of its rows."""
    read.is_figure = True  # type: ignore[attr-defined]  # readers are functions that carry facts
    return read


def _counted(read: Reader, label: str) -> Reader:
    """A reader of quantities, shown as money where its label names rupiah."""
    return figure(formats.shown_as(read, rupiah) if numbers.is_money(label) else read)


def decimal(places: int, digits: int = 15, *, label: str = "") -> Reader:
    """A number with at most `places` decimals: "1.250,5", "Rp1.500.000,-"; `label` names its unit ("350 KK")."""

    def read(cell: Cell) -> Decimal | None:
        value = _number(cell, places, label)
        if value is not None and abs(value) >= Decimal(10) ** (digits - places):
            raise ValidationError(f"Angka “{shown(cell)[:40]}” terlalu besar. Periksa titik dan komanya.")
        return value

    return _counted(read, label)


def whole(least: int = 0, maximum: int = 2_147_483_647, *, label: str = "") -> Reader:
    def read(cell: Cell) -> int | None:
        value = _number(cell, 0, label)
        if value is None:
            return None
        if value < least and least == 0:
            raise ValidationError(f"“{shown(cell)[:40]}” tidak boleh negatif.")
        if not least <= value <= maximum:
            limits = f"antara {number_id(least)} dan {number_id(maximum)}"
            raise ValidationError(f"“{shown(cell)[:40]}” harus {limits}. Periksa titik dan komanya.")
        return int(value)

    return _counted(read, label)


def degrees(axis: str, places: int = coordinates.POINT_PLACES) -> Reader:
    """Lintang or bujur (records.parsers.degrees.LAT, LNG); `note` of the reader says where a cell was rounded."""

    def read(cell: Cell) -> Decimal | None:
        if isinstance(cell, bool | dict):
            raise ValidationError(f"“{shown(cell)[:40]}” bukan derajat.")
        text = plain(cell)
        return coordinates.read(text, axis, places) if text else None

    def plain(cell: Cell) -> str | None:
        return format(Decimal(format(cell, ".15g")), "f") if isinstance(cell, int | float) else _written(cell)

    def note(cell: Cell) -> str:
        return ROUNDED if coordinates.is_rounded(plain(cell) or "", places) else ""

    read.note = note  # type: ignore[attr-defined]  # readers are functions that carry facts
    return figure(read)


def year(cell: Cell) -> int | None:
    """ "2017", "TA 2017", "TA. 2017"."""
    return year_from(2000)(cell)


formats.shown_as(year, str)


def year_from(first: int, last: int = days.LATEST) -> Reader:
    def read(cell: Cell) -> int | None:
        written = _written(cell)
        return days.year(written, first=first, last=last) if written else None

    return formats.shown_as(read, str)


def _number(cell: Cell, places: int, label: str) -> Decimal | None:
    if isinstance(cell, dict) and "merged" in cell:
        raise ValidationError(f"“{cell['merged']}” digabung untuk beberapa baris. Tulis angka tiap baris sendiri.")
    if isinstance(cell, bool | dict):
        raise ValidationError(f"“{shown(cell)[:40]}” bukan angka. Tulis angka saja.")
    if isinstance(cell, int | float):
        return numbers.of_number(cell, places)
    written = _written(cell)
    return numbers.read(written, places, label=label) if written else None


def day(cell: Cell) -> date | None:
    """A date cell, or text as records.parsers.days reads it."""
    if isinstance(cell, dict) and "day" in cell:
        value = date.fromisoformat(cell["day"])
        if not days.EARLIEST <= value.year <= days.LATEST:
            raise ValidationError(f"Periksa tahun pada tanggal “{shown(cell)}”.")
        return value
    written = _written(cell)
    return days.read(written) if written else None


def past_day(cell: Cell) -> date | None:
    """Reader of a day in the past."""
    value = day(cell)
    days.past_day(value)
    return value


def near_day(cell: Cell) -> date | None:
    """Reader of a day that may lie up to a year ahead."""
    value = day(cell)
    days.near_day(value)
    return value


def yes_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    written = _written(cell)
    if written is None:
        return None
    key = word_key(written) or written.strip().lower()
    if key in YES or key in NO:
        return key in YES
    raise ValidationError(f"“{written}” tidak dikenal. Tulis Ya atau Tidak.")


def choice(vocabulary: Vocabulary) -> Reader:
    """Reader of one value of a choice, by its code, its label or a synonym."""

    def read(cell: Cell) -> str | None:
        written = _written(cell)
        return None if written is None else vocabulary.read(written)

    return formats.shown_as(read, vocabulary.labels.__getitem__)


def words_of(
    model: type[models.Model],
    name: str,
    synonyms: dict[str, str] | None = None,
    doubtful: dict[str, tuple[str, ...]] | None = None,
) -> Vocabulary:
    """The vocabulary of a column with choices."""
    column: Any = model._meta.get_field(name)
    labels = {value: str(label) for value, label in column.choices if value}
    label = str(column.verbose_name)
    topic = f"{model._meta.label_lower}.{name}"
    return register(Vocabulary(topic, label[:1].upper() + label[1:], labels, synonyms or {}, doubtful or {}))


def of(
    model: type[models.Model],
    name: str,
    synonyms: dict[str, str] | None = None,
    doubtful: dict[str, tuple[str, ...]] | None = None,
) -> Reader:
    """The reader for a column of a model, with its validators."""
    field: Any = model._meta.get_field(name)
    if field.choices:
        read = choice(words_of(model, name, synonyms, doubtful))
    elif isinstance(field, models.DateField):
        read = day
    elif isinstance(field, models.BooleanField):
        read = yes_no
    elif isinstance(field, models.DecimalField):
        read = decimal(field.decimal_places, field.max_digits, label=str(field.verbose_name))
    elif isinstance(field, models.IntegerField):
        read = whole(*whole_bounds(field), label=str(field.verbose_name))
    else:
        read = text(field.max_length)
    validators = [] if field.choices else [*field.validators, *([letters.check_name] if is_name(field) else [])]

    def checked(cell: Cell) -> object:
        value = read(cell)
        if value is not None:
            for validate in validators:
                validate(value)
        return value

    formats.shown_as(checked, formats.of(read))
    return figure(checked) if getattr(read, "is_figure", False) else checked
