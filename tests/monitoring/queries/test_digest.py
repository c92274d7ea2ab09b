"""Ringkasan and Lembar Desa: the figures of the other pages on one page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from monitoring.forms.home import HomeFilter
from monitoring.queries import stage_counts
from monitoring.queries.area import Area, VillageArea
from monitoring.queries.digest import digest_of, message, shortened
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = reverse("monitoring:summary")


@pytest.fixture
def staff():
    return make.UserFactory()


@pytest.fixture
def villages():
    found = [make.VillageFactory(name=f"Contoh {name}") for name in ("Satu", "Dua", "Tiga")]
    for village in found:
        make.GrantAwardFactory(village=village)
    return found


def chosen(user, **data):
    return Area.of_district(data, user)


def damaged(village, **fields):
    return make.DamageReportFactory(facility__village=village, **({"since": date(2026, 1, 10)} | fields))


def test_figures_are_those_of_beranda(staff, villages):
    make.ConditionCheckFactory(facility__village=villages[0], checked_on=localdate())
    digest = digest_of(chosen(staff))
    chains = HomeFilter({}, user=staff).area.chains()
    assert digest.stages == stage_counts.stage_counts(chains)
    assert [(m.key, len(m.red)) for m in digest.missing] == [(m.key, len(m.red)) for m in stage_counts.red_list(chains)]


def test_damages_of_the_day_with_what_they_cost(staff, villages):
    damaged(villages[0], estimated_cost=12_500_000, handled_by="Seksi Teknik")
    damaged(villages[1], since=date(2026, 2, 1))
    damaged(villages[2], state="berfungsi", working_again_on=date(2026, 2, 20))
    now, then = digest_of(chosen(staff)), digest_of(chosen(staff, per="2026-01-20"))
    assert [(d.village, d.cost, d.who) for d in now.damages] == [
        ("Contoh Satu", 12_500_000, "Seksi Teknik"),
        ("Contoh Dua", None, "KPSPAMS"),
    ]
    assert (now.damage_cost, now.unestimated) == (12_500_000, 1)
    assert [(d.village, d.days) for d in then.damages] == [("Contoh Satu", 11), ("Contoh Tiga", 11)]


def test_money_of_the_plans_of_the_year(staff, villages):
    plan = make.ApprovedPlanFactory(group=make.GroupFactory(village=villages[0]), year=localdate().year)
    funding = make.ActivityFundingFactory(activity__plan=plan)
    digest = digest_of(chosen(staff))
    assert digest.money.planned == funding.activity.amount
    assert digest.money.unsecured == digest.money.planned - digest.money.secured


def test_one_village_tells_its_own_chain(staff, villages):
    damaged(villages[1])
    digest = digest_of(VillageArea.of_village({}, staff, villages[0]))
    assert [chain.village for chain in digest.chains] == [villages[0]]
    assert digest.damages == []
    assert "- Terlatih: Belum ada data" in message(digest)


def test_a_fasilitator_sees_the_own_villages_and_no_target_of_all(villages):
    make.TargetFactory(district=villages[0].subdistrict.district, year=localdate().year, indicator="kk", value=80)
    digest = digest_of(chosen(make.FacilitatorFactory(villages=villages[:1])))
    assert [chain.village for chain in digest.chains] == villages[:1]
    assert {goal.target for goal in digest.goals} == {"–"}
    assert "hanya desa penugasan Anda" in digest.as_of
    assert "*Cakupan desa penugasan Anda*" in message(digest)
    assert digest.none_found == "Belum ada KPSPAMS atau SPAM yang ada datanya."


def test_another_kabupaten_stays_out_for_who_sees_all(villages):
    central = make.AdminFactory(district=None, all_districts=True)
    place = make.SubdistrictFactory(code="18.05.01", district=make.OtherDistrictFactory())
    elsewhere = make.VillageFactory(subdistrict=place)
    make.GrantAwardFactory(village=elsewhere)
    damaged(elsewhere)
    digest = digest_of(chosen(central, kabupaten=str(villages[0].subdistrict.district.pk)))
    assert {chain.village for chain in digest.chains} == set(villages)
    assert digest.damages == []


def test_the_text_names_places_and_no_person(staff, villages):
    make.MemberFactory(group__village=villages[0], person__name="Sumarni Wijaya")
    damaged(villages[0], estimated_cost=5_000_000)
    text = message(digest_of(chosen(staff)))
    assert text.startswith("*Ringkasan Kabupaten Mesuji*")
    assert "*Cakupan Kabupaten Mesuji*" in text
    assert "Contoh Satu" in text
    assert "Rp5.000.000" in text
    assert "Sumarni" not in text


def test_long_lists_of_names_end_in_a_number():
    assert shortened([]) == "–"
    assert shortened([f"D{n}" for n in range(10)], 3) == "D0, D1, D2, dan 7 lainnya"


def test_the_page_costs_the_same_for_one_and_for_five_villages(client, staff, django_assert_num_queries):
    def more(count):
        for _ in range(count):
            village = make.VillageFactory()
            make.GrantAwardFactory(village=village)
            damaged(village)
            make.GroupFactory(village=village)

    client.force_login(staff)
    more(1)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as once:
        client.get(PAGE)
    more(4)
    with django_assert_num_queries(len(once)):
        client.get(PAGE)
