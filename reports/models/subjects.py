"""Subjects of a document, and the column of a report for each."""

from django.db.models import Model, Q

from accounts.models import District
from kpspams.models import KpspamsGroup
from plans.models import DamageReport, WorkPlan
from trainings.models import Training, TrainingDay, TrainingSession
from villages.models import Village

Subject = Training | TrainingDay | TrainingSession | WorkPlan | KpspamsGroup | Village | District | DamageReport

SUBJECTS: dict[str, type[Model]] = {
    "training": Training,
    "day": TrainingDay,
    "session": TrainingSession,
    "work_plan": WorkPlan,
    "group": KpspamsGroup,
    "village": Village,
    "district": District,
    "damage": DamageReport,
}
_COLUMNS = {model: name for name, model in SUBJECTS.items()}


def column_of(subject: Subject) -> str:
    """The column for this row. Raises KeyError for a row that is no subject of a document."""
    return _COLUMNS[type(subject)]


def one_subject() -> Q:
    """Constraint: exactly one of the subjects is set."""
    found = Q()
    for name in SUBJECTS:
        found |= Q(**{f"{other}__isnull": other != name for other in SUBJECTS})
    return found
