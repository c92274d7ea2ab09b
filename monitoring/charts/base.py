"""What every picture is made of: the ground that it stands on, its table, its caption."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.rights import sees_whole_district, villages_label
from monitoring.drawing import Drawing
from monitoring.forms.area import AreaFilter
from monitoring.queries.chain import Chain
from monitoring.queries.coverage import Registry
from monitoring.queries.findings import FacilityFindings, facility_findings
from plans.queries.progress import PlanProgress, carried_out, load_progress
from records.exports import Column, Kind
from records.formats import date_id, number_id, percent, rupiah
from villages.models import Facility

NUMBERS = {Kind.NUMBER, Kind.DECIMAL, Kind.RUPIAH}
NO_VILLAGES = "Belum ada desa yang cocok dengan saringan ini."
NOTHING = "–"
MAX_VILLAGES = 5_000  # villages that one picture is drawn of: more are a matter of seconds and tell nobody anything


def cell(column: Column, row) -> str:
    """One value in words: "85,7 %", "Rp94.935.000", "4 Desember 2018"."""
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


def described(columns: Iterable[Column], rows: Iterable) -> str:
    """The figures of a drawing in words, for who does not see it."""
    columns = list(columns)
    return ". ".join("; ".join(f"{column.label}: {cell(column, row)}" for column in columns) for row in rows)


class Ground:
    """What the pictures of one page stand on: the villages and the day of its filter, each fact read once."""

    def __init__(self, filters: AreaFilter):
        self.filters, self.user, self.day = filters, filters.user, filters.day
        self.whole = sees_whole_district(self.user)
        self.year = filters.plan_year or self.day.year

    @cached_property
    def chains(self) -> list[Chain]:
        return self.filters.chains()

    @cached_property
    def registry(self) -> Registry:
        return Registry(self.filters.villages())

    @cached_property
    def plans(self) -> list[PlanProgress]:
        """The plans of the year that stood approved on the day, with what was told until then."""
        rows = carried_out(on=self.day).visible_to(self.user).filter(year=self.year)
        rows = rows.filter(group__village__in=self.village_ids)
        plans = list(rows.select_related("group__village__subdistrict__district__settings_row"))
        return list(load_progress(plans, self.day).values())

    @cached_property
    def facilities(self) -> list[FacilityFindings]:
        """The water systems of the villages with the findings of SAM."""
        rows = Facility.objects.visible_to(self.user).filter(village__in=self.village_ids)
        return facility_findings(rows, self.day)

    @property
    def village_ids(self):
        return self.filters.villages().order_by().values("pk")

    @cached_property
    def too_many(self) -> bool:
        return self.filters.villages().count() > MAX_VILLAGES

    @cached_property
    def sample(self) -> bool:
        return self.filters.villages().filter(is_sample=True).exists()

    @cached_property
    def stand(self) -> str:
        """ "Desa sasaran TA 2017. Keadaan per 31 Desember 2018." """
        told = [text if label == "Desa" else f"{label}: {text}" for label, text in self.filters.told()[:-1]]
        own = [] if self.whole else [f"hanya {villages_label(self.user)}"]
        return f"{'; '.join([*told, *own])}. Keadaan per {date_id(self.day)}."


@dataclass(frozen=True)
class Picture:
    """Without `rows` there is nothing to draw; `empty` says why, `more` is the page of these numbers."""

    key: str
    title: str
    note: str  # what is counted, and how
    source: str
    stand: str  # which villages, as of which day
    columns: tuple[Column, ...]
    rows: list
    svg: Drawing
    empty: str
    more: str
    sample: bool

    @property
    def table(self) -> list[list[str]]:
        """The cells in words, as the drawing writes them."""
        return [[cell(column, row) for column in self.columns] for row in self.rows]

    @property
    def cells(self) -> list[list[tuple[str, bool, str]]]:
        """For each row of the table the title of the column, whether it is a number, and its words."""
        return [[(*head, text) for head, text in zip(self.heads, row, strict=True)] for row in self.table]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What a file of it says of itself."""
        sample = [("Data", "DATA CONTOH, bukan data resmi")] if self.sample else []
        return [("Keadaan", self.stand), ("Sumber", self.source), ("Cara hitung", self.note), *sample]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The titles of the columns, and whether numbers stand below."""
        return [(column.label, column.kind in NUMBERS) for column in self.columns]


@dataclass(frozen=True)
class Drawn:
    """What `draw` is told: the ground, and the outline with its words filled in."""

    ground: Ground
    title: str
    columns: tuple[Column, ...]
    ids: str

    def cells(self, row) -> list[str]:
        return [cell(column, row) for column in self.columns]

    def described(self, rows) -> str:
        return described(self.columns, rows)


@dataclass(frozen=True)
class Outline:
    """One kind of picture before it is drawn. In its texts {year} is the year of the plans.

    `draw` gives the rows of the table and the drawing; `more` names the page of the same numbers.
    """

    key: str
    title: str
    note: str
    source: str
    columns: tuple[Column, ...]
    empty: str
    more: str
    draw: Callable[[Drawn], tuple[list, Drawing]]

    def of(self, ground: Ground) -> Picture:
        title = self.title.format(year=ground.year)
        empty, rows, svg = self.empty.format(year=ground.year), [], Drawing("")
        if ground.too_many:
            empty = f"Gambar dibuat dari paling banyak {number_id(MAX_VILLAGES)} desa. Pilih kabupaten atau kecamatan."
        else:
            rows, svg = self.draw(Drawn(ground, title, self.columns, f"gambar-{self.key}"))
        return Picture(
            self.key,
            title,
            self.note,
            self.source,
            ground.stand,
            self.columns,
            rows,
            svg,
            empty,
            self.more,
            ground.sample,
        )
