from trainings.models.agenda import AgendaItem
from trainings.models.budget import BudgetLine
from trainings.models.certificates import Certificate
from trainings.models.evaluations import EvaluationAnswer, EvaluationLink, EvaluationQuestion, EvaluationSheet
from trainings.models.follow_ups import FollowUp
from trainings.models.materials import LearningMaterial
from trainings.models.participants import Attendance, Participant
from trainings.models.schedule_changes import ScheduleChange
from trainings.models.scores import TestAnswer, TestQuestion, TestResult
from trainings.models.speaker_letters import SpeakerLetter
from trainings.models.speakers import AgendaSpeaker, CommitteeMember, ResourcePerson
from trainings.models.spj import Narrative, SpjItem, TrainingFile
from trainings.models.trainings import Invitation, Training, TrainingDay, TrainingSession

__all__ = [
    "AgendaItem",
    "AgendaSpeaker",
    "Attendance",
    "BudgetLine",
    "Certificate",
    "CommitteeMember",
    "EvaluationAnswer",
    "EvaluationLink",
    "EvaluationQuestion",
    "EvaluationSheet",
    "FollowUp",
    "Invitation",
    "LearningMaterial",
    "Narrative",
    "Participant",
    "ResourcePerson",
    "ScheduleChange",
    "SpeakerLetter",
    "SpjItem",
    "TestAnswer",
    "TestQuestion",
    "TestResult",
    "Training",
    "TrainingDay",
    "TrainingFile",
    "TrainingSession",
]
