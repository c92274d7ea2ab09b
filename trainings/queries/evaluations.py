"""Figures of the evaluation of one training. Bounded queries, no writes."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from records import formats
from trainings.models import (
    EvaluationAnswer,
    EvaluationQuestion,
    Training,
)
from trainings.queries.scores import mean, present_people, share_text


@dataclass
class AspectFigures:
    question: EvaluationQuestion
    count: int
    mean: Decimal | None
    counts: list[int]  # how many gave 1, 2, 3, 4

    @property
    def mean_text(self) -> str:
        return "" if self.mean is None else formats.number_id(self.mean, 2)


@dataclass
class EvaluationFigures:
    training: Training
    sheets: int
    present: int
    aspects: list[AspectFigures]
    remarks: list[tuple[EvaluationQuestion, list[str]]]
    mean: Decimal | None  # satisfaction: over all marks of all aspects

    @property
    def mean_text(self) -> str:
        return "" if self.mean is None else formats.number_id(self.mean, 2)

    @property
    def sheets_text(self) -> str:
        return share_text(self.sheets, self.present, "orang yang hadir") or f"{formats.number_id(self.sheets)} lembar"


def figures_of_evaluation(training: Training) -> EvaluationFigures:
    """Four queries."""
    marks: dict[int, Counter] = defaultdict(Counter)
    remarks: dict[int, list[str]] = defaultdict(list)
    # By their words, not by their sheets: a remark must not lead to the marks beside it.
    rows = EvaluationAnswer.objects.filter(sheet__training=training).order_by("text", "pk")
    for asked, value, text in rows.values_list("question", "value", "text"):
        if value is not None:
            marks[asked][value] += 1
        if text:
            remarks[asked].append(text)
    aspects, written, every = [], [], []
    for question in training.evaluation_questions.select_related("resource_person__person"):
        if question.kind == EvaluationQuestion.Kind.TEXT:
            written.append((question, remarks[question.pk]))
            continue
        counted = marks[question.pk]
        given = list(counted.elements())
        every += given
        aspects.append(AspectFigures(question, len(given), mean(given), [counted[n] for n in (1, 2, 3, 4)]))
    return EvaluationFigures(
        training=training,
        sheets=training.evaluation_sheets.count(),
        present=present_people(training).count(),
        aspects=aspects,
        remarks=written,
        mean=mean(every),
    )
