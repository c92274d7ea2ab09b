"""Fee check of a work plan: whether the fee of the users (iuran) covers the costs that the plan assigns to it.

The terms are those of the national system, the formula is our assumption (docs/domain/work-plan.md). All amounts are
rupiah. Recorded figures of a check of the group (receipts, BOP) take precedence over the estimate.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kpspams.models import GroupCheck
from plans.models import Activity, WorkPlan

# The columns of a plan with the fee of its users and the rate of collection.
FEE_FIELDS = ("payers", "payer_unit", "base_fee", "tariff", "average_use", "collection_rate")
# Energy is the cost that makes systems fail. A routine line is energy when its text contains one of these words and is
# not about maintenance of equipment ("perawatan panel listrik"); our assumption. static/plans/plan_fee.js has the same
# rule, with the letters of JavaScript, which ends a word at every other character.
SCRIPT_LETTERS = re.IGNORECASE | re.ASCII
ENERGY = re.compile(r"\b(listrik|pln|bbm|solar|genset|token|pertalite|bensin)\b", SCRIPT_LETTERS)
UPKEEP = re.compile(r"\b(perawatan|perbaikan|pemeliharaan|servis|penggantian|panel|instalasi)\b", SCRIPT_LETTERS)


class Verdict(StrEnum):
    UNKNOWN = "Belum dapat dihitung"
    NO_FEE = "Tidak ada iuran"
    BELOW = "Iuran di bawah BOP"
    COVERS = "Iuran menutup BOP"
    COVERS_REPAIR = "Iuran menutup BOP + perbaikan"


@dataclass(frozen=True)
class Recorded:
    """Figures of the newest checks of the group per month, each with its day, None where unknown."""

    income: int | None = None
    income_on: date | None = None
    cost: int | None = None
    cost_on: date | None = None

    def __bool__(self) -> bool:
        return self.income is not None or self.cost is not None


@dataclass(frozen=True)
class FeeCosts:
    """Costs paid by Iuran in the year: all, routine operation, and the energy in it."""

    every: int = 0
    routine: int = 0
    energy: int = 0

    @property
    def repair(self) -> int:
        return self.every - self.routine

    @property
    def energy_percent(self) -> int:
        """The share of energy in the costs paid by Iuran, in whole percent."""
        return _whole(Decimal(self.energy) * 100 / self.every) if self.every else 0


@dataclass(frozen=True)
class FeeCheck:
    """`needed` and `expected`: the estimate per payer and month; `left`: the surplus of the year (negative: deficit),
    from records where there are any (`by_record`), otherwise estimated.
    """

    verdict: Verdict
    fee_cost: int
    routine_cost: int
    needed: int | None = None
    expected: int | None = None
    left: int | None = None
    energy_cost: int = 0
    energy_percent: int = 0
    recorded: Recorded = Recorded()

    @property
    def by_record(self) -> bool:
        return bool(self.recorded)


def check_fee(plan: WorkPlan, costs: FeeCosts, recorded: Recorded | None = None) -> FeeCheck:
    """Compares the costs paid by Iuran with (abonemen + average use x tarif) x collection rate."""
    recorded = recorded or Recorded()
    found = FeeCheck(
        Verdict.UNKNOWN,
        fee_cost=costs.every,
        routine_cost=costs.routine,
        energy_cost=costs.energy,
        energy_percent=costs.energy_percent,
        recorded=recorded,
    )
    estimate = _estimate(plan)
    if estimate is not None:
        payers = Decimal(plan.payers or 0)
        found = replace(found, expected=_whole(estimate), needed=_whole(Decimal(costs.every) / 12 / payers))
        if not estimate and recorded.income is None:
            return replace(found, verdict=Verdict.NO_FEE, left=-costs.every)
    elif recorded.income is None:
        return found
    if recorded.income is None:
        income = (estimate or Decimal(0)) * Decimal(plan.payers or 0) * 12
    else:
        income = Decimal(recorded.income) * 12
    routine = Decimal(costs.routine if recorded.cost is None else recorded.cost * 12)
    every = routine + costs.repair
    return replace(found, verdict=verdict_of(income, routine, every), left=_whole(income - every))


def verdict_of(income: Decimal, routine: Decimal, every: Decimal) -> Verdict:
    """The three levels, all three amounts of one year."""
    if income < routine:
        return Verdict.BELOW
    return Verdict.COVERS_REPAIR if income >= every > routine else Verdict.COVERS


def _estimate(plan: WorkPlan) -> Decimal | None:
    """The fee of one payer in a month; None where figures are missing."""
    if not plan.payers or (plan.base_fee is None and plan.tariff is None):
        return None
    fee = Decimal(plan.base_fee or 0) + Decimal(plan.average_use) * Decimal(plan.tariff or 0)
    return fee * plan.collection_rate / 100


def fee_costs(activities: list[Activity]) -> FeeCosts:
    """Costs paid by Iuran in the year. Expects `fundings__source` prefetched."""
    every = routine = energy = 0
    for activity in activities:
        share = sum(funding.amount for funding in activity.fundings.all() if funding.source.is_fee)
        every += share
        if activity.cost_class == Activity.CostClass.ROUTINE:
            routine += share
            energy += share if is_energy(activity) else 0
    return FeeCosts(every, routine, energy)


def is_energy(activity: Activity) -> bool:
    words = f"{activity.title} {activity.unit}"
    return bool(ENERGY.search(words)) and not UPKEEP.search(words)


def recorded_fees(plan: WorkPlan) -> Recorded:
    """Figures of the newest checks of the group in the year of the plan or the year before.

    Older and newer checks do not count for this plan (our assumption): the plan of 2019 is assessed as in 2019.
    """
    checks = GroupCheck.objects.filter(group=plan.group_id, checked_on__year__in=(plan.year - 1, plan.year))
    found = Recorded()
    for check in checks.order_by("checked_on", "pk"):
        if check.income is not None:
            found = Recorded(check.income, check.checked_on, found.cost, found.cost_on)
        if check.operating_cost is not None:
            found = Recorded(found.income, found.income_on, check.operating_cost, check.checked_on)
    return found


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
