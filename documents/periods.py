"""Periods of documents: months and quarters, and their codes: "2026-10", "2026-T3"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from plans.queries.realisation import ROMAN
from records import formats

YEARS = range(2000, 2101)
_MONTHS = {code: code for year in YEARS for code in (f"{year}-{month:02d}" for month in range(1, 13))}
_QUARTERS = {code: code for year in YEARS for code in (f"{year}-T{quarter}" for quarter in range(1, 5))}
# Options of documents: a year, a month, a month or quarter.
YEAR = {"year": {str(year): str(year) for year in YEARS}}
MONTHS = {"period": _MONTHS}
PERIODS = {"period": _MONTHS | _QUARTERS}
_CODE = re.compile(r"(\d{4})-(?:(\d\d)|T([1-4]))")


@dataclass(frozen=True)
class Period:
    start: date
    months: int  # 1 or 3

    @property
    def end(self) -> date:
        return self.next.start - timedelta(days=1)

    @property
    def next(self) -> "Period":
        last = date(self.start.year, self.start.month + self.months - 1, 1)
        return Period(last + timedelta(days=monthrange(last.year, last.month)[1]), self.months)

    @property
    def previous(self) -> "Period":
        return self.containing(self.start - timedelta(days=1), self.months)

    @property
    def code(self) -> str:
        if self.months == 1:
            return f"{self.start.year}-{self.start.month:02d}"
        return f"{self.start.year}-T{self._quarter}"

    @property
    def words(self) -> str:
        """ "Oktober 2026", "Triwulan III 2026"."""
        if self.months == 1:
            return f"{formats.MONTHS[self.start.month - 1]} {self.start.year}"
        return f"Triwulan {ROMAN[self._quarter]} {self.start.year}"

    @property
    def _quarter(self) -> int:
        return (self.start.month + 2) // 3

    @classmethod
    def containing(cls, day: date, months: int) -> "Period":
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @classmethod
    def ended_by(cls, day: date, months: int) -> "Period":
        """The last period that had ended on that day."""
        running = cls.containing(day, months)
        return running if running.end == day else running.previous

    @classmethod
    def of(cls, code: str) -> "Period | None":
        """None for an invalid code."""
        found = _CODE.fullmatch(code)
        if not found or int(found[1]) not in YEARS:
            return None
        if found[3]:
            return cls(date(int(found[1]), 3 * int(found[3]) - 2, 1), 3)
        return cls(date(int(found[1]), int(found[2]), 1), 1) if 1 <= int(found[2]) <= 12 else None
