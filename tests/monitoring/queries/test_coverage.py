"""Cakupan: its sums, day, target and scope."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from monitoring.queries.coverage import Registry, years_beside_targets
from tests import factories as make
from tests.pages import errors, send
from villages.models import Target, Village

pytestmark = pytest.mark.django_db
PAGE = reverse("monitoring:coverage")


def place(people=None, households=None, subdistrict=None):
    parts = {"subdistrict": subdistrict} if subdistrict else {}
    year = 2024 if people or households else None
    return make.VillageFactory(people=people, households=households, figures_year=year, **parts)


def check(facility, on, people=0, households=0, sr=0, state="berfungsi"):
    return make.ConditionCheckFactory(
        facility=facility, checked_on=on, people=people, households=households, connections_active=sr, functioning=state
    )


def as_of(day):
    return Registry(Village.objects.all()).as_of(day)


def test_the_newest_check_up_to_the_day_counts_and_each_facility_once():
    village = place(people=1000, households=250)
    first, second = make.FacilityFactory.create_batch(2, village=village)
    check(first, date(2024, 5, 1), people=100, households=20, sr=15)
    check(first, date(2025, 5, 1), people=300, households=80, sr=60, state="sebagian")
    check(second, date(2025, 6, 1), people=200, households=50, sr=40)
    (row,), total = as_of(date(2025, 12, 31))
    assert (row.facilities, row.checked, row.working, row.villages_served) == (2, 2, 1, 1)
    assert (row.connections, row.households, row.people) == (100, 130, 500)
    assert (row.people_share, row.household_share, row.working_share) == (50, 52, 50)
    assert row.oldest == date(2025, 5, 1)
    assert (total.people, total.villages) == (500, 1)
    (row,), _ = as_of(date(2024, 12, 31))
    assert (row.people, row.checked, row.unchecked) == (100, 1, 1)


def test_a_correction_of_the_same_day_speaks():
    facility = make.FacilityFactory(village=place(people=100))
    check(facility, date(2025, 5, 1), people=90)
    check(facility, date(2025, 5, 1), people=9)
    assert as_of(date(2025, 5, 1))[1].people == 9


def test_a_figure_that_the_newest_check_leaves_out_is_that_of_the_check_before():
    facility = make.FacilityFactory(village=place(people=100))
    check(facility, date(2024, 5, 1), people=60, sr=12)
    make.ConditionCheckFactory(facility=facility, checked_on=date(2025, 5, 1), connections_active=14)
    _, total = as_of(date(2025, 12, 31))
    assert (total.people, total.connections, total.oldest) == (60, 14, date(2025, 5, 1))
    make.ConditionCheckFactory(facility=facility, checked_on=date(2026, 1, 5), functioning="tidak")
    _, total = as_of(date(2026, 12, 31))
    assert (total.people, total.connections, total.working) == (0, 0, 0)


def test_a_facility_built_later_is_not_there_yet():
    make.FacilityFactory(built_year=2021)
    assert as_of(date(2020, 12, 31))[1].facilities == 0
    assert as_of(date(2021, 1, 1))[1].facilities == 1


def test_shares_compare_only_villages_whose_totals_are_known():
    known, unknown = place(people=1000), place()
    check(make.FacilityFactory(village=known), date(2025, 1, 1), people=250)
    check(make.FacilityFactory(village=unknown), date(2025, 1, 1), people=900)
    _, total = as_of(date(2025, 12, 31))
    assert (total.people, total.people_share, total.villages_without_people) == (1150, 25, 1)
    assert total.household_share is None


def test_kecamatan_stand_in_the_order_of_their_codes_and_add_up():
    places = [make.SubdistrictFactory(code=code, name=code) for code in ("18.11.97", "18.11.02")]
    for subdistrict in places:
        check(make.FacilityFactory(village=place(people=100, subdistrict=subdistrict)), date(2025, 1, 1), people=30)
    rows, total = as_of(date(2025, 12, 31))
    assert [(row.place.code, row.people) for row in rows] == [("18.11.02", 30), ("18.11.97", 30)]
    assert total.people == 60


def test_targets_stand_beside_their_year():
    check(make.FacilityFactory(village=place(people=1000)), date(2024, 3, 1), people=700, sr=120)
    targets = [
        make.TargetFactory(year=2024, indicator="jiwa", value=Decimal("65.5")),
        make.TargetFactory(year=2024, indicator="sr", value=200),
        make.TargetFactory(year=2030, indicator="jiwa", value=100),
    ]
    rows = years_beside_targets(Registry(Village.objects.all()), targets, date(2026, 11, 24))
    assert [(row.year, row.on) for row in rows] == [
        (2030, None),
        (2026, date(2026, 11, 24)),
        (2025, date(2025, 12, 31)),
        (2024, date(2024, 12, 31)),
        (2023, date(2023, 12, 31)),
        (2022, date(2022, 12, 31)),
    ]
    cells = {cell.indicator: (cell.value, cell.is_met) for cell in rows[3].cells}
    assert cells == {"jiwa": (70, True), "kk": (None, False), "sr": (120, False), "spam": (100, False)}
    assert [cell.value for cell in rows[5].cells] == [None] * 4


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_same_number_of_queries(client, count, django_assert_num_queries):
    for number in range(count):
        subdistrict = make.SubdistrictFactory(code=f"18.11.1{number}")
        facility = make.FacilityFactory(village=place(people=100, subdistrict=subdistrict))
        check(facility, date(2025, 1, 1), people=30)
        make.TargetFactory(year=2020 + number)
    client.force_login(make.UserFactory())
    client.get(PAGE)
    with django_assert_num_queries(11):
        assert len(client.get(PAGE).context["rows"]) == count


def test_a_facilitator_sees_own_villages_without_the_targets_of_the_kabupaten(client):
    own, other = place(people=100), place(people=100)
    for village in (own, other):
        check(make.FacilityFactory(village=village), date(2025, 1, 1), people=30)
    make.TargetFactory(year=2025, value=77)
    client.force_login(make.FacilitatorFactory(villages=[own]))
    page = client.get(PAGE)
    assert page.context["total"].people == 30
    assert "target 77" not in page.content.decode()
    client.force_login(make.OfficialFactory())
    assert "target 77 %" in client.get(PAGE).content.decode()


def test_who_has_several_kabupaten_chooses_one(client):
    other = make.OtherDistrictFactory()
    own = place(people=100).subdistrict.district
    client.force_login(make.AdminFactory(all_districts=True, district=None))
    assert client.get(PAGE, {"kabupaten": own.pk}).context["total"].villages == 1
    assert client.get(PAGE, {"kabupaten": other.pk}).context["total"].villages == 0
    assert client.get(PAGE, {"kabupaten": "x", "per": "besok"}).status_code == 200


def test_without_any_kabupaten_the_page_says_so(client):
    client.force_login(make.AdminFactory(all_districts=True, district=None))
    assert "Belum ada desa yang dapat dihitung" in client.get(PAGE).content.decode()


def test_the_table_leaves_as_a_file(client):
    check(make.FacilityFactory(village=place(people=1000)), date(2025, 1, 1), people=250)
    client.force_login(make.UserFactory())
    answer = client.get(PAGE, {"unduh": "csv", "per": "2025-12-31"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1] == "18.11.98,Uji Tengah,1,1,1,1,1,0,0,,,,250,1000,1000,25.00,2025-01-01"


def test_a_target_is_recorded_once_and_says_what_is_wrong(client):
    user = make.UserFactory()
    client.force_login(user)
    url = reverse("villages:target_create", args=[user.district_id])
    typed = {"indicator": "jiwa", "year": "2027", "value": "82,5", "source": "RPJMD"}
    assert send(client, url, **typed).url == f"{PAGE}#target"
    target = Target.objects.get()
    assert (target.value, target.district, target.year) == (Decimal("82.5"), user.district, 2027)
    twice = ["Target indikator ini sudah tercatat untuk tahun itu."]
    assert errors(send(client, url, **typed)) == {"__all__": twice}
    high = ["Target persentase paling tinggi 100."]
    assert errors(send(client, url, **typed | {"value": "101", "year": "2028"})) == {"__all__": high}
    last = localdate().year + 10
    assert errors(send(client, url, **typed | {"year": "2007"}))["year"] == [f"Isi tahun antara 2008 dan {last}."]
    send(client, url, **typed | {"indicator": "sr", "value": "12.500"})
    assert Target.objects.get(indicator="sr").value == 12500
    send(client, reverse("villages:target_update", args=[target.pk]), value="90")
    target.refresh_from_db()
    assert (target.value, target.version) == (90, 2)


def test_what_nobody_recorded_is_none_and_leaves_the_share():
    """Four villages of 1,000: a known one, one never checked, one whose check has no jiwa, one without SPAM."""
    known, unchecked, untold, _ = (place(people=1000, households=250) for _ in range(4))
    check(make.FacilityFactory(village=known), date(2025, 1, 1), people=250, households=0, sr=40)
    make.FacilityFactory(village=unchecked)
    make.ConditionCheckFactory(
        facility=make.FacilityFactory(village=untold), checked_on=date(2025, 1, 1), functioning="berfungsi"
    )
    _, total = as_of(date(2025, 12, 31))
    assert (total.connections, total.households, total.people) == (40, 0, 250)
    assert (total.jiwa.unknown, total.jiwa.part, total.jiwa.whole, total.jiwa.total) == (2, 250, 1000, 4000)
    assert (total.people_share, total.household_share) == (25, 0)
    assert (total.base("jiwa"), total.base("sr"), total.base("spam")) == (
        "1 dari 4 desa",
        "1 dari 3 SPAM",
        "2 dari 3 SPAM",
    )


def test_a_village_with_one_unknown_system_is_left_out_of_the_share_and_kept_in_the_sum():
    village = place(people=1000)
    check(make.FacilityFactory(village=village), date(2025, 1, 1), people=300)
    make.FacilityFactory(village=village)
    _, total = as_of(date(2025, 12, 31))
    assert (total.people, total.jiwa.unknown, total.people_share) == (300, 1, None)


def test_a_place_without_any_record_is_empty_throughout(client):
    place()
    _, total = as_of(date(2025, 12, 31))
    assert (total.connections, total.households, total.people, total.working) == (None,) * 4
    assert (total.household_share, total.people_share, total.working_share) == (None,) * 3
    assert [total.reached(key) for key in Target.Indicator.values] == [None] * 4
    client.force_login(make.UserFactory())
    answer = client.get(PAGE, {"unduh": "csv", "per": "2025-12-31"})
    line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1]
    assert line == "18.11.98,Uji Tengah,1,0,0,0,,,,,,,,,,,"
