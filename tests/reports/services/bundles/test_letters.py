"""Letters that were sent stay unchanged: the bundle contains them and makes no other under the same number and date."""

import csv
import io
import zipfile
from datetime import date
from unittest import mock

import pytest
from django.urls import reverse

from records.files import judge
from reports import storage, tasks
from reports.models import Report, SignedCopy
from reports.services import bundles
from reports.services.bundles import training_documents
from tests import factories
from tests.documents.samples import make_training
from tests.files import pdf
from tests.reports.filing import file_only
from tests.reports.issues import made
from trainings.services import dates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch):
    kinds = {"invitation", "schedule", "schedule_change"}
    file_only(monkeypatch, kinds)
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def training(office):
    training = make_training(villages=1, per_village=2, days=1)
    factories.SpjItemFactory(training=training, number="005/12/DPMU/2018", dated_on=date(2018, 11, 20))
    return training


def kinds(bundle):
    return [part.kind for part in bundle.parts.order_by("pk")]


def finished(bundle):
    for part in bundle.parts.all():
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    archive = zipfile.ZipFile(io.BytesIO(storage.read_file(bundle)))
    rows = list(csv.DictReader(io.StringIO(archive.read("00-daftar-isi.csv").decode("utf-8-sig"))))
    return archive, {row["dokumen"]: row for row in rows}


def add_person(training, **fields):
    village = training.invitations.get().village
    person = factories.PersonFactory(village=village, name="Peserta Susulan")
    factories.ParticipantFactory(training=training, person=person, number=90, **fields)


def test_a_letter_with_number_and_date_is_carried_as_it_is(training, staff, client):
    letter = made("invitation", training, staff)
    add_person(training, walk_in=True)
    bundle = training_documents.request_bundle(training, staff)
    assert kinds(bundle) == ["schedule"]
    assert (bundle.parameters["kept"], bundle.parameters["changed"]) == ([letter.pk], [])
    archive, rows = finished(bundle)
    row = rows["Undangan, satu surat untuk semua"]
    assert (row["sha-256"], row["keterangan"]) == (letter.sha256, letter.reference)
    assert archive.read(row["berkas"]) == storage.read_file(letter)
    client.force_login(staff)
    page = client.get(bundle.get_absolute_url()).text
    assert letter.reference in page
    assert "Data berubah" not in page


def test_a_change_since_is_told_on_the_page_and_in_the_contents(training, staff, client):
    letter = made("invitation", training, staff)
    add_person(training)
    bundle = training_documents.request_bundle(training, staff)
    assert (kinds(bundle), bundle.parameters["changed"]) == (["schedule"], [letter.pk])
    _, rows = finished(bundle)
    assert rows["Undangan, satu surat untuk semua"]["keterangan"] == (
        f"{letter.reference}. data berubah sejak dokumen ini dibuat"
    )
    client.force_login(staff)
    page = client.get(bundle.get_absolute_url()).text
    assert "Data berubah sejak dokumen ini dibuat." in page
    assert reverse("trainings:spj_item_list", args=[training.pk]) in page


def test_a_new_number_makes_a_new_letter_and_a_new_date_alone_does_not(training, staff):
    letter = made("invitation", training, staff)
    training.spj_items.update(dated_on=date(2018, 11, 27))
    bundle = training_documents.request_bundle(training, staff)
    assert (kinds(bundle), bundle.parameters["kept"]) == (["schedule"], [letter.pk])
    training.spj_items.update(number="006/12/DPMU/2018")
    assert kinds(training_documents.request_bundle(training, staff)) == ["invitation", "schedule"]


def test_the_letters_that_went_out_and_the_letter_of_change_are_carried_after_a_move(training, staff):
    sent = made("invitation", training, staff, letter="village")
    dates.move_training(training, date(2018, 12, 11), by=staff)
    bundle = training_documents.request_bundle(training, staff)
    assert (kinds(bundle), bundle.parameters["kept"]) == (["schedule_change", "schedule"], [sent.pk])
    assert bundle.parameters["changed"] == [sent.pk]


def test_a_letter_without_a_number_is_made_again(training, staff):
    training.spj_items.update(number="")
    made("invitation", training, staff)
    bundle = training_documents.request_bundle(training, staff)
    assert kinds(bundle) == ["invitation", "schedule"]
    bundles.cancel(bundle, by=staff)


def test_the_signed_letter_goes_before_a_newer_print(training, staff):
    signed = made("invitation", training, staff)
    SignedCopy.objects.create(report=signed, recorded_by=staff, file=judge(pdf()).keep())
    add_person(training)
    newer = Report.objects.get(pk=signed.pk)  # printed before a second letter was refused
    newer.pk, newer.snapshot_sha = None, "0" * 64
    newer.save(force_insert=True)
    bundle = training_documents.request_bundle(training, staff)
    assert newer.pk != signed.pk
    assert bundle.parameters["kept"] == [signed.pk]


def test_a_signed_document_of_another_kind_is_carried_as_well(training, staff):
    schedule = made("schedule", training, staff)
    SignedCopy.objects.create(report=schedule, recorded_by=staff, file=judge(pdf()).keep())
    made("invitation", training, staff)
    add_person(training)
    training.spj_items.update(number="006/12/DPMU/2018")
    bundle = training_documents.request_bundle(training, staff)
    assert (kinds(bundle), bundle.parameters["kept"]) == (["invitation"], [schedule.pk])


def test_a_letter_takes_its_signed_copy(training, staff, client):
    letter = made("invitation", training, staff)
    client.force_login(staff)
    assert "Lampirkan salinan" in client.get(reverse("reports:report_detail", args=[letter.pk])).text
