"""Parser of several days in one text: "4-6 Desember 2018", "4, 5 dan 6 Desember 2018", "30 Nov s.d. 2 Des 2018"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from records.formats import DAYS
from records.parsers import days, months

_RANGE = r"s\s*\.?\s*/?\s*d\b\s*\.?|sampai(?:\s+dengan)?\b|hingga\b|[-–—]"
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?P<day>\d{1,2})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d))?(?![\d:])"
    r"|(?P<only_year>\d{4})(?!\d)"
    rf"|(?P<range>{_RANGE})"
    r"|(?P<list>[,;&\n]|dan\b|serta\b)"
    r"|(?P<word>[a-z']+)\.?"
    r"|(?P<space>\s+)"
)
_BEFORE = re.compile(r"\s*(?:pada\s+)?(?:hari\s*/?\s*)?(?:(?:tanggal|tgl)\b\.?\s*)?:?\s*")
_HOURS = re.compile(
    r"[\s,;]*(?:pukul|jam)\s*\d{1,2}[.:]\d\d(?:\s*(?:-|–|s\.?\s*/?\s*d\.?|sampai)\s*(?:\d{1,2}[.:]\d\d|selesai))?\s*(?:wib)?\s*$"
)
EXAMPLE = "Tulis seperti 4-6 Desember 2018 atau 4, 5 dan 6 Desember 2018."


@dataclass
class _Day:
    """A day of the text; a later day may have its month and year. `until`: it ends the range of the previous day."""

    day: int
    month: int = 0
    year: int = 0
    until: bool = False


def read(text: str, most: int) -> tuple[date, ...] | None:
    """The days in order, at most `most`; only a dash, "s.d." or "sampai" makes a range. None for an empty text.

    Raises ValidationError.
    """
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    if len(written) > days.MAX_LENGTH:
        raise ValidationError(f"“{written[:40]}” dan seterusnya terlalu panjang. {EXAMPLE}")
    try:
        one = days.read(written)
    except ValidationError as error:
        found, weekdays = _items(text, written)
        if len(found) < 2 and not weekdays[1:]:
            raise error from None
    else:
        return (one,) if one else None
    spans = list(_spans(found, written, most))
    chosen = sorted({first + timedelta(days=step) for first, last in spans for step in range((last - first).days + 1)})
    if len(chosen) > most:
        raise ValidationError(f"Ada {len(chosen)} tanggal. Paling banyak {most} hari dalam satu pelatihan.")
    _check_weekdays(weekdays, found, chosen, written)
    return tuple(chosen)


def _items(text: str, written: str) -> tuple[list[_Day], list[int]]:
    """The days as written, and the named weekdays. Raises ValidationError for anything else."""
    plain = days.plain(text)
    before = _BEFORE.match(plain)
    plain = _HOURS.sub("", plain[before.end() :] if before else plain)
    reader = _Reader(written)
    place = 0
    while place < len(plain):
        found = _TOKEN.match(plain, place)
        if found is None:
            raise _unknown(plain[place:].split()[0], written)
        reader.take(found)
        place = found.end()
    if any(not (item.month and item.year) for item in reader.found):
        raise ValidationError(f"Bulan atau tahun pada “{written[:60]}” belum lengkap. {EXAMPLE}")
    return reader.found, reader.weekdays


class _Reader:
    """Reads one character or word after the other."""

    def __init__(self, written: str):
        self.written = written
        self.found: list[_Day] = []
        self.weekdays: list[int] = []
        self.link = ""  # "range" or "list": the separator between the last day and the next one
        self.after_weekday = False

    def take(self, token: re.Match):
        if token["space"]:
            return
        after_weekday, self.after_weekday = self.after_weekday, False
        if token["range"] or token["list"]:
            if not (after_weekday and token["list"] == ","):
                self.link = "range" if token["range"] else "list"
        elif token["word"]:
            self._word(token["word"])
        elif token["only_year"]:
            self._behind("year", int(token["only_year"]))
        elif token["iso"]:
            year, month, day = map(int, token["iso"].split("-"))
            self._day(day, month, year)
        else:
            self._day(int(token["day"]), int(token["month"] or 0), int(token["year"] or 0))

    def _day(self, day: int, month: int, year: int):
        if self.found and not self.link:
            raise _unknown(self.written, self.written)
        self.found.append(_Day(day, month, year, until=bool(self.found) and self.link == "range"))
        self.link = ""
        for name, value in (("month", month), ("year", year)):
            if value:
                self._fill(name, value)

    def _word(self, word: str):
        if word in days.WEEKDAYS:
            self.weekdays.append(days.WEEKDAYS[word])
            self.after_weekday = True
        elif number := months.number_of(word):
            self._behind("month", number)
        elif word not in ("tanggal", "tgl"):
            raise _unknown(word, self.written)

    def _behind(self, name: str, value: int):
        """Gives each day without a month or a year that of the next day that has one."""
        self.link = ""
        if not self._fill(name, value):
            raise _unknown(self.written, self.written)

    def _fill(self, name: str, value: int) -> bool:
        open_items = [item for item in self.found if not getattr(item, name)]
        for item in open_items:
            setattr(item, name, value)
        return bool(open_items)


def _spans(found: list[_Day], written: str, most: int) -> Iterable[tuple[date, date]]:
    """First and last day of each range; a single day is both."""
    ends = [days.in_calendar(item.year, item.month, item.day, written) for item in found]
    for place, item in enumerate(found):
        begins = place + 1 < len(found) and found[place + 1].until
        if item.until and begins:
            raise _unknown(written, written)
        if begins:
            continue
        first = ends[place - 1] if item.until else ends[place]
        if ends[place] < first:
            raise ValidationError(f"“{written[:60]}” berakhir sebelum mulai. {EXAMPLE}")
        if (ends[place] - first).days >= most:
            raise ValidationError(f"“{written[:60]}” lebih panjang dari {most} hari. Periksa tanggalnya.")
        yield first, ends[place]


def _check_weekdays(weekdays: list[int], found: list[_Day], chosen: list[date], written: str):
    """Checks that each named weekday is that of a day of the text: one for each of them, or of any of all."""
    ends = [date(item.year, item.month, item.day).weekday() for item in found]
    fits = weekdays == ends if len(weekdays) == len(ends) else {*weekdays} <= {day.weekday() for day in chosen}
    if not fits:
        named = ", ".join(DAYS[number] for number in weekdays)
        raise ValidationError(f"Hari ({named}) dan tanggal pada “{written[:60]}” tidak cocok. Periksa keduanya.")


def _unknown(word: str, written: str) -> ValidationError:
    where = f" pada “{written[:60]}”" if word != written else ""
    return ValidationError(f"“{word[:60]}”{where} bukan tanggal. {EXAMPLE}")
