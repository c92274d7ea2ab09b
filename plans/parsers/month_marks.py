"""Parser of a mark in the column of a month: v, x, a tick, 1, or a short text."""

from django.core.exceptions import ValidationError

from imports.files.books import Cell
from imports.values import cells

NO_MARK = {"0", "tidak", "t"}


def mark(cell: Cell) -> bool | None:
    """Whether the month is marked. Raises ValidationError for a figure, which is an amount."""
    if isinstance(cell, bool):
        return cell or None
    written = cells.text(20)(cell)
    if not written or written.lower() in NO_MARK:
        return None
    if written != "1" and (len(written) > 3 or any(map(str.isdigit, written))):
        raise ValidationError(f"“{written}” bukan tanda bulan. Beri tanda v, atau kosongkan.")
    return True
