from kpspams.models.activities import Activity, ActivityFunding
from kpspams.models.groups import GroupCheck, KpspamsGroup, LegalDocument, Member
from kpspams.models.lists import FundingSource, WorkArea
from kpspams.models.work_plans import PlanStep, WorkPlan

__all__ = [
    "Activity",
    "ActivityFunding",
    "FundingSource",
    "GroupCheck",
    "KpspamsGroup",
    "LegalDocument",
    "Member",
    "PlanStep",
    "WorkArea",
    "WorkPlan",
]
