"""Pages of indicators of one training and of many. All users but the office see the totals of their own villages."""

from django.db.models import F

from accounts.lists import ScopedList
from accounts.rights import sees_whole_district
from records.exports import Column, Kind
from trainings.exports import TRAINING_COLUMNS
from trainings.forms.indicators import IndicatorFilter
from trainings.models import Participant, Training
from trainings.queries.evaluations import figures_of_evaluation
from trainings.queries.figures import training_figures
from trainings.queries.follow_ups import STEPS
from trainings.queries.indicator_parts import parts, sources, summed
from trainings.queries.indicator_rows import Sight
from trainings.queries.indicators import indicators
from trainings.views.base import TrainingPage


class IndicatorsOfTraining(TrainingPage):
    template_name = "trainings/indicators.html"
    page_name = "indicators"
    heading = "Indikator"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, training = self.request.user, self.training
        sight = Sight.of(user)
        (row,) = indicators([training], sight)
        people = Participant.objects.visible_to(user)
        return context | {
            "row": row,
            "sees_all": sight.shows_all(training.pk),
            "parts": parts(training_figures(training, people), sight),
            "evaluation": figures_of_evaluation(training) if row.marks else None,
            "sources": sources(training) if row.budget_shown else [],
        }


def _planned(step):
    return Column(
        f"Rencana kerja dalam {step} hari",
        lambda row: row.plans.get(step, 0),
        f"Desa diundang yang rencana kerjanya masuk paling lambat {step} hari sesudah hari terakhir",
        Kind.NUMBER,
        "desa",
    )


def _of_training(column):
    """An export column of the list of trainings, for rows of indicators."""
    return Column(column.label, lambda row: column.value(row.training), column.concept, column.kind, column.unit)


KEPT = {"Kode kabupaten", "Jenis", "Judul", "Angkatan", "TA", "Desa penerima TA", "Tempat", "Keadaan", "Data contoh"}
PEOPLE = "orang"
EMPTY = "kosong bila kehadiran belum dicatat"


def _if_marked(figure):
    """Without marks the number present is unknown, not zero."""
    return lambda row: figure(row) if row.marked else None


INDICATOR_COLUMNS = (
    *(_of_training(column) for column in TRAINING_COLUMNS if column.label in KEPT),
    Column("Hari pertama", lambda row: row.first_day, "Tanggal hari pertama", Kind.DATE),
    Column("Hari terakhir", lambda row: row.last_day, "Tanggal hari terakhir", Kind.DATE),
    Column("Desa diundang", lambda row: len(row.invited_villages), "Desa yang diundang", Kind.NUMBER, "desa"),
    Column(
        "Desa terwakili",
        _if_marked(lambda row: row.represented),
        f"Desa diundang yang pesertanya hadir; {EMPTY}",
        Kind.NUMBER,
        "desa",
    ),
    Column("Orang diundang", lambda row: row.invited, "Diminta dari desa atau disebut namanya", Kind.NUMBER, PEOPLE),
    Column(
        "Didaftarkan sebelumnya",
        lambda row: row.named.total,
        "Terdaftar, tanpa yang datang langsung",
        Kind.NUMBER,
        PEOPLE,
    ),
    Column(
        "Hadir dari yang diundang",
        _if_marked(lambda row: row.named_present),
        f"Tanpa yang datang langsung; {EMPTY}",
        Kind.NUMBER,
        PEOPLE,
    ),
    Column("Peserta terdaftar", lambda row: row.registered.total, "Orang pada daftar hadir", Kind.NUMBER, PEOPLE),
    Column(
        "Hadir",
        _if_marked(lambda row: row.present.total),
        f"Hadir paling sedikit pada satu sesi; {EMPTY}",
        Kind.NUMBER,
        PEOPLE,
    ),
    Column("Hadir L", _if_marked(lambda row: row.present.men), f"Laki-laki yang hadir; {EMPTY}", Kind.NUMBER, PEOPLE),
    Column("Hadir P", _if_marked(lambda row: row.present.women), f"Perempuan yang hadir; {EMPTY}", Kind.NUMBER, PEOPLE),
    Column("JP", lambda row: row.lesson_hours, "JP menurut susunan acara", Kind.NUMBER, "JP"),
    Column(
        "JP orang",
        _if_marked(lambda row: row.person_hours),
        f"Jumlah JP yang diikuti semua orang; {EMPTY}",
        Kind.NUMBER,
        "JP orang",
    ),
    Column("Rata-rata pre-test", lambda row: row.pre_mean, "Yang ikut pre-test", Kind.DECIMAL, "0-100"),
    Column("Rata-rata post-test", lambda row: row.post_mean, "Yang ikut post-test", Kind.DECIMAL, "0-100"),
    Column("Kenaikan", lambda row: row.gain, "Rata-rata kenaikan yang ikut keduanya", Kind.DECIMAL, "0-100"),
    Column("Kepuasan", lambda row: row.satisfaction, "Rata-rata semua butir evaluasi", Kind.DECIMAL, "1-4"),
    Column("Lembar evaluasi", lambda row: row.sheets, "Lembar evaluasi yang dientri", Kind.NUMBER, "lembar"),
    Column("Sertifikat", lambda row: row.certificates, "Sertifikat yang diberikan", Kind.NUMBER, "lembar"),
    Column("Kegiatan RKTL", lambda row: row.tasks, "Kegiatan RKTL, tanpa yang dibatalkan", Kind.NUMBER, "kegiatan"),
    Column("RKTL selesai", lambda row: row.tasks_done, "Kegiatan RKTL yang selesai", Kind.NUMBER, "kegiatan"),
    *(_planned(step) for step in STEPS),
)
MONEY_COLUMNS = (
    Column("Pagu", lambda row: row.ceiling, "Jumlah pagu baris anggaran", Kind.RUPIAH, "rupiah"),
    Column("Realisasi", lambda row: row.realised, "Jumlah realisasi yang tercatat", Kind.RUPIAH, "rupiah"),
)


class IndicatorList(ScopedList):
    """Page of the trainings that were not cancelled, side by side, with sums over human beings and villages."""

    queryset = Training.objects.with_dates().exclude(state=Training.State.CANCELLED)
    template_name = "trainings/indicator_list.html"
    context_object_name = "trainings"
    search_fields = ("search_key",)
    filter_form = IndicatorFilter
    export_title = "Indikator pelatihan"
    sorts = {
        "terbaru": ("Terbaru", (F("first_day").desc(nulls_first=True),)),
        "terlama": ("Terlama", (F("first_day").asc(nulls_last=True),)),
        "judul": ("Judul", ("search_key",)),
    }

    @property
    def export_columns(self):
        money = MONEY_COLUMNS if sees_whole_district(self.request.user) else ()
        return (*INDICATOR_COLUMNS, *money)

    def get_queryset(self):
        rows = super().get_queryset().select_related("district__settings_row")
        return rows.prefetch_related("days")

    def export_rows(self):
        return indicators(self.get_queryset(), Sight.of(self.request.user))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        sight = Sight.of(self.request.user)
        rows = indicators(self.object_list, sight)
        shown = {training.pk for training in context["trainings"]}
        return context | {
            "rows": [row for row in rows if row.training.pk in shown],
            "sums": summed(rows),
            "whole": sight.whole,
        }
