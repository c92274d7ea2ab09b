"""Parsers of days and years: "4 Desember 2018", "Jum'at, 7 Des. 2018", "04-12-2018", ISO dates and moments."""

import re
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.timezone import localdate

from records.formats import DAYS, date_id
from records.in_words import date_in_words
from records.parsers import months

EARLIEST, LATEST = 1945, 2100
MAX_LENGTH = 400  # longest text that is read as a day
SERIAL_START, SERIALS = date(1899, 12, 30), range(20_000, 60_000)  # days of a spreadsheet, 1954 to 2064
WEEKDAYS = {name.lower(): number for number, name in enumerate(DAYS)} | {"ahad": 6, "jum'at": 4, "jum at": 4}
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'"))
_WEEKDAY = re.compile(
    r"(?:pada\s+)?(?:hari\s*/?\s*(?:tanggal|tgl)?\.?\s*:?\s*)?"
    rf"(?:({'|'.join(map(re.escape, WEEKDAYS))})\b\s*[,/.]?\s*)?(?:(?:tanggal|tgl)\b\.?\s*:?\s*)?"
)
_TIME = re.compile(
    r"(?<=\d)\s*(?:,\s*|\s|t)(?:pukul\s+|jam\s+)?(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d(?:\.\d+)?)?\s*(?:wib)?"
)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:z|[+-]\d\d:?\d\d)")
_YEAR = re.compile(r"(?:t\.?\s?a|tahun(?:\s+anggaran)?|th|thn)?\.?\s*([0-9]{4})(?:[.,]0+)?", re.IGNORECASE)
_FIGURES = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}")
_SEVERAL = re.compile(
    r"\b\d{4}\b.*\b\d{4}\b|\b\d{1,2}\b\D{0,25}?(?:[-–—,;&]|\bs\s*\.?\s*/?\s*d\b|sampai|hingga|\bdan\b)\D{0,12}"
    r"\b\d{1,2}\b.*\b\d{4}\b"
)
_IN_WORDS = re.compile(r".+\((\d\d-\d\d-\d{4})\)")


def read(text: str) -> date | None:
    """The day of the text; None for an empty text. A time of the day behind it is dropped."""
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    here = plain(written)
    if (found := _IN_WORDS.fullmatch(written)) and (day := _day_of(found[1], written)):
        if date_in_words(day).lower() == here:
            return day
        raise _unknown(written)
    if _ISO_MOMENT.fullmatch(here):
        return _sane(_local_day(here, written), written)
    weekday = _WEEKDAY.match(here)
    rest = here[weekday.end() :] if weekday else here
    day = _day_of(_TIME.sub("", rest) if _TIME.search(rest) and _ends_in_time(rest) else rest, written)
    named = WEEKDAYS.get(weekday[1]) if weekday and weekday[1] else None
    if named is not None and named != day.weekday():
        raise ValidationError(
            f"“{written[:60]}”: {date_id(day)} adalah hari {DAYS[day.weekday()]}. Periksa tanggal atau harinya."
        )
    return day


def year(text: str, *, first: int = 2000, last: int = LATEST) -> int | None:
    """ "2017", "TA 2017", "TA. 2017", "Tahun 1998"; between `first` and `last`."""
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    found = _YEAR.fullmatch(written)
    if not found:
        raise ValidationError(f"“{written[:40]}” bukan tahun. Tulis empat angka, misalnya 2017.")
    if not first <= int(found[1]) <= last:
        raise ValidationError(f"“{written[:40]}” bukan tahun antara {first} dan {last}. Periksa tahunnya.")
    return int(found[1])


def past_day(value: date | None) -> None:
    """Raises ValidationError for a day in the future or before all records."""
    if value and value > localdate():
        raise ValidationError(f"Tanggal tidak boleh sesudah hari ini, {date_id(localdate())}.")
    if value and value.year < EARLIEST:
        raise ValidationError(f"Periksa tahunnya: {value.year}.")


def near_day(value: date | None) -> None:
    """Raises ValidationError for a day more than a year ahead or before all records."""
    if value and not EARLIEST <= value.year <= localdate().year + 1:
        raise ValidationError(f"Periksa tahunnya: {value.year}.")


def _ends_in_time(rest: str) -> bool:
    found = list(_TIME.finditer(rest))
    return found[-1].end() == len(rest.rstrip())


def _local_day(plain: str, written: str) -> date:
    try:
        moment = datetime.fromisoformat(plain.upper())
    except ValueError:
        raise _not_in_calendar(written) from None
    return timezone.localdate(moment)


def _day_of(plain: str, written: str) -> date:
    plain = re.sub(r"\s*wib$", "", plain).strip(" .,")
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", plain):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif found := re.fullmatch(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{4})", plain):
        parts = (int(found[3]), int(found[2]), int(found[1]))
    elif found := re.fullmatch(r"([0-9]{1,2})\s*[-/. ]*\s*([a-z]+)\.?\s*[-/. ,]*\s*([0-9]{4})", plain):
        number = months.ROMAN.index(found[2]) + 1 if found[2] in months.ROMAN else months.number_of(found[2])
        if number is None:
            raise _unknown(written)
        parts = (int(found[3]), number, int(found[1]))
    else:
        raise _serial(plain, written) or _unknown(written)
    return in_calendar(*parts, written)


def plain(text: str) -> str:
    """The text in small letters, with one character for all apostrophes."""
    return text.translate(_APOSTROPHES).lower().lstrip("'")


def in_calendar(year: int, month: int, day: int, written: str) -> date:
    """Raises ValidationError for a day that does not exist, and for a day before all records."""
    try:
        return _sane(date(year, month, day), written)
    except ValueError:
        raise _not_in_calendar(written) from None


def _sane(value: date, written: str) -> date:
    if not EARLIEST <= value.year <= LATEST:
        raise ValidationError(f"Periksa tahun pada tanggal “{written[:40]}”.")
    return value


def _serial(plain: str, written: str) -> ValidationError | None:
    """Refuses the serial number of a day (43866) in a cell without a date format, which may be any number."""
    number = int(plain) if re.fullmatch(r"[0-9]{5}", plain) else 0
    if number not in SERIALS:
        return None
    day = date_id(SERIAL_START + timedelta(days=number))
    return ValidationError(
        f"“{written}” tampaknya tanggal yang oleh Excel ditulis sebagai angka, yaitu {day}. Ubah format selnya menjadi "
        "Tanggal, atau tulis tanggalnya sebagai teks."
    )


def _unknown(written: str) -> ValidationError:
    if len(written) <= MAX_LENGTH and _SEVERAL.search(_FIGURES.sub("1 x 2000", written.lower())):
        return ValidationError(
            f"“{written[:60]}” memuat beberapa tanggal. Tulis satu tanggal saja, misalnya 4 Desember 2018."
        )
    return ValidationError(f"“{written[:60]}” bukan tanggal. Tulis seperti 04-12-2018 atau 4 Desember 2018.")


def _not_in_calendar(written: str) -> ValidationError:
    return ValidationError(f"Tanggal “{written[:40]}” tidak ada dalam kalender. Periksa hari dan bulannya.")
