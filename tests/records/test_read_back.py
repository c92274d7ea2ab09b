"""Figures with their units, as pages and documents print them, are parsed back under the label of their column."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from records import formats
from records.fields import WholeField
from records.parsers import degrees, numbers, phones

SIZES = st.decimals(0, 10**6, places=2)
UNITS = (
    ("{} m³", "Isi reservoir (m³)"),
    ("{} L/detik", "Kapasitas (L/detik)"),
    ("{}%", "Tingkat (%)"),
    ("{} jam/hari", "Layanan (jam/hari)"),
)


@pytest.mark.parametrize(("printed", "label"), UNITS)
@given(size=SIZES)
@settings(max_examples=20)
def test_sizes(printed, label, size):
    assert numbers.read(printed.format(formats.number_id(size)), 2, label=label) == size


@given(st.decimals(0, 100, places=1))
@settings(max_examples=40)
def test_percent(share):
    assert numbers.read(formats.percent(share), 1, label="Tingkat (%)") == share


@given(st.integers(0, 10**12), st.sampled_from(["Rp{}", "Rp {},-", "Rp. {},00", "{} rupiah", "{}"]))
@settings(max_examples=60)
def test_rupiah_as_offices_write_it(amount, form):
    assert numbers.read(form.format(formats.number_id(amount)), label="Harga (Rp)") == amount


@given(st.integers(0, 2**31 - 1), st.sampled_from(["{} KK", "{} kepala keluarga", "± {} KK", "+/- {}", "kira-kira {}"]))
@settings(max_examples=40)
def test_a_count_is_read_and_an_estimate_is_told(count, form):
    text = form.format(formats.number_id(count))
    field = WholeField(label="Jumlah KK")
    if form[0] == "{":
        assert field.clean(text) == count
        return
    with pytest.raises(ValidationError, match="perkiraan"):
        numbers.read(text, label="Jumlah KK")


@given(st.decimals(-11, 6, places=6), st.decimals(95, 141, places=6))
@settings(max_examples=40)
def test_points_as_exported_and_in_degrees_minutes_seconds(lat, lng):
    assert (degrees.read(str(lat), degrees.LAT), degrees.read(formats.number_id(lng), degrees.LNG)) == (lat, lng)
    whole = int(abs(lat))
    minutes = (abs(lat) - whole) * 60
    seconds = (minutes - int(minutes)) * 60
    side = "LS" if lat < 0 else "LU"
    assert degrees.read(f"{whole}°{int(minutes)}'{seconds:.4f}\" {side}", degrees.LAT) == lat


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("0812 3456 7890/0813 1111 2222", "memuat dua nomor"),
        ("0812-3456-7890, 0813-1111-2222", "memuat dua nomor"),
        ("0812 3456 7890 atau 0813 1111 2222", "memuat dua nomor"),
        ("08123", "Nomor HP tidak benar: “08123”"),
    ],
)
def test_a_telephone_that_is_refused_is_named(written, message):
    with pytest.raises(ValidationError, match=message):
        phones.read(written)


def test_telephones_of_messages():
    written = (
        "081 2345 6789 (WA)",
        "0812\u00a03456\u00a0789",
        "WA: 0812.3456.789",
        "+62 812-3456-789",
    )
    assert {phones.read(text) for text in written} == {"+628123456789"}
    assert {phones.read(text) for text in ("-", "tidak ada", "tdk ada", "belum punya HP", "\u2013")} == {""}


def test_everyday_money():
    texts = (
        "1,5 jt",
        "Rp 1,5 jt",
        "Rp1,5juta",
        "Rp 1.500.000,-",
        "Rp.1.500.000.-",
        "1.500.000,00",
        "1500 ribu",
        "1500rb",
    )
    assert {numbers.read(text, label="Harga (Rp)") for text in texts} == {Decimal(1_500_000)}
    assert {numbers.read(text, label="Harga (Rp)") for text in ("-", "Rp -", "Rp –")} == {None}
