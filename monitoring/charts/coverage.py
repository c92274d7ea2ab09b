"""Charts of coverage: people served in each kecamatan, and their growth over the years."""

from monitoring.charts.base import ChartKind, Plot, cell
from monitoring.drawing import WATER, WATER_LIGHT, Bar, Fill, Line, Piece, Row, bar_chart, line_chart
from monitoring.exports import COVERAGE_COLUMNS
from monitoring.queries.area_facts import AreaFacts
from monitoring.queries.coverage import Coverage, Indicator, Served, YearRow, years_beside_targets
from records.exports import Column, Kind
from records.formats import percent
from villages.models import Target

SOURCE = "pemeriksaan SPAM serta jumlah KK dan jiwa desa yang tercatat di portal"
NO_CHECKS = "Belum ada SPAM yang pernah dicek di desa-desa ini."
SCALES = (20, 50, 100)  # possible ends of the vertical axis, in percent
LINES = (("KK terlayani", "#0b4f78"), ("Jiwa terlayani", "#176338"), ("Target jiwa terlayani", "#7a4a00"))


def _of_page(*labels: str) -> tuple[Column, ...]:
    """Columns of the page of coverage, with their titles there."""
    return tuple(column for label in labels for column in COVERAGE_COLUMNS if column.label == label)


def _draw_places(plot: Plot):
    rows = [row for row in plot.facts.registry.as_of(plot.facts.day)[0] if row.checked]

    def bars(row: Coverage) -> list[Bar]:
        _, households, _, household_share, people, _, people_share, *_ = plot.cells(row)
        return [
            _bar(row.kk, WATER, households, household_share, "KK"),
            _bar(row.jiwa, WATER_LIGHT, people, people_share, "Jiwa"),
        ]

    shares = [float(share) for row in rows for share in (row.household_share, row.people_share) if share]
    return rows, bar_chart(
        plot.ids,
        plot.title,
        plot.described(rows),
        [Row(str(row.place), bars(row)) for row in rows],
        most=max([100.0, *shares]),
    )


def _bar(served: Served, fill: Fill, value: str, share: str, name: str) -> Bar:
    """Without data there is no bar: unknown is not zero."""
    if served.value is None:
        return Bar([], "belum ada data", name)
    if served.share is None:
        return Bar([], f"{value} (bagiannya belum ada data)", name)
    return Bar([Piece(float(served.share), fill)], f"{value} ({share})", name)


COVERAGE = ChartKind(
    "cakupan",
    "Cakupan air minum per kecamatan",
    "KK dan jiwa yang dilayani SPAM yang tercatat di portal; bagiannya atas desa yang jumlahnya dan yang "
    "terlayaninya tercatat untuk semua SPAM-nya. Kecamatan yang SPAM-nya belum pernah dicek tidak tampil.",
    SOURCE,
    _of_page(
        *("Kecamatan", "KK terlayani", "KK dasar persentase", "KK terlayani (%)"),
        *("Jiwa terlayani", "Jiwa dasar persentase", "Jiwa terlayani (%)", "Desa ber-SPAM"),
    ),
    NO_CHECKS,
    "monitoring:coverage",
    _draw_places,
)


def _draw_years(plot: Plot):
    facts = plot.facts
    rows = [row for row in reversed(years_beside_targets(facts.registry, _targets(facts), facts.day)) if row.on]
    if not any(item.value is not None for row in rows for item in row.cells):
        rows = []
    lines = []
    for (name, colour), column in zip(LINES, plot.columns[2:], strict=True):
        points = [None if (value := column.of(row)) is None else (float(value), cell(column, row)) for row in rows]
        if any(points):
            lines.append(Line(name, points, colour))
    highest = max((point[0] for line in lines for point in line.points if point), default=0)
    most = next((step for step in SCALES if step >= highest), highest)
    return rows, line_chart(
        plot.ids,
        plot.title,
        plot.described(rows),
        [plot.cells(row)[0] for row in rows],
        lines,
        most=most,
        steps=[(step, percent(step)) for step in (0, most / 2, most)],
    )


def _targets(facts: AreaFacts) -> list[Target]:
    """The targets, where exactly one whole kabupaten is shown."""
    districts = {village.subdistrict.district_id for village in facts.registry.villages}
    if not facts.sees_all or facts.area.is_narrowed or len(districts) != 1:
        return []
    return list(Target.objects.filter(district__in=districts))


def _reached(indicator: str):
    return lambda row: next(item.value for item in row.cells if item.indicator == indicator)


def _aimed(row: YearRow):
    target = next(item.target for item in row.cells if item.indicator == Indicator.PEOPLE)
    return target.value if target else None


TREND = ChartKind(
    "cakupan-per-tahun",
    "Cakupan air minum per tahun",
    "Keadaan pada hari terakhir tiap tahun; persentase memakai jumlah KK dan jiwa desa yang tercatat sekarang.",
    SOURCE,
    (
        Column("Tahun", lambda row: row.year, "Tahun", Kind.YEAR),
        Column("Keadaan per", lambda row: row.on, "Hari terakhir tahun itu, atau tanggal keadaan", Kind.DATE),
        Column("KK terlayani", _reached(Indicator.HOUSEHOLDS), "Atas KK desa yang tercatat", Kind.DECIMAL, "%"),
        Column("Jiwa terlayani", _reached(Indicator.PEOPLE), "Atas jiwa desa yang tercatat", Kind.DECIMAL, "%"),
        Column("Target jiwa terlayani", _aimed, "Target kabupaten", Kind.DECIMAL, "%"),
    ),
    NO_CHECKS,
    "monitoring:coverage",
    _draw_years,
)
