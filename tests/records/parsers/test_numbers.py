"""Figures and money as offices write them: printed ones are read back, ambiguous ones are refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records import formats
from records.parsers import numbers

WHOLE = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "places", "label", "value"),
    [
        ("5 juta", 0, "Harga satuan (Rp)", 5_000_000),
        ("Rp2,5 jt", 0, "Harga satuan (Rp)", 2_500_000),
        ("750rb", 0, "Harga satuan (Rp)", 750_000),
        ("1,5 miliar rupiah", 0, "Biaya (Rp)", 1_500_000_000),
        ("30 liter/menit", 2, "Kapasitas (L/detik)", "0.5"),
        ("3,6 m3/jam", 2, "kapasitas (L/detik)", 1),
        ("1.500 liter", 1, "Reservoir (m³)", "1.5"),
        ("350 KK", 0, "Jumlah KK", 350),
        ("Rp1.500.000,-", 0, "", 1_500_000),
        ("Rp. 2.000,00", 0, "", 2000),
        ("75,00", 0, "Harga (Rp)", 75),
        ("1,250,000", 0, "", 1_250_000),
        ("1,250.50", 2, "", "1250.5"),
        ("1.5", 2, "", "1.5"),
        ("0,25", 2, "", "0.25"),
        ("1.125", 2, "", 1125),
        ("-Rp500", 0, "", -500),
        ("−4", 0, "", -4),
        ("Rp -", 0, "", None),
        (" – ", 0, "", None),
    ],
)
def test_figures(text, places, label, value):
    assert numbers.read(text, places, label=label) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "places", "label", "message"),
    [
        ("75,000", 0, "Harga (Rp)", "“75,000” meragukan: tiga angka di belakang satu tanda. Tulis 75.000"),
        ("12,500", 2, "Volume", "meragukan"),
        ("1234.567", 2, "", "meragukan"),
        ("0.125", 2, "Volume", "“0.125” harus paling banyak 2 angka di belakang koma."),
        ("1.500 juta", 0, "", "meragukan"),
        ("1500,5", 0, "Harga (Rp)", "harus bilangan bulat"),
        ("20 liter/menit", 2, "Kapasitas (L/detik)", "tidak genap dalam liter/detik"),
        ("350 jiwa", 0, "Jumlah KK", "“jiwa” pada “350 jiwa” tidak dikenal"),
        ("12 lusin", 2, "Volume", "“lusin” pada “12 lusin” tidak dikenal"),
        ("Rp5.000/bulan", 0, "Harga satuan (Rp)", "tidak dikenal"),
        ("1,5 M", 0, "Harga satuan (Rp)", "tidak jelas"),
        ("8,12E+11", 0, "", "dibulatkan oleh Excel"),
        ("1.2.3", 2, "", "Titik dan koma"),
        ("1.50.000", 0, "", "Titik dan koma"),
        ("sekitar 5", 0, "", "bukan angka"),
        ("> 5", 0, "", "bukan angka"),
        ("5-6", 0, "", "bukan angka"),
        ("9" * 61, 0, "", "bukan angka"),
        ("٣", 0, "", "bukan angka"),
    ],
)
def test_figures_that_would_have_to_be_guessed(text, places, label, message):
    with pytest.raises(ValidationError) as refused:
        numbers.read(text, places, label=label)
    assert message in refused.value.messages[0]


@given(WHOLE)
def test_money_as_printed_reads_back(amount):
    texts = [formats.rupiah(amount), formats.rupiah_letter(amount), formats.number_id(amount), str(amount)]
    assert [numbers.read(text, label="Biaya (Rp)") for text in texts] == [amount] * 4


@given(st.decimals(-(10**9), 10**9, places=2))
def test_figures_as_printed_and_exported_read_back(value):
    assert numbers.read(formats.number_id(value), 2) == value
    assert numbers.read(formats.number_id(value, 2), 2) == value
    assert numbers.read(str(value), 2) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_cell_of_type_number_is_never_rounded_in_silence(number):
    try:
        value = numbers.of_number(number, 2)
    except ValidationError:
        return
    assert float(value) == pytest.approx(number, rel=1e-14)
