"""Steps of a village through the programme, with the labels of the national checklist (docs/glossary.md).

Preparation and planning are taken from the checklist of the information system of the programme; construction and
later steps are usual practice (our assumption).
"""

PROPOSAL = "Penyusunan Dokumen RKM"
MEANS = ("Melalui Program Pamsimas", "Melalui Pendanaan Lainnya")

PHASES = {
    "Persiapan": [
        "Sosialisasi Tingkat Kabupaten",
        "Sosialisasi Tingkat Desa",
        "Pembentukan/Revitalisasi Kader AMPL",
        "Pembentukan Tim Proposal",
        "IMAS I: Informasi Umum",
        "IMAS I: Pemetaan Sosial",
        "Penyusunan Surat Minat dan Proposal",
        "Pengajuan Surat Minat dan Proposal",
        "Verifikasi Proposal",
        "Seleksi Proposal",
        "Penetapan Calon Desa Sasaran",
    ],
    "Perencanaan": [
        "Identifikasi KKM dari Program Sejenis",
        "Pemilihan Utusan Tingkat RW/Dusun",
        "Pleno Pembentukan/Revitalisasi KKM Desa",
        "Pembentukan/Revitalisasi KKM",
        "Pembentukan Unit Kerja KKM/Satlak",
        "IMAS II",
        "Pleno Pembentukan/Revitalisasi KPSPAMS",
        "Kelompok Pengelola Sistem Penyediaan Air Minum dan Sanitasi",
        "Rencana Pelayanan Air Minum",
        "Rencana Pencapaian SBS dan Akses Universal",
        "Rencana Pendanaan",
        "Rapat Pleno Tingkat Desa Membahas PJM ProAKSi",
        "RPJM Desa",
        "RKP Desa",
        "Integrasi PJM ProAKSi dan RKM ke dalam RPJM Desa dan RKP Desa",
        "Realisasi APBDes Kegiatan Air Minum, Sanitasi dan Kesehatan",
        f"{PROPOSAL}: Jumlah Rencana Kegiatan",
        *(f"{PROPOSAL}: SAM Diusulkan {means}" for means in MEANS),
        *(f"{PROPOSAL}: Non-SAM Diusulkan {means}" for means in MEANS),
        *(f"{PROPOSAL}: Target Penerima Manfaat {means}" for means in MEANS),
        f"{PROPOSAL}: Rencana Promosi Perubahan Perilaku STBM",
        f"{PROPOSAL}: Rencana Pengamanan Lingkungan",
    ],
    "Pelaksanaan": [
        "Pencairan Termin I",
        "Pencairan Termin II",
        "Pencairan Termin III",
        "Pelatihan Masyarakat",
        "Konstruksi",
    ],
    "Pascakonstruksi": [
        "Uji Fungsi",
        "Uji Kualitas Air",
        "Serah Terima (BAST) kepada Desa",
        "Serah Kelola kepada KPSPAMS",
    ],
    "Keberlanjutan": [
        "Pemantauan Tahunan: Keberfungsian",
        "Pemantauan Tahunan: Iuran",
        "Pemantauan Tahunan: Pengurus",
        "Pemantauan Tahunan: Akses",
        "Pemantauan Tahunan: STBM",
    ],
}
PHASE_OF = {step: phase for phase, steps in PHASES.items() for step in steps}


def phase_of(step: str) -> str:
    """The phase of a step; empty for an unknown step of an old file."""
    return PHASE_OF.get(step, "")
