"""The chart of the eight findings, beside the national shares of 2021."""

from monitoring.charts.base import ChartKind, Plot
from monitoring.drawing import RED, Bar, Mark, Piece, Row, bar_chart
from monitoring.queries.findings import NATIONAL_VILLAGES, Total, totals
from records.exports import Column, Kind
from records.formats import number_id


def _draw(plot: Plot):
    facts = plot.facts
    rows = totals(facts.groups, facts.facilities)
    if not facts.groups and not any(total.known for total in rows):
        rows = []

    def row_of(total: Total) -> Row:
        label, _, yes, known, share, _, national = plot.cells(total)
        words = f"{yes} dari {known} {total.finding.unit} ({share})" if total.known else "belum ada data"
        mark = Mark(total.finding.national_share, national)
        description = f"{share}; nasional 2021 {national}"
        return Row(
            f"{label} (nasional {national})", [Bar([Piece(total.share or 0, RED, description)], words, mark=mark)]
        )

    return rows, bar_chart(
        plot.ids,
        plot.title,
        plot.described(rows),
        [row_of(total) for total in rows],
        most=100,
        legend=[("Di sini", RED)],
        mark_word="Nasional 2021",
    )


FINDINGS = ChartKind(
    "temuan",
    "Delapan temuan di samping nasional 2021",
    f"Bagian KPSPAMS yang ada datanya; dua temuan SAM dihitung per SPAM, juga yang tanpa kelompok. Nasional: temuan "
    f"25 Januari 2021 atas {number_id(NATIONAL_VILLAGES)} desa; di sana yang dihitung desa.",
    "rencana kerja, pemeriksaan KPSPAMS, dan pemeriksaan SPAM yang tercatat di portal",
    (
        Column("Temuan", lambda total: total.finding.label, "Temuan nasional"),
        Column("Yang dihitung", lambda total: total.finding.unit, "KPSPAMS, atau SPAM untuk temuan SAM"),
        Column("Temuan ada", lambda total: total.yes if total.known else None, "Atas yang ada datanya", Kind.NUMBER),
        Column("Ada data", lambda total: total.known, "Yang ada datanya", Kind.NUMBER),
        Column("Bagian", lambda total: total.share, "Atas yang ada datanya", Kind.DECIMAL, "%"),
        Column("Belum ada data", lambda total: total.unknown, "Dihitung tersendiri", Kind.NUMBER),
        Column(
            "Nasional 2021",
            lambda total: total.finding.national_share,
            "Bagian desa dengan temuan itu",
            Kind.DECIMAL,
            "%",
            source="Temuan nasional 25 Januari 2021",
        ),
    ),
    "Belum ada KPSPAMS atau SPAM yang tercatat untuk desa-desa ini.",
    "monitoring:findings",
    _draw,
)
