"""Figures of the pre-test and post-test of one training. Bounded queries, no writes.

Participants on the sheet are counted. The gain is the mean over those who took both tests; the means of pre-test and
post-test may be of different people, so each names its base.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef

from accounts.rights import Right, may
from records import formats
from trainings.models import (
    Attendance,
    Participant,
    TestAnswer,
    TestQuestion,
    TestResult,
    Training,
)

# Below this many results a mean would reveal single persons: only users who may see scores see it (our assumption).
LEAST_SHOWN = 5
Phase = TestResult.Phase


def mean(values) -> Decimal | None:
    """The mean, rounded half up to two decimals; None without values."""
    values = list(values)
    if not values:
        return None
    return (sum(map(Decimal, values), Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def mean_text(value: Decimal | None) -> str:
    """A mean of scores (0 to 100) with one decimal, on pages and documents alike: "53,0"; empty for None."""
    return formats.number_id(value, 1)


def mark_text(value: Decimal | None) -> str:
    """A mean of marks (1 to 4) with two decimals, on pages and documents alike: "3,50"; empty for None."""
    return formats.number_id(value, 2)


def share_text(part: int, base: int, of_whom: str) -> str:
    """ "30 dari 40 orang yang ikut post-test (75 %)"; one decimal, 100 only for all; empty without a base."""
    if not base:
        return ""
    share = formats.percent(Decimal(part) * 100 / base)
    return f"{formats.number_id(part)} dari {formats.number_id(base)} {of_whom} ({share})"


@dataclass
class PhaseFigures:
    """One of the two tests. Scores run from 0 to 100."""

    phase: str
    label: str
    count: int
    mean: Decimal | None
    passed: int

    @property
    def mean_text(self) -> str:
        return mean_text(self.mean)

    @property
    def passed_text(self) -> str:
        return share_text(self.passed, self.count, f"orang yang ikut {self.label.lower()}")


@dataclass
class QuestionFigures:
    """How many answered one question correctly, of those whose answers were entered."""

    question: TestQuestion
    right: Counter = field(default_factory=Counter)
    answered: Counter = field(default_factory=Counter)

    def _text(self, phase: str) -> str:
        return share_text(self.right[phase], self.answered[phase], "orang")

    @property
    def pre_text(self) -> str:
        return self._text(Phase.PRE)

    @property
    def post_text(self) -> str:
        return self._text(Phase.POST)


@dataclass
class TestFigures:
    __test__ = False  # not a class of tests, despite its name

    training: Training
    pass_mark: int
    present: int
    pre: PhaseFigures
    post: PhaseFigures
    both: int
    gain: Decimal | None
    questions: list[QuestionFigures]

    @property
    def gain_text(self) -> str:
        return mean_text(self.gain)

    @property
    def count(self) -> int:
        """Number of results of both tests."""
        return self.pre.count + self.post.count

    @property
    def answered(self) -> bool:
        """Whether letters were entered for anybody, so that questions can be compared."""
        return any(row.answered.total() for row in self.questions)

    @property
    def answer_counts(self) -> list[int]:
        """Numbers of answers to each question before and after, without zeros."""
        return [count for row in self.questions for count in row.answered.values() if count]


def shows_totals(user, count: int) -> bool:
    """Whether this user may see means over `count` results."""
    return count > 0 and (count >= LEAST_SHOWN or may(user, Right.SEE_SCORES))


def present_people(training: Training):
    """Participants of the sheet who were present in at least one session."""
    marked = Attendance.objects.filter(status__in=Attendance.PRESENT, session__day__training=training)
    return training.participants.current().filter(pk__in=marked.values("participant"))


def absent_people(training: Training, ids) -> list[Participant]:
    """Of these participants those with attendance marks of which none is present, in the order of the sheet."""
    marks = Attendance.objects.filter(participant=OuterRef("pk"))
    absent = training.participants.filter(
        Exists(marks), ~Exists(marks.filter(status__in=Attendance.PRESENT)), pk__in=list(ids)
    )
    return list(absent.select_related("person").order_by("number"))


def figures_of_tests(training: Training) -> TestFigures:
    """Four queries, and one for the settings of the kabupaten."""
    pass_mark = training.district.rules.pass_mark
    scores: dict[str, dict[int, Decimal]] = {Phase.PRE: {}, Phase.POST: {}}
    rows = TestResult.objects.filter(
        participant__training=training, participant__state=Participant.State.REGISTERED
    ).values_list("phase", "participant", "score")
    for phase, participant, score in rows:
        scores[phase][participant] = score
    both = scores[Phase.PRE].keys() & scores[Phase.POST].keys()
    return TestFigures(
        training=training,
        pass_mark=pass_mark,
        present=present_people(training).count(),
        pre=_phase(Phase.PRE, scores[Phase.PRE], pass_mark),
        post=_phase(Phase.POST, scores[Phase.POST], pass_mark),
        both=len(both),
        gain=mean(scores[Phase.POST][pk] - scores[Phase.PRE][pk] for pk in both),
        questions=_questions(training),
    )


def _phase(phase, scores: dict[int, Decimal], pass_mark: int) -> PhaseFigures:
    passed = sum(score >= pass_mark for score in scores.values())
    return PhaseFigures(phase.value, str(phase.label), len(scores), mean(scores.values()), passed)


def _questions(training) -> list[QuestionFigures]:
    found = {question.pk: QuestionFigures(question) for question in training.test_questions.all()}
    rows = TestAnswer.objects.filter(
        question__training=training, result__participant__state=Participant.State.REGISTERED
    ).values_list("question", "result__phase", "letter")
    for question, phase, letter in rows:
        figures = found[question]
        figures.answered[phase] += 1
        figures.right[phase] += letter == figures.question.key
    return list(found.values())
