from kpspams.models.activities import Activity, ActivityFunding
from kpspams.models.association import Association, AssociationMeeting, AssociationMembership
from kpspams.models.checks import GroupCheck, GroupFacility
from kpspams.models.damages import DamagePhoto, DamageReport, DamageStep
from kpspams.models.entry_requests import EntryPhoto, EntryRequest
from kpspams.models.groups import KpspamsGroup, LegalDocument
from kpspams.models.lists import FundingSource, WorkArea
from kpspams.models.members import Member
from kpspams.models.plan_steps import PlanStep, SignedPaper
from kpspams.models.progress import ActivityProgress, MonthReport, ProgressFunding, ProgressPhoto
from kpspams.models.reviews import LineNote, PlanScan
from kpspams.models.work_plans import WorkPlan

__all__ = [
    "Activity",
    "ActivityFunding",
    "ActivityProgress",
    "Association",
    "AssociationMeeting",
    "AssociationMembership",
    "DamagePhoto",
    "DamageReport",
    "DamageStep",
    "EntryPhoto",
    "EntryRequest",
    "FundingSource",
    "GroupCheck",
    "GroupFacility",
    "KpspamsGroup",
    "LegalDocument",
    "LineNote",
    "Member",
    "MonthReport",
    "PlanScan",
    "PlanStep",
    "ProgressFunding",
    "ProgressPhoto",
    "SignedPaper",
    "WorkArea",
    "WorkPlan",
]
