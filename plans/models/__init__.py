from plans.models.activities import Activity, ActivityFunding
from plans.models.damages import DamagePhoto, DamageReport, DamageStep
from plans.models.lists import FundingSource, WorkArea
from plans.models.plan_steps import PlanStep, SignedPaper
from plans.models.progress import ActivityProgress, MonthReport, ProgressFunding, ProgressPhoto
from plans.models.reviews import LineNote, PlanScan
from plans.models.work_plans import WorkPlan

__all__ = [
    "Activity",
    "ActivityFunding",
    "ActivityProgress",
    "DamagePhoto",
    "DamageReport",
    "DamageStep",
    "FundingSource",
    "LineNote",
    "MonthReport",
    "PlanScan",
    "PlanStep",
    "ProgressFunding",
    "ProgressPhoto",
    "SignedPaper",
    "WorkArea",
    "WorkPlan",
]
