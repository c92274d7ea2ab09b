"""Months of a plan in progress: which were due, which have a report."""

from dataclasses import dataclass

from django.db import models

from plans.models import MonthReport
from plans.queries.progress import PlanProgress, months_known
from plans.rules.months import MONTHS
from records.sums import sum_known


class MonthState(models.TextChoices):
    """State of the report of one month."""

    FUTURE = "nanti", "Belum waktunya"
    EMPTY = "kosong", "Tidak ada jadwal"
    NO_DATA = "tanpa_data", "Belum ada data"
    CURRENT = "kini", "Bulan berjalan"
    MISSING = "belum", "Belum dilaporkan"
    PARTLY = "sebagian", "Sebagian"
    REPORTED = "lengkap", "Dilaporkan"
    NOTHING = "nihil", "Tidak ada kegiatan"


MONTH_TONES = {
    MonthState.FUTURE: "grey",
    MonthState.EMPTY: "grey",
    MonthState.NO_DATA: "grey",
    MonthState.CURRENT: "grey",
    MonthState.MISSING: "red",
    MonthState.PARTLY: "amber",
    MonthState.REPORTED: "green",
    MonthState.NOTHING: "green",
}


@dataclass(frozen=True)
class Month:
    """One month of a plan: the due lines and the reported ones."""

    number: int
    state: MonthState
    due: int
    reported: int
    cost: int | None  # rupiah; None where no line was reported
    report: MonthReport | None

    @property
    def is_reported(self) -> bool:
        """Whether there is a report, also of no activity."""
        return self.report is not None or self.state in (MonthState.PARTLY, MonthState.REPORTED)

    @property
    def tone(self) -> str:
        return MONTH_TONES[self.state]


def months_of(progress: PlanProgress) -> list[Month]:
    """The twelve months as on the day of `progress`."""
    known, year = months_known(progress.plan.year, progress.on), progress.plan.year
    return [
        _month(progress, number, known, (year, number) == (progress.on.year, progress.on.month)) for number in MONTHS
    ]


def _month(progress: PlanProgress, number: int, known: int, current: bool) -> Month:
    due = [line for line in progress.lines if number in line.months and line.is_due(number)]
    entered = [line for line in progress.lines if number in line.entries]
    reported = sum(number in line.entries for line in due)
    report = progress.reports.get(number)
    if number > known:
        state = MonthState.FUTURE
    elif report and report.nothing:
        state = MonthState.NOTHING
    elif report or entered:
        state = MonthState.REPORTED if reported == len(due) else MonthState.PARTLY
    elif not due:
        state = MonthState.EMPTY
    elif current:
        state = MonthState.CURRENT
    else:
        state = MonthState.MISSING if progress.recorded else MonthState.NO_DATA
    cost = sum_known(line.cost_by_month.get(number) for line in progress.lines)
    return Month(number, state, len(due), reported, cost, report)
