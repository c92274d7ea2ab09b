"""The fee check of a work plan: does the users' fee (iuran) pay what the plan puts on it?

The words are those of the national system, the formula is our assumption. All amounts are rupiah.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kpspams.models import Activity, WorkPlan


class Verdict(StrEnum):
    UNKNOWN = "Belum dapat dihitung"
    NO_FEE = "Tidak ada iuran"
    BELOW = "Iuran di bawah BOP"
    COVERS = "Iuran menutup BOP"
    COVERS_REPAIR = "Iuran menutup BOP + perbaikan"


@dataclass(frozen=True)
class FeeCheck:
    """`needed` and `expected` are per payer and month, `left` is what a year leaves over (negative: lacks)."""

    verdict: Verdict
    fee_cost: int
    routine_cost: int
    needed: int | None = None
    expected: int | None = None
    left: int | None = None


def check_fee(plan: WorkPlan, fee_cost: int, routine_cost: int) -> FeeCheck:
    """Weighs the year's cost from Iuran against (abonemen + average use x tarif) x collection rate.

    `fee_cost` is what all Iuran lines cost in the year, `routine_cost` those of operasional rutin.
    """
    unknown = plan.base_fee is None and plan.tariff is None
    if not plan.payers or unknown:
        return FeeCheck(Verdict.UNKNOWN, fee_cost, routine_cost)
    payers = Decimal(plan.payers)
    fee = Decimal(plan.base_fee or 0) + Decimal(plan.average_use) * Decimal(plan.tariff or 0)
    expected = fee * plan.collection_rate / 100
    needed = _rupiah(Decimal(fee_cost) / 12 / payers)
    if not fee:
        return FeeCheck(Verdict.NO_FEE, fee_cost, routine_cost, needed, 0, -fee_cost)
    income = expected * payers * 12
    if income < routine_cost:
        verdict = Verdict.BELOW
    elif income >= fee_cost > routine_cost:
        verdict = Verdict.COVERS_REPAIR
    else:
        verdict = Verdict.COVERS
    return FeeCheck(verdict, fee_cost, routine_cost, needed, _rupiah(expected), _rupiah(income - fee_cost))


def fee_costs(activities: list[Activity]) -> tuple[int, int]:
    """What Iuran pays in the year: all of it, and the part that is operasional rutin.

    Expects `fundings__source` prefetched.
    """
    every = routine = 0
    for activity in activities:
        share = sum(funding.amount for funding in activity.fundings.all() if funding.source.is_fee)
        every += share
        if activity.cost_class == Activity.CostClass.ROUTINE:
            routine += share
    return every, routine


def _rupiah(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
