"""Rows copied from a spreadsheet, read as lines of a plan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kpspams.forms.activities import Choices
from kpspams.plan_paste import read_paste
from tests.kpspams.plans import make_lists

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
