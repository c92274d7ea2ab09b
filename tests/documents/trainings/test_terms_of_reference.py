import pytest

from tests import factories
from tests.documents.samples import make_training, paper_of, table_of, words_of

pytestmark = pytest.mark.django_db


def test_the_rows_of_a_training_make_its_kak(office):
    training = make_training(villages=2, cohort_year=2017)
    factories.BudgetLineFactory(training=training, title="Uang saku", account_code="5.2.2", ceiling=14_400_000)
    factories.BudgetLineFactory(training=training, title="Konsumsi", account_code="5.2.1", ceiling=600_000)
    snapshot, content = paper_of("terms_of_reference", training)
    assert table_of(snapshot, "Peserta")["footer"] == [["", "Jumlah", "", "6", ""]]
    assert [row[2:] for row in table_of(snapshot, "Materi")["rows"]] == [
        ["Materi hari 1", "7"],
        ["Materi hari 2", "8"],
        ["Materi hari 3", "9"],
    ]
    budget = table_of(snapshot, "Anggaran")
    assert budget["rows"] == [["1", "5.2.1", "Konsumsi", "600.000"], ["2", "5.2.2", "Uang saku", "14.400.000"]]
    assert budget["footer"] == [["", "", "Jumlah", "15.000.000"]]
    text = words_of(content)
    for line in (
        "KERANGKA ACUAN KERJA (KAK) PELATIHAN PENINGKATAN KAPASITAS KPSPAMS TAHUN 2018",
        "Untuk itu Dinas Perumahan dan Permukiman menyelenggarakan Pelatihan",
        "Peserta sebanyak 6 (enam) orang dari 2 (dua) desa penerima tahun 2017:",
        "Hari/tanggal : Selasa s.d. Kamis, 4 s.d. 6 Desember 2018",
        "Terbilang: lima belas juta rupiah.",
        f"G. Narasumber {'.' * 60}",
        "Mesuji, ........................ Pejabat Pelaksana Teknis Kegiatan,",
    ):
        assert line in text, line


def test_what_is_not_recorded_is_said_and_what_was_typed_comes_first(office):
    training = make_training(villages=0, days=1)
    factories.NarrativeFactory(training=training, background="Sumur kering.", purpose="Agar air mengalir.")
    text = words_of(paper_of("terms_of_reference", training)[1])
    assert "A. Latar belakang Sumur kering. B. Dasar hukum" in text
    assert "C. Maksud dan tujuan Agar air mengalir. D. Sasaran dan peserta ...." in text
    assert "H. Anggaran ...." in text
