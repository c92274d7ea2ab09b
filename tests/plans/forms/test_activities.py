from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.forms.activities import ActivityRow, Choices
from plans.models import Activity, FundingSource, WorkArea
from records.formats import number_id
from records.models import MAX_RUPIAH
from tests.factories import FundingSourceFactory
from tests.plans.plans import make_lists, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def choices():
    make_lists()
    return Choices()


def typed(choices, key="n1", **cells):
    data = QueryDict(mutable=True)
    for name, value in row(key, **cells):
        data.appendlist(name, value)
    return ActivityRow(key, choices, data=data)


def code(label):
    return FundingSource.objects.get(label=label).code


def paid(form):
    return [(funding.source.label, funding.amount) for funding in form.fundings]


def test_a_source_without_amount_pays_all(choices):
    form = typed(choices, sources=[(code("Iuran"), "")])
    assert form.is_valid()
    assert paid(form) == [("Iuran", 1_500_000)]


def test_several_sources_the_empty_one_pays_the_rest(choices):
    form = typed(choices, sources=[(code("Iuran"), ""), (code("APBDes"), "1.000.000", "apbdes")])
    assert form.is_valid()
    assert paid(form) == [("Iuran", 500_000), ("APBDes", 1_000_000)]
    assert [funding.security for funding in form.fundings] == ["diusulkan", "apbdes"]


def test_sources_may_still_be_less_than_the_amount_of_a_draft(choices):
    form = typed(choices, sources=[(code("APBDes"), "400.000")])
    assert form.is_valid()
    assert paid(form) == [("APBDes", 400_000)]


@pytest.mark.parametrize(
    ("sources", "place", "error"),
    [
        ([("Iuran", "1.500.001")], 0, "Sumber dana berjumlah Rp1.500.001, lebih dari jumlah kegiatan Rp1.500.000."),
        (
            [("Iuran", "1.000.000"), ("APBDes", "1.000.000")],
            1,
            "Sumber dana berjumlah Rp2.000.000, lebih dari jumlah kegiatan Rp1.500.000.",
        ),
        (
            [("Iuran", "500.000"), ("Iuran", "500.000")],
            1,
            "Iuran sudah dipakai pada kegiatan ini. Gabungkan jumlahnya.",
        ),
        (
            [("Iuran", ""), ("APBDes", "")],
            1,
            "Isi jumlahnya: hanya satu sumber boleh dikosongkan untuk membayar sisanya.",
        ),
        (
            [("Iuran", "1.500.000"), ("APBDes", "")],
            1,
            "Tidak ada sisa untuk sumber ini. Isi jumlahnya atau kosongkan sumbernya.",
        ),
        ([("", "500.000")], 0, "Pilih sumber dana untuk jumlah ini."),
        ([("bukan-sumber", "500.000")], 0, "Pilih sumber dana untuk jumlah ini."),
        ([("Iuran", "-5")], 0, "Jumlah dari sumber dana harus lebih dari nol."),
        ([("Iuran", "0")], 0, "Jumlah dari sumber dana harus lebih dari nol."),
        ([("Iuran", "sejuta")], 0, "Tulis rupiah penuh, misalnya 1.500.000."),
        ([("Iuran", "9" * 5_000)], 0, "Tulis rupiah penuh, misalnya 1.500.000."),
        ([("Iuran", "9" * 20)], 0, "Jumlah ini melebihi Rp1 triliun. Periksa angkanya."),
        ([("Iuran", "", "entah")], 0, "Pilih kepastian dari daftar."),
    ],
)
def test_a_wrong_source_is_told_at_its_place(choices, sources, place, error):
    known = {source.label: source.code for source in FundingSource.objects.all()}
    form = typed(choices, sources=[(known.get(label, label), *rest) for label, *rest in sources])
    assert not form.is_valid()
    assert [slot.error for slot in form.slots if not slot.is_blank][place] == error


def test_a_line_without_cost_takes_no_source(choices):
    form = typed(choices, unit_price="0", sources=[(code("Iuran"), "")])
    assert not form.is_valid()
    assert form.row_error.startswith("Kegiatan ini belum berbiaya.")
    assert typed(choices, unit_price="0").is_valid()


@pytest.mark.parametrize(
    ("cells", "field", "error"),
    [
        ({"title": " "}, "title", "Tulis kegiatannya."),
        ({"volume": ""}, "volume", "Isi volume."),
        ({"volume": "dua"}, "volume", "Tulis angka, misalnya 12 atau 2,5."),
        ({"volume": "NaN"}, "volume", "Tulis angka, misalnya 12 atau 2,5."),
        ({"volume": "0.125"}, "volume", "“0.125” harus paling banyak 2 angka di belakang koma."),
        (
            {"unit_price": "75,000"},
            "unit_price",
            "“75,000” meragukan: tiga angka di belakang satu tanda. Tulis 75.000 bila maksudnya ribuan, atau 75 bila "
            "bukan.",
        ),
        ({"volume": "-1"}, "volume", "Volume tidak boleh negatif."),
        ({"unit_price": "10,5"}, "unit_price", "Tulis rupiah penuh, misalnya 1.450.000."),
        ({"unit_price": "-1"}, "unit_price", "Harga satuan tidak boleh negatif."),
        ({"cost_class": ""}, "cost_class", "Pilih jenis biaya."),
        (
            {"unit_price": "9" * 30, "volume": "0"},
            "unit_price",
            "Harga satuan ini melebihi Rp1 triliun. Periksa angkanya.",
        ),
        (
            {"unit_price": "1.000.000.000", "volume": "1.000.000"},
            "unit_price",
            "Jumlah kegiatan ini melebihi Rp1 triliun. Periksa volume dan harga.",
        ),
        ({"area": "Z"}, "area", "Pilih bidang dari daftar."),
        (
            {"mode": "gratis"},
            "mode",
            "Pilih pola pelaksanaan dari daftar.",
        ),
    ],
)
def test_a_wrong_cell_is_told_at_its_field(choices, cells, field, error):
    form = typed(choices, **cells)
    assert not form.is_valid()
    assert form.errors[field] == [error]


def test_numbers_are_read_as_written_here(choices):
    form = typed(choices, volume="1.250,5", unit_price="1.450.000")
    assert form.is_valid()
    assert (form.cleaned_data["volume"], form.cleaned_data["unit_price"]) == (Decimal("1250.5"), 1_450_000)


def test_months_are_a_set_and_strangers_are_no_months(choices):
    form = typed(choices, months=[4, 10, 13, "x", 4])
    assert form.is_valid()
    assert form.line.activity.month_list == [4, 10]


def test_a_row_asks_the_database_nothing(choices, django_assert_num_queries):
    form = typed(choices, sources=[(code("Iuran"), "")])
    with django_assert_num_queries(0):
        assert form.is_valid()


class TestAmounts(TestCase):
    @given(
        volume=st.decimals(0, 99_999, places=2, allow_nan=False),
        price=st.integers(0, 9_999_999),
        share=st.integers(1, 10**12),
    )
    @settings(max_examples=200)
    def test_half_up_and_the_sources_never_pay_more(self, volume, price, share):
        """For any input the amount is rounded half up, valid sources pay at most that, and the remainder is exact."""
        area, _ = WorkArea.objects.get_or_create(code="A", defaults={"label": "Uji"})
        first, second = FundingSourceFactory(code="uji1"), FundingSourceFactory(code="uji2")
        choices = Choices()
        form = typed(
            choices,
            area=area.code,
            volume=number_id(volume),
            unit_price=number_id(price),
            sources=[(first.code, number_id(share)), (second.code, "")],
        )
        amount = int((volume * price).to_integral_value(ROUND_HALF_UP))
        valid = form.is_valid()
        assert valid == (share < amount <= MAX_RUPIAH)
        if valid:
            assert Activity.cost(form.cleaned_data["volume"], form.cleaned_data["unit_price"]) == amount
            assert [funding.amount for funding in form.fundings] == [share, amount - share]
