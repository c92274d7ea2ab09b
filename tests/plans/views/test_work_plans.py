import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup
from plans.models import PlanStep, WorkPlan
from plans.services.plan_starts import Start, fill_plan
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    AdminFactory,
    FacilitatorFactory,
    GrantAwardFactory,
    GroupFactory,
    OfficialFactory,
    OtherDistrictFactory,
    SubdistrictFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.pages import page_messages
from tests.plans.plans import make_lists, put, url

pytestmark = pytest.mark.django_db
LIST = reverse("plans:work_plan_list")


# The list


def test_work_plan_list_counts_the_plans_of_this_year_and_tells_who_has_none(client, staff):
    plan = ActivityFundingFactory(activity__plan__year=localdate().year).activity.plan
    WorkPlanFactory(year=2019)
    GroupFactory(name="Tirta Tanpa Rencana")
    KpspamsGroup.objects.exclude(pk=plan.group_id).filter(work_plans__year=2019).update(dissolved_on=date(2020, 1, 1))
    answer = client.get(LIST)
    assert list(answer.context["object_list"]) == [plan]
    assert "Rp1.500.000" in answer.text
    assert [group.name for group in answer.context["missing_groups"]] == ["Tirta Tanpa Rencana"]
    assert f"Buat rencana kerja {localdate().year}" in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tahun": "2019"}, {"Tirta Lama"}),
        ({"tahun": "semua"}, {"Tirta Lama", "Tirta Baru", "Sumber Jaya"}),
        ({"tahun": "semua", "q": "KPS-Pams tirta LAMA"}, {"Tirta Lama"}),
        ({"tahun": "semua", "q": "sukamaju"}, {"Sumber Jaya"}),
        ({"tahun": "semua", "status": "approved"}, {"Tirta Baru"}),
        ({"tahun": "semua", "cohort": "2017"}, {"Sumber Jaya"}),
        ({"tahun": "semua", "q": "tidak ada yang begini"}, set()),
    ],
)
def test_work_plan_list_narrows_by_each_filter(client, staff, query, found):
    year = localdate().year
    WorkPlanFactory(group__name="Tirta Lama", year=2019)
    WorkPlanFactory(group__name="Tirta Baru", year=year, status="approved")
    village = VillageFactory(name="Suka Maju", subdistrict=SubdistrictFactory(code="18.11.97", name="Uji Barat"))
    GrantAwardFactory(village=village)
    WorkPlanFactory(group__name="Sumber Jaya", group__village=village, year=year)
    answer = client.get(LIST, query)
    assert {plan.group.name for plan in answer.context["object_list"]} == found
    answer = client.get(LIST, {"tahun": "semua", "kecamatan": village.subdistrict.pk})
    assert {plan.group.name for plan in answer.context["object_list"]} == {"Sumber Jaya"}


@pytest.mark.parametrize("query", [{"tahun": "abc"}, {"kecamatan": "9" * 30}, {"urut": "password"}, {"page": "0"}])
def test_work_plan_list_with_a_mangled_address_is_no_error_of_ours(client, staff, query):
    assert client.get(LIST, query).status_code in (200, 404)


@pytest.mark.parametrize("sort", ["desa", "jumlah", "status", "terbaru"])
def test_work_plan_list_asks_as_much_for_five_as_for_one(client, staff, django_assert_num_queries, sort):
    year = localdate().year

    def add():
        plan = WorkPlanFactory(year=year)
        ActivityFactory(plan=plan)
        PlanStep.objects.create(plan=plan, action="submit", on=date(2026, 1, 5))
        GroupFactory()

    add()
    with django_assert_num_queries(10):
        client.get(LIST, {"urut": sort})
    for _ in range(4):
        add()
    with django_assert_num_queries(10):
        client.get(LIST, {"urut": sort})


def test_work_plan_list_shows_a_fasilitator_only_their_villages(client, plan):
    WorkPlanFactory(year=plan.year)
    client.force_login(FacilitatorFactory(villages=[plan.group.village]))
    answer = client.get(LIST, {"tahun": "semua"})
    assert list(answer.context["object_list"]) == [plan]
    assert list(answer.context.get("missing_groups", [])) == []


# The detail


def test_work_plan_detail_shows_the_paper_and_the_fee_check(client, staff):
    make_lists()
    plan = WorkPlanFactory(year=2019, payers=120, base_fee=5_000, tariff=3_000)
    fill_plan(plan, Start.USUAL, by=staff)
    text = client.get(url(plan)).text
    for words in (
        "Rp94.935.000",
        "Terbilang: sembilan puluh empat juta sembilan ratus tiga puluh lima ribu rupiah",
        "Jumlah bidang A",
        "Rp35.925.000",
        "Iuran menutup BOP",
        "Rp29.191",
        "Rp31.500",
        "Rp3.325.000",
        "Tahun 2019",
    ):
        assert words in text
    assert "2.019" not in text
    plan.tariff = 2_000
    plan.change(by=staff)
    assert "Iuran di bawah BOP" in client.get(url(plan)).text
    plan.payers = None
    plan.change(by=staff)
    assert "Belum dapat dihitung" in client.get(url(plan)).text


def test_work_plan_detail_asks_as_much_for_five_lines_as_for_one(client, staff, plan, django_assert_num_queries):
    with django_assert_num_queries(17):
        client.get(url(plan))
    for line in range(2, 6):
        ActivityFundingFactory(activity=ActivityFactory(plan=plan, line=line))
    with django_assert_num_queries(17):
        client.get(url(plan))


def test_a_plan_without_activities_says_how_to_begin(client, staff):
    plan = WorkPlanFactory()
    text = client.get(url(plan)).text
    assert "Belum ada kegiatan." in text
    answer = client.post(url(plan, "work_plan_fill"), {"start": "contoh"}, follow=True)
    assert "Kegiatan awal sudah diisikan." in answer.text
    count = plan.activities.count()
    assert count > 0
    client.post(url(plan, "work_plan_fill"), {"start": "contoh"})
    assert plan.activities.count() == count


# A new plan


def new_plan(group, **fields):
    data = {"group": str(group.pk), "year": "2026", "start": "kosong", "request_key": str(uuid.uuid4())}
    return data | fields


def test_a_new_plan_starts_from_the_usual_activities_and_leads_to_the_grid(client, staff):
    make_lists()
    group = GroupFactory()
    answer = client.post(reverse("plans:work_plan_create"), new_plan(group, start="contoh"))
    plan = WorkPlan.objects.get()
    assert answer.url == url(plan, "work_plan_update")
    assert (plan.group, plan.year, plan.status, plan.activities.count()) == (group, 2026, "draft", 15)


def test_a_new_plan_sent_twice_is_one_plan_with_its_lines_once(client, staff):
    make_lists()
    data = new_plan(GroupFactory(), start="contoh")
    answers = [client.post(reverse("plans:work_plan_create"), data) for _ in range(3)]
    plan = WorkPlan.objects.get()
    assert {answer.url for answer in answers} == {url(plan, "work_plan_update")}
    assert plan.activities.count() == 15


def test_a_second_plan_of_the_year_is_refused_at_its_field(client, staff, plan):
    answer = client.post(reverse("plans:work_plan_create"), new_plan(plan.group))
    assert answer.context["form"].errors["year"] == [
        "Rencana kerja tahun 2026 untuk KPSPAMS ini sudah ada (Draf). "
        "Buka rencana itu dari daftar, atau pilih tahun lain."
    ]


def test_a_copy_without_a_plan_before_is_refused_at_its_field(client, staff):
    answer = client.post(reverse("plans:work_plan_create"), new_plan(GroupFactory(), start="lalu"))
    assert "start" in answer.context["form"].errors
    assert not WorkPlan.objects.exists()


def test_a_new_plan_may_not_be_made_for_another_village(client):
    group = GroupFactory()
    client.force_login(FacilitatorFactory(villages=[VillageFactory()]))
    answer = client.post(reverse("plans:work_plan_create"), new_plan(group))
    assert "group" in answer.context["form"].errors
    assert not WorkPlan.objects.exists()
    prefilled = client.get(reverse("plans:work_plan_create"), {"kpspams": group.pk, "tahun": "2027"})
    assert f'value="{group.pk}"' not in prefilled.text


def test_fee_figures_are_saved_and_two_editors_meet(client, staff, plan):
    data = {"version": str(plan.version), "payers": "1.200", "payer_unit": "sr", "base_fee": "5.000", "tariff": "3.000"}
    data |= {"average_use": "10,5", "collection_rate": "90"}
    assert client.post(url(plan, "work_plan_fees"), data).status_code == 302
    plan.refresh_from_db()
    assert (plan.payers, plan.base_fee, plan.tariff, str(plan.average_use)) == (1_200, 5_000, 3_000, "10.50")
    assert plan.events[0].changes["pemakaian rata-rata per bulan (m³), asumsi"] == ["10", "10,5"]
    assert 'value="10,5"' in client.get(url(plan, "work_plan_fees")).text
    again = client.post(url(plan, "work_plan_fees"), data | {"version": str(plan.version)})
    assert page_messages(again) == ["Tidak ada yang diubah."]
    answer = client.post(url(plan, "work_plan_fees"), data | {"payers": "7"})
    assert [row["label"] for row in answer.context["conflict"]["rows"]] == ["Pembayar iuran"]
    assert answer.status_code == 409
    plan.refresh_from_db()
    assert plan.payers == 1_200
    put(plan, "submitted")
    answer = client.post(url(plan, "work_plan_fees"), data | {"payers": "7", "version": str(plan.version)})
    assert "sudah diajukan" in answer.text
    plan.refresh_from_db()
    assert plan.payers == 1_200


PAGES = ["work_plan_detail", "work_plan_fees"]
VERBS = ["work_plan_submit", "work_plan_approve", "work_plan_return", "work_plan_fill"]


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: FacilitatorFactory(villages=[VillageFactory()], may_approve=True),
        lambda: AdminFactory(district=OtherDistrictFactory(), may_approve=True),
    ],
)
def test_the_plan_of_another_village_is_a_404(client, plan, stranger):
    client.force_login(stranger())
    for name in PAGES:
        assert client.get(url(plan, name)).status_code == 404, name
    for name in VERBS:
        assert client.post(url(plan, name)).status_code == 404, name
    assert client.get(reverse("plans:work_plan_detail", args=[999_999])).status_code == 404


def test_an_official_looks_and_writes_nothing(client, plan):
    client.force_login(OfficialFactory())
    page = client.get(url(plan))
    assert page.status_code == 200
    assert "Ubah kegiatan" not in page.text
    assert client.get(url(plan, "work_plan_fees")).status_code == 403
    assert client.get(reverse("plans:work_plan_create")).status_code == 403
    assert "Buat rencana kerja" not in client.get(LIST).text
    for name in VERBS:
        assert client.post(url(plan, name)).status_code == 403, name


@pytest.mark.parametrize("name", VERBS)
def test_steps_are_posts(client, staff, plan, name):
    assert client.get(url(plan, name)).status_code == 405


def test_nobody_without_login_sees_a_plan(client, plan):
    for address in (LIST, url(plan), url(plan, "work_plan_update")):
        assert client.get(address).url.startswith(reverse("accounts:login"))
