"""The clock is set back by an hour: beat continues, lost jobs are found, a future heartbeat does not count."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from documents.choices import Audience
from jobs import queue
from jobs.models import WorkerHeartbeat
from pamsimas.beat import Scheduler
from pamsimas.celery import app
from reports.models import Report
from tests import factories as make

NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEPS_BACK = [timedelta(minutes=2), HOUR, timedelta(days=400)]


@pytest.fixture
def sent(monkeypatch):
    """Names of the tasks that beat sent."""
    names = []
    monkeypatch.setattr(Scheduler, "apply_async", lambda self, entry, **options: names.append(self.reserve(entry).name))
    return names


def scheduler(path):
    return Scheduler(app=app, schedule_filename=str(path), max_interval=300)


def run(beat, seconds, clock):
    """Lets beat tick for some time, as its own loop does."""
    end = timezone.now() + timedelta(seconds=seconds)
    while timezone.now() < end:
        clock.shift(max(min(beat.tick(), 300), 0.01))


def waiting_report(**values):
    plan = make.WorkPlanFactory()
    return Report.objects.create(kind="work_plan", work_plan=plan, audience=Audience.SUBJECT, **values)


@pytest.mark.parametrize("step", STEPS_BACK)
def test_beat_goes_on_when_the_clock_is_set_back_while_it_runs(tmp_path, sent, step):
    with time_machine.travel(NOON, tick=False) as clock:
        beat = scheduler(tmp_path / "schedule")
        run(beat, 61, clock)
        assert sent.count("requeue_stale_reports") >= 2
    sent.clear()
    with time_machine.travel(NOON - step, tick=False) as clock:
        run(beat, 61, clock)
    assert sent.count("requeue_stale_reports") >= 2


@pytest.mark.parametrize("step", STEPS_BACK)
def test_beat_goes_on_when_it_is_started_after_the_step(tmp_path, sent, step):
    with time_machine.travel(NOON, tick=False) as clock:
        beat = scheduler(tmp_path / "schedule")
        run(beat, 61, clock)
        beat.close()
    sent.clear()
    with time_machine.travel(NOON - step, tick=False) as clock:
        again = scheduler(tmp_path / "schedule")
        run(again, 61, clock)
        again.close()
    assert sent.count("requeue_stale_reports") >= 2


def test_a_clock_that_is_right_changes_no_entry(tmp_path, sent):
    with time_machine.travel(NOON, tick=False) as clock:
        beat = scheduler(tmp_path / "schedule")
        run(beat, 21, clock)
        before = {name: entry.last_run_at for name, entry in beat.schedule.items()}
        beat.forget_the_future()
        assert {name: entry.last_run_at for name, entry in beat.schedule.items()} == before


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS_BACK)
def test_the_job_of_a_killed_worker_is_found_after_the_step(step):
    with time_machine.travel(NOON, tick=False):
        report = waiting_report()
        assert report.claim()
        assert not Report.unheld().exists()
    with time_machine.travel(NOON - step, tick=False):
        assert Report.unheld().get() == report
        assert Report.objects.get().claim()
        assert not Report.unheld().exists()


@pytest.mark.django_db
def test_a_job_that_waits_is_sent_again_after_the_step(monkeypatch):
    sent = []
    monkeypatch.setattr(queue, "enqueue", lambda jobs, pk: sent.append(pk))
    with time_machine.travel(NOON, tick=False):
        report = waiting_report(lease_until=queue.requeue_after())
        assert queue.requeue_stale(Report) == 0
    with time_machine.travel(NOON - HOUR, tick=False):
        queue.requeue_stale(Report)
    assert sent == [report.pk]


@pytest.mark.django_db
def test_a_lease_that_is_held_stays_held_under_a_small_difference_of_clocks():
    with time_machine.travel(NOON, tick=False):
        waiting_report().claim()
    with time_machine.travel(NOON - timedelta(seconds=20), tick=False):
        assert not Report.unheld().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "well"), [(-10, True), (10, True), (60, False), (3600, False), (-91, False)])
def test_a_sign_of_life_from_the_future_is_none(client, ahead, well):
    WorkerHeartbeat.objects.create(name="worker", seen_at=timezone.now() + timedelta(seconds=ahead))
    assert client.get(reverse("readyz")).json()["worker"] == ("ok" if well else "failing")
