from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records.models import Conflict
from tests import factories as f
from trainings.models import FollowUp, Training
from trainings.services import follow_ups as services


def task(dataset, **values):
    return f.FollowUpFactory(**({"training": dataset.training, "village": dataset.satu} | values))


def handed(group, year=2019, on=date(2019, 1, 21), status="submitted"):
    plan = f.WorkPlanFactory(group=group, year=year, status=status)
    plan.steps.create(action="submit", on=on)
    return plan


def group_of(dataset, village):
    return dataset.boards[village.pk]["KET"].group


def test_the_template_counts_days_from_the_last_day(dataset):
    assert services.fill_rktl(dataset.training, [dataset.satu, dataset.dua], by=dataset.staff) == 2
    rows = FollowUp.objects.filter(village=dataset.satu)
    assert [(row.number, row.due_on, row.due_text, row.promises_plan) for row in rows] == [
        (1, date(2018, 12, 18), "", True),
        (2, date(2019, 1, 3), "", False),
        (3, date(2019, 1, 3), "", False),
        (4, date(2019, 1, 3), "", False),
        (5, None, "Sebelum musrenbang desa", False),
        (6, date(2019, 2, 2), "", False),
    ]
    assert {row.group for row in rows} == {group_of(dataset, dataset.satu)}
    assert rows[0].events.get().by == dataset.staff


def test_the_template_pressed_twice_stands_once(dataset):
    assert [services.fill_rktl(dataset.training, [dataset.satu], by=dataset.staff) for _ in range(2)] == [1, 0]
    assert FollowUp.objects.count() == 6


def test_a_village_of_two_groups_promises_as_a_whole(dataset):
    f.GroupFactory(village=dataset.satu)
    assert services.only_group(dataset.satu) is None


def test_closing_leaves_promises_open_and_calling_off_does_not(dataset):
    Training.objects.update(state=Training.State.CLOSED)
    assert services.fill_rktl(dataset.training, [dataset.satu], by=dataset.staff) == 1
    Training.objects.update(state=Training.State.CANCELLED)
    with pytest.raises(ValidationError, match="dibatalkan"):
        services.fill_rktl(dataset.training, [dataset.dua], by=dataset.staff)


def test_villages_are_those_invited_and_those_that_came(dataset):
    f.ParticipantFactory(training=dataset.training, person__village=dataset.tiga)
    assert set(services.rktl_villages(dataset.training)) == {dataset.satu, dataset.dua, dataset.tiga}


def test_the_promised_plan_ends_its_task_on_the_day_it_came(dataset):
    row = task(dataset, promises_plan=True)
    plan = handed(group_of(dataset, dataset.satu))
    assert services.keep_promise(row, by=dataset.facilitator) == (plan, date(2019, 1, 21))
    row.refresh_from_db()
    assert (row.work_plan, row.done_on, row.state_word) == (plan, date(2019, 1, 21), "Selesai")
    with pytest.raises(ValidationError, match="sudah selesai"):
        services.keep_promise(row, by=dataset.staff)


def test_without_a_plan_the_promise_stays_open(dataset):
    for row in (task(dataset, promises_plan=True), task(dataset, number=2)):
        with pytest.raises(ValidationError, match="Belum ada rencana kerja"):
            services.keep_promise(row, by=dataset.staff)


def test_reopening_takes_the_end_back(dataset):
    row = task(dataset, done_on=date(2019, 1, 1))
    services.reopen(row, by=dataset.staff)
    assert FollowUp.objects.open().get() == row
    assert row.events.first().verb == "reopen"
    with pytest.raises(ValidationError, match="masih terbuka"):
        services.reopen(row, by=dataset.staff)


def test_the_slower_of_two_is_told(dataset):
    row = task(dataset, done_on=date(2019, 1, 1))
    FollowUp.objects.update(version=2)
    with pytest.raises(Conflict):
        services.reopen(row, by=dataset.staff)


def test_only_an_open_task_is_removed(dataset):
    ended = task(dataset, done_on=date(2019, 1, 1))
    with pytest.raises(ValidationError, match="tetap tercatat"):
        services.remove(ended, by=dataset.staff)
    services.remove(task(dataset, number=2), by=dataset.staff)
    assert FollowUp.objects.get() == ended
