"""Sums of a work plan for pages and documents: per bidang, per source, in all. Amounts are whole rupiah."""

from dataclasses import dataclass, field

from plans.models import Activity, ActivityFunding, FundingSource, WorkArea, WorkPlan
from plans.queries.fees import FeeCheck, check_fee, fee_costs, recorded_fees

# Money that is in a budget, or paid.
SECURED = {ActivityFunding.Security.IN_BUDGET, ActivityFunding.Security.PAID}


@dataclass
class AreaSum:
    """A bidang with its activities; `numbered` pairs each with its number, which runs on through all bidang."""

    area: WorkArea
    numbered: list[tuple[int, Activity]] = field(default_factory=list)
    amount: int = 0


@dataclass
class SourceSum:
    source: FundingSource
    amount: int = 0
    secured: int = 0

    @property
    def unsecured(self) -> int:
        return self.amount - self.secured


@dataclass
class PlanSums:
    """`unfunded`: no source pays it yet; `unsecured`: planned from a source, but in no budget."""

    areas: list[AreaSum]
    sources: list[SourceSum]
    total: int
    count: int
    fee_check: FeeCheck

    @property
    def funded(self) -> int:
        return sum(line.amount for line in self.sources)

    @property
    def secured(self) -> int:
        return sum(line.secured for line in self.sources)

    @property
    def in_kind(self) -> int:
        """Contributions in work and material."""
        return sum(line.amount for line in self.sources if line.source.in_kind)

    @property
    def unsecured(self) -> int:
        return self.funded - self.secured

    @property
    def unfunded(self) -> int:
        return self.total - self.funded


def is_secured(funding: ActivityFunding) -> bool:
    """Whether it is in a budget or paid. The fee of the users needs no budget: the fee check covers it (our
    assumption).
    """
    if funding.security == ActivityFunding.Security.NOT_FUNDED:
        return False
    return funding.source.is_fee or funding.security in SECURED


def plan_activities(plan: WorkPlan) -> list[Activity]:
    """The lines in printing order, with bidang, facility and sources loaded: two queries."""
    return list(plan.activities.select_related("area", "facility").prefetch_related("fundings__source"))


def plan_sums(plan: WorkPlan) -> PlanSums:
    """All sums of a plan; a bidang or source without money is left out."""
    activities = plan_activities(plan)
    areas: dict[int, AreaSum] = {}
    sources: dict[int, SourceSum] = {}
    for number, activity in enumerate(activities, 1):
        part = areas.setdefault(activity.area_id, AreaSum(activity.area))
        part.numbered.append((number, activity))
        part.amount += activity.amount
        for funding in activity.fundings.all():
            line = sources.setdefault(funding.source_id, SourceSum(funding.source))
            line.amount += funding.amount
            line.secured += funding.amount if is_secured(funding) else 0
    return PlanSums(
        areas=list(areas.values()),
        sources=sorted(sources.values(), key=lambda line: (line.source.order, line.source.code)),
        total=sum(part.amount for part in areas.values()),
        count=len(activities),
        fee_check=check_fee(plan, fee_costs(activities), recorded_fees(plan)),
    )
