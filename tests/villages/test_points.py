import pytest
from django.urls import reverse

from tests import factories as make
from tests.pages import errors, send

pytestmark = pytest.mark.django_db
SWAPPED = "Lintang dan bujur tertukar. Isi lintang -3,9 dan bujur 105,2."


@pytest.mark.parametrize("page", ["village_update", "facility_update", "facility_create"])
def test_a_point_lies_in_the_kabupaten(client, page):
    client.force_login(make.UserFactory())
    village = make.VillageFactory(edition="Uji")
    row = make.FacilityFactory(village=village) if page == "facility_update" else village
    url = reverse(f"villages:{page}", args=[row.pk])
    assert errors(send(client, url, name="Uji", lat="105,2", lng="-3.9")) == {"lat": [SWAPPED]}
    assert send(client, url, name="Uji", lat="-3,9", lng="105.2").status_code == 302
