"""Polling of a page that waits for its documents: its queries and its content."""

from unittest import mock

import pytest
from django.urls import reverse

from reports import tasks
from reports.services import requests
from reports.services.bundles import training_documents
from tests import factories as make
from tests.documents.samples import make_training

pytestmark = pytest.mark.django_db
ROWS = reverse("reports:report_rows")


@pytest.fixture(autouse=True)
def quiet():
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def report(staff, office):
    return requests.request_document("attendance_sheet", make_training(), {"mode": "blank"}, by=staff)


def poll(client, *rows, address=ROWS):
    return client.get(address, {"menunggu": ",".join(rows)})


def test_rows_that_did_not_change_are_an_empty_answer_for_three_queries(
    client, staff, report, django_assert_max_num_queries
):
    client.force_login(staff)
    with django_assert_max_num_queries(3):  # session, account, state
        answer = poll(client, f"laporan-{report.pk}.queued")
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_changed_row_brings_all_rows(client, staff, report):
    client.force_login(staff)
    report.claim()
    answer = poll(client, f"laporan-{report.pk}.queued")
    assert answer.status_code == 200
    assert f'id="laporan-{report.pk}" data-state="running"' in answer.text


def test_parts_and_bundle_are_told_together(client, staff, office):
    bundle = training_documents.request_bundle(make_training(), staff)
    shown = [f"berkas-{bundle.pk}.queued", *(f"laporan-{part.pk}.queued" for part in bundle.parts.all())]
    address = reverse("reports:bundle_rows", args=[bundle.pk])
    client.force_login(staff)
    assert poll(client, *shown, address=address).status_code == 204
    bundle.parts.first().claim()
    assert poll(client, *shown, address=address).status_code == 200


@pytest.mark.parametrize("text", ["", "laporan-1", "laporan-x.queued", "laporan-1.ready", ";", "laporan-1.queued,"])
def test_an_unreadable_list_brings_all_rows(client, staff, report, text):
    client.force_login(staff)
    assert client.get(ROWS, {"menunggu": text}).status_code == 200


def test_rows_of_others_are_never_told_as_unchanged(client, report, office):
    client.force_login(make.UserFactory(district=office.district))
    assert poll(client, f"laporan-{report.pk}.queued").status_code == 200
