from trainings.models.agenda import AgendaItem
from trainings.models.materials import LearningMaterial
from trainings.models.participants import Attendance, Participant
from trainings.models.trainings import Invitation, Training, TrainingDay, TrainingSession

__all__ = [
    "AgendaItem",
    "Attendance",
    "Invitation",
    "LearningMaterial",
    "Participant",
    "Training",
    "TrainingDay",
    "TrainingSession",
]
