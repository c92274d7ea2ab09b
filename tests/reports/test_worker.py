"""The whole lifecycle with a separate worker process: message, claim, file; and recovery when it is killed."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from jobs.models import WorkerHeartbeat
from reports import storage, tasks
from reports.models import Report
from reports.services import requests
from reports.services.bundles import archive, training_documents
from tests import factories
from tests.documents.samples import make_training, words_of
from tests.reports.filing import file_only
from trainings.models import Participant
from villages.models import Person

TWO_MINUTES = 120  # promised to users when a worker dies


def crowd(training, people):
    """So many participants that one document takes a worker some seconds."""
    persons = Person.objects.bulk_create(
        Person(district=training.district, name=f"Orang Banyak {n}", sex="L", search_key=f"x{n}", institution="OPD")
        for n in range(people)
    )
    Participant.objects.bulk_create(
        Participant(training=training, person=person, number=1_000 + n) for n, person in enumerate(persons)
    )


def wait_for(report, condition, patience):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        connection.close()  # a fresh query, whatever the isolation level
        report.refresh_from_db()
        if condition(report):
            return
        time.sleep(0.1)
    raise AssertionError(f"still {report.state} after {patience} s, attempts {report.attempts}: {report.error}")


def arrives(report, patience):
    """Waits while stale jobs are requeued as beat does: a message may have gone to a worker that just died."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        tasks.requeue_stale_reports.delay()
        try:
            return wait_for(report, lambda row: not row.is_under_way, 5)
        except AssertionError:
            continue
    raise AssertionError(f"still {report.state}, attempts {report.attempts}: {report.error}")


@pytest.fixture
def requester(transactional_db):
    return factories.UserFactory()


@pytest.fixture
def worker_environment(worker_environment, settings):
    # The worker stores its files where its settings say; this test reads them there.
    from tests.conftest import DATA_DIR

    settings.MEDIA_ROOT = DATA_DIR / "media"
    return worker_environment


@pytest.mark.kill
@pytest.mark.timeout(240)
def test_a_real_worker_gets_the_message_and_makes_the_document(start_worker, requester):
    worker = start_worker()
    report = requests.request_document("attendance_sheet", make_training(villages=2), {"mode": "blank"}, by=requester)
    wait_for(report, lambda row: not row.is_under_way, 60)
    assert report.state == "ready", worker.log
    assert report.attempts == 1
    assert "Peserta Nomor 6" in words_of(storage.read_file(report))


@pytest.mark.kill
@pytest.mark.timeout(300)
def test_a_worker_killed_in_the_middle_loses_no_report(start_worker, requester):
    first = start_worker()
    training = make_training(villages=1, days=1)
    crowd(training, 400)
    report = requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=requester)
    wait_for(report, lambda row: row.state == Report.State.RUNNING and row.snapshot_sha, 60)
    first.kill()
    killed = time.monotonic()
    report.refresh_from_db()
    assert report.state == "running"
    assert list(Path(settings.MEDIA_ROOT, "reports").rglob(f"{report.pk}-*")) == []

    second = start_worker()
    arrives(report, TWO_MINUTES - (time.monotonic() - killed))
    assert report.state == "ready", second.log
    assert report.attempts == 2
    text = words_of(storage.read_file(report))
    assert "Orang Banyak 399" in text
    assert len(list(Path(settings.MEDIA_ROOT, "reports").rglob(f"{report.pk}-*"))) == 1
    assert WorkerHeartbeat.objects.filter(name="worker").exists()


@pytest.mark.kill
@pytest.mark.timeout(240)
def test_reports_asked_while_no_worker_runs_are_made_by_the_next_one(start_worker, requester):
    training = make_training(villages=1, days=1)
    reports = [
        requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=requester) for _ in range(3)
    ]
    worker = start_worker()
    for report in reports:
        arrives(report, TWO_MINUTES)
        assert report.state == "ready", worker.log


@pytest.mark.kill
@pytest.mark.timeout(300)
def test_a_worker_killed_in_the_middle_of_a_bundle_leaves_no_part_out(start_worker, requester, monkeypatch):
    kinds = {"schedule", "attendance_sheet", "minutes"}
    file_only(monkeypatch, kinds)
    first = start_worker()
    training = make_training(villages=1, days=1)
    crowd(training, 400)
    bundle = training_documents.request_bundle(training, requester)
    long = bundle.parts.get(kind="attendance_sheet", parameters__who="peserta")
    wait_for(long, lambda row: row.state == Report.State.RUNNING and row.snapshot_sha, 60)
    first.kill()
    killed = time.monotonic()
    second = start_worker()
    arrives(bundle, TWO_MINUTES - (time.monotonic() - killed))
    assert (bundle.state, bundle.done) == ("ready", bundle.total), second.log
    content = storage.read_file(bundle)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[-1] == f"{archive.CONTENTS}.csv"
    assert len(names) == bundle.total + 1
    assert len(list(Path(settings.MEDIA_ROOT, "bundles").rglob("*.zip"))) == 1
