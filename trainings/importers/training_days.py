"""Days of trainings during an import of participants; missing days are created from the dates in the file."""

from collections import defaultdict
from datetime import date

from imports.files.books import Cell
from imports.rows.ledger import Ledger
from imports.rows.rows import Row
from imports.tables.columns import Column
from imports.values import cells
from records.formats import date_id
from records.parsers import day_lists
from trainings.models import Training, TrainingDay, TrainingSession
from trainings.services.schedule import sessions_without_agenda

MAX_DAYS = 14  # largest number of attendance columns (our assumption: two weeks)


def dates(cell: Cell) -> tuple[date, ...] | None:
    """The days of a training as records.parsers.day_lists parses them, or the one of a date cell."""
    if isinstance(cell, str) and not cells.is_empty(cell) and not cell.isdecimal():
        return day_lists.read(cell, MAX_DAYS)
    one = cells.day(cell)
    return (one,) if one else None


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
    """Days and sessions by training, including those added by this file."""

    def __init__(self, trainings: list[Training], ledger: Ledger):
        self.ledger = ledger
        self.of: dict[int, list[TrainingDay]] = {}
        self.sessions: dict[int, list[TrainingSession]] = defaultdict(list)  # by id() of the day
        for training in trainings:
            self.of[training.pk] = training.day_list
            for day in training.day_list:
                self.sessions[id(day)] = list(day.sessions.all())

    def find(self, row: Row, training: Training) -> list[TrainingDay]:
        """The days to which the columns of the row refer; reports an error for columns without a day."""
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
        row.then(lambda: self.ledger.add_change(training, f"hari {date_id(on)}", "", "ditambahkan"))
        self.ledger.kept.append(day)  # keeps its id() from being reused, even if the row fails
        return day
