"""Tables whose figures are text on a page and numbers on a sheet; both come from one row.

A table is plain data, so that a snapshot can store it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from documents.layout import blocks
from documents.layout.sheets import Cell, Ledger
from monitoring.charts import Chart
from monitoring.charts.base import head_of
from records import formats
from records.exports import Kind

Figure = str | int | float | None


class Table(TypedDict):
    caption: str
    heads: list[str]
    widths: list[int]
    kinds: list[str]  # formats of the figures of a column
    rows: list[list[Figure]]


TEXT, NUMBER, PERCENT, RUPIAH = "text", "number", "percent", "rupiah"
NOTHING = "–"
DECIMALS = 6  # of percentages: more than is ever printed, and unchanged in every spreadsheet
_KINDS = {Kind.NUMBER: NUMBER, Kind.DECIMAL: PERCENT, Kind.RUPIAH: RUPIAH}
_FORMATS = {NUMBER: formats.number_id, PERCENT: formats.percent, RUPIAH: formats.rupiah}


def table(caption: str, columns: Sequence[tuple[str, int, str]], rows: Iterable[Sequence[Figure]]) -> Table:
    """`columns`: heading, width in mm (0 takes the rest), kind. Numbers are integers, percentages may have decimals."""
    return {
        "caption": caption,
        "heads": [head for head, _, _ in columns],
        "widths": [width for _, width, _ in columns],
        "kinds": [kind for _, _, kind in columns],
        "rows": [list(row) for row in rows],
    }


def of_chart(chart: Chart, width: int) -> Table:
    """The table of a chart; all columns but the first are `width` mm wide."""
    columns = [
        (head_of(column), 0 if place == 0 else width, _KINDS.get(column.kind, TEXT))
        for place, column in enumerate(chart.columns)
    ]
    rows = [[_plain(column.of(row)) for column in chart.columns] for row in chart.rows]
    return table(chart.title, columns, rows)


def _plain(value: Figure | Decimal | date) -> Figure:
    if isinstance(value, date):
        return formats.date_id(value)
    return round(float(value), DECIMALS) if isinstance(value, Decimal | float) else value


def text_of(kind: str, value: Figure) -> str:
    """One cell as printed on the page."""
    if value is None or value == "":
        return NOTHING
    return _FORMATS[kind](value) if kind in _FORMATS else str(value)


def block(found: Table) -> blocks.Block:
    aligns = ["l" if kind == TEXT else "r" for kind in found["kinds"]]
    columns = list(zip(found["heads"], found["widths"], aligns, strict=True))
    rows = [[text_of(kind, value) for kind, value in zip(found["kinds"], row, strict=True)] for row in found["rows"]]
    return blocks.table(columns, rows, caption=found["caption"], small=True)


def write(ledger: Ledger, found: Table) -> None:
    """Adds the table with its title to a sheet; percentages keep their decimals."""
    ledger.heading([found["caption"]])
    ledger.heads(found["heads"], stays=False)
    for row in found["rows"]:
        ledger.row([_cell(kind, value) for kind, value in zip(found["kinds"], row, strict=True)])
    ledger.gap()


def _cell(kind: str, value: Figure) -> Cell:
    return Decimal(str(value)) if kind == PERCENT and value is not None else value
