"""Checks of the ZIP “Berkas lengkap” of the sample training, read independently of the code that wrote it."""

import csv
import hashlib
import io
import zipfile

from pypdf import PdfReader

from tests.e2e.scenarios.test_training import rows_of
from trainings.models import Attendance
from trainings.queries.figures import training_figures

STAYED_AWAY = ["Ketua Jalan 16", "Bendahara Jalan 16"]
# Every document of the bundle and its pages, as far as people, villages or days determine them.
PAPERS = {
    "kerangka-acuan-kerja-kak": None,
    "sk-panitia": None,
    "undangan-satu-surat-untuk-semua": None,
    "surat-tugas-peserta-kosong": 16,
    "nota-dinas-rencana-pelaksanaan": None,
    "nota-dinas-hasil-pelaksanaan": None,
    "jadwal": None,
    "biodata-peserta": 48,
    "biodata-narasumber": 1,
    "daftar-hadir-terisi": None,
    "daftar-hadir-narasumber": 3,
    "daftar-hadir-panitia": 3,
    "lembar-pre-test": None,
    "lembar-post-test": None,
    "rekap-nilai-pre-test-dan-post-test": None,
    "lembar-evaluasi": None,
    "rekap-evaluasi": None,
    "rktl-per-desa": 16,
    "notulen": None,
    "berita-acara-pelaksanaan": None,
    "sertifikat": 90,
    "daftar-penerimaan-uang-saku-transport-peserta": None,
    "daftar-penerimaan-honorarium": None,
    "tanda-terima-bahan": None,
    "laporan-pelaksanaan": None,
}
ALL_NAMED = ["undangan-satu-surat-untuk-semua", "biodata-peserta", "daftar-hadir-terisi", "laporan-pelaksanaan"]
PRESENT_NAMED = ["tanda-terima-bahan", "daftar-penerimaan-uang-saku-transport-peserta"]


def read_bundle(content: bytes) -> dict[str, list[str]]:
    """{name of a document without its number: text of each page}; the table of contents describes each correctly."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    listed = csv.DictReader(io.StringIO(archive.read("00-daftar-isi.csv").decode("utf-8-sig")))
    papers = {}
    for row in listed:
        paper = archive.read(row["berkas"])
        assert hashlib.sha256(paper).hexdigest() == row["sha-256"]
        pages = PdfReader(io.BytesIO(paper)).pages
        assert len(pages) == int(row["halaman"])
        papers[row["berkas"][3:-4]] = [" ".join(page.extract_text().split()) for page in pages]
    assert len(archive.namelist()) == len(papers) + 1
    return papers


def check_papers(training, papers: dict[str, list[str]]):
    """The documents print the recorded data."""
    assert list(papers) == list(PAPERS)
    assert {name: len(papers[name]) for name, pages in PAPERS.items() if pages} == {
        name: pages for name, pages in PAPERS.items() if pages
    }
    figures = training_figures(training)
    people = [row.participant for row in figures.people]
    for names, rows in (
        (ALL_NAMED, people),
        (PRESENT_NAMED, [row.participant for row in figures.people if row.present]),
    ):
        for name in names:
            text = " ".join(papers[name])
            assert [row.person.name for row in rows if f"{row.person.name} " not in text] == [], name
    for name in STAYED_AWAY:
        assert all(f"{name} " not in " ".join(papers[paper]) for paper in PRESENT_NAMED), name
    check_sheets(" ".join(papers["daftar-hadir-terisi"]), figures, people)
    check_certificates(training, papers["sertifikat"])
    days = sum(row.days_present for row in figures.people)
    assert f"Jumlah: {figures.present.total} orang {days} " in " ".join(papers[PRESENT_NAMED[1]])
    minutes = " ".join(papers["berita-acara-pelaksanaan"])
    for words in (
        "Kamis tanggal Enam bulan Desember tahun Dua Ribu Delapan Belas (06-12-2018)",
        "selama 3 (tiga) hari, 24 (dua puluh empat) jam pelajaran",
        "hadir 46 (empat puluh enam) orang, terdiri atas laki-laki 30 orang dan perempuan 16 orang",
        "mewakili 15 dari 16 desa yang diundang",
        "Desa yang tidak mengirim peserta: Jalan 16;",
        "Nilai rata-rata pre-test 50,0 dan post-test 80,0",
        "16 (enam belas) desa menyusun rencana kerja tindak lanjut",
    ):
        assert words in minutes
    for village, page in zip(figures.villages, papers["rktl-per-desa"], strict=True):
        assert f"Desa/Kecamatan : {village.village.name}/" in page


def check_sheets(text: str, figures, people):
    """Each sheet has all numbers and the totals of its session."""
    sheets = text.split("Hari ke- : ")[1:]
    assert len(sheets) == len(figures.sessions) == 3
    recap = sheets[-1].index("REKAPITULASI KEHADIRAN")
    for sheet, row in zip([*sheets[:-1], sheets[-1][:recap]], figures.sessions, strict=True):
        assert rows_of(sheet, people) == list(range(1, 49))
        represented = f"Jumlah {row.present.total} orang | Desa terwakili {figures.represented} dari 16"
        assert f"Laki-laki {row.present.men} orang | Perempuan {row.present.women} orang | {represented}" in sheet
        counts = "; ".join(f"{status.label} {row.counts[status]}" for status in Attendance.Status)
        assert f"{counts}. Desa yang tidak hadir: Jalan 16 " in sheet
    assert rows_of(sheets[-1][recap:], people) == list(range(1, 49))
    assert "Hadir sekurang-kurangnya satu sesi: Laki-laki 30 orang | Perempuan 16 orang | Jumlah 46" in sheets[-1]


def check_certificates(training, pages: list[str]):
    """A front and a back for each issued certificate, in the order of the list."""
    given = training.certificates.select_related("participant__person").order_by("participant__number")
    fronts = list(zip(given, pages[::2], pages[1::2], strict=True))
    assert [row.number for row, _, _ in fronts] == [f"{place:03d}/SERT/UJI/XII/2018" for place in range(1, 46)]
    for row, front, back in fronts:
        assert f"Nomor: {row.number} diberikan kepada {row.participant.person.name} " in front
        assert f"{row.participant.person.name}, nomor {row.number}." in back
        assert "Jumlah 24 " in back
        assert "diselenggarakan oleh Dinas Perumahan dan Permukiman selama 3 (tiga) hari" in front
        assert "bertempat di Balai Uji, dengan mengikuti " in front
