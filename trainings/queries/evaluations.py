"""Figures of the evaluation of one training. Bounded queries, no writes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from records import formats
from trainings.models import (
    AgendaSpeaker,
    EvaluationAnswer,
    EvaluationQuestion,
    ResourcePerson,
    Training,
    TrainingDay,
)
from trainings.queries.scores import mark_text, mean, present_people, share_text

Column = tuple[int, int]  # question, narasumber or 0
Scope = EvaluationQuestion.Scope


@dataclass(frozen=True)
class FormQuestion:
    """One field of a sheet: a question, and the narasumber where it is repeated for each."""

    question: EvaluationQuestion
    person: ResourcePerson | None = None

    @property
    def column(self) -> Column:
        return self.question.pk, self.person.pk if self.person else 0

    @property
    def label(self) -> str:
        person = self.person or self.question.resource_person
        return f"{self.question.aspect} ({person})" if person else self.question.aspect

    @property
    def is_text(self) -> bool:
        return self.question.kind == EvaluationQuestion.Kind.TEXT


def form_questions(training: Training, speakers: list[ResourcePerson] | None = None) -> list[FormQuestion]:
    """The fields of a sheet in order: those of the training, then those of each narasumber. Three queries.

    `speakers`: the narasumber to evaluate; by default all of the agenda, and those with answers.
    """
    rows = list(training.evaluation_questions.select_related("resource_person__person"))
    each = [question for question in rows if question.scope == Scope.SPEAKER]
    questions = [FormQuestion(question) for question in rows if question.scope == Scope.TRAINING]
    if each and speakers is None:
        speakers = speakers_of(training)
    return questions + [FormQuestion(question, person) for person in speakers or [] for question in each]


def speakers_of(training: Training) -> list[ResourcePerson]:
    """The narasumber of the agenda in its order, then those removed from it after sheets were submitted."""
    people = dict.fromkeys(agenda_speakers(training.days.all()))
    answered = ResourcePerson.objects.filter(evaluation_answers__sheet__training=training).select_related("person")
    return list(people | dict.fromkeys(answered.distinct()))


def agenda_speakers(days: Iterable[TrainingDay]) -> list[ResourcePerson]:
    """The distinct narasumber of these days in the order of the agenda, without moderators."""
    rows = AgendaSpeaker.objects.filter(item__day__in=days, role=AgendaSpeaker.Role.SPEAKER)
    rows = rows.select_related("resource_person__person").order_by("item__day__date", "item__starts", "pk")
    return list(dict.fromkeys(row.resource_person for row in rows))


def sheets_filled(training: Training) -> int:
    """The number of people: a person fills one sheet on paper, or one per day under a link."""
    counts = training.evaluation_sheets.order_by().values_list("link__day").annotate(n=Count("pk"))
    found = dict(counts)
    return found.pop(None, 0) + max(found.values(), default=0)


@dataclass
class AspectFigures:
    question: EvaluationQuestion
    count: int
    mean: Decimal | None
    counts: list[int]  # how many gave 1, 2, 3, 4

    @property
    def mean_text(self) -> str:
        return mark_text(self.mean)


@dataclass
class SpeakerFigures:
    """Evaluation of one narasumber: means, number of sheets with answers, remarks."""

    person: ResourcePerson
    sheets: int
    aspects: list[AspectFigures]
    remarks: list[tuple[EvaluationQuestion, list[str]]]
    mean: Decimal | None

    @property
    def mean_text(self) -> str:
        return mark_text(self.mean)


@dataclass
class EvaluationFigures:
    """`aspects`, `remarks` and `mean` are about the training; those about each narasumber are in `speakers`."""

    training: Training
    sheets: int
    present: int
    aspects: list[AspectFigures]
    remarks: list[tuple[EvaluationQuestion, list[str]]]
    mean: Decimal | None  # satisfaction: over all marks of all aspects
    speakers: list[SpeakerFigures]

    @property
    def mean_text(self) -> str:
        return mark_text(self.mean)

    @property
    def sheets_text(self) -> str:
        """As a share of the people while each filled in at most one sheet: links may be opened on several days."""
        base = self.present if self.sheets <= self.present else 0
        return share_text(self.sheets, base, "orang yang hadir") or f"{formats.number_id(self.sheets)} lembar"


def figures_of_evaluation(training: Training) -> EvaluationFigures:
    """Five queries, and two more where each narasumber is evaluated."""
    marks: dict[Column, Counter] = defaultdict(Counter)
    remarks: dict[Column, list[str]] = defaultdict(list)
    sheets: dict[int, set[int]] = defaultdict(set)  # by narasumber
    # Ordered by text, not by sheet: a remark must not be linked to the marks of its sheet.
    rows = EvaluationAnswer.objects.filter(sheet__training=training).order_by("text", "pk")
    for question, person, sheet, value, text in rows.values_list(
        "question", "resource_person", "sheet", "value", "text"
    ):
        if person:
            sheets[person].add(sheet)
        if value is not None:
            marks[question, person or 0][value] += 1
        if text:
            remarks[question, person or 0].append(text)
    by_person: dict[ResourcePerson | None, list[FormQuestion]] = {None: []}
    for place in form_questions(training):
        by_person.setdefault(place.person, []).append(place)
    aspects, written, average = _figures(by_person.pop(None), marks, remarks)
    return EvaluationFigures(
        training=training,
        sheets=training.evaluation_sheets.count(),
        present=present_people(training).count(),
        aspects=aspects,
        remarks=written,
        mean=average,
        speakers=[
            SpeakerFigures(person, len(sheets[person.pk]), *_figures(places, marks, remarks))
            for person, places in by_person.items()
            if person
        ],
    )


def _figures(places: list[FormQuestion], marks, remarks):
    """(aspects, remarks, mean over all marks) of some fields of the sheet."""
    aspects, written, every = [], [], []
    for place in places:
        if place.is_text:
            written.append((place.question, remarks[place.column]))
            continue
        counted = marks[place.column]
        given = list(counted.elements())
        every += given
        aspects.append(AspectFigures(place.question, len(given), mean(given), [counted[n] for n in (1, 2, 3, 4)]))
    return aspects, written, mean(every)
