"""Lembar evaluasi: the questions with a box for each mark of 1 to 4, about the training, then about each narasumber.

The sheet is anonymous.
"""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.content import Parameters
from documents.signers import Letterhead
from documents.trainings import base
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from trainings.models import ResourcePerson, SpjItem, Training
from trainings.models.evaluations import MARKS
from trainings.queries.evaluations import FormQuestion, form_questions


class Question(TypedDict):
    number: str
    text: str


class Part(TypedDict):
    """The questions about one narasumber."""

    name: str
    aspects: list[Question]
    open: list[Question]


class EvaluationSheetContent(TrainingContent):
    marks: list[str]
    aspects: list[Question]
    open: list[Question]
    speakers: list[Part]


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
        by_person: dict[ResourcePerson | None, list[FormQuestion]] = {None: []}
        for place in form_questions(training):
            by_person.setdefault(place.person, []).append(place)
        of_training = by_person.pop(None)
        return {
            **head,
            "marks": list(MARKS),
            "aspects": _questions(of_training, is_text=False),
            "open": _questions(of_training, is_text=True),
            "speakers": [
                {
                    "name": str(person),
                    "aspects": _questions(places, is_text=False),
                    "open": _questions(places, is_text=True),
                }
                for person, places in by_person.items()
            ],
        }


def _questions(places: list[FormQuestion], *, is_text: bool) -> list[Question]:
    """The narasumber of a part is above it, that of a single question behind it."""
    rows: list[Question] = []
    for place in places:
        if place.is_text == is_text:
            text = place.question.aspect if place.person or is_text else place.label
            rows.append({"number": str(place.question.number), "text": text})
    return rows
