"""Charts of the chain: its funnel, and the stages of each kecamatan."""

from dataclasses import dataclass

from accounts.models import Subdistrict
from monitoring.charts.base import NO_VILLAGES, ChartKind, Plot
from monitoring.drawing import AMBER, GREEN, GREY, RED, WATER_LIGHT, Bar, Piece, Row, bar_chart
from monitoring.queries.chain import STATE_LABELS, Chain, State
from monitoring.queries.stage_counts import FunnelStep, funnel, stage_counts
from records.exports import Column, Kind
from records.formats import number_id

FILLS = {State.DONE: GREEN, State.HALF: AMBER, State.NONE: RED, State.UNKNOWN: GREY}
SOURCE = "daftar hadir, SK KPSPAMS, rencana kerja, dan pemeriksaan SPAM yang tercatat di portal"
UNKNOWN = STATE_LABELS[State.UNKNOWN].lower()


def _done_share(step: FunnelStep) -> float | None:
    return None if step.done is None or not step.total else 100 * step.done / step.total


def _draw_funnel(plot: Plot):
    chains = plot.facts.chains
    rows = funnel(chains) if chains else []

    def bar(step: FunnelStep) -> Bar:
        _, done, share, so_far, total = plot.cells(step)
        if step.done is None or step.so_far is None:
            return Bar([], UNKNOWN)
        rest = number_id(step.done - step.so_far)
        pieces = [
            Piece(step.so_far, GREEN, f"berurutan {so_far} desa", so_far),
            Piece(step.done - step.so_far, WATER_LIGHT, f"tahap sebelumnya belum {rest} desa", rest),
        ]
        return Bar(pieces, f"{done} dari {total} ({share})")

    return rows, bar_chart(
        plot.ids,
        plot.title,
        plot.described(rows),
        [Row(step.label, [bar(step)]) for step in rows],
        most=len(chains),
        legend=[("Sudah, semua tahap sebelumnya juga", GREEN), ("Sudah, tahap sebelumnya belum", WATER_LIGHT)],
    )


FUNNEL = ChartKind(
    "corong",
    "Corong rantai hasil",
    "Berapa desa yang sudah pada tiap tahap. “Berurutan” adalah desa yang sudah juga pada semua tahap sebelumnya.",
    SOURCE,
    (
        Column("Tahap", lambda step: step.label, "Tahap rantai hasil"),
        Column("Sudah", lambda step: step.done, "Desa yang sudah pada tahap ini", Kind.NUMBER, "desa"),
        Column("Bagian", _done_share, "Atas semua desa terpilih", Kind.DECIMAL, "%"),
        Column("Berurutan", lambda step: step.so_far, "Sudah pada semua tahap sampai ini", Kind.NUMBER, "desa"),
        Column("Jumlah desa", lambda step: step.total, "Semua desa terpilih", Kind.NUMBER, "desa"),
    ),
    NO_VILLAGES,
    "monitoring:home",
    _draw_funnel,
)


@dataclass(frozen=True)
class PlaceStage:
    """One stage of the villages of one kecamatan."""

    place: str
    label: str
    counts: dict[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def _draw_stages(plot: Plot):
    places: dict[Subdistrict, list[Chain]] = {}
    for chain in plot.facts.chains:
        places.setdefault(chain.village.subdistrict, []).append(chain)
    found: dict[str, list[PlaceStage]] = {}
    for place, chains in sorted(places.items(), key=lambda item: item[0].code):
        found[str(place)] = [
            PlaceStage(str(place), stage.label, {item.state: item.count for item in stage.counts})
            for stage in stage_counts(chains)
        ]
    rows = [row for stages in found.values() for row in stages]

    def bar(row: PlaceStage) -> Bar:
        pieces = [
            Piece(100 * count / row.total, FILLS[state], f"{STATE_LABELS[state]} {number_id(count)}", number_id(count))
            for state, count in row.counts.items()
        ]
        known = row.total > row.counts[State.UNKNOWN]
        words = f"{number_id(row.counts[State.DONE])} dari {number_id(row.total)}" if known else UNKNOWN
        return Bar(pieces, words, row.label)

    return rows, bar_chart(
        plot.ids,
        plot.title,
        plot.described(rows),
        [Row(place, [bar(row) for row in stages]) for place, stages in found.items()],
        most=100,
        legend=[(word, FILLS[state]) for state, word in STATE_LABELS.items()],
    )


def _count_of(state: State):
    return lambda row: row.counts[state]


STAGES = ChartKind(
    "tahap-per-kecamatan",
    "Tahap rantai hasil per kecamatan",
    "Bagian desa dalam tiap keadaan; angka di kanan adalah desa yang sudah.",
    SOURCE,
    (
        Column("Kecamatan", lambda row: row.place, "Nama kecamatan"),
        Column("Tahap", lambda row: row.label, "Tahap rantai hasil"),
        *(
            Column(word, _count_of(state), "Desa dalam keadaan ini pada tanggal keadaan", Kind.NUMBER, "desa")
            for state, word in STATE_LABELS.items()
        ),
        Column("Jumlah desa", lambda row: row.total, "Desa terpilih di kecamatan itu", Kind.NUMBER, "desa"),
    ),
    NO_VILLAGES,
    "monitoring:home",
    _draw_stages,
)
