"""Charts of money: work plans against their realisation, by quarter and by source."""

from collections.abc import Callable

from monitoring.charts.base import ChartKind, Plot
from monitoring.drawing import WATER, WATER_LIGHT, Bar, Piece, Row, bar_chart
from plans.queries.line_progress import PLANNED_MONTHS_RULE
from plans.queries.progress import PlanProgress
from plans.queries.realisation import Sum, by_quarter, by_source, merged_by_label
from records.exports import Column, Kind


def _split(split: Callable[[PlanProgress], list[Sum]]):
    """Chart of the sums of all plans by parts."""

    def draw(plot: Plot):
        sums = merged_by_label(row for progress in plot.facts.plans for row in split(progress))

        def bars(row: Sum) -> list[Bar]:
            _, planned, realised, share = plot.cells(row)
            plan = Bar([Piece(row.planned, WATER_LIGHT)], planned, "Rencana")
            if row.realised is None:
                return [plan, Bar([], "belum ada data", "Realisasi")]
            return [plan, Bar([Piece(row.realised, WATER)], f"{realised} ({share})", "Realisasi")]

        return sums, bar_chart(plot.ids, plot.title, plot.described(sums), [Row(row.label, bars(row)) for row in sums])

    return draw


def _kind(key: str, title: str, note: str, first: Column, split) -> ChartKind:
    return ChartKind(
        key,
        title,
        note,
        "rencana kerja yang disetujui dan laporan pelaksanaannya di portal",
        (
            first,
            Column("Rencana", lambda row: row.planned, "Biaya menurut rencana kerja", Kind.RUPIAH, "rupiah"),
            Column(
                "Realisasi",
                lambda row: row.realised,
                "Biaya yang dilaporkan; kosong bila belum ada laporan",
                Kind.RUPIAH,
                "rupiah",
            ),
            Column("Realisasi (%)", lambda row: row.percent, "Realisasi atas rencana", Kind.DECIMAL, "%"),
        ),
        "Belum ada rencana kerja {year} yang disetujui.",
        "plans:realisation_list",
        _split(split),
    )


BY_QUARTER = _kind(
    "realisasi-per-triwulan",
    "Rencana dan realisasi {year} per triwulan",
    f"Biaya menurut bulan pelaksanaan. Kegiatan tanpa bulan tidak termasuk. {PLANNED_MONTHS_RULE}",
    Column("Triwulan", lambda row: row.label, "Tiga bulan"),
    by_quarter,
)
BY_SOURCE = _kind(
    "realisasi-per-sumber",
    "Rencana dan realisasi {year} per sumber dana",
    "Biaya menurut sumber yang dicatat pada kegiatan dan pada laporan pelaksanaannya.",
    Column("Sumber dana", lambda row: row.label, "Asal uang"),
    by_source,
)
