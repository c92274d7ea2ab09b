"""Whole files as offices make them: several kinds of mess together, the stored rows and the messages."""

from datetime import date

import pytest

from imports.tables import noise
from kpspams.models import KpspamsGroup, Member
from plans.models import Activity
from tests import factories as make
from tests.imports.kinds import FIRST, SECOND, TRAINING, every, of, workbook
from tests.imports.office import preview, save, wrongs
from trainings.models import Attendance
from villages.models import Village

pytestmark = pytest.mark.django_db


def test_a_board_with_merged_titles_and_village_words(staff):
    rows = [
        ["DAFTAR PENGURUS KPSPAMS", None, None, None, None, None, None],
        ["KABUPATEN MESUJI TAHUN 2019", None, None, None, None, None, None],
        [None],
        ["No", "Nama Desa", "Pengurus", None, None, None, "Tgl. SK"],
        [None, None, "Ketua", None, "Bendahara", None, None],
        [None, None, "Nama", "L/P", "Nama", "L/P", None],
        [1, 2, 3, 4, 5, 6, 7],
        [1, "Ds. Karya Tani", "Karto Utomo", "L", "Lastri", "P", "5 Pebruari 2019"],
        [2, "Kampung Mulya Sari", "Mujiono", "L", "-", None, "05/02/2019"],
        ["Jumlah", None, 2, None, 1, None, None],
        [None],
        [None, None, None, None, "Mesuji, 9 Maret 2019", None, None],
        [None, None, None, None, "Koordinator", None, None],
    ]
    merged = ["A1:G1", "A2:G2", "A4:A6", "B4:B6", "G4:G6", "C4:F4", "C5:D5", "E5:F5"]
    run = preview("boards", workbook(rows, merged=merged, hidden_sheet=[["Nama", "Jabatan"], ["idem", "Ketua"]]), staff)
    assert wrongs(run) == []
    save(run, staff)
    found = Member.objects.order_by("pk").values_list("group__village__name", "post", "person__name", "starts_on")
    day = date(2019, 2, 5)
    assert list(found) == [
        ("Karya Tani", "KET", "Karto Utomo", day),
        ("Karya Tani", "BEN", "Lastri", day),
        ("Mulya Sari", "KET", "Mujiono", day),
    ]
    assert run.reading["noise"][noise.SIGNATURE] == [12, 13]


def test_groups_with_days_as_text_in_several_orders(staff):
    rows = [
        ["NO.", "KECAMATAN", "DESA/KELURAHAN", "NAMA KP-SPAMS", "TGL PEMBENTUKAN", "NOMOR SK", "TANGGAL SK"],
        ["1.", "Kec. Mesuji", "Desa Karya Tani", "Tirta Mulyo", "2019-02-05", "141/7/2019", "Selasa, 5 Feb 2019"],
        ["2.", '-"-', "KAMPUNG MULYA SARI", "“Sendang Asih”", "5/2/2019", "141/8/2019", "05.02.2019"],
        ["Jumlah : 2 (dua) kelompok", None, None, None, None, None, None],
    ]
    run = preview("groups", workbook(rows), staff)
    assert wrongs(run) == []
    save(run, staff)
    found = KpspamsGroup.objects.exclude(formed_on=None).order_by("village__code")
    assert [(row.village.name, row.name, row.formed_on) for row in found] == [
        ("Karya Tani", "Tirta Mulyo", date(2019, 2, 5)),
        ("Mulya Sari", "Sendang Asih", date(2019, 2, 5)),
    ]


def test_villages_in_three_tables_on_one_sheet(staff):
    head = ["No", "Desa", "Jml KK", "Jumlah Jiwa", "Tahun data"]
    rows = [
        ["A. KECAMATAN MESUJI", None, None, None, None],
        head,
        [1, "Ds Karya Tani", "512 KK", "1.804 jiwa", 2024],
        ["Jumlah", None, 512, 1804, None],
        [None],
        ["B. KECAMATAN MESUJI", None, None, None, None],
        head,
        [1, "Kp. Mulya Sari", "344 KK", "1.197 jiwa", "2024"],
        ["Jumlah", None, 344, 1197, None],
        ["TOTAL", None, 856, 3001, None],
        ["Sumber: Dinas PMD", None, None, None, None],
    ]
    run = preview("villages", workbook(rows), staff)
    assert wrongs(run) == []
    save(run, staff)
    found = Village.objects.order_by("code").values_list("name", "households", "people")
    assert list(found) == [("Karya Tani", 512, 1804), ("Mulya Sari", 344, 1197)]


def test_a_plan_with_rupiah_written_as_on_paper(staff):
    rows = [
        ["RENCANA KERJA TAHUN 2025", *[None] * 9],
        ["Kec", "Desa", "Thn", "Bidang", "Uraian Kegiatan", "Vol", "Sat", "Harga Satuan (Rp)", "Jumlah (Rp)", "Bulan"],
        [
            FIRST[0],
            "Ds. Karya Tani",
            2025,
            "A",
            "Ganti seal pompa",
            "3",
            "bh",
            "Rp. 85.000,-",
            "Rp255.000,-",
            "Peb, Nop",
        ],
        [FIRST[0], "Ds. Mulya Sari", 2025, "C", "Musyawarah pelanggan", 2, "kali", "Rp 240.000,00", 480_000, "Juni"],
        ["JUMLAH", *[None] * 7, "Rp735.000,-", None],
        ["Terbilang: tujuh ratus tiga puluh lima ribu rupiah", *[None] * 9],
    ]
    run = preview("plans", workbook(rows), staff)
    assert wrongs(run) == []
    save(run, staff)
    found = Activity.objects.order_by("plan__group__village__code").values_list("title", "volume", "unit_price")
    assert list(found) == [("Ganti seal pompa", 3, 85_000), ("Musyawarah pelanggan", 2, 240_000)]


def test_participants_with_marks_below_merged_days(staff):
    rows = [
        ["DAFTAR HADIR PESERTA", *[None] * 7],
        ["No", "Nama Lengkap", "Jenis Kelamin", "Alamat", "Unsur", "Kehadiran", None, "Pelatihan"],
        [None, None, None, "Desa", None, "Hari 1", "Hari 2", None],
        [1, "KARTO UTOMO, S.Sos., M.M.", "Laki-laki", "Desa Karya Tani", "Kader AMPL", "Hadir", "i", TRAINING],
        [2, "Lastri", "Pr", "Mulya Sari, Kec. Mesuji", "PKK desa", "√", "S", TRAINING],
        ["Total hadir", None, None, None, None, 2, 0, None],
    ]
    merged = ["A2:A3", "B2:B3", "C2:C3", "E2:E3", "F2:G2", "H2:H3"]
    run = preview("participants", workbook(rows, merged=merged), staff)
    assert wrongs(run) == []
    save(run, staff)
    found = Attendance.objects.order_by("participant__number", "session__day__date")
    assert [(row.participant.person.name, row.participant.village.name, row.status) for row in found] == [
        ("KARTO UTOMO, S.Sos., M.M.", FIRST[1], "hadir"),
        ("KARTO UTOMO, S.Sos., M.M.", FIRST[1], "izin"),
        ("Lastri", SECOND[1], "hadir"),
        ("Lastri", SECOND[1], "sakit"),
    ]


NAMES = ["Ds.Mulya Sari", "Mulya Sari (Kec. Mesuji)", "Desa Mulya Sari, Kecamatan Mesuji, Kab. Mesuji"]


@of("boards", "facilities", "plans")
@pytest.mark.parametrize("name", NAMES)
def test_a_village_with_its_level_and_its_kecamatan_is_the_village(staff, kind, name):
    run = preview(kind.name, workbook([kind.head, *kind.with_cell("Desa", name)]), staff)
    assert wrongs(run) == []
    save(run, staff)
    assert kind.stored() == kind.result


@of("boards", "facilities", "plans")
def test_a_kecamatan_behind_the_village_that_contradicts_its_column_is_refused(staff, kind):
    make.SubdistrictFactory(code="18.11.02", name="Tanjung Raya", district=staff.district)
    rows = kind.with_cell("Desa", "Mulya Sari, Kec. Tanjung Raya")
    run = preview(kind.name, workbook([kind.head, *rows]), staff)
    (line, column, sentence), *_ = wrongs(run)
    assert (line, column) == (3, "village")
    assert sentence == (
        "Sel ini menyebut Kecamatan Tanjung Raya, sedangkan kolom kecamatannya Kecamatan Mesuji. Samakan keduanya."
    )


@every
def test_titles_in_everyday_abbreviations(staff, kind):
    short = {
        "Kecamatan": "Kec.",
        "Desa": "Ds.",
        "Jumlah KK": "Jlh. KK",
        "Tahun": "Thn",
        "Jabatan": "Jbtn",
        "Nama": "Nm.",
    }
    run = preview(kind.name, workbook([[short.get(title, title) for title in kind.head], *kind.rows]), staff)
    save(run, staff)
    assert kind.stored() == kind.result


@pytest.mark.parametrize("code", ["18.11.01.2002", "18.11.01.2009"])
def test_a_village_with_a_code_never_takes_its_kecamatan_into_its_name(staff, code):
    make.SubdistrictFactory(code="18.11.02", name="Tanjung Raya", district=staff.district)
    name = "Mulya Sari" if code.endswith("2") else "Wono Sari"
    rows = [["Kode desa", "Desa"], [code, f"Desa {name}, Kec. Mesuji"]]
    run = preview("villages", workbook(rows), staff)
    assert wrongs(run) == []
    assert {row.verdict for row in run.rows.all()} == ({"same"} if code.endswith("2") else {"new"})
    rows = [["Kode desa", "Desa"], [code, f"Desa {name}, Kec. Tanjung Raya"]]
    assert [column for _, column, _ in wrongs(preview("villages", workbook(rows), staff))] == ["village"]
