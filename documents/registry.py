"""Registry of documents: the only list of all kinds, in the order of lists of kinds."""

from documents.base import AnyDocument
from documents.district.activity_calendar import ActivityCalendar
from documents.district.monitoring_report import MonitoringReport
from documents.district.periodic_report import PeriodicReport
from documents.district.plan_recap import PlanRecap
from documents.district.proposal_recap import ProposalRecap
from documents.district.reprimand import Reprimand
from documents.district.summary import DistrictSummary
from documents.district.visit_report import VisitReport
from documents.groups.decree_draft import DecreeDraft
from documents.groups.formation_minutes import FormationMinutes
from documents.groups.group_profile import GroupProfile
from documents.plans.annual_account import AnnualAccount
from documents.plans.damage_minutes import DamageMinutes
from documents.plans.notice_board import NoticeBoard
from documents.plans.plan_difference import PlanDifferenceDocument
from documents.plans.plan_progress import PlanProgressDocument
from documents.plans.rkp_extract import RkpExtract
from documents.plans.work_plan import WorkPlanDocument
from documents.trainings.assignment_letter import AssignmentLetter
from documents.trainings.attendance_sheet import AttendanceSheet
from documents.trainings.biodata import Biodata
from documents.trainings.certificates import Certificates
from documents.trainings.committee_decree import CommitteeDecree
from documents.trainings.evaluation_recap import EvaluationRecap
from documents.trainings.evaluation_sheet import EvaluationSheet
from documents.trainings.follow_up_plan import FollowUpPlan
from documents.trainings.honorarium_list import HonorariumList
from documents.trainings.invitation import InvitationLetter
from documents.trainings.materials_receipt import MaterialsReceipt
from documents.trainings.memo import Memo
from documents.trainings.minutes import MeetingMinutes
from documents.trainings.name_cards import NameTags, TentCards
from documents.trainings.official_minutes import OfficialMinutes
from documents.trainings.question_sheet import QuestionSheet
from documents.trainings.schedule import TrainingSchedule
from documents.trainings.schedule_change import ScheduleChangeLetter
from documents.trainings.score_recap import ScoreRecap
from documents.trainings.speaker_request import SpeakerRequest
from documents.trainings.staff_assignment import StaffAssignment
from documents.trainings.terms_of_reference import TermsOfReference
from documents.trainings.training_report import TrainingReport
from documents.trainings.transport_list import TransportList
from documents.villages.change_history import ChangeHistory
from documents.villages.village_form import VillageForm
from documents.villages.village_sheet import VillageSheet

_ALL: tuple[type[AnyDocument], ...] = (
    AttendanceSheet,
    TermsOfReference,
    CommitteeDecree,
    SpeakerRequest,
    StaffAssignment,
    InvitationLetter,
    ScheduleChangeLetter,
    AssignmentLetter,
    TrainingSchedule,
    Biodata,
    QuestionSheet,
    ScoreRecap,
    EvaluationSheet,
    EvaluationRecap,
    FollowUpPlan,
    MeetingMinutes,
    Memo,
    OfficialMinutes,
    Certificates,
    TrainingReport,
    TransportList,
    HonorariumList,
    MaterialsReceipt,
    NameTags,
    TentCards,
    WorkPlanDocument,
    PlanProgressDocument,
    PlanDifferenceDocument,
    RkpExtract,
    NoticeBoard,
    AnnualAccount,
    ProposalRecap,
    PlanRecap,
    DamageMinutes,
    FormationMinutes,
    DecreeDraft,
    VillageForm,
    GroupProfile,
    VillageSheet,
    ChangeHistory,
    DistrictSummary,
    VisitReport,
    Reprimand,
    MonitoringReport,
    PeriodicReport,
    ActivityCalendar,
)

DOCUMENTS: dict[str, AnyDocument] = {one.kind: one() for one in _ALL}


def document(kind: str) -> AnyDocument:
    """The document of that kind. Raises KeyError for a kind that the portal does not print."""
    return DOCUMENTS[kind]


def choices() -> list[tuple[str, str]]:
    """Kind and title, for forms."""
    return [(kind, one.title) for kind, one in DOCUMENTS.items()]
