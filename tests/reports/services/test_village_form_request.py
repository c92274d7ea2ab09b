"""The button that requests the blank form of a village: access, the worker's result, the download."""

import uuid
from unittest import mock

import pytest
from django.urls import reverse

from reports import storage, tasks
from reports.models import Report
from reports.services import requests
from tests import factories
from tests.documents.samples import words_of
from tests.pages import page_messages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


def request_report(client, village, key=None):
    data = {"kind": "village_form", "subject": "village", "subject_id": village.pk, "key": key or uuid.uuid4()}
    return client.post(reverse("reports:report_request"), data)


def test_the_button_stands_on_the_pages_of_village_and_group(client, staff):
    group = factories.GroupFactory()
    client.force_login(staff)
    for page in (group, group.village):
        assert 'value="village_form"' in client.get(page.get_absolute_url()).content.decode()


def test_requested_twice_it_is_made_once_and_read_by_those_who_see_the_village(client, staff, office):
    village, key = factories.VillageFactory(name="Contoh Satu"), uuid.uuid4()
    client.force_login(staff)
    for _ in range(2):
        assert page_messages(request_report(client, village, key))[0].startswith("Formulir kosong desa sedang dibuat")
    report = Report.objects.get()
    tasks.render_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.error, report.filename) == (
        "ready",
        "",
        f"formulir-kosong-desa-contoh-satu-{report.pk}.pdf",
    )
    assert "FORMULIR DATA DESA DAN KPSPAMS" in words_of(storage.read_file(report))
    own = factories.FacilitatorFactory(villages=[village])
    other = factories.FacilitatorFactory(villages=[factories.VillageFactory()])
    for person, status in ((own, 200), (other, 404), (factories.OfficialFactory(), 200)):
        client.force_login(person)
        assert client.get(reverse("reports:report_download", args=[report.pk])).status_code == status


def test_a_village_outside_the_scope_is_not_found(client):
    client.force_login(factories.FacilitatorFactory(villages=[factories.VillageFactory()]))
    assert request_report(client, factories.VillageFactory()).status_code == 404
    assert not Report.objects.exists()


def test_report_list_finds_it_by_the_village(client, staff):
    village = factories.VillageFactory(name="Muktikarya")
    client.force_login(staff)
    request_report(client, village)
    assert len(client.get(reverse("reports:report_list"), {"q": "mukti karya"}).context["reports"]) == 1


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("work_plan", "village"), ("village_form", "group"), ("attendance_sheet", "group"), ("decree_draft", "village")],
)
def test_ask_refuses_a_kind_that_does_not_fit(kind, subject, staff):
    row = {"village": factories.VillageFactory, "group": factories.GroupFactory}[subject]()
    with pytest.raises(ValueError, match="is no document of a"):
        requests.request_document(kind, row, {}, staff)
    assert not Report.objects.exists()
