"""Lembar evaluasi: the questions of the training with a box for each mark of 1 to 4. Nobody writes a name."""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.content import Parameters
from documents.signers import Letterhead
from documents.trainings import base
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from trainings.models import EvaluationQuestion, SpjItem, Training
from trainings.models.evaluations import MARKS


class Question(TypedDict):
    number: str
    text: str


class EvaluationSheetContent(TrainingContent):
    marks: list[str]
    aspects: list[Question]
    open: list[Question]


class EvaluationSheet(TrainingDocument[EvaluationSheetContent]):
    kind, title, code_prefix = "evaluation_sheet", "Lembar evaluasi", "EVL"
    letterhead = Letterhead.OFFICE
    template = "documents/evaluation_sheet.html"
    spj_item = SpjItem.Document.EVALUATION
    buttons = (Button("Lembar evaluasi"),)
    filing = Filing(9)
    is_blank_form = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        if not training.evaluation_questions.exists():
            raise ValidationError("Butir evaluasi belum ada. Tambahkan atau salin dahulu, lalu minta lagi.")
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> EvaluationSheetContent:
        signing = self.signing(training, base.last_day(training))
        head = base.head(training, "Lembar evaluasi", signing.day, signing=signing)
        questions = list(training.evaluation_questions.select_related("resource_person__person"))
        return {
            **head,
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
