"""Lembar evaluasi: the questions of the training with a box for each mark of 1 to 4. Nobody writes a name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import User
from documents.trainings import base
from documents.trainings.base import SUBJECTS, district_of
from reports.kinds import Kind
from trainings.models import EvaluationQuestion, Training
from trainings.models.assessments import MARKS

__all__ = ["SUBJECTS", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "EVL"


def label(parameters: dict) -> str:
    return "Lembar evaluasi"


def clean(training: Training, parameters: dict) -> dict:
    if not training.evaluation_questions.exists():
        raise ValidationError("Butir evaluasi belum ada. Tambahkan atau salin dahulu, lalu minta lagi.")
    return {}


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    signing = base.signing(Kind.EVALUATION_SHEET, training, base.last_day(training))
    head = base.head(training, "Lembar evaluasi", signing.day, signing=signing)
    questions = list(training.evaluation_questions.select_related("resource_person__person"))
    return head | {
        "marks": list(MARKS),
        "aspects": [
            {
                "number": str(row.number),
                "text": f"{row.aspect} ({row.resource_person})" if row.resource_person else row.aspect,
            }
            for row in questions
            if row.kind == EvaluationQuestion.Kind.SCALE
        ],
        "open": [
            {"number": str(row.number), "text": row.aspect}
            for row in questions
            if row.kind == EvaluationQuestion.Kind.TEXT
        ],
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/evaluation_sheet.html", snapshot)
