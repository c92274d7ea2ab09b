"""The lifecycle of a document: cancelling, deleting, checking access again, and recovery from lost workers."""

import os
import time
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.timezone import localdate

from documents import registry
from documents.rendering import printing
from records.models import Event
from reports import storage, tasks
from reports.models import Report, ReportBundle
from reports.services import lifecycle, requests
from tests import factories
from tests.documents.samples import make_training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_documents")]


@pytest.fixture(autouse=True)
def enqueued():
    with mock.patch.object(tasks.render_report, "delay") as delay:
        yield delay


@pytest.fixture
def training(office):
    return make_training(villages=1, days=1)


@pytest.fixture
def requested(training, staff):
    return requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff)


def files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def made(report):
    tasks.render_report(report.pk)
    report.refresh_from_db()
    return report


def test_cancel_ends_what_waits_and_no_worker_wakes_it(requested, staff):
    lifecycle.cancel(requested, by=staff)
    assert made(requested).state == "cancelled"
    assert [event.verb for event in requested.events] == [Event.Verb.CANCEL, Event.Verb.ADD]
    assert (requested.attempts, files()) == (0, [])
    with pytest.raises(ValidationError, match="sudah selesai"):
        lifecycle.cancel(requested, by=staff)


@pytest.mark.parametrize("stage", ["collect", "print_document"])
def test_cancel_while_it_is_made_ships_nothing(requested, staff, stage, monkeypatch):
    place = registry.document(requested.kind) if stage == "collect" else printing
    work, prints = getattr(place, stage), printing.print_document

    def interrupted(*args, **kwargs):
        done = work(*args, **kwargs)
        lifecycle.cancel(Report.objects.get(pk=requested.pk), by=staff)
        return done

    monkeypatch.setattr(place, stage, interrupted)
    with mock.patch.object(printing, "print_document", wraps=printing.print_document) as printed:
        assert made(requested).state == "cancelled"
    assert (printed.call_count, files()) == (int(stage == "print_document"), [])
    monkeypatch.setattr(place, stage, work)
    monkeypatch.setattr(printing, "print_document", prints)
    lifecycle.retry(requested, by=staff)
    assert made(requested).state == "ready"


def test_delete_takes_row_and_file_and_leaves_the_event(requested, staff, django_capture_on_commit_callbacks):
    pk = made(requested).pk
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.delete(requested, by=staff)
        assert len(files()) == 1  # still there in case of a rollback
    assert (files(), Report.objects.exists()) == ([], False)
    last = Event.objects.filter(kind="reports.report", object_id=pk).last()
    assert (last.verb, last.by) == (Event.Verb.DELETE, staff)


def bundled(report):
    bundle = ReportBundle.objects.create(
        kind="training_papers", district=report.training.district, training=report.training
    )
    return {"bundle": bundle}


@pytest.mark.parametrize(
    "kept",
    [
        lambda report: {"issue_status": "in_force", "issued_on": "2018-12-07"},
        lambda report: {"by": factories.AdminFactory()},
        lambda report: {"state": "running", "file": "", "sha256": ""},
        bundled,
    ],
    ids=["issued", "of another", "under way", "part of a bundle"],
)
def test_what_stays_is_not_deleted(requested, staff, kept):
    made(requested)
    Report.objects.filter(pk=requested.pk).update(**kept(requested))
    with pytest.raises(ValidationError, match="tidak dapat dihapus"):
        lifecycle.delete(requested, by=staff)
    assert (Report.objects.count(), len(files())) == (1, 1)


@pytest.mark.parametrize("lost", ["account", "post", "assignment"])
def test_a_document_is_not_made_for_who_lost_the_access_meanwhile(training, lost):
    village = training.invitations.first().village
    requester = factories.FacilitatorFactory(villages=[village]) if lost == "assignment" else factories.UserFactory()
    report = requests.request_document(
        "schedule" if lost == "assignment" else "transport_list", training, {}, by=requester
    )
    if lost == "account":
        requester.ends_on = localdate() - timedelta(days=1)
    if lost == "post":
        requester.role = "official"  # the list of money is for the office
    requester.save()
    requester.assignments.update(ends_on=localdate() - timedelta(days=400), starts_on=localdate() - timedelta(days=500))
    with (
        mock.patch.object(registry.document(report.kind), "collect") as read,
        pytest.raises(ValidationError),
    ):
        tasks.render_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.error, read.call_count) == ("failed", requests.NO_ACCESS, 0)


def test_what_a_lost_worker_left_goes_when_another_has_finished(requested):
    requested.claim()
    storage.store(requested, b"left by a worker that died before it could say so")
    Report.objects.filter(pk=requested.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert made(requested).attempts == 2
    assert files() == [Path(requested.file.path).name]


def test_tidy_takes_old_files_that_no_row_names(requested, training, staff):
    kept = made(requested)
    bundle = ReportBundle.objects.create(
        kind="training_papers", district=training.district, training=training, state="ready",
        file="bundles/2018/12/1-a.zip", sha256="a" * 64, print_file="bundles/2018/12/1-a.pdf", print_sha256="b" * 64,
    )  # fmt: skip
    for name in (bundle.file.name, bundle.print_file.name, "bundles/2018/12/2-b.zip", "reports/2018/12/7-c.tmp"):
        default_storage.save(name, ContentFile(b"x"))
    for path in Path(settings.MEDIA_ROOT).rglob("*.*"):
        os.utime(path, (time.time() - 2 * storage.LOST_AFTER.total_seconds(),) * 2)
    default_storage.save("reports/2018/12/8-young.pdf", ContentFile(b"x"))
    tasks.tidy()
    assert files() == sorted(["1-a.zip", "1-a.pdf", "8-young.pdf", Path(kept.file.path).name])
