"""The preview of every import kind shows everything that will be stored, as it was understood."""

from datetime import date

import pytest
from django.urls import reverse

from imports.services.worker import STALE
from kpspams.models import LegalDocument
from plans.models import WorkArea
from tests import factories as make
from tests.imports.office import book, preview, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = make.AdminFactory()
    client.force_login(user)
    return user


@pytest.fixture
def village(staff):
    place = make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=staff.district)
    return make.VillageFactory(code="18.11.01.2001", name="Wiralaga I", subdistrict=place)


@pytest.fixture
def group(village):
    return make.GroupFactory(village=village, name="Tirta Jaya")


def detail(client, run, **query):
    return client.get(reverse("imports:import_detail", args=[run.pk]), query)


def shown(client, kind, by, head, row, **query):
    """(label, text as understood, cell of the file, note) of every field of the only row."""
    run = preview(kind, book(("Data", [head, row])), by)
    first = detail(client, run, **query).context["page_obj"][0]
    return [tuple(field) for field in [*first.fields, *first.folded]], first


def test_a_village_shows_its_grant_and_what_the_file_leaves_out(client, staff, village):
    head = ["Desa", "Jumlah KK", "Tahun data penduduk", "TA bantuan", "Program"]
    fields, row = shown(client, "villages", staff, head, ["Desa Wiralaga I", "1.250 KK", 2025, 2017, "pamsimas III"])
    assert fields == [
        ("Desa", "Desa Wiralaga I, Kecamatan Mesuji (18.11.01.2001)", "Desa Wiralaga I", ""),
        ("Jumlah KK", "1.250", "1.250 KK", ""),
        ("Tahun data penduduk", "2025", "", ""),
        ("TA bantuan", "2017", "", ""),
        ("Program", "Pamsimas III", "pamsimas III", ""),
        ("Skema", "Reguler", "", "nilai bawaan, karena tidak ditulis di berkas"),
    ]
    assert row.adds == ["desa penerima"]


def test_a_village_that_is_known_by_a_former_name_says_so(client, staff, village):
    make.VillageNameFactory(village=village, name="Kebun Dalem")
    fields, _ = shown(client, "villages", staff, ["Desa", "Kode pos"], ["Kebun Dalem", "34697"])
    assert fields[0] == (
        "Desa",
        "Desa Wiralaga I, Kecamatan Mesuji (18.11.01.2001)",
        "Kebun Dalem",
        "dikenali dari nama lama “Kebun Dalem”",
    )


def test_a_group_shows_its_days_in_words(client, staff, village):
    head = ["Desa", "Nama kelompok", "Bentuk hukum", "Tanggal pembentukan", "Nomor SK", "Tanggal SK"]
    row = ["Wiralaga I", "KPSPAMS Tirta Jaya", "LKD", date(2018, 3, 12), "141/12", "14-03-2018"]
    fields, first = shown(client, "groups", staff, head, row)
    assert fields[1:] == [
        ("Nama kelompok", "Tirta Jaya", "KPSPAMS Tirta Jaya", ""),
        ("Kelompok Pamsimas", "Ya", "", "nilai bawaan, karena tidak ditulis di berkas"),
        ("Bentuk hukum", "Lembaga Kemasyarakatan Desa", "LKD", ""),
        ("Tanggal pembentukan", "12 Maret 2018", "12-03-2018", ""),
        ("Nomor SK", "141/12", "", ""),
        ("Tanggal SK", "14 Maret 2018", "14-03-2018", ""),
    ]
    assert first.adds == ["KPSPAMS", "dokumen"]


def test_a_board_shows_who_is_meant_and_what_is_not_stored(client, staff, village, group):
    make.PersonFactory(name="Siti", sex="P", village=village, district=staff.district, phone="+6281234567890")
    head = ["Desa", "Nama", "L/P", "No HP", "Jabatan", "TMT", "Nomor SK"]
    row = ["Wiralaga I", "Siti", "P", "0812 3456 7890", "Plt. Ketua Umum", "1 Jan 2018", "7/2018"]
    fields, first = shown(client, "boards", staff, head, row)
    assert fields[1:] == [
        ("Nama kelompok", str(group), "", "satu-satunya kelompok di desa ini"),
        ("Nama", "Siti", "", ""),
        ("L/P", "Perempuan", "P", ""),
        ("Nomor HP", "0812-3456-7890", "0812 3456 7890", ""),
        ("Jabatan", "Plt. Ketua (Ketua Umum)", "Plt. Ketua Umum", ""),
        ("Mulai menjabat", "1 Januari 2018", "1 Jan 2018", ""),
        ("Nomor SK", "(tidak disimpan)", "7/2018", "SK ini belum tercatat pada kelompoknya"),
    ]
    assert first.recognised["text"].startswith("Dikenali sebagai Siti (P), Desa Wiralaga I")
    assert not LegalDocument.objects.exists()


def test_a_system_shows_its_check(client, staff, village):
    head = [
        "Desa",
        "Nama sarana",
        "Jenis opsi",
        "Kapasitas (L/detik)",
        "Tanggal pemeriksaan",
        "Keberfungsian",
        "SR aktif",
    ]
    row = ["Wiralaga I", "SPAM I", "Sumur bor dlm dgn pompa", "30 liter/menit", "1 Okt 2026", "Berfungsi baik", 120]
    fields, _ = shown(client, "facilities", staff, head, row)
    assert fields[1:] == [
        ("Nama sarana", "SPAM I", "", ""),
        ("Jenis opsi", "Sumur bor dalam dengan pompa", "Sumur bor dlm dgn pompa", ""),
        ("Kapasitas (L/detik)", "0,5", "30 liter/menit", ""),
        ("Tanggal pemeriksaan", "1 Oktober 2026", "1 Okt 2026", ""),
        ("Keberfungsian", "Berfungsi", "Berfungsi baik", ""),
        ("Diperiksa oleh", "Menurut berkas impor", "", "nilai bawaan, karena tidak ditulis di berkas"),
        ("SR aktif", "120", "", ""),
    ]


def test_a_participant_shows_the_training_and_each_mark(client, staff, village):
    training = make.TrainingFactory(title="Pelatihan KPSPAMS", fiscal_year=2018, district=staff.district)
    make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training, date="2018-12-04"))
    head = ["Pelatihan", "Desa", "Nama", "L/P", "Jabatan", "Hari 1"]
    fields, first = shown(
        client, "participants", staff, head, ["Pelatihan KPSPAMS", "Wiralaga I", "Siti", "P", "Ketua", "ijin"]
    )
    assert fields == [
        ("Pelatihan", f"{training}, TA 2018", "Pelatihan KPSPAMS", ""),
        ("Desa", "Desa Wiralaga I, Kecamatan Mesuji (18.11.01.2001)", "Wiralaga I", ""),
        ("Nama", "Siti", "", ""),
        ("L/P", "Perempuan", "P", ""),
        ("Jabatan", "(tidak disimpan)", "Ketua", "tidak ada kelompok KPSPAMS yang dimaksud"),
        ("Hadir hari ke-1", "izin", "ijin", ""),
    ]
    assert first.recognised["text"] == "Orang baru."


def test_a_plan_shows_money_in_full_and_its_months(client, staff, group):
    head = ["Desa", "Tahun", "Bidang", "Kegiatan", "Volume", "Satuan", "Harga satuan", "Bulan", "Sumber dana"]
    row = ["Wiralaga I", 2025, "A", "Menguras", "1,5", "kali", "1,5 juta", "4, 10", "Iuran"]
    fields, _ = shown(client, "plans", staff, head, row)
    assert fields[2:4] == [("Tahun", "2025", "", ""), ("Bidang", str(WorkArea.objects.get(code="A")), "A", "")]
    assert fields[4:] == [
        ("Kegiatan", "Menguras", "", ""),
        ("Volume", "1,5", "", ""),
        ("Satuan", "kali", "", ""),
        ("Harga satuan (Rp)", "Rp1.500.000", "1,5 juta", ""),
        ("Bulan", "Apr, Okt", "4, 10", ""),
        ("Jenis biaya", "Operasional rutin", "", "nilai bawaan, karena tidak ditulis di berkas"),
        ("Sumber dana", "Iuran", "", ""),
        ("Jumlah dari sumber (Rp)", "Rp2.250.000", "", "seluruh biaya kegiatan"),
    ]


def test_a_long_row_folds_and_a_wrong_cell_stays_as_written(client, staff, group):
    head = ["Desa", "Tahun", "Bidang", "Kegiatan", "Volume", "Satuan", "Harga satuan", "Bulan"]
    run = preview(
        "plans", book(("R", [head, ["Wiralaga I", 2025, "A", "Menguras", "banyak", "kali", 5000, "Apr"]])), staff
    )
    answer = detail(client, run)
    row = answer.context["page_obj"][0]
    assert (len(row.fields), len(row.folded)) == (6, 3)
    assert ("Volume", "banyak", "", "tidak dipahami") in [tuple(field) for field in row.fields]
    assert "<summary>3 isian lain</summary>" in answer.text


def test_noise_is_counted_and_shown_by_its_filter(client, staff, village):
    rows = [["No", "Desa", "Kode pos", "NIK"], [1, "Wiralaga I", "34697", "18110"], ["JUMLAH", None, "9", "777"]]
    run = preview("villages", book(("Data", rows)), staff)
    answer = detail(client, run)
    assert ("Bukan data", 1, "noise") in answer.context["facts_of_counts"]
    assert "?putusan=noise#baris" in answer.text
    text = detail(client, run, putusan="noise").text
    assert ("JUMLAH · 9" in text, "777" in text) == (True, False)
    run = save(run, staff)
    assert "noise_texts" not in run.reading


def test_what_was_understood_goes_when_it_is_saved(staff, village):
    run = save(preview("villages", book(("Data", [["Desa", "Kode pos"], ["Wiralaga I", "34697"]])), staff), staff)
    assert (run.rows.get().understood, run.rows.get().raw) == ({}, {})


def test_a_portal_that_recognises_another_village_makes_the_preview_again(staff, village, group):
    head = ["Desa", "Nama", "L/P", "Jabatan", "TMT"]
    run = preview("boards", book(("P", [head, ["Wiralaga I", "Siti", "P", "Ketua", "1-1-2018"]])), staff)
    group.name = "Tirta Abadi"
    group.save(update_fields=["name"])
    run = save(run, staff)
    assert (run.step, run.counts["notice"]) == ("check", STALE)
