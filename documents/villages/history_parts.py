"""Parts of a training and of a village, and the lookup from each to the whole.

Persons are not among them: they appear where they have a post, an office or a place in a training.
"""

from django.db import models

from fieldwork.models import EntryRequest, Visit
from kpspams.models import AssociationMembership, GroupCheck, GroupFacility, KpspamsGroup, LegalDocument, Member
from plans.models import Activity, ActivityProgress, DamageReport, LineNote, MonthReport, PlanScan, WorkPlan
from trainings.models import (
    AgendaItem,
    BudgetLine,
    Certificate,
    CommitteeMember,
    EvaluationQuestion,
    EvaluationSheet,
    FollowUp,
    Invitation,
    Narrative,
    Participant,
    SpeakerLetter,
    SpjItem,
    TestQuestion,
    TestResult,
    TrainingDay,
    TrainingFile,
    TrainingSession,
)
from villages.models import (
    Asset,
    AssetCheck,
    Assignment,
    ConditionCheck,
    Facility,
    GrantAward,
    SanitationMark,
    TimelineEntry,
    VillageName,
    VillageOfficial,
    WaterTest,
)

Paths = dict[type[models.Model], str]

OF_TRAINING: Paths = {
    TrainingDay: "training",
    TrainingSession: "day__training",
    AgendaItem: "day__training",
    Invitation: "training",
    CommitteeMember: "training",
    Participant: "training",
    SpjItem: "training",
    SpeakerLetter: "training",
    TrainingFile: "training",
    Narrative: "training",
    BudgetLine: "training",
    Certificate: "training",
    TestQuestion: "training",
    TestResult: "participant__training",
    EvaluationQuestion: "training",
    EvaluationSheet: "training",
    FollowUp: "training",
}
OF_VILLAGE: Paths = {
    GrantAward: "village",
    VillageOfficial: "village",
    Assignment: "village",
    VillageName: "village",
    TimelineEntry: "village",
    WaterTest: "village",
    SanitationMark: "village",
    Facility: "village",
    ConditionCheck: "facility__village",
    Asset: "facility__village",
    AssetCheck: "asset__facility__village",
    KpspamsGroup: "village",
    Member: "group__village",
    LegalDocument: "group__village",
    GroupCheck: "group__village",
    GroupFacility: "group__village",
    AssociationMembership: "group__village",
    WorkPlan: "group__village",
    Activity: "plan__group__village",
    LineNote: "plan__group__village",
    PlanScan: "plan__group__village",
    ActivityProgress: "activity__plan__group__village",
    MonthReport: "group__village",
    DamageReport: "facility__village",
    EntryRequest: "village",
    FollowUp: "village",
    Visit: "village",
}
