"""Chart of trainings: attendance by sex."""

from django.db.models import Exists, OuterRef

from monitoring.charts.base import ChartKind, Plot
from monitoring.drawing import AMBER, WATER, Bar, Piece, Row, bar_chart
from records.exports import Column, Kind
from records.formats import number_id, people_count
from trainings.models import Invitation, Training
from trainings.queries.indicator_rows import Indicators, Sight
from trainings.queries.indicators import indicators

SHOWN = 12


def _draw(plot: Plot):
    facts = plot.facts
    invited = Invitation.objects.filter(training=OuterRef("pk"), village__in=facts.village_ids)
    trainings = Training.objects.visible_to(facts.user).exclude(state=Training.State.CANCELLED).with_dates()
    trainings = trainings.filter(Exists(invited), first_day__lte=facts.day).select_related("district__settings_row")
    rows = indicators(list(trainings.order_by("-first_day", "-pk")[:SHOWN]), Sight.of(facts.user), facts.day)
    return rows, bar_chart(
        plot.ids,
        plot.title,
        plot.described(rows),
        [Row(row.training.title, [_bar(row)]) for row in rows],
        legend=[("Laki-laki (L)", WATER), ("Perempuan (P)", AMBER)],
    )


def _bar(row: Indicators) -> Bar:
    if not row.marked:
        return Bar([], "belum dicatat")
    men, women = row.present.men, row.present.women
    pieces = [
        Piece(men, WATER, f"laki-laki {number_id(men)}", number_id(men)),
        Piece(women, AMBER, f"perempuan {number_id(women)}", number_id(women)),
    ]
    return Bar(pieces, people_count(men, women))


def _if_marked(figure: str):
    """Without marks the attendance is unknown, not zero."""
    return lambda row: getattr(row.present, figure) if row.marked else None


ATTENDANCE = ChartKind(
    "kehadiran",
    "Kehadiran L/P per pelatihan",
    f"Orang yang hadir paling sedikit pada satu sesi, pada paling banyak {SHOWN} pelatihan terbaru yang mengundang "
    "desa-desa ini. Semua peserta pelatihan itu yang dapat Anda lihat ikut terhitung.",
    "daftar hadir yang tercatat di portal",
    (
        Column("Pelatihan", lambda row: row.training.title, "Judul pelatihan"),
        Column("Tanggal", lambda row: row.first_day, "Hari pertama", Kind.DATE),
        Column("Hadir L", _if_marked("men"), "Laki-laki yang hadir", Kind.NUMBER, "orang"),
        Column("Hadir P", _if_marked("women"), "Perempuan yang hadir", Kind.NUMBER, "orang"),
        Column("Hadir", _if_marked("total"), "Semua yang hadir", Kind.NUMBER, "orang"),
        Column("Terdaftar", lambda row: row.registered.total, "Peserta terdaftar", Kind.NUMBER, "orang"),
    ),
    "Belum ada pelatihan yang mengundang desa-desa ini sampai tanggal itu.",
    "trainings:indicator_list",
    _draw,
)
