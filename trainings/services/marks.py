"""Marks on their way between a page and the service: what was typed, what the page showed, answers to clashes.

A page sends every cell that it shows, and one text (`version`, the name under which the browser's draft keeps it
beside the typing) with the marks it was made of: only cells that the person changed are written.
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
MAX_LENGTH = 120  # letters of a remark


def read_seen(data) -> dict[Cell, Mark]:
    """What the page showed when it was made; unmarked cells are missing."""
    marks = {cell: Mark.of_token(token) for cell, token in SHOWN.read(data.get("version", "")).items()}
    return {cell: Mark(mark.status, unquote(mark.remark)) for cell, mark in marks.items()}


def write_seen(marks: dict[Cell, Mark]) -> str:
    """The remark quoted, for it may hold spaces."""
    return SHOWN.write({cell: Mark(mark.status, quote(mark.remark, safe="")).token for cell, mark in marks.items()})


def read_cells(data, seen: dict[Cell, Mark]) -> dict[Cell, Mark]:
    """The typed marks; where the page has no field for remarks, that of `seen` stays.

    Raises ValidationError for a mark that does not exist.
    """
    found = {}
    for cell, value in CELLS.read(data):
        if value not in KNOWN:
            raise ValidationError("Ada pilihan kehadiran yang tidak dikenal. Muat ulang halaman, lalu ulangi.")
        remark = data.get(REMARKS.name(cell), seen.get(cell, NO_MARK).remark)
        found[cell] = Mark(value, " ".join(text.seen(remark).split()))
    return found


def refuse_long(marks: dict[Cell, Mark]):
    """Raises ValidationError for a remark that its column does not hold, or that no text can be."""
    for mark in marks.values():
        if len(mark.remark) > MAX_LENGTH:
            raise ValidationError(
                f"Keterangan “{mark.remark[:30]}…” terlalu panjang: paling banyak {MAX_LENGTH} huruf."
            )
        if "\x00" in mark.remark:
            raise ValidationError("Ada tanda yang tidak dapat disimpan pada keterangan. Ketik ulang keterangannya.")


def read_choices(data) -> tuple[dict[Cell, Mark], set[Cell]]:
    """Answers to clashes: {cell: the foreign mark known when the person insisted}, and cells left to the other."""
    insisted, left = grids.read_choices(data, CELLS)
    return {cell: Mark.of_token(token) for cell, token in insisted.items()}, left
