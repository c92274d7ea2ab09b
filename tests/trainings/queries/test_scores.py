from decimal import Decimal

import pytest

from accounts.models import DistrictSettings
from tests import factories as f
from trainings.models import EvaluationQuestion, TestResult
from trainings.queries.evaluations import figures_of_evaluation
from trainings.queries.scores import figures_of_tests, mean, share_text, shows_totals

PRE, POST = TestResult.Phase.PRE, TestResult.Phase.POST


def result(participant, phase, score, letters="", questions=()):
    row = f.TestResultFactory(participant=participant, phase=phase, score=score)
    for question, letter in zip(questions, letters, strict=True):
        f.TestAnswerFactory(result=row, question=question, letter=letter)
    return row


def present(dataset, people):
    for person in people:
        f.AttendanceFactory(participant=person, session=dataset.session)


def test_mean_rounds_half_up_and_knows_nothing():
    assert mean([]) is None
    assert mean([1, 2]) == Decimal("1.50")
    assert mean([Decimal("0.005")]) == Decimal("0.01")


def test_share_names_its_base():
    assert share_text(3, 4, "orang") == "3 dari 4 orang (75 %)"
    assert share_text(0, 0, "orang") == ""


def test_figures_of_two_tests(dataset, people):
    present(dataset, people[:3])
    for person, pre, post in zip(people[:3], (50, 60, 40), (80, 70, 60), strict=True):
        result(person, PRE, pre)
        result(person, POST, post)
    result(people[3], POST, 100)  # took one test only: in its mean, not in the gain
    figures = figures_of_tests(dataset.training)
    assert (figures.pre.count, figures.pre.mean, figures.pre.passed) == (3, Decimal("50.00"), 0)
    assert (figures.post.count, figures.post.mean, figures.post.passed) == (4, Decimal("77.50"), 3)
    assert (figures.both, figures.gain, figures.present) == (3, Decimal("20.00"), 3)
    assert figures.post.passed_text == "3 dari 4 orang yang ikut post-test (75 %)"


def test_the_pass_mark_is_that_of_the_kabupaten(dataset, people):
    DistrictSettings.objects.create(district=dataset.district, pass_mark=81)
    result(people[0], POST, 80)
    dataset.training.refresh_from_db()  # with its district
    assert (figures_of_tests(dataset.training).pass_mark, figures_of_tests(dataset.training).post.passed) == (81, 0)


def test_who_withdrew_counts_no_more(dataset, people):
    result(people[0], PRE, 10)
    result(people[1], PRE, 90)
    people[0].state = "batal"
    people[0].save()
    assert figures_of_tests(dataset.training).pre.mean == Decimal("90.00")


def test_right_answers_per_question(dataset, people):
    questions = [f.TestQuestionFactory(training=dataset.training, number=n, key=key) for n, key in ((1, "B"), (2, "S"))]
    result(people[0], PRE, 50, "BB", questions)
    result(people[1], PRE, 0, ["S", ""], questions)
    result(people[0], POST, 100, "BS", questions)
    rows = figures_of_tests(dataset.training).questions
    assert [(row.pre_text, row.post_text) for row in rows] == [
        ("1 dari 2 orang (50 %)", "1 dari 1 orang (100 %)"),
        ("0 dari 2 orang (0 %)", "1 dari 1 orang (100 %)"),
    ]


def test_evaluation_means_and_remarks(dataset, people):
    present(dataset, people)
    scale = f.EvaluationQuestionFactory(training=dataset.training, number=1)
    words = f.EvaluationQuestionFactory(training=dataset.training, number=2, kind=EvaluationQuestion.Kind.TEXT)
    for number, (value, text) in enumerate(((4, "Zat"), (3, ""), (3, "Air")), 1):
        sheet = f.EvaluationSheetFactory(training=dataset.training, number=number)
        f.EvaluationAnswerFactory(sheet=sheet, question=scale, value=value)
        if text:
            f.EvaluationAnswerFactory(sheet=sheet, question=words, value=None, text=text)
    figures = figures_of_evaluation(dataset.training)
    (aspect,) = figures.aspects
    assert (aspect.count, aspect.mean, aspect.counts) == (3, Decimal("3.33"), [0, 0, 2, 1])
    assert figures.remarks == [(words, ["Air", "Zat"])]  # sorted by text, not by sheet
    assert (figures.sheets, figures.mean, figures.sheets_text) == (
        3,
        Decimal("3.33"),
        "3 dari 4 orang yang hadir (75 %)",
    )


@pytest.mark.parametrize(
    ("role", "count", "expected"),
    [
        ("staff", 1, True),
        ("facilitator", 4, False),
        ("facilitator", 5, True),
        ("official", 4, False),
        ("staff", 0, False),
    ],
)
def test_few_results_are_for_those_who_may_see_scores(role, count, expected, dataset):
    assert shows_totals(getattr(dataset, role), count) is expected


def test_figures_ask_the_same_number_of_queries_for_1_and_4(dataset, people, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    question = f.TestQuestionFactory(training=dataset.training)
    aspect = f.EvaluationQuestionFactory(training=dataset.training)

    def add(number):
        result(people[number], PRE, 50, "B", [question])
        sheet = f.EvaluationSheetFactory(training=dataset.training, number=number + 1)
        f.EvaluationAnswerFactory(sheet=sheet, question=aspect)

    add(0)
    figures_of_tests(dataset.training)  # the settings of the kabupaten are read once
    with CaptureQueriesContext(connection) as queries:
        figures_of_tests(dataset.training), figures_of_evaluation(dataset.training)
    for number in (1, 2, 3):
        add(number)
    with django_assert_num_queries(len(queries)):
        figures_of_tests(dataset.training), figures_of_evaluation(dataset.training)
