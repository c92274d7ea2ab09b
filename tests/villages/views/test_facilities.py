from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests import factories as make
from tests.pages import errors, send, shown
from villages.models import ConditionCheck, Facility

pytestmark = pytest.mark.django_db


def page(name, row):
    return reverse(f"villages:{name}", args=[row.pk])


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 5])
def test_facility_detail_asks_the_same_number_of_queries(client, staff, count, django_assert_num_queries):
    facility = make.FacilityFactory()
    for _ in range(count):
        make.ConditionCheckFactory(facility=facility)
    client.get(facility.get_absolute_url())
    with django_assert_num_queries(10):
        response = client.get(facility.get_absolute_url())
    assert len(response.context["checks"]) == count


def test_facility_create_and_update(client, staff):
    village = make.VillageFactory()
    values = {"name": "SPAM Dusun I", "technology": "sumur_bor", "capacity_lps": "1,5", "reservoir_m3": "1.500"}
    send(client, page("facility_create", village), **values)
    facility = Facility.objects.get()
    assert (facility.village, str(facility.capacity_lps), str(facility.reservoir_m3)) == (village, "1.50", "1500.0")
    again = send(client, page("facility_create", village), **values)
    assert errors(again) == {"__all__": ["Sarana dengan nama ini sudah ada di desa itu."]}
    send(client, page("facility_update", facility), built_year="2017", lat="-3,9", lng="105.2")
    facility.refresh_from_db()
    assert (facility.built_year, str(facility.lat), str(facility.capacity_lps)) == (2017, "-3.900000", "1.50")


CHECK = {"functioning": "sebagian", "cause": "Pompa lemah", "checked_by": "Petugas", "checked_on": "2026-01-05"}


def test_check_form_begins_with_today_and_the_one_who_writes(client, staff):
    values = shown(client.get(page("check_create", make.FacilityFactory())))
    assert (values["checked_on"], values["checked_by"]) == (localdate().isoformat(), staff.name)


def test_check_is_added_once_and_names_who_recorded_it(client, staff):
    facility = make.FacilityFactory()
    url = page("check_create", facility)
    data = shown(client.get(url)) | CHECK | {"households": "1.250", "hours": "6,5"}
    first, second = client.post(url, data), client.post(url, data)
    check = ConditionCheck.objects.get()
    assert (check.households, str(check.hours), check.recorded_by) == (1250, "6.5", staff)
    assert first.url == second.url == facility.get_absolute_url()


def test_a_correction_is_a_new_row_and_the_newest_speaks(client, staff):
    facility = make.FacilityFactory()
    send(client, page("check_create", facility), **CHECK | {"functioning": "berfungsi"})
    send(client, page("check_create", facility), **CHECK)
    assert facility.checks.count() == 2
    assert Facility.objects.with_latest_check().get().functioning == "sebagian"
    assert Facility.objects.with_latest_check(on=date(2026, 1, 4)).get().functioning is None


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"checked_on": "future"}, "checked_on", "Tanggal tidak boleh sesudah hari ini"),
        ({"checked_on": "0026-01-05"}, "checked_on", "Periksa tahunnya: 26."),
        ({"cause": ""}, "cause", "Tulis penyebab atau bagian yang tidak berfungsi."),
        ({"hours": "25"}, "hours", "Isi jam antara 0 dan 24."),
        ({"households": "1.001"}, "still_save", "KK terlayani (1001) melebihi jumlah KK"),
        (
            {"functioning": "tidak", "hours": "5"},
            "still_save",
            "Sarana dicatat tidak berfungsi, tetapi ada jam layanan",
        ),
    ],
)
def test_check_says_what_is_wrong_or_unlikely(client, staff, changed, field, sentence):
    facility = make.FacilityFactory(village__households=1000, village__figures_year=2025)
    if changed.get("checked_on") == "future":
        changed = {"checked_on": (localdate() + timedelta(days=1)).isoformat()}
    response = send(client, page("check_create", facility), **CHECK | changed)
    assert [text.startswith(sentence) for text in errors(response)[field]] == [True]
    assert facility.checks.count() == 0


def test_an_unlikely_check_is_saved_when_confirmed(client, staff):
    facility = make.FacilityFactory(village__households=1000, village__figures_year=2025)
    url = page("check_create", facility)
    response = send(client, url, **CHECK, households="1.001")
    assert client.post(url, shown(response) | {"still_save": "on"}).status_code == 302
    assert facility.checks.get().households == 1001


@pytest.mark.parametrize(
    "name", ["facility_detail", "facility_update", "check_create", "village_detail", "person_detail"]
)
def test_a_number_beyond_all_rows_is_not_found(client, staff, name):
    assert client.get(reverse(f"villages:{name}", args=[10**20])).status_code == 404
