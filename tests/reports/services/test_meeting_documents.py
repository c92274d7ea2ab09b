"""The documents before a meeting, requested together."""

import uuid
from datetime import date
from unittest import mock

import pytest
from django.urls import reverse

from reports import tasks
from reports.models import Report
from tests import factories
from tests.documents.samples import make_training
from tests.pages import page_messages
from tests.reports.issues import made
from trainings.services import dates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


def request_both(client, training, key=None):
    address = reverse("reports:meeting_documents_request", args=[training.pk])
    return client.post(address, {"key": key or uuid.uuid4()})


def test_one_press_makes_letter_and_blank_sheet_once(client, staff):
    training = make_training(villages=0, days=1, kind="rapat", title="Rapat Iuran", recipients="Camat Uji")
    client.force_login(staff)
    key = uuid.uuid4()
    for _ in range(2):
        response = request_both(client, training, key)
        assert page_messages(response)[0].startswith("Undangan dan daftar hadir Rapat Iuran sedang dibuat")
    made = {kind: parameters for kind, parameters in Report.objects.values_list("kind", "parameters")}
    assert (made["invitation"]["letter"], made["attendance_sheet"]["mode"]) == ("one", "blank")
    assert Report.objects.count() == 2
    assert "Cetak undangan dan daftar hadir" in client.get(training.get_absolute_url()).content.decode()


def test_nobody_invited_says_what_is_lacking_and_makes_neither(client, staff):
    training = make_training(villages=0, days=1, kind="rapat")
    client.force_login(staff)
    response = request_both(client, training)
    assert "Isi Yth. pada data rapat" in page_messages(response)[0]
    assert not Report.objects.exists()


def test_who_does_not_see_all_of_it_gets_none(client):
    invitation = factories.InvitationFactory(training__kind="rapat")
    client.force_login(factories.FacilitatorFactory(villages=[invitation.village]))
    assert request_both(client, invitation.training).status_code == 403


def test_number_and_date_beside_the_button_are_recorded_and_printed(client, staff):
    training = make_training(villages=0, days=1, kind="rapat", recipients="Camat Uji")
    client.force_login(staff)
    page = client.get(training.get_absolute_url()).content.decode()
    assert "Bila dikosongkan, undangan mencetak “Nomor: ......”" in page
    address = reverse("reports:meeting_documents_request", args=[training.pk])
    client.post(address, {"key": uuid.uuid4(), "nomor": "005/7/DPMU/2018", "tanggal": "2018-11-20"})
    item = training.spj_items.get(document="undangan")
    assert (item.number, item.dated_on.isoformat()) == ("005/7/DPMU/2018", "2018-11-20")
    assert 'value="005/7/DPMU/2018"' in client.get(training.get_absolute_url()).content.decode()
    refused = client.post(address, {"key": uuid.uuid4(), "nomor": "x" * 81, "tanggal": "2018-11-20"})
    assert page_messages(refused)[0].startswith("Nomor surat undangan: ")
    undated = client.post(address, {"key": uuid.uuid4(), "nomor": "005/8", "tanggal": ""})
    assert page_messages(undated)[-1].startswith("Isi juga tanggal suratnya")
    request_both(client, training)  # without the fields nothing is overwritten
    item.refresh_from_db()
    assert item.number == "005/7/DPMU/2018"


def test_a_letter_that_went_out_stays_and_the_sheet_is_made_alone(client, staff):
    training = make_training(villages=0, days=1, kind="rapat", recipients="Camat Uji")
    factories.SpjItemFactory(training=training, number="005/7", dated_on=date(2018, 11, 20))
    made("invitation", training, staff, letter="one")
    dates.move_training(training, date(2018, 12, 11), by=staff)
    client.force_login(staff)
    address = reverse("reports:meeting_documents_request", args=[training.pk])
    answer = client.post(address, {"key": uuid.uuid4(), "nomor": "005/7", "tanggal": "2018-11-21"})
    refused, done = page_messages(answer)
    assert "005/7 sudah dicetak" in refused
    assert done.startswith("Daftar hadir ")
    assert Report.objects.latest("requested_at").kind == "attendance_sheet"
    assert training.spj_items.get(document="undangan").dated_on == date(2018, 11, 20)
