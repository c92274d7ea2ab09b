"""Import columns of the months of an activity: months in one cell, or one column with marks for each month."""

from django.core.exceptions import ValidationError

from imports.files.books import Cell
from imports.rows.rows import Row
from imports.tables.columns import Column
from imports.values import cells
from imports.values.formats import shown_as
from plans.parsers.month_marks import mark
from plans.rules.months import months_text, months_to_mask
from records.formats import MONTHS
from records.parsers import months as parser

MONTHS_HELP = "Tulis bulannya sebagai teks, seperti Apr, Okt atau Jan-Des."
FROM_MARKS = "dari kolom tiap bulan"
# Words that may precede the month in a title of several lines: "Waktu Pelaksanaan", "Triwulan I", "2026".
BEFORE = r"(?:jadwal|waktu|rencana|pelaksanaan|kegiatan|tahun|\d{4}|(?:triwulan|tw)(?:iv|i{1,3}|[1-4]))*"


def months(cell: Cell) -> int | None:
    """Reader of a set of months as bits (records.parsers.months)."""
    if isinstance(cell, float | dict):
        raise ValidationError(f"“{cells.shown(cell)}” sudah diubah Excel menjadi angka atau tanggal. {MONTHS_HELP}")
    written = cells.text(120)(cell)
    found = parser.read(written) if written else None
    return months_to_mask(found) if found else None


shown_as(months, months_text)


def _column(number: int) -> Column:
    names = "|".join(sorted(parser.names_of(number), key=len, reverse=True))
    return Column(
        f"month_{number}",
        MONTHS[number - 1],
        mark,
        pattern=rf"{BEFORE}(?:bulan(?:ke)?0?{number}|(?:bulan)?(?:{names}))",
        help="Tanda v pada bulan pelaksanaan; tidak perlu bila kolom Bulan diisi." if number == 1 else "",
    )


MONTH_COLUMNS = (
    Column("months", "Bulan", months, ("waktu", "waktu pelaksanaan", "jadwal", "bulan ke"), example="Apr, Okt"),
    *(_column(number) for number in parser.NUMBERS),
)


def read_marks(row: Row):
    """Combines marked months with the cell of months; a contradiction is an error."""
    marked = [number for number in parser.NUMBERS if row.get(f"month_{number}")]
    if not marked:
        return
    mask = months_to_mask(marked)
    if row.get("months", mask) != mask:
        row.wrong("months", f"Kolom Bulan berbeda dengan bulan yang ditandai, {months_text(mask)}. Samakan keduanya.")
        return
    row.values["months"] = mask
    row.means("months", months_text(mask), FROM_MARKS)
