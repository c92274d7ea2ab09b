"""Lembar pre-test or post-test: the questions without their key, lines for who answers. One sheet, to copy."""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import User
from documents.trainings import base
from documents.trainings.base import SUBJECTS, district_of
from reports.kinds import Kind
from trainings.models import TestQuestion, TestResult, Training

__all__ = ["SUBJECTS", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "TES"
PHASES = {
    TestResult.Phase.PRE.value: "Lembar pre-test",
    TestResult.Phase.POST.value: "Lembar post-test",
}
OPTIONS = {"phase": PHASES}


def label(parameters: dict) -> str:
    return PHASES[parameters.get("phase") or "pre"]


def clean(training: Training, parameters: dict) -> dict:
    if not training.test_questions.exists():
        raise ValidationError("Soal tes belum ada. Tambahkan atau salin dahulu, lalu minta lagi.")
    return base.chosen(OPTIONS, parameters)


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    before = parameters["phase"] == TestResult.Phase.PRE
    dated = base.first_day(training) if before else base.last_day(training)
    signing = base.signing(Kind.TEST_SHEET, training, dated)
    head = base.head(training, PHASES[parameters["phase"]], dated, signing=signing)
    questions = list(training.test_questions.all())
    statements = [row for row in questions if row.kind == TestQuestion.Kind.TRUE_FALSE]
    choices = [row for row in questions if row.kind == TestQuestion.Kind.CHOICE]
    return head | {
        "title": "PRE-TEST" if before else "POST-TEST",
        "count": str(len(questions)),
        "statements": [{"number": str(row.number), "text": row.text} for row in statements],
        "choices": [
            {
                "number": str(row.number),
                "text": row.text,
                "options": [f"{letter}. {text}" for letter, text in zip(row.letters, row.option_list, strict=False)],
            }
            for row in choices
        ],
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/question_sheet.html", snapshot)
