"""Parsers of figures: "1.250,5", "Rp1.500.000,-", "5 juta", "350 KK", "1,5 L/detik"."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError

from records.formats import number_id

DOUBTFUL = "doubtful"  # error code of an ambiguous figure
INEXACT = "inexact"  # error code of an estimate or a range
THOUSANDS, DECIMALS = "thousands", "decimals"  # what its separator may separate
SIGNS_PART = (THOUSANDS, DECIMALS)
MAX_LENGTH = 60  # longest text that is read as a figure
TIMES = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6}
TIMES |= {"miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12}
CUBIC: dict[str, Fraction | int] = {
    "m3": 1,
    "m³": 1,
    "meter kubik": 1,
    "kubik": 1,
    "liter": Fraction(1, 1000),
    "l": Fraction(1, 1000),
}
SECOND, MINUTE, HOUR = (
    ("detik", "dt", "det", "dtk", "s", "sec"),
    ("menit", "mnt", "mnit", "min"),
    ("jam", "h", "hour"),
)
LITRE = ("liter", "ltr", "l", "lt")
FLOW = {f"{litre}/{time}": Fraction(1) for litre in LITRE for time in SECOND} | {"lps": Fraction(1)}
FLOW |= {f"{litre}/{time}": Fraction(1, 60) for litre in LITRE for time in MINUTE} | {"lpm": Fraction(1, 60)}
FLOW |= {f"{litre}/{time}": Fraction(1, 3600) for litre in LITRE for time in HOUR}
FLOW |= {f"{cubic}/{time}": Fraction(1000, 3600) for cubic in ("m3", "m³") for time in HOUR}
FLOW |= {f"{cubic}/{time}": Fraction(1000) for cubic in ("m3", "m³") for time in SECOND}
# Unit that a label names, and the words allowed behind the figure with their factors.
UNITS: tuple[tuple[re.Pattern[str], Mapping[str, Fraction | int]], ...] = (
    (re.compile(r"\brp\b|\brupiah\b"), {"rupiah": 1, "rp": 1, "idr": 1}),
    (re.compile(r"\bl/detik\b|\bl/dt\b"), FLOW),
    (re.compile(r"\bm³|\bm3\b"), CUBIC),
    (re.compile(r"\bkk\b|\bkeluarga\b"), {"kk": 1, "keluarga": 1, "kepala keluarga": 1}),
    (re.compile(r"\bjiwa\b|\borang\b"), {"jiwa": 1, "orang": 1, "org": 1}),
    (re.compile(r"\bsr\b|\bsambungan\b"), {"sr": 1, "sambungan": 1, "sambungan rumah": 1, "unit": 1}),
    (re.compile(r"\bhu/ku\b|\bkran\b"), {"hu": 1, "ku": 1, "unit": 1, "buah": 1}),
    (re.compile(r"\bjam\b"), {"jam": 1, "jam/hari": 1}),
    (re.compile(r"%"), {"%": 1, "persen": 1}),
)
ANY = {word: factor for _, units in UNITS for word, factor in units.items() if factor == 1}
_SHAPE = re.compile(
    r"(-)?\s*(?:rp\.?|idr)?\s*(-)?\s*([\d.,]*\d)\s*(?:,-+|\.-+|,=|\.)?\s*([^\d]*3?(?:/\s*\D+)?)",
    re.IGNORECASE | re.ASCII,
)
_ROUNDED = re.compile(r"[\d.,]+\s*e\s*[+-]?\s*\d+", re.IGNORECASE)
_ABOUT = re.compile(
    r"[±~≈<>≤≥]|\+\s*/\s*-|\+-|(?:kira|sekitar|kurang|lebih|hampir|k/l\b|kl\b|maks|min|mak|sampai|s\.?/?d\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:rp\.?\s*)?[0-9][0-9.,]*\s*(?:[-–—]|s\.?/?d\.?|sampai)\s*(?:rp\.?\s*)?[0-9][0-9.,]*\D*", re.IGNORECASE
)
NOTHING = re.compile(r"(?:rp\.?\s*)?[-–—]+", re.IGNORECASE)


def units_of(label: str) -> Mapping[str, Fraction | int]:
    """The words allowed behind a figure under this label, with the factor of each; without a label any unit."""
    plain = label.lower()
    if not plain:
        return ANY
    return next((units for pattern, units in UNITS if pattern.search(plain)), {})


def is_money(label: str) -> bool:
    return UNITS[0][0].search(label.lower()) is not None


def read(text: str, places: int = 0, *, label: str = "") -> Decimal | None:
    """The figure with at most `places` decimals, in the unit that the `label` names; None for an empty text."""
    written = _plain(text)
    if not written or NOTHING.fullmatch(written):
        return None
    shown = written[:40]
    if _ROUNDED.fullmatch(written):
        raise ValidationError(f"“{shown}” sudah dibulatkan oleh Excel. Tulis angkanya lengkap.")
    found = _SHAPE.fullmatch(written) if len(written) <= MAX_LENGTH else None
    if not found and (kind := _inexact(written)):
        raise ValidationError(f"“{shown}” bukan angka pasti, melainkan {kind}. Tulis satu angka saja.", INEXACT)
    if not found:
        raise ValidationError(f"“{shown}” bukan angka. Tulis angka saja, misalnya {_example(places)}.", "invalid")
    value = _digits(found[3], places, shown)
    factor = _factor(found[4], found[3], label, shown)
    if factor != 1 and (value * factor * 10**places).denominator != 1:
        unit = next(iter(units_of(label)), "")
        raise ValidationError(f"“{shown}” tidak genap dalam {unit}. Hitung dan tulis angkanya dalam {unit}.")
    return exactly(-value * factor if found[1] or found[2] else value * factor, places, shown)


def _inexact(written: str) -> str:
    """Whether the text is an estimate or a range: "± 350 KK", "5-6"."""
    if len(written) > MAX_LENGTH or not re.search(r"[0-9]", written):
        return ""
    if _ABOUT.match(written) or written.endswith(("-an", "lebih")):
        return "perkiraan"
    return "rentang" if _RANGE.fullmatch(written) else ""


def exactly(value: Fraction | Decimal, places: int, shown: str) -> Decimal:
    """The value with at most `places` decimals. Raises ValidationError where it would be rounded."""
    scaled = Fraction(value) * 10**places
    if scaled.denominator != 1:
        expected = f"paling banyak {places} angka di belakang koma" if places else "bilangan bulat, tanpa pecahan"
        raise ValidationError(f"“{shown}” harus {expected}.", None if places else "invalid")
    return Decimal(f"{scaled.numerator}e-{places}")  # from text, which no decimal context rounds


def of_number(number: int | float, places: int) -> Decimal:
    """A figure from a numeric cell, with the 15 digits of a spreadsheet."""
    value = Decimal(number) if isinstance(number, int) else Decimal(format(number, ".15g"))
    return exactly(value, places, number_id(value))


def _plain(text: str) -> str:
    written = " ".join(text.replace("−", "-").split())
    return written[1:] if written.startswith("'") else written


def _example(places: int) -> str:
    return "1.250 atau 2,5" if places else "1.250"


def _digits(digits: str, places: int, shown: str) -> Fraction:
    """One rule for both separators: a dot separates thousands, a comma decimals; an ambiguous figure is refused."""
    comma, dot = digits.count(","), digits.count(".")
    if comma and dot:
        last = max(digits.rfind(","), digits.rfind("."))
        head, tail = digits[:last], digits[last + 1 :]
        if digits.count(digits[last]) == 1 and _grouped(head):
            return _fraction(re.sub(r"[.,]", "", head), tail)
        raise _unreadable(shown)
    if comma + dot == 0:
        return Fraction(int(digits))
    if comma + dot > 1:
        if _grouped(digits):
            return Fraction(int(re.sub(r"[.,]", "", digits)))
        raise _unreadable(shown)
    head, tail = re.split(r"[.,]", digits)
    if len(tail) == 3 and head.strip("0"):
        if dot and _grouped(digits):
            return Fraction(int(head + tail))
        if not (comma and places >= 3):
            raise _doubtful(head, tail, places, shown)
    return _fraction(head, tail)


def _grouped(digits: str) -> bool:
    """Groups of three digits after the first, with one kind of separator."""
    return re.fullmatch(r"[1-9]\d{0,2}(?:(?:\.\d{3})*|(?:,\d{3})*)", digits) is not None


def _fraction(head: str, tail: str) -> Fraction:
    return Fraction(int(head or "0") * 10 ** len(tail) + int(tail or "0"), 10 ** len(tail))


def _unreadable(shown: str) -> ValidationError:
    return ValidationError(f"Titik dan koma pada “{shown}” tidak jelas. Tulis seperti 1.250.000 atau 2,5.")


def _doubtful(head: str, tail: str, places: int, shown: str) -> ValidationError:
    thousands = number_id(int(head + tail))
    other = f"paling banyak {places} angka di belakang koma" if places else number_id(int(head))
    return ValidationError(
        f"“{shown}” meragukan: tiga angka di belakang satu tanda. Tulis {thousands} bila maksudnya ribuan, atau "
        f"{other} bila bukan.",
        DOUBTFUL,
    )


def decided(text: str, sign: str) -> str:
    """An ambiguous figure rewritten so that its only separator separates `sign`: "75,000" is "75000" or "75,0000"."""

    def rewrite(found: re.Match) -> str:
        head, tail = found[1], found[2]
        return head + tail if sign == THOUSANDS else f"{head},{tail}0"  # four digits are no group of thousands

    return re.sub(r"(\d+)[.,](\d{3})(?!\d)", rewrite, text, count=1)


def _factor(words: str, digits: str, label: str, shown: str) -> Fraction:
    """The factor of the words behind the figure."""
    rest = re.sub(r"\s*/\s*|\s+per\s+", "/", words.lower().strip().removesuffix(".").strip())
    if not rest:
        return Fraction(1)
    factor = Fraction(1)
    first, _, behind = rest.partition(" ")
    times = TIMES.get(first.removesuffix("."))
    if times:
        if re.search(r"[.,]\d{3}$", digits):
            raise ValidationError(f"“{shown}” meragukan. Tulis angkanya lengkap, misalnya 1.500.000.")
        factor, rest = Fraction(times), behind.strip()
    units = units_of(label)
    if rest and rest not in units:
        raise ValidationError(_no_unit(rest, units, shown))
    return factor * units[rest] if rest else factor


def _no_unit(word: str, units: Mapping[str, Fraction | int], shown: str) -> str:
    if word in {"m", "mil", "k", "t"} and "rupiah" in units:
        return f"“{word}” pada “{shown}” tidak jelas. Tulis angkanya lengkap, misalnya 1.500.000."
    known = f" dalam {next(iter(units))}" if units else ""
    return f"“{word}” pada “{shown}” tidak dikenal. Tulis angkanya saja{known}."
