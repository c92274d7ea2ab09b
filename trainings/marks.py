"""Marks on their way between a page and the service: what was typed, what the page showed, answers to clashes.

A page sends every cell that it shows, and one text (`version`, the name under which the browser's draft keeps it
beside the typing) with the marks it was made of: only cells that the person changed are written.
"""

import re
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError

from records.parsers import text
from trainings.models import Attendance
from trainings.services.attendance import NO_MARK, UNMARKED, UNMARKED_WORD, Cell, Mark

CELL = re.compile(r"k-(\d{1,18})-(\d{1,18})")
SEEN = re.compile(r"(\d{1,18})-(\d{1,18})-([a-z]+)(?::(\S*))?")
STATUSES = [(UNMARKED, UNMARKED_WORD), *Attendance.Status.choices]
KNOWN = {status for status, _ in STATUSES}
LONGEST = 120  # letters of a remark


def read_seen(data) -> dict[Cell, Mark]:
    """What the page showed when it was made; unmarked cells are missing."""
    found = SEEN.findall(data.get("version", ""))
    return {(int(one), int(two)): Mark(status, unquote(remark)) for one, two, status, remark in found}


def write_seen(marks: dict[Cell, Mark]) -> str:
    return " ".join(
        f"{one}-{two}-{mark.status}" + (f":{quote(mark.remark, safe='')}" if mark.remark else "")
        for (one, two), mark in marks.items()
    )


def read_cells(data, seen: dict[Cell, Mark]) -> dict[Cell, Mark]:
    """The typed marks; where the page has no field for remarks, that of `seen` stays.

    Raises ValidationError for a mark that does not exist.
    """
    found = {}
    for name, value in data.items():
        if match := CELL.fullmatch(name):
            if value not in KNOWN:
                raise ValidationError("Ada pilihan kehadiran yang tidak dikenal. Muat ulang halaman, lalu ulangi.")
            cell = int(match[1]), int(match[2])
            kept = seen.get(cell, NO_MARK).remark
            found[cell] = Mark(value, " ".join(text.seen(data.get(f"r{name[1:]}", kept)).split()))
    return found


def refuse_long(marks: dict[Cell, Mark]):
    """Raises ValidationError for a remark that its column does not hold, or that no text can be."""
    for mark in marks.values():
        if len(mark.remark) > LONGEST:
            raise ValidationError(f"Keterangan “{mark.remark[:30]}…” terlalu panjang: paling banyak {LONGEST} huruf.")
        if "\x00" in mark.remark:
            raise ValidationError("Ada tanda yang tidak dapat disimpan pada keterangan. Ketik ulang keterangannya.")


def read_choices(data) -> tuple[dict[Cell, Mark], set[Cell]]:
    """Answers to clashes: {cell: the foreign mark known when the person insisted}, and cells left to the other."""
    insisted, left = {}, set()
    for name, value in data.items():
        match = CELL.fullmatch(name.removeprefix("pilih-")) if name.startswith("pilih-") else None
        if match and value == "mereka":
            left.add((int(match[1]), int(match[2])))
        elif match and value.startswith("saya:"):
            status, _, remark = value.removeprefix("saya:").partition(":")
            insisted[int(match[1]), int(match[2])] = Mark(status, remark)
    return insisted, left
