"""Print buttons leave the user on the page, with the state of the document beside the button."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import tasks
from reports.models import Report
from reports.queries.prints import PrintButton
from tests import factories
from tests.documents.samples import make_training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(tasks.render_report, "delay", lambda pk: None)


@pytest.fixture
def training(office):
    return make_training(villages=2)


@pytest.fixture
def page(training):
    return reverse("trainings:spj_item_list", args=[training.pk])


def press(client, page, label, **changes):
    """Sends the form of the button with this label, as it is on the page."""
    forms = re.findall(r'<form method="post" action="/laporan/minta/".*?</form>', client.get(page).text, re.S)
    form = next(form for form in forms if re.search(rf">\s*{label}\s*</button>", form))
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields = {name: value.replace("&amp;", "&") for name, value in fields.items()}
    return client.post("/laporan/minta/", fields | changes, follow=True)


def states(text):
    return re.findall(r'data-print="/laporan/(\d+)/keadaan/"\s+data-state="(\w+)"', text)


def test_a_press_leads_back_to_the_button_with_its_state(client, staff, training, page):
    client.force_login(staff)
    answer = press(client, page, "Jadwal")
    report = Report.objects.get()
    address, status = answer.redirect_chain[0]
    anchor = address.split("#")[1]
    assert (status, address.split("?")[0]) == (302, page)
    assert f'id="{anchor}"' in answer.text
    assert states(answer.text) == [(str(report.pk), "queued")]
    assert "reports/prints.js" in answer.text
    tasks.render_report(report.pk)
    text = client.get(page).text  # without the URL of the request: still the user's print of today
    assert states(text) == [(str(report.pk), "ready")]
    assert f"/laporan/{report.pk}/unduh/" in text
    assert "reports/prints.js" not in text


def test_pressed_again_the_page_is_asked_for_the_newest_alone(client, staff, page):
    client.force_login(staff)
    press(client, page, "Jadwal")
    answer = press(client, page + "?cetakan=1-x", "Jadwal")
    assert answer.redirect_chain[0][0].count("cetakan=") == 1


@pytest.mark.parametrize(
    "address", ["https://jahat.invalid/", "//jahat.invalid/", "javascript:1", "", "/\\jahat.invalid"]
)
def test_a_foreign_page_is_never_led_to(client, staff, page, address):
    client.force_login(staff)
    answer = press(client, page, "Jadwal", kembali=address)
    assert answer.redirect_chain[0][0] == f"/laporan/#laporan-{Report.objects.get().pk}"


def test_a_refusal_is_told_on_the_page_of_the_button(client, staff, training, page):
    client.force_login(staff)
    sent = {"kind": "schedule", "subject": "training", "subject_id": training.pk, "format": "xlsx", "kembali": page}
    answer = client.post("/laporan/minta/", sent, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "tidak dibuat dalam bentuk" in answer.text


def test_state_is_silent_until_it_changes_and_hidden_from_others(client, staff, training, page):
    client.force_login(staff)
    press(client, page, "Jadwal")
    report = Report.objects.get()
    address = reverse("reports:print_state", args=[report.pk])
    assert client.get(address, {"keadaan": "queued"}).status_code == 204
    tasks.render_report(report.pk)
    fresh = client.get(address, {"keadaan": "queued"})
    assert states(fresh.text) == [(str(report.pk), "ready")]
    client.force_login(factories.FacilitatorFactory(villages=[factories.VillageFactory()]))
    assert client.get(address).status_code == 404


def test_own_prints_cost_a_page_one_query_and_are_nobody_elses(client, staff, page):
    client.force_login(staff)
    with CaptureQueriesContext(connection) as none:
        client.get(page)
    count = len(none)
    for label in ("Jadwal", "Kosong"):
        press(client, page, label)
    with CaptureQueriesContext(connection) as some:
        assert len(states(client.get(page).text)) == 2
    assert len(some) == count
    client.force_login(factories.UserFactory(district=staff.district))
    assert states(client.get(page).text) == []


def test_documents_of_an_sk_are_shown_on_the_page_of_the_group(client, staff, office):
    group = factories.GroupFactory(village__subdistrict__district=office.district)
    client.force_login(staff)
    page = group.get_absolute_url()
    answer = client.post(
        reverse("reports:decree_documents_request", args=[group.pk]),
        {"kembali": page, "jangkar": "cetak-sk"},
        follow=True,
    )
    assert answer.redirect_chain[0][0].split("?")[0] == page


@pytest.mark.parametrize("letter", ["one", "village"])
def test_each_button_of_a_list_keeps_the_state_of_its_own_print(office, letter):
    requested = {"letter": letter, "groups": "3,4", "filter": {"ta": "semua", "tahun": "2026"}}
    requested["filter"]["kabupaten"] = str(office.district_id)  # as a request names it among several kabupaten
    report = Report(kind="reprimand", district=office.district, format="pdf", parameters=requested)
    button = {"letter": letter, "groups": "3,4", "tahun": "2026"}
    assert PrintButton("reprimand", office.district, "pdf", button).requests(report)
    assert not PrintButton("reprimand", office.district, "pdf", button | {"groups": "3"}).requests(report)
