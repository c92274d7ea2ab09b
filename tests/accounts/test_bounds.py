from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.bounds import KNOWN, Bounds
from accounts.models import DistrictSettings
from tests.factories import DistrictFactory, OtherDistrictFactory

LAND = Bounds(Decimal("-4.23"), Decimal("-3.72"), Decimal("105.04"), Decimal("105.77"))


@pytest.mark.parametrize(
    ("lat", "lng", "complaint"),
    [
        ("-3.958", "105.281", ""),
        ("105.281", "-3.958", "Lintang dan bujur tertukar. Isi lintang -3,958 dan bujur 105,281."),
        ("3.958", "105.281", "Tanda minus pada lintang terbalik. Isi lintang -3,958."),
        (
            "-5.4",
            "105.26",
            "Titik ini di luar Kabupaten Uji (lintang -4,23 s.d. -3,72, bujur 105,04 s.d. 105,77). Periksa angkanya.",
        ),
    ],
)
def test_the_usual_slips_are_named(lat, lng, complaint):
    assert LAND.complaint(Decimal(lat), Decimal(lng), "Kabupaten Uji") == complaint


def test_a_kabupaten_has_its_own_bounds_or_the_known_ones(db):
    known, unknown = DistrictFactory(), OtherDistrictFactory()
    assert known.rules.bounds == KNOWN[known.code]
    assert unknown.rules.bounds is None
    DistrictSettings.objects.create(district=unknown, south=-5, north=-4, west=104, east=105)
    unknown.refresh_from_db()
    assert unknown.rules.bounds == Bounds(-5, -4, 104, 105)


@pytest.mark.parametrize(
    "sides",
    [
        {"south": -4},
        {"south": -3, "north": -4, "west": 104, "east": 105},
        {"south": -4, "north": -3, "west": 105, "east": 104},
        {"south": -4, "north": -3, "west": 104, "east": 181},
    ],
)
def test_database_refuses_bounds_that_hold_nothing(db, sides):
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictSettings.objects.create(district=DistrictFactory(), **sides)
