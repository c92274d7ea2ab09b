"""Pictures of money: work plans against their realisation, by quarter and by source."""

from collections.abc import Callable

from kpspams.progress import PlanProgress
from kpspams.realisation import Sum, by_quarter, by_source, merged
from monitoring.charts import WATER, WATER_LIGHT, Bar, Piece, Row, bar_chart
from monitoring.pictures.base import Drawn, Outline
from records.exports import Column, Kind


def _split(split: Callable[[PlanProgress], list[Sum]]):
    """Draws the sums of all plans, part by part."""

    def draw(drawn: Drawn):
        found: dict[str, list[Sum]] = {}
        for progress in drawn.ground.plans:
            for row in split(progress):
                found.setdefault(row.label, []).append(row)
        rows = [merged(label, sums) for label, sums in found.items()]

        def bars(row: Sum) -> list[Bar]:
            _, planned, realised, share = drawn.cells(row)
            return [
                Bar([Piece(row.planned, WATER_LIGHT)], planned, "Rencana"),
                Bar([Piece(row.realised, WATER)], f"{realised} ({share})", "Realisasi"),
            ]

        return rows, bar_chart(
            drawn.ids, drawn.title, drawn.described(rows), [Row(row.label, bars(row)) for row in rows]
        )

    return draw


def _outline(key: str, title: str, note: str, first: Column, split) -> Outline:
    return Outline(
        key,
        title,
        note,
        "rencana kerja yang disetujui dan laporan pelaksanaannya di portal",
        (
            first,
            Column("Rencana", lambda row: row.planned, "Biaya menurut rencana kerja", Kind.RUPIAH, "rupiah"),
            Column("Realisasi", lambda row: row.realised, "Biaya yang dilaporkan", Kind.RUPIAH, "rupiah"),
            Column("Realisasi (%)", lambda row: row.percent, "Realisasi atas rencana", Kind.DECIMAL, "%"),
        ),
        "Belum ada rencana kerja {year} yang disetujui.",
        "kpspams:realisation_list",
        _split(split),
    )


BY_QUARTER = _outline(
    "realisasi-per-triwulan",
    "Rencana dan realisasi {year} per triwulan",
    "Biaya menurut bulan pelaksanaan. Kegiatan tanpa bulan tidak termasuk.",
    Column("Triwulan", lambda row: row.label, "Tiga bulan"),
    by_quarter,
)
BY_SOURCE = _outline(
    "realisasi-per-sumber",
    "Rencana dan realisasi {year} per sumber dana",
    "Biaya menurut sumber yang dicatat pada kegiatan dan pada laporan pelaksanaannya.",
    Column("Sumber dana", lambda row: row.label, "Asal uang"),
    by_source,
)
