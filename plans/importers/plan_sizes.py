"""Number of activities of each plan after an import: a plan that would become too long is refused whole, never cut."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from imports.rows.rows import Row
from kpspams.models import KpspamsGroup
from plans.services.work_plans import MAX_LINES
from records.formats import number_id

PlanKey = tuple[int, int]  # group and year


class PlanSizes:
    """`known`: the current lines of each plan, by the key with which an activity of a file is recognised."""

    def __init__(self, known: dict[PlanKey, set[Any]]):
        self.lines: dict[PlanKey, set[Any]] = defaultdict(set, {key: set(lines) for key, lines in known.items()})

    def count(self, rows: Iterable[tuple[Row, KpspamsGroup | None, Any]]):
        """Each row with its group and its line; a row without a line counts as a new one."""
        for row, group, line in rows:
            if group is not None and row.has("year"):
                self.lines[group.pk, row.get("year")].add(line or row.number)

    def complaint(self, group: KpspamsGroup, year: int) -> str:
        """The error of every row of a plan that would be too long; empty for any other."""
        count = len(self.lines[group.pk, year])
        if count <= MAX_LINES:
            return ""
        return (
            f"Rencana kerja {year} {group} akan memuat {number_id(count)} kegiatan, padahal paling banyak {MAX_LINES}. "
            "Tidak satu pun baris rencana ini disimpan: gabungkan kegiatan yang sejenis, lalu unggah lagi."
        )
