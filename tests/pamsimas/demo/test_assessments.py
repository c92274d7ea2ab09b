from collections import Counter
from decimal import Decimal

import pytest

from trainings.models import Attendance, FollowUp, TestResult, Training
from trainings.queries.evaluations import figures_of_evaluation
from trainings.queries.follow_ups import follow_up_figures
from trainings.queries.scores import figures_of_tests
from trainings.services.scores import score_of, stored_marks


@pytest.fixture
def training(demo):
    return Training.objects.get(fiscal_year=2018)


def test_only_people_who_were_present_have_results(training):
    figures = figures_of_tests(training)
    assert (figures.present, figures.pre.count, figures.post.count, figures.both) == (42, 40, 41, 39)
    assert figures.gain > Decimal(15)
    took = TestResult.objects.values("participant")
    present = Attendance.objects.filter(status__in=Attendance.PRESENT).values("participant")
    assert not training.participants.filter(pk__in=took).exclude(pk__in=present).exists()


def test_scores_are_those_of_the_letters(training):
    questions = list(training.test_questions.all())
    for phase in TestResult.Phase.values:
        for mark in stored_marks(training, phase).values():
            assert mark.score == score_of(mark.letters, questions)


def test_forty_sheets_of_forty_two_people(training):
    figures = figures_of_evaluation(training)
    assert (figures.sheets, figures.present) == (40, 42)
    assert {aspect.count for aspect in figures.aspects} == {40}


def test_what_fourteen_villages_promised(training):
    figures = follow_up_figures(training)
    assert figures.villages == 14
    assert set(figures.counts) == set(FollowUp.Progress)
    assert figures.handed == {30: 0, 60: 3, 90: 4}
    silent = {"Contoh Lima Belas", "Contoh Enam Belas"}
    assert not FollowUp.objects.filter(village__name__in=silent).exists()


def test_promised_plans_are_tied_to_the_plan_of_their_village(training):
    rows = FollowUp.objects.exclude(work_plan=None).select_related("work_plan__group")
    assert Counter(row.work_plan.group.village_id == row.village_id for row in rows) == {True: len(rows)}
    assert {row.work_plan.steps.filter(action="submit", on=row.done_on).count() for row in rows} == {1}


def test_the_sample_is_the_same_at_every_loading(training):
    tests, evaluation = figures_of_tests(training), figures_of_evaluation(training)
    means = tests.pre.mean, tests.post.mean, tests.gain, evaluation.mean
    assert means == (Decimal("61.25"), Decimal("83.90"), Decimal("23.08"), Decimal("3.23"))
