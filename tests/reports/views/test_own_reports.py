"""Dokumen saya: new documents, those in progress, cancelling, deleting, and access to each URL."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import WorkerHeartbeat
from records.models import Event
from reports import tasks
from reports.models import Report, ReportBundle
from reports.services import requests
from tests import factories
from tests.documents.samples import make_training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_documents")]

LIST, ROWS, SEEN = "/laporan/", "/laporan/baris/", "/laporan/sudah-dilihat/"


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def training(office):
    return make_training(villages=1, days=1)


@pytest.fixture
def requested(training, staff):
    return requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff)


@pytest.fixture
def ready(requested):
    tasks.render_report(requested.pk)
    requested.refresh_from_db()
    return requested


def address(name, report):
    return reverse(f"reports:report_{name}", args=[report.pk])


def text(client, url=LIST):
    return " ".join(client.get(url).content.decode().split())


def test_report_list_tells_age_and_progress(client, staff, requested):
    client.force_login(staff)
    requested_at = timezone.now() - timedelta(seconds=192)
    Report.objects.update(requested_at=requested_at)
    bundle = ReportBundle.objects.create(
        kind="training_papers", district=requested.training.district, training=requested.training, by=staff, total=16
    )
    assert "menunggu 3 menit" in text(client, ROWS)
    requested.claim()
    assert "3 menit sejak diminta" in text(client, ROWS)
    assert f'id="berkas-{bundle.pk}" data-state="queued"' in text(client)
    assert f'id="berkas-{bundle.pk}"' not in text(client, ROWS + "?whose=semua")
    Report.objects.update(attempts=2, lease_until=timezone.now() - timedelta(seconds=1))
    tasks.render_report(requested.pk)
    page = text(client)
    for words in ("dibuat dalam 0", "3 halaman<br>1 KB", ">Baru<", "1 dokumen baru sejak kunjungan terakhir"):
        assert words in page
    assert 'http-equiv="refresh"' in page  # for the bundle
    assert "Muat ulang" in page


def test_report_list_leaves_parts_of_bundles_to_their_own_page(client, staff, requested):
    bundle = ReportBundle.objects.create(
        kind="training_papers", district=requested.training.district, training=requested.training, state="failed"
    )
    Report.objects.update(bundle=bundle)
    client.force_login(staff)
    assert "(0)" in text(client)
    assert "Bagian dari berkas lengkap" in text(client, LIST + "?parts=ya")


def test_what_is_new_is_counted_until_it_is_downloaded(client, staff, ready):
    counted = '<span class="nav-news">1<span class="visually-hidden"> baru</span></span>'
    admin = factories.AdminFactory()
    client.force_login(admin)
    assert "nav-news" not in text(client)
    list(client.get(address("download", ready)).streaming_content)  # another user's: not seen by the requester
    client.force_login(staff)
    assert text(client).count(counted) == text(client, "/").count(counted) == 2
    list(client.get(address("download", ready)).streaming_content)
    assert "nav-news" not in text(client)
    assert [event.by for event in ready.events[:2]] == [staff, admin]


def test_reports_seen_marks_only_ones_own(client, staff, official, ready):
    bundle = ReportBundle.objects.create(
        kind="training_papers", district=ready.training.district, training=ready.training, by=staff,
        state="ready", file="x.zip", sha256="a" * 64,
    )  # fmt: skip
    client.force_login(staff)
    assert "2 dokumen baru sejak kunjungan terakhir" in text(client)
    client.force_login(official)
    assert "Tidak ada dokumen baru" in client.post(SEEN, follow=True).content.decode()
    client.force_login(staff)
    assert "2 dokumen ditandai sudah dilihat" in client.post(SEEN, follow=True).content.decode()
    bundle.refresh_from_db()
    ready.refresh_from_db()
    assert bundle.seen_at
    assert ready.seen_at


def test_the_same_request_again_leads_to_the_document_that_is_there(client, official, ready):
    client.force_login(official)
    fields = {"kind": ready.kind, "subject": "training", "subject_id": ready.training_id, "mode": "blank"}
    page = client.post("/laporan/minta/", fields, follow=True)
    assert "Dokumen yang sama sudah ada" in page.content.decode()
    assert page.redirect_chain == [(address("detail", ready), 302)]
    assert address("download", ready) in page.content.decode()
    assert Report.objects.count() == 1


def test_report_cancel_and_retry(client, staff, requested):
    client.force_login(staff)
    assert address("cancel", requested) in text(client)
    assert "dibatalkan" in client.post(address("cancel", requested), follow=True).content.decode()
    assert "sudah selesai" in client.post(address("cancel", requested), follow=True).content.decode()
    assert "Dibatalkan" in text(client, LIST + "?state=cancelled")
    client.post(address("retry", requested))
    requested.refresh_from_db()
    assert requested.state == "queued"


def test_report_delete_asks_first_and_names_the_loss(client, staff, ready):
    client.force_login(staff)
    url = address("delete", ready)
    assert url in text(client)
    requested = text(client, url)
    assert "Berkas PDF, 3 halaman, hilang dari portal" in requested
    assert Report.objects.exists()
    assert "dihapus." in client.post(url, follow=True).content.decode()
    assert not Report.objects.exists()


def test_report_delete_of_what_stays_is_told(client, staff, ready):
    client.force_login(factories.AdminFactory())
    assert address("delete", ready) not in text(client, LIST + "?whose=semua")
    for send in (client.get, client.post):
        assert "tidak dapat dihapus" in send(address("delete", ready), follow=True).content.decode()
    assert Report.objects.exists()


GATES = [
    ("get", "detail"),
    ("get", "download"),
    ("post", "cancel"),
    ("post", "retry"),
    ("get", "delete"),
    ("post", "delete"),
]


def test_every_gate_is_shut_to_another_village_and_another_audience(client, training, official):
    """Scope and audience on request, list, download, cancel, retry and delete; nothing is changed."""
    own = training.invitations.first().village
    insider = factories.FacilitatorFactory(villages=[own])
    report = requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=factories.UserFactory())
    Report.objects.update(audience="office")
    before = Report.objects.values().get()
    shut_out = [
        factories.FacilitatorFactory(villages=[factories.VillageFactory()]),
        factories.AdminFactory(district=factories.OtherDistrictFactory()),
        official,  # sees the village, but is not in the audience
        insider,
    ]
    for person in shut_out:
        client.force_login(person)
        for page in (LIST, ROWS):
            assert list(client.get(page, {"whose": "semua"}).context["reports"]) == []
        assert [getattr(client, way)(address(gate, report)).status_code for way, gate in GATES] == [404] * len(GATES)
    fields = {"kind": "attendance_sheet", "subject": "training", "subject_id": training.pk, "mode": "blank"}
    for person in shut_out[:2]:
        client.force_login(person)
        assert client.post("/laporan/minta/", fields).status_code == 404
    for person in shut_out[2:]:
        client.force_login(person)
        assert client.post("/laporan/minta/", fields | {"kind": "transport_list"}).status_code == 403
    assert Report.objects.values().get() == before
    assert [event.verb for event in report.events] == [Event.Verb.ADD]


def test_worker_notice_tells_the_office_alone(client, staff, official):
    shown = "Dokumen sedang tidak dibuat"
    client.force_login(staff)
    assert "belum pernah terdengar" in text(client)
    beat = WorkerHeartbeat.objects.create(name="worker", seen_at=timezone.now() - timedelta(seconds=91))
    assert "(1 menit)" in text(client)
    assert shown in text(client, "/")
    client.force_login(official)
    assert shown not in text(client) + text(client, "/")
    WorkerHeartbeat.objects.filter(pk=beat.pk).update(seen_at=timezone.now() - timedelta(seconds=50))
    client.force_login(staff)
    assert shown not in text(client) + text(client, "/")
