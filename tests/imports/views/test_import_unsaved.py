"""The file of unsaved rows can be imported again once corrected, for every import kind."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from imports.services import lifecycle
from imports.tables.columns import REASON
from tests import factories as make
from tests.imports.office import book, figures, hand_in, imported, preview, save, table, uploaded, work, wrongs

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = make.AdminFactory()
    client.force_login(user)
    place = make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=user.district)
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I", subdistrict=place)
    make.GroupFactory(village=village, name="Tirta Jaya")
    training = make.TrainingFactory(title="Pelatihan KPSPAMS", fiscal_year=2018, district=user.district)
    make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training, date="2018-12-04"))
    return user


def rest(client, run) -> list[list]:
    """Titles and rows of the file of bad rows."""
    answer = client.get(reverse("imports:import_errors", args=[run.pk]))
    workbook = load_workbook(io.BytesIO(answer.getvalue()))
    assert workbook.sheetnames == ["Data"]
    return [[cell.value for cell in row] for row in workbook["Data"].iter_rows()]


# Kind; titles of an office; a valid row; an invalid one; the position of its invalid cell, and the correct value.
KINDS = [
    (
        "villages",
        ["Nama Desa", "Jml KK", "Tahun data"],
        ["Wiralaga I", 820, 2025],
        ["Wiralaga I", "820 kambing", 2025],
        (1, 821),
    ),
    (
        "groups",
        ["Desa", "Nama KPSPAMS", "Tgl Dibentuk", "Tgl SK", "No SK"],
        ["Wiralaga I", "Tirta Abadi", date(2018, 2, 27), date(2018, 3, 1), "1/2018"],
        ["Entah", "Tirta Makmur", date(2018, 2, 27), date(2018, 3, 1), "2/2018"],
        (0, "Wiralaga I"),
    ),
    (
        "boards",
        ["Desa", "Nama Lengkap", "JK", "No. HP/WA", "Jabatan", "TMT"],
        ["Wiralaga I", "Siti", "P", "081234567890", "Ketua", date(2018, 2, 27)],
        ["Wiralaga I", "Budi", "L", "081234567891", "Juragan", date(2018, 2, 27)],
        (4, "Sekretaris"),
    ),
    (
        "facilities",
        ["Desa", "SPAM", "Teknologi", "Debit", "Tgl Cek", "Kondisi"],
        ["Wiralaga I", "SPAM I", "Sumur gali dengan pompa", 1.5, date(2026, 2, 27), "Baik"],
        ["Wiralaga I", "SPAM II", "Sumur gali dengan pompa", 0.25, date(2026, 2, 27), "Entah"],
        (5, "Baik"),
    ),
    (
        "participants",
        ["Nama Pelatihan", "Desa", "Nama Peserta", "JK", "Hari 1"],
        ["Pelatihan KPSPAMS", "Wiralaga I", "Siti", "P", "H"],
        ["Pelatihan KPSPAMS", "Wiralaga I", "Budi", "L", "entah"],
        (4, "H"),
    ),
    (
        "plans",
        ["Desa", "TA", "Bidang", "Uraian", "Vol", "Sat", "Harga", "Waktu"],
        ["Wiralaga I", 2025, "A", "Menguras", 2, "kali", 150_000, "Apr"],
        ["Wiralaga I", 2025, "A", "Mengecat", "banyak", "kali", 99_000, "Mei, Jun"],
        (4, 3),
    ),
]


@pytest.mark.parametrize(("kind", "head", "good", "bad", "mend"), KINDS, ids=[case[0] for case in KINDS])
def test_bad_rows_come_back_as_they_were_and_go_in_once_mended(client, staff, kind, head, good, bad, mend):
    run = preview(kind, book(("Data", [head, good, bad])), staff)
    before = rest(client, run)
    run = save(run, staff, "good")
    assert figures(run)["skipped"] == 1
    titles, row = rest(client, run)
    assert before == [titles, row]
    assert titles == [*head, REASON]
    assert row[-1].startswith("Data, baris 3: ")
    again = preview(kind, book(("Data", [titles, row])), staff)
    assert wrongs(again) == [(2, name, sentence) for _, name, sentence in wrongs(run)]
    place, value = mend
    row[place] = value
    again = imported(kind, book(("Data", [titles, row])), staff)
    assert (again.counts["skipped"], again.counts["created"] + again.counts["changed"]) == (0, 1)
    assert again.reading["unused"] == []
    stored = again.mapping
    assert set(run.mapping) == set(stored)


def test_titles_that_somebody_chose_are_known_in_the_file_of_bad_rows(client, staff):
    content = book(("Data", [["Sebutan", "NIK", "Surat"], ["Wiralaga I", "1811", "34697"], ["Wiralaga I", "1", "x"]]))
    run = hand_in("villages", content, staff, titles={"village": "sebutan", "postal_code": "surat"})
    titles, row = rest(client, work(run))
    assert (titles, row[:3]) == (["Sebutan", "NIK", "Surat", REASON], ["Wiralaga I", "1", "x"])
    again = preview("villages", book(("Data", [titles, ["Wiralaga I", "1", "34698", row[3]]])), make.AdminFactory())
    assert figures(again) == {"rows": 1, "change": 1}


def test_values_for_all_rows_and_names_of_sheets_stand_in_columns_of_their_own(client, staff):
    head = ["Desa", "Kode pos", "Jml KK"]
    content = book(("Mesuji", [head, ["Wiralaga I", "x", 820]]))
    run = hand_in("villages", content, staff, fixed={"figures_year": "2025"})
    titles, row = rest(client, work(run))
    assert titles == [*head, "Kecamatan", "Tahun data penduduk", REASON]
    assert row[:5] == ["Wiralaga I", "x", 820, "Mesuji", "2025"]


def test_a_file_without_titles_gets_the_names_of_the_columns(client, staff):
    rows = [["18.11.01.2001", "Wiralaga I", "34697"], ["18.11.01.2001", "Wiralaga I", "x"]]
    run = uploaded("villages", table(rows), staff, name="berkas.csv")
    mapping = {"village_code": {"title": "koloma"}, "village": {"title": "kolomb"}, "postal_code": {"title": "kolomc"}}
    lifecycle.map_columns(run, mapping, by=staff)
    titles, row = rest(client, work(run))
    assert titles == ["Kode desa", "Desa", "Kode pos", REASON]
    again = imported("villages", book(("Data", [titles, [*row[:2], "34697", row[3]]])), staff)
    assert figures(again) == {"rows": 1, "changed": 1}


def test_a_cell_filled_from_above_stands_filled_in_the_file_of_bad_rows(client, staff):
    head = ["Kecamatan", "Desa", "Kode pos"]
    rows = [["Mesuji", "Wiralaga I", "34697"], [None, "Wiralaga I", "x"]]
    assert rest(client, preview("villages", book(("Data", [head, *rows])), staff))[1][:2] == ["Mesuji", "Wiralaga I"]
