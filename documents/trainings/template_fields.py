"""Names that an office's own Word file of a training may use, with labels and examples."""

from documents.word_forms import OFFICE_VALUES, SIGNED, WordForm

# Name -> label and example.
VALUES = {
    **OFFICE_VALUES,
    "kegiatan": ("nama pelatihan atau rapat", "Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2026"),
    "hari_tanggal": ("hari dan tanggal kegiatan", "Selasa s.d. Kamis, 10 s.d. 12 Maret 2026"),
    "tanggal_kegiatan": ("tanggal kegiatan", "10 s.d. 12 Maret 2026"),
    "lama": ("banyaknya hari", "3 (tiga)"),
    "pukul": ("jam mulai", "08.00 WIB s.d. selesai"),
    "tempat": ("tempat kegiatan", "Balai Desa Contoh"),
    "tahun_anggaran": ("tahun anggaran", "2026"),
    "program": ("nama program; kosong bila tidak ada", "Program Pamsimas III"),
    "penyelenggara": ("penyelenggara", "DPMU Kabupaten Contoh"),
    "jumlah_peserta": ("banyaknya peserta", "30 (tiga puluh)"),
    "jam_pelajaran": ("jumlah JP", "24"),
}
PEOPLE = {
    "no": "No",
    "nama": "Nama",
    "jk": "L/P",
    "jabatan": "Jabatan/Unsur",
    "desa": "Desa",
    "kecamatan": "Kecamatan",
    "instansi": "Instansi",
    "kpspams": "KPSPAMS",
}
LISTS = {
    "peserta": PEOPLE,
    "desa_diundang": {"no": "No", "desa": "Desa", "kecamatan": "Kecamatan", "jumlah": "Jumlah", "jabatan": "Jabatan"},
    "narasumber": {"no": "No", "nama": "Nama", "jabatan": "Jabatan", "instansi": "Instansi", "materi": "Materi"},
    "panitia": {"no": "No", "nama": "Nama", "kedudukan": "Kedudukan dalam panitia"},
    "acara": {
        "no": "No",
        "hari": "Hari/tanggal",
        "pukul": "Pukul",
        "materi": "Materi",
        "jp": "JP",
        "oleh": "Narasumber",
    },
    "penanda_tangan": SIGNED,
}
TRAINING_FORM = WordForm(VALUES, LISTS)
