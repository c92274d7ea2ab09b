from decimal import Decimal

import pytest

from kpspams.fees import FeeCheck, Verdict, check_fee
from kpspams.models import WorkPlan


def plan(**fields):
    sample = {"payers": 120, "base_fee": 5_000, "tariff": 3_000}
    return WorkPlan(**(sample | fields))


def test_the_sample_plan_covers_its_cost():
    found = check_fee(plan(), 42_035_000, 42_035_000)
    assert found == FeeCheck(Verdict.COVERS, 42_035_000, 42_035_000, 29_191, 31_500, 3_325_000)


def test_the_counter_example_lies_below():
    found = check_fee(plan(tariff=2_000), 42_035_000, 42_035_000)
    assert found == FeeCheck(Verdict.BELOW, 42_035_000, 42_035_000, 29_191, 22_500, -9_635_000)


def test_repair_is_a_level_of_its_own():
    assert check_fee(plan(), 42_035_000, 30_000_000).verdict == Verdict.COVERS_REPAIR
    assert check_fee(plan(), 50_000_000, 30_000_000).verdict == Verdict.COVERS
    assert check_fee(plan(), 50_000_000, 46_000_000).verdict == Verdict.BELOW


def test_exactly_enough_is_enough():
    income = 31_500 * 120 * 12
    assert check_fee(plan(), income, income).verdict == Verdict.COVERS
    assert check_fee(plan(), income + 1, income + 1).verdict == Verdict.BELOW


@pytest.mark.parametrize("fields", [{"payers": None}, {"payers": 0}, {"base_fee": None, "tariff": None}])
def test_without_payers_or_fee_fields_nothing_is_claimed(fields):
    assert check_fee(plan(**fields), 1_000, 1_000) == FeeCheck(Verdict.UNKNOWN, 1_000, 1_000)


def test_a_fee_of_nothing_is_no_fee():
    found = check_fee(plan(base_fee=0, tariff=0), 12_000, 12_000)
    assert (found.verdict, found.expected, found.left) == (Verdict.NO_FEE, 0, -12_000)


def test_a_flat_fee_asks_no_cubic_metres():
    found = check_fee(plan(base_fee=35_000, tariff=None, average_use=Decimal(0)), 42_035_000, 42_035_000)
    assert found.expected == 31_500
