"""Sheets with NIK, accounts or money never reach a pejabat, by whatever way a bundle comes to them."""

import io
import zipfile
from unittest import mock

import pytest
from django.urls import reverse

from reports import storage, tasks
from reports.models import ReportBundle
from reports.services.bundles import all_villages, choices, training_documents
from tests import factories
from tests.documents.samples import make_training, mark
from tests.reports.filing import file_only
from tests.reports.issues import made

pytestmark = pytest.mark.django_db
CLOSED = "cetak-biodata-peserta"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    file_only(monkeypatch, {"schedule", "transport_list", "biodata"})
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def training(office):
    training = make_training(villages=1, per_village=1, days=1)
    mark(training)
    return training


@pytest.fixture
def official(training):
    return factories.OfficialFactory(district=training.district)


def requested(training, person, *codes):
    found = choices.choices(training, person)
    return training_documents.request_bundle(training, person, contents=choices.contents_of(found, codes))


def packed(bundle):
    for part in bundle.parts.all():
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    return names(storage.read_file(bundle))


def names(content):
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def demote(person):
    person.role = "official"
    person.save()


def test_no_bundle_of_all_villages_has_such_a_sheet():
    assert not [code for code, choice in all_villages.choices().items() if choice.document.is_closed]


@pytest.mark.parametrize("page", ["detail", "rows", "download", "print"])
def test_the_bundle_of_the_office_is_not_there_for_a_pejabat_who_guesses_it(client, training, staff, official, page):
    bundle = requested(training, staff, "cetak-schedule", CLOSED)
    client.force_login(official)
    assert client.get(reverse(f"reports:bundle_{page}", args=[bundle.pk])).status_code == 404
    for verb in ("retry", "cancel"):
        assert client.post(reverse(f"reports:bundle_{verb}", args=[bundle.pk])).status_code == 404


def test_the_same_key_and_the_default_contents_give_a_pejabat_a_bundle_of_their_own(training, staff, official):
    of_office = training_documents.request_bundle(training, staff)
    assert of_office.parameters["closed"] is True
    own = training_documents.request_bundle(training, official, of_office.request_key)
    assert own.pk != of_office.pk
    assert {part.kind for part in own.parts.all()} == {"schedule"}


def test_a_job_that_runs_after_the_role_has_changed_packs_none(training):
    person = factories.UserFactory(district=training.district)
    bundle = requested(training, person, "cetak-schedule", CLOSED)
    demote(person)
    assert packed(bundle) == ["01-jadwal.pdf", "00-daftar-isi.csv"]
    assert not ReportBundle.objects.visible_to(person).exists()


def test_an_included_sheet_is_left_out_for_who_may_no_longer_read_it(client, training):
    person = factories.UserFactory(district=training.district)
    money = made("transport_list", training, person)
    bundle = requested(training, person, "cetak-schedule")
    ReportBundle.objects.filter(pk=bundle.pk).update(parameters=bundle.parameters | {"kept": [money.pk]})
    bundle.refresh_from_db()
    assert "01-jadwal.pdf" in packed(bundle)
    demote(person)
    client.force_login(person)
    answer = client.get(reverse("reports:bundle_download", args=[bundle.pk]))
    assert names(b"".join(answer.streaming_content)) == ["01-jadwal.pdf", "00-daftar-isi.csv"]
    assert client.get(reverse("reports:bundle_print", args=[bundle.pk])).status_code == 302
