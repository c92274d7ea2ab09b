"""Lembar pre-test or post-test: the questions without their key, lines for the participant. One sheet, to copy."""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.content import Parameters, option
from documents.signers import Letterhead
from documents.trainings import base
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from trainings.models import SpjItem, TestQuestion, TestResult, Training

PHASES = {
    TestResult.Phase.PRE.value: "Lembar pre-test",
    TestResult.Phase.POST.value: "Lembar post-test",
}


class Statement(TypedDict):
    number: str
    text: str


class Choice(Statement):
    options: list[str]


class QuestionSheetContent(TrainingContent):
    title: str
    count: str
    statements: list[Statement]
    choices: list[Choice]


class QuestionSheet(TrainingDocument[QuestionSheetContent]):
    kind, title, code_prefix = "test_sheet", "Lembar tes", "TES"
    options = {"phase": PHASES}
    letterhead = Letterhead.OFFICE
    template = "documents/question_sheet.html"
    spj_item = SpjItem.Document.TESTS
    buttons = (
        Button("Lembar pre-test", {"phase": "pre"}),
        Button("Lembar post-test", {"phase": "post"}),
    )
    filing = Filing(7, ({"phase": "pre"}, {"phase": "post"}))
    is_blank_form = True

    def label(self, parameters: Parameters) -> str:
        return PHASES[option(parameters, "phase") or "pre"]

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        if not training.test_questions.exists():
            raise ValidationError("Soal tes belum ada. Tambahkan atau salin dahulu, lalu minta lagi.")
        return self.chosen(parameters)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> QuestionSheetContent:
        before = parameters["phase"] == TestResult.Phase.PRE
        dated = base.first_day(training) if before else base.last_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, self.label(parameters), dated, signing=signing)
        questions = list(training.test_questions.all())
        statements = [row for row in questions if row.kind == TestQuestion.Kind.TRUE_FALSE]
        choices = [row for row in questions if row.kind == TestQuestion.Kind.CHOICE]
        return {
            **head,
            "title": "PRE-TEST" if before else "POST-TEST",
            "count": str(len(questions)),
            "statements": [{"number": str(row.number), "text": row.text} for row in statements],
            "choices": [
                {
                    "number": str(row.number),
                    "text": row.text,
                    "options": [
                        f"{letter}. {text}" for letter, text in zip(row.letters, row.option_list, strict=False)
                    ],
                }
                for row in choices
            ],
        }
