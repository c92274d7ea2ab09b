"""Import of water systems and their checks."""

from datetime import date
from decimal import Decimal

import pytest

from tests import factories as make
from tests.imports.office import book, figures, imported, preview, undone, wrongs
from villages.models import ConditionCheck, Facility

pytestmark = pytest.mark.django_db

HEAD = ["Desa", "Nama SPAM", "Jenis opsi", "Debit (L/dt)", "Lintang", "Bujur", "Tanggal cek", "Kondisi", "SR", "Jam"]
ROW = [
    "Wiralaga I",
    "SPAM Dusun I",
    "Sumur bor dalam",
    "1,5",
    "-3,912345",
    105.412345,
    date(2026, 10, 1),
    "Baik",
    120,
    12,
]


@pytest.fixture
def staff():
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return make.UserFactory(district=village.subdistrict.district)


def sheet(*rows):
    return book(("SPAM", [HEAD, *rows]))


def test_a_facility_comes_with_its_check(staff):
    run = imported("facilities", sheet(ROW), staff)
    assert figures(run) == {"rows": 1, "created": 1}
    facility = Facility.objects.get()
    assert (facility.name, facility.technology, facility.capacity_lps, facility.lat, facility.lng) == (
        "SPAM Dusun I",
        "sumur_bor",
        Decimal("1.5"),
        Decimal("-3.912345"),
        Decimal("105.412345"),
    )
    check = facility.checks.get()
    assert (check.checked_on, check.functioning, check.connections_active, check.hours, check.recorded_by) == (
        date(2026, 10, 1),
        "berfungsi",
        120,
        12,
        staff,
    )
    assert figures(preview("facilities", sheet(ROW), staff)) == {"rows": 1, "same": 1}
    undone(run, staff)
    assert (Facility.objects.count(), ConditionCheck.objects.count()) == (0, 0)


def test_a_correction_of_a_check_is_added_beside_it(staff):
    imported("facilities", sheet(ROW), staff)
    imported("facilities", sheet([*ROW[:7], "Rusak", 0, 0]), staff)
    assert list(ConditionCheck.objects.order_by("pk").values_list("functioning", "connections_active")) == [
        ("berfungsi", 120),
        ("tidak", 0),
    ]


def test_a_check_before_the_recorded_year_of_building_is_refused(staff):
    imported("facilities", sheet(ROW), staff)
    Facility.objects.update(built_year=2027)
    run = preview("facilities", sheet([*ROW[:7], "Rusak", 0, 0]), staff)
    assert [(column, "dibangun tahun 2027" in text) for _, column, text in wrongs(run)] == [("checked_on", True)]


def test_what_is_wrong_with_a_facility_is_told(staff):
    rows = [
        ["Wiralaga I", "Satu", "Kincir", "-2", "105,4", "-3,9", None, "Baik", -5, 25],
        ["Wiralaga I", "Dua", None, None, "-3,9", None, date(2030, 1, 1), "Baik", None, None],
    ]
    run = preview("facilities", sheet(*rows), staff)
    assert [(line, column) for line, column, _ in wrongs(run)] == [
        (2, "technology"),
        (2, "capacity_lps"),
        (2, "connections_active"),
        (2, "hours"),
        (2, "checked_on"),
        (2, "lat"),
        (2, "lat"),
        (3, "checked_on"),
        (3, "lat"),
        (3, "technology"),
    ]


def test_a_point_of_a_telephone_is_rounded_and_the_preview_says_so(staff):
    run = preview("facilities", sheet([*ROW[:4], "-3,91234567", "105.4123456789", *ROW[6:]]), staff)
    (row,) = run.rows.all()
    assert (row.understood["lat"], row.understood["lng"]) == ("-3,912346", "105,412346")
    assert row.notes["lat"] == row.notes["lng"] == "dibulatkan ke 6 angka di belakang koma"
