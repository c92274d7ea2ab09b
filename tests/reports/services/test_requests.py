import hashlib
import uuid
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from kombu.exceptions import OperationalError

from documents import registry
from documents.rendering.pdf import PdfUnavailable
from jobs import leases
from jobs.models import WorkerHeartbeat
from jobs.queue import requeue_stale
from records.models import Event
from reports import storage, tasks
from reports.models import Report
from reports.services import lifecycle, production, requests
from tests import factories
from tests.documents.attendance import texts
from tests.documents.samples import make_plan, make_training, mark, print_phones, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def enqueued():
    """The messages, instead of a broker."""
    with mock.patch.object(tasks.render_report, "delay") as delay:
        yield delay


@pytest.fixture
def requested(enqueued, staff, office):
    return requests.request_document("attendance_sheet", make_training(villages=2), {"mode": "blank"}, by=staff)


def run_out(report):
    """The worker of this row has stopped."""
    Report.objects.filter(pk=report.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_request_writes_a_row_and_enqueues_after_the_commit(
    enqueued, staff, office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        report = requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)
        assert enqueued.call_count == 0
    enqueued.assert_called_once_with(report.pk)
    assert (report.state, report.audience, report.by) == ("queued", "district", staff)
    assert [event.verb for event in report.events] == [Event.Verb.ADD]


def test_one_key_makes_one_report(enqueued, staff, office):
    training, key = make_training(), uuid.uuid4()
    first = requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff, key=key)
    assert requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff, key=key) == first
    assert Report.objects.count() == 1


def test_a_fallen_broker_breaks_no_page(staff, office, django_capture_on_commit_callbacks, caplog):
    with (
        mock.patch.object(tasks.render_report, "delay", side_effect=OperationalError("gone")),
        django_capture_on_commit_callbacks(execute=True),
    ):
        report = requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)
    assert report.state == "queued"
    assert "the next pass tries again" in caplog.text


def test_request_needs_the_right(enqueued, staff, office):
    with mock.patch("accounts.scoping.may", return_value=False), pytest.raises(PermissionDenied):
        requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)


def test_requesting_an_empty_plan_is_refused_and_leaves_no_row(enqueued, staff):
    with pytest.raises(ValidationError):
        requests.request_document("work_plan", factories.WorkPlanFactory(), {}, by=staff)
    assert Report.objects.count() == 0


def test_phones_go_to_the_office_only(enqueued, staff, official, office):
    training = make_training(villages=2)
    own = training.invitations.first().village
    print_phones()
    training.refresh_from_db()
    fasilitator = factories.FacilitatorFactory(villages=[own])
    frozen = {
        user.role: requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=user)
        for user in (staff, official, fasilitator, factories.CamatFactory())
    }
    assert {role: (r.parameters["phones"], r.audience) for role, r in frozen.items()} == {
        "staff": (True, "office"),
        "official": (False, "district"),
        "facilitator": (False, "requester"),
        "camat": (False, "requester"),
    }


def test_producing_stores_file_hash_and_counts(requested):
    tasks.render_report(requested.pk)
    requested.refresh_from_db()
    content = storage.read_file(requested)
    assert requested.state == "ready"
    assert (requested.bytes, requested.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert requested.reference in words_of(content)
    assert requested.office_profile.office_name == "DINAS PERUMAHAN DAN PERMUKIMAN"
    assert requested.template_version == registry.document(requested.kind).template_version
    assert not list(Path(requested.file.path).parent.glob("*.tmp"))
    assert Path(requested.file.path).stat().st_mode & 0o077 == 0


def test_a_work_plan_is_produced(enqueued, staff, office):
    report = requests.request_document("work_plan", make_plan(), {}, by=staff)
    tasks.render_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.pages) == ("ready", 3)


def test_only_one_claim_wins(requested):
    first, second = Report.objects.get(), Report.objects.get()
    assert [first.claim(), second.claim()] == [True, False]
    assert first.attempts == 1


def test_a_second_run_of_a_held_or_finished_row_does_nothing(requested):
    requested.claim()
    with mock.patch.object(production, "produce") as produce:
        tasks.render_report(requested.pk)
        requested.close_as("failed", error="x")
        tasks.render_report(requested.pk)
        tasks.render_report(requested.pk + 1)
    assert produce.call_count == 0


def test_a_lost_claim_leaves_no_file(requested):
    slow, quick = Report.objects.get(), Report.objects.get()
    slow.claim()
    run_out(slow)
    quick.claim()
    assert production.produce(slow) is False
    assert production.produce(quick) is True
    requested.refresh_from_db()
    assert [path.name for path in Path(settings.MEDIA_ROOT, "reports").rglob("*.*")] == [Path(requested.file.path).name]


def test_a_second_attempt_prints_the_snapshot_of_the_first(requested):
    requested.claim()
    production._frozen_snapshot(requested)
    mark(requested.training)
    requested.training.participants.all().update(state="batal")
    run_out(requested)
    tasks.render_report(requested.pk)
    requested.refresh_from_db()
    assert requested.state == "ready"
    assert texts(requested.snapshot["sheets"][0], "Nama")[0] == "Peserta Nomor 1"


def test_a_full_disk_leaves_no_half_file(requested):
    requested.claim()
    with mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")), pytest.raises(OSError):
        storage.store(requested, b"%PDF")
    assert [path for path in Path(settings.MEDIA_ROOT, "reports").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PdfUnavailable("PDF belum dapat dibuat di mesin ini: pasang x."), "PDF belum dapat dibuat di mesin ini"),
        (SoftTimeLimitExceeded(), "Dokumen terlalu lama dibuat"),
        (ValidationError("Belum ada sesi."), "Belum ada sesi."),
        (KeyError("secret detail"), "Dokumen gagal dibuat karena kesalahan portal."),
    ],
)
def test_a_failure_is_told_to_people_and_raised_for_us(requested, error, message):
    with mock.patch.object(production, "produce", side_effect=error), pytest.raises(type(error)):
        tasks.render_report(requested.pk)
    requested.refresh_from_db()
    assert requested.state == "failed"
    assert requested.error.startswith(message)
    assert "secret" not in requested.error


def test_retry_starts_over_with_todays_rows(requested, staff, enqueued):
    requested.claim()
    production._frozen_snapshot(requested)
    requested.close_as("failed", error="x")
    lifecycle.retry(requested, by=staff)
    assert (requested.state, requested.attempts, requested.error, requested.snapshot) == ("queued", 0, "", None)
    with pytest.raises(ValidationError, match="tidak sedang gagal"):
        lifecycle.retry(requested, by=staff)


def test_requeue_stale_enqueues_what_nobody_holds(requested, enqueued):
    assert requeue_stale(Report) == 0  # the message of the request may still arrive
    run_out(requested)
    assert requeue_stale(Report) == 1
    enqueued.assert_called_with(requested.pk)
    assert requeue_stale(Report) == 0  # one message a minute
    requested.claim()
    assert requeue_stale(Report) == 0
    run_out(requested)
    assert requeue_stale(Report) == 1


def test_requeue_stale_gives_up_after_three_lost_workers(requested, enqueued):
    for _ in range(3):
        assert requested.claim()
        run_out(requested)
    assert not requested.claim()
    assert requeue_stale(Report) == 0
    requested.refresh_from_db()
    assert (requested.state, requested.error) == ("failed", Report.GIVEN_UP)


def test_requeue_stale_reports_records_a_heartbeat(enqueued):
    tasks.requeue_stale_reports()
    assert WorkerHeartbeat.objects.get().seen_at > timezone.now() - timedelta(seconds=5)


def test_the_lease_is_renewed_while_the_work_lasts(requested, monkeypatch):
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.01)
    requested.claim()
    renewed = []
    # The thread has its own connection, which does not see this test's transaction.
    with (
        mock.patch.object(requested, "renew", side_effect=lambda: len(renewed) < 3 and not renewed.append(1)),
        leases.lease(requested),
    ):
        while len(renewed) < 3:
            pass
    assert len(renewed) == 3
