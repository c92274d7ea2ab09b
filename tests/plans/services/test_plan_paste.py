"""Rows pasted from a spreadsheet, parsed as lines of a plan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.forms.activities import Choices
from plans.services.plan_paste import read_paste
from tests.plans.plans import make_lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def choices():
    make_lists()
    return Choices()


def cells(found):
    return [{name: values for name, values in line.cells.items() if any(values)} for line in found.lines]


def test_rows_with_a_head_are_read_by_its_names(choices):
    text = (
        "NO\tBidang\tURAIAN KEGIATAN\tLokasi\tVol.\tSat\tHarga Satuan (Rp)\tJumlah (Rp)\tSumber Dana\tPJ\tBulan\tKet.\n"
        '1\tA. Teknis: operasi dan pemeliharaan\tListrik "PLN"\tRumah pompa\t12\tbulan\tRp 1.450.000,00\t17.400.000\t'
        "iuran\tBendahara\tsetiap bulan\tprabayar\n"
        "2\tC\tRapat\t\t4\tkali\t150000\t600000\tIuran Rp100.000; APBDes\t\tMar, Jun\t\n"
    )
    found = read_paste(text, choices)
    assert found.problems == []
    codes = {source.label: code for code, source in choices.sources.items()}
    assert cells(found) == [
        {
            "area": ["A"],
            "title": ['Listrik "PLN"'],
            "location": ["Rumah pompa"],
            "volume": ["12"],
            "unit": ["bulan"],
            "unit_price": ["1.450.000"],
            "responsible": ["Bendahara"],
            "note": ["prabayar"],
            "cost_class": ["rutin"],
            "months": [str(month) for month in range(1, 13)],
            "source": [codes["Iuran"]],
            "security": ["diusulkan"],
        },
        {
            "area": ["C"],
            "title": ["Rapat"],
            "volume": ["4"],
            "unit": ["kali"],
            "unit_price": ["150000"],
            "cost_class": ["rutin"],
            "months": ["3", "6"],
            "source": [codes["Iuran"], codes["APBDes"]],
            "amount": ["100.000", ""],
            "security": ["diusulkan", "diusulkan"],
        },
    ]
    assert found.columns[:3] == ["bidang", "kegiatan", "lokasi"]


def test_the_paper_without_head_is_read_by_place_with_headings_and_sums(choices):
    months = "\t".join("x" if month in (4, 10) else "" for month in range(1, 13))
    text = (
        "A\tTeknis: operasi dan pemeliharaan\n"
        f"1\tPompa\tRumah pompa\tSemua SR\t2\tkali\t750.000\t1.500.000\tIuran\tKetua\t{months}\tsegera\n"
        "Jumlah bidang A\t\t\t\t\t\t\t1.500.000\n"
        "B. Pengembangan pelayanan\n"
        f"2\tSR baru\tDusun I\t\t20\tSR\t850.000\t17.000.000\tSwadaya\t\t{months}\t\n"
        "JUMLAH\t18.500.000\n"
    )
    found = read_paste(text, choices)
    assert found.problems == []
    read = [(line["area"], line["title"], line["volume"], line["months"]) for line in cells(found)]
    assert read == [(["A"], ["Pompa"], ["2"], ["4", "10"]), (["B"], ["SR baru"], ["20"], ["4", "10"])]


def test_twelve_columns_of_months_are_known_by_their_letters(choices):
    head = "Kegiatan\tVolume\tSatuan\tHarga satuan\t" + "\t".join("JFMAMJJASOND")
    found = read_paste(head + "\nRapat\t1\tkali\t1000\t1" + "\t" * 10 + "\tv\n", choices)
    assert cells(found)[0]["months"] == ["1", "12"]


def test_all_that_is_not_understood_is_told_at_once(choices):
    text = "Kegiatan;Volume;Satuan;Harga;Sumber dana;Bulan;Pola;Bidang\nPipa;1;m;5;Hibah 3;lusa;gotong;Z"
    assert read_paste(text, choices).problems == [
        "Baris tempelan 2 (Pipa): bidang “Z” tidak dikenal; dimasukkan ke bidang A.",
        "Baris tempelan 2 (Pipa): pola pelaksanaan “gotong” tidak dikenal.",
        "Baris tempelan 2 (Pipa): Bulan “lusa” tidak dikenal. Tulis seperti Apr, Okt atau Jan-Des.",
        "Baris tempelan 2 (Pipa): sumber dana “Hibah 3” tidak dikenal. Pilih dari daftar pada barisnya.",
    ]


class Whatever(TestCase):
    @given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text('\t;\n"A1xJan Iuran', max_size=120))
    @settings(max_examples=150)
    def test_whatever_is_pasted_is_read_without_a_fall(self, text):
        make_lists()
        choices = Choices()
        for line in read_paste(text, choices).lines:
            assert set(line.cells["source"]) <= {*choices.sources, ""}
            assert len(line.cells["source"]) == len(line.cells["amount"]) == len(line.cells["security"])
            assert line.cells["area"][0] in choices.areas


def test_a_nought_in_the_column_of_a_month_is_no_mark(choices):
    head = "Uraian\tVol\tSat\tHarga\tJ\tF\tM\tA\tM\tJ\tJ\tA\tS\tO\tN\tD"
    (line,) = read_paste(f"{head}\nRapat\t2\tkali\t1000\t0\t-\t\tv\t\t\t\t\t\t10\t\tx", choices).lines
    assert line.cells["months"] == ["4", "10", "12"]


@pytest.mark.parametrize(
    ("head", "row", "months"),
    [
        ("Jan\tFeb\tMar\tApr\tMei\tJun\tJul\tAgt\tSep\tOkt\tNov\tDes", "\tx\t\t\t\t\t\t\t\t\t\tv", [2, 12]),
        ("Januari\tFebruari\tMaret", "✓\t-\t1", [1, 3]),
        ("TW I\tTW II\tTW III\tTW IV", "\tx\t\t", [4, 5, 6]),
        ("Bulan" + "\t" * 11 + "\n\t\t\t\tJan\tFeb\tMar\tApr\tMei\tJun\tJul\tAgt\tSep\tOkt\tNov\tDes", "\tx", [2]),
        ("Bulan" + "\t" * 11 + "\n\t\t\t\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12", "\t\tx", [3]),
        ("Bulan" + "\t" * 11 + "\n\t\t\t\tJ\tF\tM\tA\tM\tJ\tJ\tA\tS\tO\tN\tD", "x", [1]),
    ],
)
def test_months_as_columns_are_read(choices, head, row, months):
    found = read_paste(f"Kegiatan\tVol\tSat\tHarga\t{head}\nRapat\t1\tkali\t1000\t{row}", choices)
    assert [line.cells["months"] for line in found.lines] == [[str(month) for month in months]]
    assert (found.left_out, found.unused, found.columns[-1]) == ([], [], "bulan")


def test_what_is_left_out_is_told_and_may_be_read_all_the_same(choices):
    head = "No\tKegiatan\tVolume\tSatuan\tHarga\tPrioritas"
    text = f"{head}\n1\t2\t3\t4\t5\t6\n1\tRapat\t2\tkali\t1000\t1\n\tJumlah pipa\t3\tm\t5000\n\tJumlah\t\t\t2000\n"
    text += "\t\t\t\tMesuji, 4 Desember 2018\n\t\t\t\tKetua,\n"
    found = read_paste(text, choices)
    assert [(row.number, row.kind, row.text) for row in found.left_out] == [
        (2, "nomor kolom", "1 2 3 4 5 6"),
        (4, "jumlah", "Jumlah pipa 3 m 5000"),
        (5, "jumlah", "Jumlah 2000"),
        (6, "tanda tangan", "Mesuji, 4 Desember 2018"),
        (7, "tanda tangan", "Ketua,"),
    ]
    assert found.unused == ["Prioritas"]
    again = read_paste(found.left_text, choices, whole=True)
    assert [line.cells["title"] for line in again.lines][:2] == [["Jumlah pipa"], ["Jumlah"]]
    assert again.left_out == []


def test_a_sum_that_is_not_volume_times_price_is_told(choices):
    text = (
        "Bidang\tKegiatan\tVolume\tHarga satuan\tJumlah\nA\tPipa\t10 m\t65.000\t650.000\nA\tCat\t2 kaleng\t65rb\t65.000"
    )
    found = read_paste(text, choices)
    sizes = [(line.cells["volume"], line.cells["unit"]) for line in found.lines]
    assert sizes == [(["10"], ["m"]), (["2"], ["kaleng"])]
    assert found.problems == [
        "Baris tempelan 3 (Cat): jumlah tertulis Rp65.000, sedangkan volume kali harga satuan Rp130.000. Periksa."
    ]


def test_an_amount_in_the_column_of_a_month_is_no_mark(choices):
    head = "Kegiatan\tVol\tSat\tHarga\tJan\tFeb\tMar"
    found = read_paste(f"Bidang\t{head}\nA\tRapat\t1\tkali\t1000\t500.000\ttidak\tv", choices)
    assert [line.cells["months"] for line in found.lines] == [["3"]]
    assert found.problems == [
        "Baris tempelan 2 (Rapat): “500.000” bukan tanda bulan. Beri tanda v, atau kosongkan.",
    ]


def test_titles_of_offices_and_lines_above_them(choices):
    text = "Rencana Kerja KPSPAMS 2026\n\n"
    text += "NO\tBIDANG/JENIS KEGIATAN\tVol.\tSat\tHarga Sat. (Rp)\tJml (Rp)\tJadwal Pelaksanaan\n"
    text += "A\tTeknis: operasi dan pemeliharaan\n1\tPipa\t2\t-\tRp 1.500,-\t3.000\tJan s/d Mar\n"
    found = read_paste(text, choices)
    assert found.problems == found.unused == []
    assert [(row.number, row.kind) for row in found.left_out] == [(1, "di atas judul kolom")]
    lines = [(line["area"], line["title"], line["unit_price"], line["months"]) for line in cells(found)]
    assert lines == [(["A"], ["Pipa"], ["1.500"], ["1", "2", "3"])]
    assert "unit" not in cells(found)[0]


def test_what_many_rows_lack_is_told_once_and_no_columns_are_told(choices):
    text = "Kegiatan\tVolume\tSatuan\tHarga\n" + "".join(f"{n}. Rapat\t1\tkali\t1.000\n" for n in range(1, 6))
    found = read_paste(text, choices)
    assert found.problems == ["5 baris: bidang belum disebut; dimasukkan ke bidang A."]
    assert {line.cells["title"][0] for line in found.lines} == {"Rapat"}
    (problem, *_) = read_paste("Rapat anggota 4 kali @ 100rb", choices).problems
    assert problem.startswith("Tempelan ini tidak terbagi menjadi kolom.")


COMMAS = "Bidang,Kegiatan,Volume,Satuan,Harga satuan,Bulan"


def test_commas_part_the_cells_where_quotation_marks_leave_no_doubt(choices):
    rows = ['A,"Pipa, keran",2,buah,75000,Mar', 'C,Rapat,"2,5",kali,"Rp 1.500,-",', "D. Administrasi dan keuangan"]
    found = read_paste("\n".join([COMMAS, *rows, ",Buku kas,1,buah,20.000,Jan"]), choices)
    assert found.problems == []
    lines = [(line["area"], line["title"], line["volume"], line["unit_price"]) for line in cells(found)]
    assert lines == [
        (["A"], ["Pipa, keran"], ["2"], ["75000"]),
        (["C"], ["Rapat"], ["2,5"], ["1.500"]),
        (["D"], ["Buku kas"], ["1"], ["20.000"]),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "C,Rapat,2,5,kali,75000,Jun",  # an extra decimal comma …
        "C,Rapat,2,5,kali,75000",  # … and one compensated by a missing cell
        "C,Rapat, anggota,4,kali,75000,Jun",
        "C,Rapat,4,kali",
        'C,"Rapat, anggota,4,kali,75000,Jun',
    ],
)
def test_commas_that_may_belong_to_a_cell_are_not_guessed(choices, row):
    found = read_paste("\n".join([COMMAS, "A,Pipa,2,buah,75000,Mar", row]), choices)
    assert found.lines == []
    assert found.problems == [
        "Koma pada baris tempelan 3 tidak cocok dengan judulnya (6 kolom): mungkin ada koma di dalam isian. Apit isian "
        'itu dengan tanda petik, misalnya "2,5", atau pisahkan kolom dengan titik koma, lalu baca lagi.'
    ]


def test_commas_without_titles_are_told(choices):
    (problem, *_) = read_paste("A,Pipa besar,2,buah,75000,Mar", choices).problems
    assert problem.startswith("Tempelan ini tampaknya dipisah dengan koma, tetapi tanpa baris judul")
    (problem, *_) = read_paste("Perbaikan pipa, pompa, dan keran", choices).problems
    assert problem.startswith("Tempelan ini tidak terbagi menjadi kolom.")
