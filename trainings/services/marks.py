"""Attendance marks of a posted page: typed marks, those that the page showed, answers to clashes.

A page sends all of its cells, and the marks that it was rendered with as one text (`version`, the name under which the
browser's draft stores it with the typed marks): only cells that the user changed are written.
"""

from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError

from records.parsers import grids, text
from records.parsers.grids import CellNames, ShownText
from trainings.models import Attendance
from trainings.services.attendance import CELLS, NO_MARK, UNMARKED, UNMARKED_LABEL, Cell, Mark

REMARKS = CellNames("r", 2)
SHOWN = ShownText(2, "-", r"[a-z]+(?::\S*)?")
STATUSES = [(UNMARKED, UNMARKED_LABEL), *Attendance.Status.choices]
KNOWN = {status for status, _ in STATUSES}
MAX_LENGTH = 120  # characters of a remark


def read_seen(data) -> dict[Cell, Mark]:
    """The marks that the page was rendered with; unmarked cells are missing."""
    marks = {cell: Mark.of_token(token) for cell, token in SHOWN.read(data.get("version", "")).items()}
    return {cell: Mark(mark.status, unquote(mark.remark)) for cell, mark in marks.items()}


def write_seen(marks: dict[Cell, Mark]) -> str:
    """The remark is quoted because it may contain spaces."""
    return SHOWN.write({cell: Mark(mark.status, quote(mark.remark, safe="")).token for cell, mark in marks.items()})


def read_cells(data, seen: dict[Cell, Mark]) -> dict[Cell, Mark]:
    """The typed marks; if the page has no field for remarks, that of `seen` remains.

    Raises ValidationError for an unknown mark.
    """
    found = {}
    for cell, value in CELLS.read(data):
        if value not in KNOWN:
            raise ValidationError("Ada pilihan kehadiran yang tidak dikenal. Muat ulang halaman, lalu ulangi.")
        remark = data.get(REMARKS.name(cell), seen.get(cell, NO_MARK).remark)
        found[cell] = Mark(value, " ".join(text.seen(remark).split()))
    return found


def refuse_long(marks: dict[Cell, Mark]):
    """Raises ValidationError for a remark that is too long or contains a null character."""
    for mark in marks.values():
        if len(mark.remark) > MAX_LENGTH:
            raise ValidationError(
                f"Keterangan “{mark.remark[:30]}…” terlalu panjang: paling banyak {MAX_LENGTH} huruf."
            )
        if "\x00" in mark.remark:
            raise ValidationError("Ada tanda yang tidak dapat disimpan pada keterangan. Ketik ulang keterangannya.")


def read_choices(data) -> tuple[dict[Cell, Mark], set[Cell]]:
    """Answers to clashes: {cell: the other user's mark to be overwritten}, and cells where that mark remains."""
    insisted, left = grids.read_choices(data, CELLS)
    return {cell: Mark.of_token(token) for cell, token in insisted.items()}, left
