"""The days of trainings while a file of participants is read; missing ones are made from dates that it gives."""

import re
from collections import defaultdict
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from records.imports import cells
from records.imports.columns import Column
from records.imports.files import Cell
from records.imports.ledger import Ledger
from records.imports.rows import Row
from records.words import date_id
from trainings.models import Training, TrainingDay, TrainingSession
from trainings.services.schedule import sessions_without_agenda

MAX_DAYS = 14  # columns of attendance that a file may carry (our assumption: two weeks)
SPAN = re.compile(r"(\d{1,2})\s*(?:-|–|—|s\.?\s?d\.?|sampai(?:\s+dengan)?)\s*(\d{1,2}[\s\-/.]+\S.*)", re.IGNORECASE)


# Both ends with their month: "30 November s.d. 2 Desember 2018" as the portal prints it, the year once or twice.
WHOLE_SPAN = re.compile(
    r"(\d{1,2}\s+[a-z]+\.?(?:\s+\d{4})?)\s*(?:-|–|—|s\.?\s?d\.?|sampai(?:\s+dengan)?)\s*(\d{1,2}\s+[a-z]+\.?\s+\d{4})",
    re.IGNORECASE,
)


def _between(first: str, last: str, written: str) -> set[date]:
    """The days from `first` to `last`; the first may leave its year to the last."""
    end = cells.day(last)
    start = cells.day(first if re.search(r"\d{4}$", first) else f"{first} {last[-4:]}")
    if start is None or end is None or end < start:
        raise ValidationError(f"“{written}” berakhir sebelum mulai. Tulis seperti 4-6 Desember 2018.")
    length = (end - start).days
    if length >= MAX_DAYS:
        raise ValidationError(f"“{written}” lebih panjang dari {MAX_DAYS} hari. Periksa tanggalnya.")
    return {start + timedelta(days=number) for number in range(length + 1)}


def dates(cell: Cell) -> tuple[date, ...] | None:
    """The days of a training: "4-6 Desember 2018", "4 s.d. 6 Desember 2018", or one by one with ; or , or "dan"."""
    if not isinstance(cell, str):
        one = cells.day(cell)
        return (one,) if one else None
    found: set[date] = set()
    for part in re.split(r"[;\n]|(?<=\d),(?!\s*\d{4}\b)|\bdan\b", cell):
        if whole := WHOLE_SPAN.fullmatch(part.strip()):
            found |= _between(whole[1], whole[2], part.strip())
            continue
        span = SPAN.fullmatch(part.strip())
        if span and not re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", part.strip()):
            last = cells.day(span[2])
            if last is None:
                continue
            length = last.day - int(span[1])
            if length < 0:
                raise ValidationError(f"“{part.strip()}” berakhir sebelum mulai. Tulis seperti 4-6 Desember 2018.")
            found |= {last - timedelta(days=number) for number in range(length + 1)}
        elif (one := cells.day(part.strip())) is not None:
            found.add(one)
    if len(found) > MAX_DAYS:
        raise ValidationError(f"Ada {len(found)} tanggal. Paling banyak {MAX_DAYS} hari dalam satu pelatihan.")
    return tuple(sorted(found)) or None


DATES_COLUMN = Column(
    "dates",
    "Tanggal pelatihan",
    dates,
    ("tanggal pelaksanaan", "hari tanggal pelatihan", "waktu pelaksanaan"),
    example="4-6 Desember 2018",
    help="Isi hanya bila hari pelatihan yang belum tercatat boleh dibuat dari tanggal ini.",
    fixed=True,
)


class Days:
    """Days and sessions by training, those of this file among them."""

    def __init__(self, trainings: list[Training], ledger: Ledger):
        self.ledger = ledger
        self.of: dict[int, list[TrainingDay]] = {}
        self.sessions: dict[int, list[TrainingSession]] = defaultdict(list)  # by id() of the day
        for training in trainings:
            self.of[training.pk] = training.day_list
            for day in training.day_list:
                self.sessions[id(day)] = list(day.sessions.all())

    def find(self, row: Row, training: Training) -> list[TrainingDay]:
        """The days that the columns of the row mean; says what is wrong with those that have none."""
        days = self.of[training.pk]
        known = {day.date for day in days}
        missing = [on for on in row.get("dates", ()) if on not in known]
        if missing and training.is_open:
            days = sorted([*days, *(self._add(row, training, on) for on in missing)], key=lambda day: day.date)
            row.then(lambda: self.of.update({training.pk: days}))
        for number in range(1, MAX_DAYS + 1):
            name = f"day_{number}"
            if not row.has(name):
                continue
            if number > len(days):
                row.wrong(
                    name,
                    f"Pelatihan ini tercatat {len(days)} hari, jadi tidak ada hari ke-{number}. Tambah harinya, atau "
                    f"isi {DATES_COLUMN.label} agar hari yang belum ada dibuat.",
                )
            elif not self.sessions[id(days[number - 1])]:
                row.wrong(name, f"Hari {date_id(days[number - 1].date)} belum mempunyai sesi.")
        return days

    def _add(self, row: Row, training: Training, on: date) -> TrainingDay:
        day = TrainingDay(training=training, date=on)
        row.add(day, silent=True)
        self.sessions[id(day)] = sessions_without_agenda(day, training.sheet_unit)
        for session in self.sessions[id(day)]:
            row.add(session, silent=True)
        row.then(lambda: self.ledger.tell(training, f"hari {date_id(on)}", "", "ditambahkan"))
        self.ledger.kept.append(day)  # its id() stays its own, though the row turn out wrong
        return day
