"""Parser of a pasted plan with cells separated by commas, accepted where no comma can belong to a cell."""

import re

from imports.files.pasting import rows_of
from plans.parsers.plan_heads import Head, head_of

LEAST_CELLS = 4  # cells of a row with volume, unit and price of an activity; fewer are a text with commas
MAX_NAMED = 5  # rows named in one message
NO_COLUMNS = (
    "Tempelan ini tidak terbagi menjadi kolom. Salin sel-selnya dari lembar kerja atau tabel, atau pisahkan dengan "
    "titik koma."
)
NO_TITLES = (
    "Tempelan ini tampaknya dipisah dengan koma, tetapi tanpa baris judul koma pemisah tidak dapat dibedakan dari koma "
    "di dalam isian. Tempel beserta baris judulnya (Kegiatan, Volume, Satuan, Harga satuan, …), atau pisahkan dengan "
    "titik koma."
)
_FIGURE = re.compile(r"(?:rp\.?\s*)?[\d.]+(?:,\d+)?(?:,-+)?", re.IGNORECASE)


class CommasUnclear(Exception):
    """Rows do not fit their titles; the message says which and what to do."""


def rows_between_commas(text: str) -> tuple[list[list[str]], str]:
    """The rows and a note; no rows where commas do not separate columns. Raises CommasUnclear.

    Every row below the titles must have the same number of cells, or a single one (a bidang), and figures in their
    columns: a comma that is neither a separator nor in quotation marks ("2,5") breaks one or the other.
    """
    rows = rows_of(text, ",")
    if all(len(row) < LEAST_CELLS for row in rows):
        return [], NO_COLUMNS
    at, head = next(((at, head) for at, row in enumerate(rows) if (head := head_of(row))), (0, None))
    if head is None:
        return [], NO_TITLES
    spoiled = [number for number, row in enumerate(rows, 1) if number > at + 1 and not _fits(row, head)]
    if not spoiled:
        return rows, ""
    more = f" dan {len(spoiled) - MAX_NAMED} baris lain" if len(spoiled) > MAX_NAMED else ""
    raise CommasUnclear(
        f"Koma pada baris tempelan {', '.join(map(str, spoiled[:MAX_NAMED]))}{more} tidak cocok dengan judulnya "
        f"({len(head.lines[0])} kolom): mungkin ada koma di dalam isian. Apit isian itu dengan tanda petik, misalnya "
        '"2,5", atau pisahkan kolom dengan titik koma, lalu baca lagi.'
    )


def _fits(row: list[str], head: Head) -> bool:
    filled = [cell for cell in row if cell]
    if len(filled) == 1 or head_of(row) is not None:
        return True
    if len(row) != len(head.fields):
        return False
    typed = dict(zip(head.fields, row, strict=True))
    figures = all(_FIGURE.fullmatch(typed[name]) for name in ("volume", "unit_price", "amount") if typed.get(name))
    return figures and not typed.get("unit", "")[:1].isdigit()
