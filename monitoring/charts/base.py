"""Base of charts: drawing, table and caption."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from monitoring.drawing import Drawing
from monitoring.queries.area_facts import AreaFacts
from records.exports import Column, Kind
from records.formats import date_id, number_id, percent, rupiah

NUMBERS = {Kind.NUMBER, Kind.DECIMAL, Kind.RUPIAH}
NO_VILLAGES = "Belum ada desa yang cocok dengan filter ini."
NOTHING = "–"
MAX_VILLAGES = 5_000  # largest number of villages in one chart: more take seconds and are unreadable


def cell(column: Column, row) -> str:
    """One value as text: "85,7 %", "Rp94.935.000", "4 Desember 2018"."""
    value = column.of(row)
    if value is None:
        return NOTHING
    if column.kind is Kind.RUPIAH:
        return rupiah(value)
    if column.kind is Kind.DECIMAL:
        return percent(value)
    if column.kind is Kind.NUMBER:
        return number_id(value)
    return date_id(value) if isinstance(value, date) else str(value)


def head_of(column: Column) -> str:
    """Heading above values with their unit: "Bagian realisasi" for what a list calls "Realisasi (%)"."""
    name = column.label.removesuffix(" (%)")
    if column.kind is not Kind.DECIMAL or name == column.label:
        return column.label
    return f"Bagian {name if name[:2].isupper() else name[:1].lower() + name[1:]}"


def described(columns: Iterable[Column], rows: Iterable) -> str:
    """The figures of a drawing as text, for screen readers."""
    columns = list(columns)
    return ". ".join("; ".join(f"{head_of(column)}: {cell(column, row)}" for column in columns) for row in rows)


@dataclass(frozen=True)
class Chart:
    """Without `rows` nothing is drawn; `empty` is the reason, `more` the page of these numbers."""

    key: str
    title: str
    note: str  # what is counted, and how
    source: str
    as_of: str  # which villages, as of which day
    columns: tuple[Column, ...]
    rows: list
    svg: Drawing
    empty: str
    more: str
    sample: bool
    year: int = 0  # of the plans

    @property
    def table(self) -> list[list[str]]:
        """The cells as text, as the drawing writes them."""
        return [[cell(column, row) for column in self.columns] for row in self.rows]

    @property
    def cells(self) -> list[list[tuple[str, bool, str]]]:
        """The cells of each row: title of the column, whether it is a number, and text."""
        return [[(*head, text) for head, text in zip(self.heads, row, strict=True)] for row in self.table]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The facts that a file of the chart contains."""
        sample = [("Data", "DATA CONTOH, bukan data resmi")] if self.sample else []
        return [("Keadaan", self.as_of), ("Sumber", self.source), ("Cara hitung", self.note), *sample]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The titles of the columns, and whether they have numbers."""
        return [(head_of(column), column.kind in NUMBERS) for column in self.columns]


@dataclass(frozen=True)
class Plot:
    """Argument of `draw`: the facts, and the kind of chart with its texts filled in."""

    facts: AreaFacts
    title: str
    columns: tuple[Column, ...]
    ids: str

    def cells(self, row) -> list[str]:
        return [cell(column, row) for column in self.columns]

    def described(self, rows) -> str:
        return described(self.columns, rows)


@dataclass(frozen=True)
class ChartKind:
    """One kind of chart before it is drawn. In its texts {year} is the year of the plans.

    `draw` gives the rows of the table and the drawing; `more` names the page of the same numbers.
    """

    key: str
    title: str
    note: str
    source: str
    columns: tuple[Column, ...]
    empty: str
    more: str
    draw: Callable[[Plot], tuple[list, Drawing]]

    def of(self, facts: AreaFacts) -> Chart:
        title = self.title.format(year=facts.year)
        empty, svg = self.empty.format(year=facts.year), Drawing("")
        rows: list = []
        if facts.village_count > MAX_VILLAGES:
            empty = f"Gambar dibuat dari paling banyak {number_id(MAX_VILLAGES)} desa. Pilih kabupaten atau kecamatan."
        else:
            rows, svg = self.draw(Plot(facts, title, self.columns, f"gambar-{self.key}"))
        return Chart(
            self.key,
            title,
            self.note,
            self.source,
            facts.as_of,
            self.columns,
            rows,
            svg,
            empty,
            self.more,
            facts.sample,
            facts.year,
        )
