"""Concurrent processes, each with its own connection."""

import threading
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from reports import tasks
from reports.models import Report
from reports.services import issuing, lifecycle, requests
from tests import factories
from tests.documents.samples import make_training
from tests.reports.issues import approved_plan, made


def at_once(work, times=8):
    """Runs `work` in this number of threads that start together; the results, exceptions included."""
    gate, results = threading.Barrier(times), []

    def run():
        gate.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def staff(transactional_db, monkeypatch):
    monkeypatch.setattr(tasks.render_report, "delay", lambda pk: None)
    return factories.UserFactory()


def test_eight_workers_and_one_row(staff):
    report = requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)
    claims = at_once(lambda: Report.objects.get(pk=report.pk).claim())
    assert sorted(claims) == [False] * 7 + [True]
    report.refresh_from_db()
    assert report.attempts == 1


@pytest.mark.usefixtures("quick_documents")
def test_a_task_that_arrives_four_times_at_once_and_again_at_the_end_makes_one_document(staff):
    report = requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)
    assert at_once(lambda: tasks.render_report(report.pk), times=4) == [None] * 4
    report.refresh_from_db()
    once = Report.objects.values().get()
    tasks.render_report(report.pk)
    assert Report.objects.values().get() == once
    assert (report.state, report.attempts) == ("ready", 1)
    assert [path.name for path in Path(settings.MEDIA_ROOT).rglob("*.*")] == [Path(report.file.path).name]
    assert [event.verb for event in report.events] == ["add"]


def test_a_report_is_cancelled_once_and_is_not_finished_after_it(staff):
    report = requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)
    report.claim()
    ended = at_once(lambda: Report.objects.get(pk=report.pk).cancel(), times=2)
    assert sorted(ended) == [False, True]
    assert not report.close_as("ready", file="x.pdf", sha256="0" * 64)
    report.refresh_from_db()
    assert (report.state, report.file) == ("cancelled", "")


def test_one_form_sent_eight_times_at_once(staff):
    training, key = make_training(), uuid.uuid4()
    made = at_once(
        lambda: requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff, key=key).pk
    )
    assert set(made) == {Report.objects.get().pk}


def test_a_failed_report_is_retried_once(staff):
    report = requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)
    report.claim()
    report.close_as("failed", error="x")
    results = at_once(lambda: lifecycle.retry(Report.objects.get(pk=report.pk), by=staff))
    assert sum(result is None for result in results) == 1
    assert report.events.filter(verb="reopen").count() == 1


@pytest.mark.usefixtures("quick_documents")
def test_an_issue_that_is_withdrawn_while_a_newer_one_replaces_it_stays_withdrawn(staff):
    plan = approved_plan(staff)
    older = made("work_plan", plan, staff)
    plan.activities.update(title="Mengganti pompa")  # otherwise the older document is returned again
    newer = requests.request_document("work_plan", plan, {}, by=staff)
    worker = threading.Thread(target=lambda: (tasks.render_report(newer.pk), connection.close()))
    with transaction.atomic():
        issuing.withdraw(older, "Salah cetak", by=staff)
        worker.start()
        worker.join(1)  # by now the worker waits for this transaction, which does not end before
    worker.join()
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.issue_status, older.withdrawn_reason, older.replaced_by) == ("withdrawn", "Salah cetak", None)
    assert (newer.state, newer.issue_status, newer.error) == ("ready", "in_force", "")
