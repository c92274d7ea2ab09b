"""The fixed layouts in which the national findings leave as files."""

from monitoring.findings import FINDINGS, FOUND_WORDS
from records.exports import Column, Kind
from villages.exports import place_columns, sample_column

_GROUP = (
    *place_columns(lambda row: row.group.village),
    Column("KPSPAMS", lambda row: row.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Pamsimas", lambda row: row.group.is_pamsimas, "Ya bila kelompok dibentuk program Pamsimas", Kind.FLAG),
    Column("TA bantuan", lambda row: ", ".join(map(str, row.cohorts)), "Tahun anggaran desa menerima bantuan"),
)


def _state(key):
    return lambda row: FOUND_WORDS[row.judged[key].found]


FINDINGS_COLUMNS = (
    *_GROUP,
    *(
        Column(finding.label, _state(key), "Temuan nasional pada tanggal keadaan; Belum ada data dihitung tersendiri")
        for key, finding in FINDINGS.items()
    ),
    sample_column(lambda row: row.group),
)


def finding_columns(key: str) -> tuple[Column, ...]:
    """The groups behind one number, with the fact that says so."""
    return (
        *_GROUP,
        Column(FINDINGS[key].label, _state(key), "Temuan nasional pada tanggal keadaan"),
        Column("Yang tercatat", lambda row: row.judged[key].word, "Kenyataan yang dinilai"),
        Column("Tanggal", lambda row: row.judged[key].day, "Tanggal pemeriksaan atau pengajuan itu", Kind.DATE),
        sample_column(lambda row: row.group),
    )
