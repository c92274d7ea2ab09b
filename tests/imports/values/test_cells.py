"""Parsing of cells as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from imports.models import ImportRun
from imports.values import cells


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ({"day": "2018-12-04"}, date(2018, 12, 4)),
        ("4 Desember 2018", date(2018, 12, 4)),
        ("Selasa, 4 Desember 2018", date(2018, 12, 4)),
        ("Jum'at 7 Des. 2018", date(2018, 12, 7)),
        ("04-12-2018", date(2018, 12, 4)),
        ("4/12/2018", date(2018, 12, 4)),
        ("4.12.2018", date(2018, 12, 4)),
        ("2018-12-04", date(2018, 12, 4)),
        ("1 Pebruari 2019", date(2019, 2, 1)),
        ("-", None),
        (None, None),
    ],
)
def test_days(cell, value):
    assert cells.day(cell) == value


@pytest.mark.parametrize(
    "cell", ["31 Februari 2018", "kemarin", "04-12-18", 43438, "2018", "1 Mei 1890", "#REF!", True]
)
def test_what_is_no_day(cell):
    with pytest.raises(ValidationError):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.500", Decimal(1500)),
        ("1.500.000", Decimal(1500000)),
        ("1,5", Decimal("1.5")),
        ("1.5", Decimal("1.5")),
        ("1.250,50", Decimal("1250.50")),
        ("1,250.50", Decimal("1250.50")),
        ("Rp1.500.000,-", Decimal(1500000)),
        ("Rp. 2.000,00", Decimal(2000)),
        ("350 KK", Decimal(350)),
        ("1,5 L/detik", Decimal("1.5")),
        ("12 m3", Decimal(12)),
        (0.30000000000000004, Decimal("0.30")),
        (7, Decimal(7)),
        ("–", None),
    ],
)
def test_numbers(cell, value):
    assert cells.decimal(2)(cell) == value


@pytest.mark.parametrize("cell", [0.125, "0.125", 1500.5555, "1500,5555"])
def test_a_fraction_is_never_rounded_in_silence(cell):
    with pytest.raises(ValidationError, match="paling banyak 2 angka di belakang koma"):
        cells.decimal(2)(cell)
    with pytest.raises(ValidationError, match="bilangan bulat"):
        cells.whole()(cell)


@pytest.mark.parametrize(
    "cell", ["banyak", "1.2.3", "1,234", "", "12-15", "²", "1e9", True, {"day": "2018-01-01"}, "9" * 40]
)
def test_what_is_no_number(cell):
    if cell == "":
        assert cells.decimal(2)(cell) is None
        return
    with pytest.raises(ValidationError):
        cells.decimal(2)(cell)


@pytest.mark.parametrize(("cell", "value"), [(2017, 2017), ("TA 2017", 2017), ("TA. 2017", 2017), ("Tahun 2017", 2017)])
def test_years(cell, value):
    assert cells.year(cell) == value


@pytest.mark.parametrize("cell", ["17", "1817", 20171, "dua ribu", 2017.5])
def test_what_is_no_year(cell):
    with pytest.raises(ValidationError):
        cells.year(cell)


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        ("-3,95812345", "-3.958123", cells.ROUNDED),
        (-3.95812345, "-3.958123", cells.ROUNDED),
        ("-3,958100000", "-3.9581", ""),
        ("3°57'28.8\" LS", "-3.958", ""),
    ],
)
def test_a_point_is_rounded_with_a_note(cell, value, note):
    read = cells.degrees("lat")
    assert (read(cell), read.note(cell)) == (Decimal(value), note)


def test_yes_and_no():
    assert [cells.yes_no(cell) for cell in ("Ya", "✓", "v", "TIDAK", "belum", True, "-")] == [
        True,
        True,
        True,
        False,
        False,
        True,
        None,
    ]
    with pytest.raises(ValidationError):
        cells.yes_no("mungkin")


def test_choices_by_code_label_or_synonym():
    read = cells.of(ImportRun, "mode", {"semua": "all"})
    assert [read(cell) for cell in ("all", "Hanya baris yang benar", "SEMUA")] == ["all", "good", "all"]
    with pytest.raises(ValidationError, match="Pilih salah satu: Semua atau tidak sama sekali, Hanya baris yang benar"):
        read("?")


def test_numbers_that_are_names():
    read = cells.identifier(20)
    assert [read(cell) for cell in ("0012", 12)] == ["0012", "12"]
    for rounded in (10**15, 1.5):
        with pytest.raises(ValidationError, match="dibulatkan"):
            read(rounded)
