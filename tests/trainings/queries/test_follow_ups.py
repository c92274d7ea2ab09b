from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as f
from tests.trainings.services.test_follow_ups import group_of, handed, task
from trainings.models import FollowUp
from trainings.queries.follow_ups import candidates, day_word, follow_up_figures, village_plans
from villages.models import Village


@pytest.mark.parametrize(
    ("year", "on", "status", "expected"),
    [
        (2019, date(2018, 12, 5), "submitted", 1),
        (2019, date(2018, 12, 4), "submitted", None),  # on the last day: not after the training
        (2017, date(2019, 1, 5), "submitted", None),
        (2018, date(2018, 12, 20), "approved", 16),
        (2019, date(2019, 1, 3), "returned", 30),  # it was submitted, though it was returned
    ],
)
def test_which_plan_keeps_a_promise(year, on, status, expected, dataset):
    row = task(dataset, promises_plan=True)
    handed(group_of(dataset, dataset.satu), year, on, status)
    found = candidates([row]).get(row.pk)
    assert (found and found.days) == expected


def test_a_draft_and_a_plan_of_another_group_keep_no_promise(dataset):
    other = f.GroupFactory(village=dataset.satu)
    row = task(dataset, promises_plan=True, group=group_of(dataset, dataset.satu))
    f.WorkPlanFactory(group=group_of(dataset, dataset.satu), year=2019)
    handed(other)
    assert candidates([row]) == {}


def test_a_promise_of_the_whole_village_is_kept_by_any_group(dataset):
    row = task(dataset, promises_plan=True)
    plan = handed(f.GroupFactory(village=dataset.satu))
    assert candidates([row])[row.pk].plan == plan


@pytest.mark.parametrize(("day", "within"), [(3, 30), (4, 60), (32, 60), (33, 60), (100, None)])
def test_within_which_span_a_plan_came(day, within, dataset):
    on = date(2018, 12, 4).toordinal() + 27 + day
    row = task(dataset, promises_plan=True)
    handed(group_of(dataset, dataset.satu), on=date.fromordinal(on))
    assert candidates([row])[row.pk].within == within


def test_figures_count_states_and_plans(dataset):
    task(dataset, due_on=date(2019, 1, 1))
    task(dataset, number=2, done_on=date(2019, 1, 1))
    task(dataset, number=3, dropped_on=date(2019, 1, 1), note="Batal")
    task(dataset, village=dataset.dua)
    handed(group_of(dataset, dataset.satu), on=date(2019, 1, 20))
    figures = follow_up_figures(dataset.training)
    assert {progress.label: count for progress, count in figures.counts.items()} == {
        "Terlambat": 1,
        "Selesai": 1,
        "Dibatalkan": 1,
        "Belum selesai": 1,
    }
    assert (figures.total, figures.current, figures.done, figures.villages) == (4, 3, 1, 2)
    assert figures.handed == {30: 0, 60: 1, 90: 1}


def test_the_plan_of_a_village_stands_beside_its_tasks(dataset):
    row = task(dataset)
    plan = handed(group_of(dataset, dataset.dua))
    found = village_plans(dataset.training, [row], Village.objects.filter(pk__in=[dataset.satu.pk, dataset.dua.pk]))
    assert [(p.village, p.tasks, p.handed and p.handed.plan) for p in found] == [
        (dataset.satu, [row], None),
        (dataset.dua, [], plan),
    ]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2018, 12, 10), "6 hari lagi"),
        (date(2018, 12, 4), "hari ini"),
        (date(2018, 12, 1), "terlambat 3 hari"),
        (date(2015, 12, 1), "terlambat 3 tahun"),
        (None, ""),
    ],
)
def test_where_a_task_stands_on_the_calendar(due, expected, dataset, time_machine_at):
    with time_machine_at(date(2018, 12, 4)):
        assert day_word(task(dataset, due_on=due)) == expected


@pytest.mark.parametrize(
    "values",
    [{"done_on": date(2019, 1, 1), "dropped_on": date(2019, 1, 1), "note": "x"}, {"dropped_on": date(2019, 1, 1)}],
)
def test_the_database_refuses_two_ends_and_a_drop_without_reason(values, dataset):
    with pytest.raises(IntegrityError), transaction.atomic():
        task(dataset, **values)
    assert FollowUp.objects.count() == 0


def test_figures_ask_the_same_number_of_queries_for_1_and_5(dataset, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    task(dataset, promises_plan=True)

    def query():
        rows = list(FollowUp.objects.select_related("village"))
        follow_up_figures(dataset.training), candidates(rows), village_plans(dataset.training, rows, [dataset.satu])

    with CaptureQueriesContext(connection) as queries:
        query()
    for number in range(2, 6):
        task(dataset, number=number, promises_plan=True)
    handed(group_of(dataset, dataset.satu))
    with django_assert_num_queries(len(queries)):
        query()
