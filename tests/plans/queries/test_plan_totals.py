from decimal import ROUND_HALF_UP

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.models import Activity, ActivityFunding, FundingSource, WorkArea, WorkPlan
from plans.queries.fees import Verdict
from plans.queries.plan_difference import plan_difference
from plans.queries.plan_totals import plan_sums
from plans.services.plan_starts import Start, copied_lines, fill_plan, plan_before
from tests.factories import ActivityFactory, ActivityFundingFactory, GroupFactory, UserFactory, WorkPlanFactory
from tests.plans.plans import make_lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample_plan():
    make_lists()
    plan = WorkPlanFactory(year=2019, payers=120, base_fee=5_000, tariff=3_000)
    fill_plan(plan, Start.USUAL, by=UserFactory())
    return plan


def test_the_usual_activities_give_the_sums_of_the_sample_plan(sample_plan):
    sums = plan_sums(sample_plan)
    assert {part.area.code: part.amount for part in sums.areas} == {
        "A": 35_925_000,
        "B": 39_750_000,
        "C": 2_650_000,
        "D": 12_960_000,
        "E": 2_900_000,
        "F": 750_000,
    }
    assert {line.source.label: line.amount for line in sums.sources} == {
        "Iuran": 42_035_000,
        "APBDes": 23_950_000,
        "Swadaya": 17_750_000,
        "Swasta/CSR": 9_500_000,
        "APBD Kabupaten": 1_700_000,
    }
    assert (sums.total, sums.count, sums.unfunded) == (94_935_000, 15, 0)
    assert (sums.secured, sums.unsecured) == (42_035_000, 52_900_000)
    check = sums.fee_check
    assert (check.verdict, check.needed, check.expected, check.left) == (Verdict.COVERS, 29_191, 31_500, 3_325_000)


def test_numbers_run_on_through_all_areas(sample_plan):
    numbers = [number for part in plan_sums(sample_plan).areas for number, _ in part.numbered]
    assert numbers == list(range(1, 16))
    assert list(sample_plan.activities.values_list("position", flat=True)) == numbers


def test_sums_ask_four_queries_however_long_the_plan(sample_plan, django_assert_num_queries):
    with django_assert_num_queries(4):
        plan_sums(sample_plan)
    short = ActivityFundingFactory().activity.plan
    with django_assert_num_queries(4):
        plan_sums(short)


@pytest.mark.parametrize(
    ("security", "is_fee", "secured"),
    [
        ("diusulkan", False, 0),
        ("rkp", False, 0),
        ("apbdes", False, 1_500_000),
        ("cair", False, 1_500_000),
        ("tidak", False, 0),
        ("diusulkan", True, 1_500_000),
        ("tidak", True, 0),
    ],
)
def test_secured_is_what_stands_in_a_budget_or_is_the_fee(security, is_fee, secured):
    source = make_lists()["Iuran" if is_fee else "APBDes"]
    funding = ActivityFundingFactory(source=source, security=security)
    assert plan_sums(funding.activity.plan).secured == secured


def test_what_no_source_pays_is_unfunded():
    activity = ActivityFactory()
    assert plan_sums(activity.plan).unfunded == 1_500_000
    ActivityFundingFactory(activity=activity, amount=600_000)
    assert plan_sums(activity.plan).unfunded == 900_000


def test_a_copy_takes_lines_prices_and_figures_and_forgets_what_was_promised(sample_plan):
    ActivityFunding.objects.update(security="cair")
    plan = WorkPlanFactory(group=sample_plan.group, year=2020)
    fill_plan(plan, Start.LAST_YEAR, by=UserFactory())
    before, after = plan_sums(sample_plan), plan_sums(plan)
    assert (after.total, after.count) == (before.total, before.count)
    assert (plan.payers, plan.base_fee, plan.tariff) == (120, 5_000, 3_000)
    securities = ActivityFunding.objects.filter(activity__plan=plan).values_list("security", flat=True)
    assert set(securities) == {"diusulkan"}
    lines = [list(some.activities.values_list("line", "title", "months")) for some in (sample_plan, plan)]
    assert lines[0] == lines[1]
    assert [event.reason for event in plan.events] == ["Disalin dari rencana kerja tahun 2019"] * 2
    assert plan.events[0].changes == {"kegiatan": ["", "15 kegiatan, Rp94.935.000"]}


def test_the_plan_before_is_the_newest_earlier_year_the_approved_revision_first():
    group = GroupFactory()
    assert plan_before(group, 2026) is None
    WorkPlanFactory(group=group, year=2023)
    approved = WorkPlanFactory(group=group, year=2024, status=WorkPlan.Status.APPROVED)
    WorkPlanFactory(group=group, year=2024, revision=1)
    WorkPlanFactory(group=group, year=2026)
    assert plan_before(group, 2026) == approved
    assert copied_lines(approved) == []


def test_without_the_areas_of_the_list_usual_activities_are_left_out():
    from plans.models import WorkArea

    WorkArea.objects.all().delete()
    plan = WorkPlanFactory()
    fill_plan(plan, Start.USUAL, by=UserFactory())
    assert plan.activities.count() == 0


class Whatever(TestCase):
    """For any input the parts of a plan are whole rupiah and add up to the whole."""

    @given(
        st.lists(
            st.tuples(
                st.sampled_from("ABCDEFG"),
                st.decimals(0, 10_000, places=2),
                st.integers(0, 10**8),
                st.lists(st.integers(0, 100), min_size=0, max_size=3),
            ),
            max_size=8,
        )
    )
    @settings(max_examples=40)
    def test_sums_of_parts_are_the_whole(self, lines):
        make_lists()
        plan = WorkPlanFactory()
        areas = {area.code: area for area in WorkArea.objects.all()}
        sources = list(FundingSource.objects.all())
        for line, (code, volume, price, shares) in enumerate(lines, 1):
            activity = Activity.objects.create(
                plan=plan,
                line=line,
                position=line,
                area=areas[code],
                title="X",
                volume=volume,
                unit="m",
                unit_price=price,
            )
            assert activity.amount == int((volume * price).to_integral_value(ROUND_HALF_UP))
            left = activity.amount
            for source, share in zip(sources, shares, strict=False):
                amount = min(left, activity.amount * share // 100)
                if amount:
                    ActivityFunding.objects.create(activity=activity, source=source, amount=amount)
                    left -= amount
        sums = plan_sums(plan)
        assert sum(part.amount for part in sums.areas) == sums.total
        assert sums.total == (plan.activities.aggregate(sum=Sum("amount"))["sum"] or 0)
        assert sum(line.amount for line in sums.sources) + sums.unfunded == sums.total
        assert sums.secured + sums.unsecured == sums.funded
        assert sums.unfunded >= 0
        empty = WorkPlanFactory(group=plan.group, year=plan.year + 1)
        found = plan_difference(empty, plan)
        assert found.total.difference == sums.total
        for rows in (found.by_area, found.by_source, found.by_month):
            assert sum(row.difference for row in rows) == sums.total
