"""Export columns of the chain and of the national findings."""

from monitoring.queries.chain import LABELS, STATE_LABELS
from monitoring.queries.findings import FINDINGS, FOUND_LABELS
from records.exports import Column, Kind, sample_column
from villages.exports import place_columns

_GROUP = (
    *place_columns(lambda row: row.group.village),
    Column("KPSPAMS", lambda row: row.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Pamsimas", lambda row: row.group.is_pamsimas, "Ya bila kelompok dibentuk program Pamsimas", Kind.FLAG),
    Column("TA bantuan", lambda row: ", ".join(map(str, row.cohorts)), "Tahun anggaran desa menerima bantuan"),
)


def _state(key):
    return lambda row: FOUND_LABELS[row.judged[key].found]


FINDINGS_COLUMNS = (
    *_GROUP,
    *(
        Column(finding.label, _state(key), "Temuan nasional pada tanggal keadaan; Belum ada data dihitung tersendiri")
        for key, finding in FINDINGS.items()
        if not finding.of_water  # these are assessed for each SPAM and exported from their own list
    ),
    sample_column(lambda row: row.group),
)

_FACILITY = (
    *place_columns(lambda row: row.village),
    Column("SPAM", lambda row: row.facility.name, "Nama sarana"),
    Column("TA bantuan", lambda row: ", ".join(map(str, row.cohorts)), "Tahun anggaran desa menerima bantuan"),
)


def finding_columns(key: str) -> tuple[Column, ...]:
    """Columns of the groups or water systems behind one number, with the fact that shows it."""
    return (
        *(_FACILITY if FINDINGS[key].of_water else _GROUP),
        Column(FINDINGS[key].label, _state(key), "Temuan nasional pada tanggal keadaan"),
        Column("Yang tercatat", lambda row: row.judged[key].summary, "Kenyataan yang dinilai"),
        Column("Tanggal", lambda row: row.judged[key].day, "Tanggal pemeriksaan atau pengajuan itu", Kind.DATE),
        sample_column(lambda row: row.subject),
    )


_TOTAL = "Desa yang jumlahnya tercatat; kosong bila belum ada"
_BASE = "Dasar persentase: desa yang jumlahnya dan yang terlayaninya tercatat untuk semua SPAM-nya"
_SERVED = "Menurut pemeriksaan terakhir yang memuatnya; kosong bila belum ada data"

COVERAGE_COLUMNS = (
    Column("Kode kecamatan", lambda row: row.place.code, "Kode wilayah kecamatan", Kind.CODE),
    Column("Kecamatan", lambda row: row.place.name, "Nama kecamatan"),
    Column("Desa", lambda row: row.villages, "Jumlah desa", Kind.NUMBER),
    Column("Desa ber-SPAM", lambda row: row.villages_served, "Desa dengan SPAM yang tercatat di portal", Kind.NUMBER),
    Column("SPAM", lambda row: row.facilities, "SPAM yang tercatat di portal", Kind.NUMBER),
    Column("SPAM dicek", lambda row: row.checked, "SPAM dengan pemeriksaan sampai tanggal keadaan", Kind.NUMBER),
    Column(
        "SPAM berfungsi", lambda row: row.working, "Dari SPAM yang keadaannya diketahui 12 bulan terakhir", Kind.NUMBER
    ),
    Column("SR aktif", lambda row: row.connections, _SERVED, Kind.NUMBER),
    Column("KK terlayani", lambda row: row.households, _SERVED, Kind.NUMBER),
    Column("Jumlah KK", lambda row: row.kk.total, _TOTAL, Kind.NUMBER),
    Column("KK dasar persentase", lambda row: row.kk.whole, _BASE, Kind.NUMBER),
    Column("KK terlayani (%)", lambda row: row.household_share, "Atas KK dasar persentase", Kind.DECIMAL),
    Column("Jiwa terlayani", lambda row: row.people, _SERVED, Kind.NUMBER),
    Column("Jumlah jiwa", lambda row: row.jiwa.total, _TOTAL, Kind.NUMBER),
    Column("Jiwa dasar persentase", lambda row: row.jiwa.whole, _BASE, Kind.NUMBER),
    Column("Jiwa terlayani (%)", lambda row: row.people_share, "Atas jiwa dasar persentase", Kind.DECIMAL),
    Column("Pemeriksaan terlama", lambda row: row.oldest, "Yang paling lama di antara yang terakhir", Kind.DATE),
)


def _stage(key):
    """Columns of state, label and date of one stage of the chain."""
    label = LABELS[key]
    return (
        Column(label, lambda chain: STATE_LABELS[chain.stage(key).state], "Tahap rantai hasil pada tanggal keadaan"),
        Column(f"{label}: yang tercatat", lambda chain: chain.stage(key).summary, "Kenyataan yang dinilai"),
        Column(f"{label}: tanggal", lambda chain: chain.stage(key).day, "Tanggal kenyataan itu", Kind.DATE),
    )


CHAIN_COLUMNS = (
    *place_columns(lambda chain: chain.village),
    *(column for key in LABELS for column in _stage(key)),
    sample_column(lambda chain: chain.village),
)

ENTRY_COLUMNS = (
    *place_columns(lambda row: row.village),
    Column("Tahap terisi", lambda row: row.filled, "Tahap rantai hasil yang ada datanya, dari empat", Kind.NUMBER),
    Column(
        "Fasilitator", lambda row: ", ".join(map(str, row.facilitators)), "Yang bertugas di desa itu", personal=True
    ),
    Column("Perubahan terakhir", lambda row: row.last and row.last.at, "Waktu perubahan terakhir", Kind.MOMENT),
    Column("Tindakan", lambda row: row.last and row.last.get_verb_display(), "Yang dilakukan pada perubahan itu"),
    Column("Oleh", lambda row: row.last and (row.last.by or "portal"), "Akun yang mengubah", personal=True),
    sample_column(lambda row: row.village),
)

UNCHECKED_COLUMNS = (
    *place_columns(lambda facility: facility.village),
    Column("SPAM", lambda facility: facility.name, "Nama sarana"),
    Column("Pemeriksaan terakhir", lambda f: f.checked_on, "Kosong bila belum pernah dicek", Kind.DATE),
    sample_column(),
)
