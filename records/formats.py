"""Indonesian formats of an office: dates, numbers, money, counts of people (in words: records.in_words).

The forms are those of docs/domain/documents.md. All functions return plain text, so that page, document and message
agree. Moments are converted to the local time zone first; a date is used as it is.
"""

import functools
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Concatenate, ParamSpec, TypeVar

from django.utils import timezone

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")

_INDONESIAN = re.compile(r"\+62[0-9]{7,13}")

Number = int | Decimal | float | str
P = ParamSpec("P")
V = TypeVar("V")


def nothing_for_none(function: Callable[Concatenate[V, P], str]) -> Callable[Concatenate[V | None, P], str]:
    """Decorator: the text of None is empty, so an unknown value breaks no page."""

    @functools.wraps(function)
    def text(value: V | None, /, *args: P.args, **kwargs: P.kwargs) -> str:
        return "" if value is None else function(value, *args, **kwargs)

    return text


def local_day(value: date) -> date:
    """The local day of a moment; a date is returned unchanged."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@nothing_for_none
def date_id(value: date) -> str:
    """ "4 Desember 2018"."""
    day = local_day(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@nothing_for_none
def day_date(value: date) -> str:
    """ "Selasa, 4 Desember 2018"."""
    day = local_day(value)
    return f"{DAYS[day.weekday()]}, {date_id(day)}"


def span(first: date | None, last: date | None) -> str:
    """ "4 s.d. 6 Desember 2018"; month and year are printed once when both days share them.

    Raises ValueError when the span ends before it begins. Empty where one of the days is not known.
    """
    if first is None or last is None:
        return ""
    start, end = local_day(first), local_day(last)
    if end < start:
        raise ValueError(f"span ends before it begins: {start} - {end}")
    if start == end:
        return date_id(start)
    if start.year != end.year:
        return f"{date_id(start)} s.d. {date_id(end)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} s.d. {date_id(end)}"
    return f"{start.day} s.d. {date_id(end)}"


def from_until(starts_on: date, ends_on: date | None, still: str = "") -> str:
    """ "12 Februari 2018 s.d. 1 Januari 2020"; with no end the day and `still`: "12 Februari 2018 sampai sekarang"."""
    return f"{date_id(starts_on)} {f's.d. {date_id(ends_on)}' if ends_on else still}".strip()


_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@nothing_for_none
def iso_date_id(text: object) -> str:
    """ "2018-12-04", as a browser sends it and older histories have it, as "4 Desember 2018"; other text stays."""
    plain = str(text)
    if not _ISO_DATE.fullmatch(plain):
        return plain
    try:
        return date_id(date.fromisoformat(plain))
    except ValueError:
        return plain


@nothing_for_none
def time_id(value: time | datetime) -> str:
    """ "08.00", with dot and leading zero."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H.%M}"


def time_span(starts: time, ends: time) -> str:
    """ "08.00 s.d. 16.30 WIB"."""
    return f"{time_id(starts)} s.d. {time_id(ends)} WIB"


@nothing_for_none
def moment_id(value: datetime) -> str:
    """ "4 Desember 2018, 08.00 WIB"."""
    return f"{date_id(value)}, {time_id(value)} WIB"


@nothing_for_none
def number_id(value: Number, decimals: int | None = None) -> str:
    """ "1.250,5": dot for thousands, comma for decimals.

    Without `decimals` the fraction is printed as it is, trailing zeros dropped; with it the value is
    rounded half up.
    """
    number = decimal_of(value)
    if not number.is_finite():
        return ""
    if decimals is not None:
        number = _rounded(number, decimals)
    text = f"{number:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("-0.,"):
        text = text.lstrip("-")  # a rounded -0,4 is 0, not -0
    return text.translate(str.maketrans(",.", ".,"))


def decimal_of(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _rounded(number: Decimal, decimals: int) -> Decimal:
    """Half up, whatever the size of a finite number."""
    with localcontext(prec=max(28, number.adjusted() + decimals + 5)):
        return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@nothing_for_none
def rupiah(value: Number) -> str:
    """ "Rp94.935.000": whole rupiah, as on screens and in tables."""
    return _money(value, 0)


@nothing_for_none
def rupiah_letter(value: Number) -> str:
    """ "Rp1.250.000,00": the form of letters, without a space."""
    return _money(value, 2)


def _money(value: Number, decimals: int) -> str:
    text = number_id(value, decimals)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


@nothing_for_none
def percent(value: Number, decimals: int = 1) -> str:
    """ "85,7 %", and "50 %" without an empty decimal. "100 %" only for all and "0 %" only for none: 99,97 is 99,9 %."""
    exact, least = decimal_of(value), Decimal(1).scaleb(-decimals)
    if not exact.is_finite():
        return ""
    for whole in (0, 100):
        if exact != whole and _rounded(exact, decimals) == whole:
            value = whole + (least if exact > whole else -least)
    text = number_id(value, decimals)
    return f"{text.removesuffix(',' + '0' * decimals) if decimals else text} %"


def people_count(men: int | None, women: int | None) -> str:
    """ "48 orang (30 L, 18 P)"."""
    if men is None or women is None:
        return ""
    return f"{number_id(men + women)} orang ({number_id(men)} L, {number_id(women)} P)"


def enumeration(parts: Sequence[str]) -> str:
    """ "tanggal", "tanggal dan tempat", "tanggal, jam dan tempat"."""
    return " dan ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


@nothing_for_none
def file_size(count: int) -> str:
    """Bytes as people read them: "1 KB" at least, "2,4 MB" from a million on."""
    if count >= 1_000_000:
        return f"{number_id(decimal_of(count) / 1_000_000, 1)} MB"
    return f"{max(1, round(count / 1_000))} KB"


@nothing_for_none
def nip(value: str) -> str:
    """The 18 digits of a civil servant's number in groups of 8-6-1-3; anything else comes back as typed."""
    digits = re.sub(r"\s", "", value)
    if not re.fullmatch(r"[0-9]{18}", digits):
        return value
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


@nothing_for_none
def phone_id(value: str) -> str:
    """A stored number (+6281234567890) as people write it: 0812-3456-7890; foreign ones stay."""
    if not _INDONESIAN.fullmatch(value):
        return value
    local = f"0{value[3:]}"
    return "-".join(filter(None, (local[:4], local[4:8], local[8:])))


# Words of a name in capitals that are in lower case, or stay in capitals, within a sentence.
SMALL_WORDS = {"dan", "serta", "di", "ke", "dari", "untuk", "atau"}
ABBREVIATIONS = {"PU", "PR", "PUPR", "PUTR", "PMD", "KB", "RI", "II", "III", "IV"}


def in_sentence(name: str) -> str:
    """ "DINAS PERUMAHAN DAN PERMUKIMAN" of a letterhead for running text: "Dinas Perumahan dan Permukiman".

    A name that is not all in capitals is not changed.
    """
    if not name.isupper():
        return name
    words = [word if word in ABBREVIATIONS else word.capitalize() for word in name.split()]
    return " ".join(word.lower() if at and word.lower() in SMALL_WORDS else word for at, word in enumerate(words))
