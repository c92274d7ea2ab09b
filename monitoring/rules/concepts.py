"""Metadata of the published figures in the terms of Satu Data: concept, definition, unit and source."""

from dataclasses import dataclass

CHAIN_SOURCE = "Portal Pamsimas, rantai hasil desa"
REGISTRY_SOURCE = "Portal Pamsimas, register SPAM dan pemeriksaannya"


@dataclass(frozen=True)
class Concept:
    """One published figure in the terms of Satu Data: concept, definition, unit and source."""

    key: str
    concept: str
    definition: str
    unit: str
    source: str


CONCEPTS = (
    Concept(
        "desa_sasaran",
        "Desa sasaran",
        "Desa yang menerima bantuan program sampai tahun itu",
        "desa",
        "Portal Pamsimas, register bantuan",
    ),
    Concept(
        "desa_terlatih",
        "Desa terlatih",
        "Desa sasaran yang pengurusnya sekarang hadir pada pelatihan",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept(
        "desa_kelompok_ber_sk",
        "Desa dengan kelompok ber-SK",
        "Desa sasaran yang KPSPAMS-nya ber-SK berlaku dengan ketua, sekretaris, dan bendahara",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept(
        "desa_rencana_kerja",
        "Desa dengan rencana kerja",
        "Desa sasaran yang KPSPAMS-nya sudah mengajukan rencana kerja tahun itu",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept(
        "desa_spam_berfungsi",
        "Desa dengan SPAM berfungsi",
        "Desa sasaran yang semua SPAM-nya berfungsi menurut pemeriksaan 12 bulan terakhir",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept("kpspams", "KPSPAMS", "Kelompok yang terbentuk dan belum bubar", "kelompok", "Portal Pamsimas, KPSPAMS"),
    Concept(
        "pelatihan",
        "Pelatihan dilaksanakan",
        "Pelatihan dan bimtek yang hari terakhirnya sudah lewat, tidak dibatalkan",
        "kegiatan",
        "Portal Pamsimas, pelatihan",
    ),
    Concept("spam", "SPAM tercatat", "SPAM perdesaan yang tercatat di portal", "unit", REGISTRY_SOURCE),
    Concept("spam_dicek", "SPAM dicek", "SPAM yang pernah diperiksa sampai tanggal itu", "unit", REGISTRY_SOURCE),
    Concept(
        "spam_berfungsi",
        "SPAM berfungsi",
        "SPAM yang berfungsi menurut pemeriksaan atau perbaikan 12 bulan terakhir; kosong bila tidak ada data",
        "unit",
        REGISTRY_SOURCE,
    ),
    Concept("sr_aktif", "Sambungan rumah aktif", "SR aktif menurut pemeriksaan terakhir", "SR", REGISTRY_SOURCE),
    Concept("kk_terlayani", "KK terlayani", "KK terlayani menurut pemeriksaan terakhir", "KK", REGISTRY_SOURCE),
    Concept("jiwa_terlayani", "Jiwa terlayani", "Jiwa terlayani menurut pemeriksaan terakhir", "jiwa", REGISTRY_SOURCE),
    Concept(
        "kk_terlayani_persen",
        "Cakupan KK",
        "KK terlayani dibagi KK dasar cakupan",
        "persen",
        REGISTRY_SOURCE,
    ),
    Concept(
        "kk_dasar_persen",
        "KK dasar cakupan",
        "Jumlah KK desa yang jumlah KK-nya tercatat dan KK terlayaninya tercatat untuk semua SPAM-nya",
        "KK",
        REGISTRY_SOURCE,
    ),
    Concept(
        "jiwa_terlayani_persen",
        "Cakupan jiwa",
        "Jiwa terlayani dibagi jiwa dasar cakupan",
        "persen",
        REGISTRY_SOURCE,
    ),
    Concept(
        "jiwa_dasar_persen",
        "Jiwa dasar cakupan",
        "Jumlah jiwa desa yang jumlah jiwanya tercatat dan jiwa terlayaninya tercatat untuk semua SPAM-nya",
        "jiwa",
        REGISTRY_SOURCE,
    ),
)
