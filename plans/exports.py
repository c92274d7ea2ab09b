"""Export columns of the lists of approved plans in progress and of damage reports."""

from plans.rules.months import MONTHS
from records.exports import Column, Kind, sample_column
from records.formats import MONTHS as MONTH_NAMES
from villages.exports import place_columns


def _month(number):
    return Column(
        MONTH_NAMES[number - 1], lambda plan: plan.months[number - 1].state.label, f"Laporan {MONTH_NAMES[number - 1]}"
    )


PROGRESS_COLUMNS = (
    *place_columns(lambda plan: plan.group.village),
    Column("KPSPAMS", lambda p: p.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Tahun", lambda p: p.year, "Tahun rencana kerja", Kind.YEAR),
    *(_month(number) for number in MONTHS),
    Column("Bulan belum dilaporkan", lambda p: p.missing, "Bulan yang sudah lewat tanpa laporan", Kind.NUMBER, "bulan"),
    Column("Dilaksanakan", lambda p: p.progress.percent, "Selesai, ditimbang dengan biaya", Kind.NUMBER, "persen"),
    sample_column(lambda plan: plan.group),
)

REALISATION_COLUMNS = (
    Column("Nama", lambda w: w.label, "KPSPAMS, desa, kecamatan, atau kabupaten, menurut filter"),
    Column("Tempat", lambda w: w.sub, "Desa dan kecamatan"),
    Column("Jumlah rencana kerja", lambda w: len(w.plans), "Rencana kerja yang disetujui", Kind.NUMBER, "rencana"),
    Column("Sudah melapor", lambda w: w.known, "Rencana dengan sedikitnya satu laporan", Kind.NUMBER, "rencana"),
    Column("Rencana", lambda w: w.sum.planned, "Jumlah biaya rencana kerja", Kind.RUPIAH, "rupiah"),
    Column("Sudah pasti", lambda w: w.sum.secured, "Masuk APBDes/DPA, cair, atau iuran", Kind.RUPIAH, "rupiah"),
    Column("Belum pasti", lambda w: w.sum.unsecured, "Rencana dikurangi yang sudah pasti", Kind.RUPIAH, "rupiah"),
    Column("Realisasi", lambda w: w.sum.realised, "Biaya yang dilaporkan", Kind.RUPIAH, "rupiah"),
    Column("Selisih", lambda w: w.sum.left, "Rencana dikurangi realisasi", Kind.RUPIAH, "rupiah"),
    Column("Penerimaan iuran", lambda w: w.sum.income, "Iuran yang dilaporkan diterima", Kind.RUPIAH, "rupiah"),
    Column("Dilaksanakan", lambda w: w.percent, "Selesai, ditimbang dengan biaya", Kind.NUMBER, "persen"),
    Column("Kegiatan terlambat", lambda w: w.late, "Bulan terakhirnya lewat, belum selesai", Kind.NUMBER, "kegiatan"),
)

DAMAGE_COLUMNS = (
    *place_columns(lambda damage: damage.facility.village),
    Column("Sarana", lambda d: d.facility.name, "Nama sarana (SPAM)"),
    Column("Bagian", lambda d: d.get_component_display(), "Bagian yang rusak"),
    Column("Uraian", lambda d: d.description, "Uraian kerusakan"),
    Column("Rusak sejak", lambda d: d.since, "Hari pertama rusak", Kind.DATE),
    Column("Keadaan", lambda d: d.get_state_display(), "Keadaan pada hari unduhan"),
    Column("Berfungsi kembali", lambda d: d.working_again_on, "Kosong bila belum", Kind.DATE),
    Column("Air berhenti", lambda d: d.stopped, "Ya bila air berhenti mengalir", Kind.FLAG),
    Column(
        "Hari tanpa air", lambda d: d.days_without_water, "Sampai berfungsi kembali atau hari ini", Kind.NUMBER, "hari"
    ),
    Column("SR terdampak", lambda d: d.connections_affected, "Sambungan rumah terdampak", Kind.NUMBER, "SR"),
    Column("KK terdampak", lambda d: d.households_affected, "Keluarga terdampak", Kind.NUMBER, "KK"),
    Column("Air sementara", lambda d: d.interim_water, "Dari mana warga mengambil air sementara"),
    Column("Perkiraan biaya", lambda d: d.estimated_cost, "Perkiraan biaya perbaikan", Kind.RUPIAH, "rupiah"),
    Column("Ditangani oleh", lambda d: d.handled_by, "Pihak yang menangani"),
    sample_column(lambda damage: damage.facility),
)

WORK_PLAN_COLUMNS = (
    *place_columns(lambda plan: plan.group.village),
    Column("KPSPAMS", lambda p: p.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Tahun", lambda p: p.year, "Tahun rencana kerja", Kind.YEAR),
    Column("Revisi ke-", lambda p: p.revision, "0 bila rencana pertama", Kind.NUMBER),
    Column("Status", lambda p: p.status_word, "Status pada hari unduhan"),
    Column("Langkah terakhir", lambda p: p.stepped_on, "Tanggal diajukan, disetujui, atau dikembalikan", Kind.DATE),
    Column("Jumlah biaya", lambda p: p.total, "Jumlah biaya semua kegiatan", Kind.RUPIAH, "rupiah"),
    Column("Pembayar iuran", lambda p: p.payers, "Jumlah pembayar iuran menurut rencana", Kind.NUMBER, "SR atau KK"),
    Column("Dihitung per", lambda p: p.get_payer_unit_display(), "Satuan pembayar: SR atau KK"),
    Column("Abonemen", lambda p: p.base_fee, "Abonemen per bulan", Kind.RUPIAH, "rupiah per bulan"),
    Column("Tarif", lambda p: p.tariff, "Tarif air", Kind.RUPIAH, "rupiah per m³"),
    sample_column(lambda plan: plan.group),
)
