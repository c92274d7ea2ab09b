from unittest import mock

import pytest
from django.urls import reverse

from reports import storage, tasks
from reports.models import Report, SignedCopy
from reports.services import requests
from tests import factories
from tests.files import PDF_BYTES, pdf, picture
from tests.reports.issues import closed_training, coded, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def report(office, staff):
    coded("attendance_sheet")
    return made("attendance_sheet", closed_training(), staff, mode="filled")


def address(name, pk):
    return reverse(f"reports:{name}", args=[pk])


def attach(client, report, upload, kind="scan", **fields):
    return client.post(address("signed_copy_create", report.pk), {"upload": upload, "kind": kind} | fields, follow=True)


def test_report_detail_tells_facts_code_and_history(client, staff, report):
    client.force_login(staff)
    text = client.get(address("report_detail", report.pk)).content.decode()
    for shown in (
        report.sha256,
        report.reference,
        f"{report.code[:4]}-{report.code[4:]}",
        f"/v/{report.code}",
        "Diterbitkan",
    ):
        assert shown in text


def test_report_withdraw_asks_for_a_reason(client, staff, report):
    client.force_login(staff)
    assert "Alasan pencabutan" in client.get(address("report_withdraw", report.pk)).content.decode()
    empty = client.post(address("report_withdraw", report.pk), {"reason": " "})
    assert "Tulis alasan pencabutan." in empty.content.decode()
    for _ in range(2):
        client.post(address("report_withdraw", report.pk), {"reason": "Nomor keliru."})
    report.refresh_from_db()
    assert (report.issue_status, report.withdrawn_reason) == ("withdrawn", "Nomor keliru.")
    assert report.events.filter(verb="withdraw").count() == 1


def test_signed_copy_is_kept_listed_and_read_within_the_audience(client, staff, report):
    client.force_login(staff)
    page = attach(client, report, pdf("hadir bertanda.pdf"), note="lembar 1")
    assert "hadir bertanda.pdf" in page.content.decode()
    copy = SignedCopy.objects.get()
    assert (copy.recorded_by, copy.note) == (staff, "lembar 1")
    assert client.get(address("signed_copy_file", copy.pk)).content == PDF_BYTES
    own = report.training.invitations.first().village
    client.force_login(factories.FacilitatorFactory(villages=[own]))  # the document names persons of all villages
    assert client.get(address("signed_copy_file", copy.pk)).status_code == 404


def test_signed_copy_of_bsre_is_a_pdf(client, staff, report):
    client.force_login(staff)
    page = attach(client, report, picture(), kind="bsre")
    assert "Salinan bertanda tangan elektronik adalah PDF dari BSrE, bukan foto." in page.content.decode()
    assert SignedCopy.objects.count() == 0


def test_signed_copy_belongs_to_documents_made_to_be_signed(client, staff, office):
    blank = requests.request_document("attendance_sheet", closed_training(), {"mode": "blank"}, by=staff)
    tasks.render_report(blank.pk)
    client.force_login(staff)
    page = attach(client, blank, pdf())
    assert "Hanya dokumen terbit atau cetakan untuk ditandatangani" in page.content.decode()
    assert SignedCopy.objects.count() == 0


def test_an_issued_document_cannot_be_deleted(client, staff, report):
    client.force_login(staff)
    client.post(address("report_delete", report.pk))
    assert Report.objects.filter(pk=report.pk).exists()
    assert storage.read_file(report) is not None
