"""How many activities each plan would hold after a file: one that would hold too many is refused whole, never cut."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from imports.rows.rows import Row
from kpspams.models import KpspamsGroup
from plans.services.work_plans import MAX_LINES
from records.formats import number_id

PlanKey = tuple[int, int]  # group and year


class PlanSizes:
    """`known`: the lines that each plan holds now, by what an activity of a file is recognised by."""

    def __init__(self, known: dict[PlanKey, set[Any]]):
        self.lines: dict[PlanKey, set[Any]] = defaultdict(set, {key: set(lines) for key, lines in known.items()})

    def count(self, rows: Iterable[tuple[Row, KpspamsGroup | None, Any]]):
        """Each row with its group and its line; a row that does not say which line counts as one of its own."""
        for row, group, line in rows:
            if group is not None and row.has("year"):
                self.lines[group.pk, row.get("year")].add(line or row.number)

    def complaint(self, group: KpspamsGroup, year: int) -> str:
        """The sentence of every row of a plan that would be too long; empty for one that is not."""
        count = len(self.lines[group.pk, year])
        if count <= MAX_LINES:
            return ""
        return (
            f"Rencana kerja {year} {group} akan memuat {number_id(count)} kegiatan, padahal paling banyak {MAX_LINES}. "
            "Tidak satu pun baris rencana ini disimpan: gabungkan kegiatan yang sejenis, lalu unggah lagi."
        )
