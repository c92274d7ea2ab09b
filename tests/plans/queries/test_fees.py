from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.models import WorkPlan
from plans.queries.fees import FeeCheck, FeeCosts, Recorded, Verdict, check_fee, fee_costs, recorded_fees
from plans.queries.plan_totals import plan_activities
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    FundingSourceFactory,
    GroupCheckFactory,
    WorkPlanFactory,
)


def plan(**fields):
    sample = {"payers": 120, "base_fee": 5_000, "tariff": 3_000}
    return WorkPlan(**(sample | fields))


def test_the_sample_plan_covers_its_cost():
    found = check_fee(plan(), FeeCosts(42_035_000, 42_035_000))
    assert found == FeeCheck(Verdict.COVERS, 42_035_000, 42_035_000, 29_191, 31_500, 3_325_000)


def test_the_counter_example_lies_below():
    found = check_fee(plan(tariff=2_000), FeeCosts(42_035_000, 42_035_000))
    assert found == FeeCheck(Verdict.BELOW, 42_035_000, 42_035_000, 29_191, 22_500, -9_635_000)


def test_repair_is_a_level_of_its_own():
    assert check_fee(plan(), FeeCosts(42_035_000, 30_000_000)).verdict == Verdict.COVERS_REPAIR
    assert check_fee(plan(), FeeCosts(50_000_000, 30_000_000)).verdict == Verdict.COVERS
    assert check_fee(plan(), FeeCosts(50_000_000, 46_000_000)).verdict == Verdict.BELOW


def test_exactly_enough_is_enough():
    income = 31_500 * 120 * 12
    assert check_fee(plan(), FeeCosts(income, income)).verdict == Verdict.COVERS
    assert check_fee(plan(), FeeCosts(income + 1, income + 1)).verdict == Verdict.BELOW


@pytest.mark.parametrize("fields", [{"payers": None}, {"payers": 0}, {"base_fee": None, "tariff": None}])
def test_without_payers_or_fee_fields_nothing_is_claimed(fields):
    assert check_fee(plan(**fields), FeeCosts(1_000, 1_000)) == FeeCheck(Verdict.UNKNOWN, 1_000, 1_000)


def test_a_fee_of_nothing_is_no_fee():
    found = check_fee(plan(base_fee=0, tariff=0), FeeCosts(12_000, 12_000))
    assert (found.verdict, found.expected, found.left) == (Verdict.NO_FEE, 0, -12_000)


def test_a_flat_fee_asks_no_cubic_metres():
    found = check_fee(plan(base_fee=35_000, tariff=None, average_use=Decimal(0)), FeeCosts(42_035_000, 42_035_000))
    assert found.expected == 31_500


# Recorded values take precedence

DAY = date(2026, 3, 1)


def test_recorded_receipts_and_cost_take_precedence_over_the_estimate():
    costs = FeeCosts(42_035_000, 30_000_000)
    found = check_fee(plan(), costs, Recorded(2_000_000, DAY, 2_500_000, DAY))
    assert (found.verdict, found.by_record) == (Verdict.BELOW, True)
    # 24.000.000 received, 30.000.000 BOP and 12.035.000 of repair.
    assert found.left == 24_000_000 - 30_000_000 - 12_035_000
    assert (found.needed, found.expected) == (29_191, 31_500)


@pytest.mark.parametrize(
    ("recorded", "verdict", "left"),
    [
        (Recorded(income=2_500_000), Verdict.COVERS, -12_035_000),
        (Recorded(income=3_600_000), Verdict.COVERS_REPAIR, 1_165_000),
        (Recorded(cost=3_000_000), Verdict.COVERS, 45_360_000 - 36_000_000 - 12_035_000),
        (Recorded(income=0), Verdict.BELOW, -42_035_000),
    ],
)
def test_either_figure_alone_replaces_its_estimate(recorded, verdict, left):
    found = check_fee(plan(), FeeCosts(42_035_000, 30_000_000), recorded)
    assert (found.verdict, found.left) == (verdict, left)


def test_recorded_receipts_need_no_tariff():
    found = check_fee(plan(payers=None), FeeCosts(12_000_000, 12_000_000), Recorded(income=1_000_000))
    assert (found.verdict, found.needed, found.left) == (Verdict.COVERS, None, 0)


@pytest.mark.django_db
def test_the_newest_check_that_tells_a_figure_counts_within_the_year_and_the_one_before():
    row = WorkPlanFactory(year=2026)
    for day, income, cost in [
        (date(2024, 12, 31), 1, 1),
        (date(2025, 6, 1), 900_000, 800_000),
        (date(2026, 2, 1), 950_000, None),
        (date(2027, 1, 1), 2, 2),
    ]:
        GroupCheckFactory(group=row.group, checked_on=day, income=income, operating_cost=cost)
    GroupCheckFactory(checked_on=date(2026, 5, 5), income=3, operating_cost=3)
    assert recorded_fees(row) == Recorded(950_000, date(2026, 2, 1), 800_000, date(2025, 6, 1))
    assert recorded_fees(WorkPlanFactory(group=row.group, year=2019)) == Recorded()


@pytest.mark.django_db
def test_energy_is_told_by_the_words_of_routine_lines_that_the_fee_pays():
    row = WorkPlanFactory()
    source = FundingSourceFactory()
    for line, (title, unit, cost_class) in enumerate(
        [
            ("Bayar rekening LISTRIK pompa", "bulan", "rutin"),
            ("Bahan bakar", "liter solar", "rutin"),
            ("Perbaikan panel listrik", "paket", "perbaikan"),
            ("Rapat elektrifikasi", "kali", "rutin"),
            ("Perawatan genset", "kali", "rutin"),
        ],
        1,
    ):
        activity = ActivityFactory(
            plan=row, line=line, title=title, unit=unit, cost_class=cost_class, volume=1, unit_price=100_000
        )
        ActivityFundingFactory(activity=activity, source=source)
    costs = fee_costs(plan_activities(row))
    assert costs == FeeCosts(every=500_000, routine=400_000, energy=200_000)
    assert (costs.repair, costs.energy_percent) == (100_000, 40)


AMOUNTS = st.integers(0, 10**10)


@given(AMOUNTS, AMOUNTS, st.integers(1, 5_000), st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 100))
def test_whatever_the_figures_the_check_is_whole_rupiah_half_up(routine, repair, payers, base, tariff, rate):
    costs = FeeCosts(routine + repair, routine)
    use = Decimal("7.5")
    figures = {"payers": payers, "base_fee": base, "tariff": tariff, "average_use": use, "collection_rate": rate}
    found = check_fee(plan(**figures), costs)
    needed = Decimal(costs.every) / 12 / payers
    expected = (base + use * tariff) * rate / 100
    assert abs(found.needed - needed) <= Decimal("0.5")
    assert abs(found.expected - expected) <= Decimal("0.5")
    income = expected * payers * 12
    assert abs(found.left - (income - costs.every)) <= Decimal("0.5")
    if found.verdict != Verdict.NO_FEE:
        assert (found.verdict == Verdict.BELOW) == (income < routine)
        assert (found.verdict == Verdict.COVERS_REPAIR) == (income >= costs.every > routine)
