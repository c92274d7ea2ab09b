"""Reports and bundles in a storage that is not a folder of this machine, as with a second host."""

import io
import zipfile
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents.models import DocumentTemplate
from reports import storage, tasks
from reports.models import Report
from reports.services import requests
from reports.services.bundles import training_documents
from tests import factories
from tests.documents.samples import make_training
from tests.reports.filing import file_only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def elsewhere(settings, office):
    """After the office fixture, whose emblem stays where it is."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"location": "/nowhere"}}
    }
    assert isinstance(default_storage, InMemoryStorage)
    before = local_files()
    yield
    assert local_files() == before


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"), mock.patch.object(tasks.assemble_bundle, "delay"):
        yield


def local_files():
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def content_of(client, name, row):
    return b"".join(client.get(reverse(f"reports:{name}", args=[row.pk])).streaming_content)


def test_a_report_is_stored_and_downloaded(staff, client):
    report = requests.request_document("attendance_sheet", make_training(villages=1), {"mode": "blank"}, by=staff)
    tasks.render_report(report.pk)
    report.refresh_from_db()
    client.force_login(staff)
    assert content_of(client, "report_download", report) == default_storage.open(report.file.name).read()
    assert report.state == "ready"


def test_a_bundle_is_packed_printed_and_tidied(staff, client, monkeypatch):
    file_only(monkeypatch, {"attendance_sheet", "invitation"})
    bundle = training_documents.request_bundle(make_training(villages=1), staff)
    for part in bundle.parts.all():
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    client.force_login(staff)
    archive = zipfile.ZipFile(io.BytesIO(content_of(client, "bundle_download", bundle)))
    names = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert [archive.read(name) for name in names] == [storage.read_file(part) for part in bundle.parts.order_by("pk")]
    assert len(PdfReader(io.BytesIO(content_of(client, "bundle_print", bundle))).pages) == bundle.print_pages
    lost = default_storage.save("bundles/2018/12/7-lost.zip", ContentFile(b"PK"))
    with time_machine.travel(timezone.now() + 2 * storage.LOST_AFTER):
        assert storage.tidy() == 1
    assert not default_storage.exists(lost)
    assert all(storage.read_file(row) for row in [bundle, *Report.objects.all()])


def test_tidy_deletes_replaced_templates_that_no_document_was_made_with(office):
    kept, used, left = (default_storage.save(f"templates/{name}.docx", ContentFile(b"PK")) for name in "abc")
    row = {"district": office.district, "kind": "invitation", "valid_from": date(2026, 1, 1)}
    DocumentTemplate.objects.create(**row, file=kept, name="a.docx", sha256="0" * 64)
    training = factories.TrainingFactory()
    word = {"word": {"file": used, "sha256": "0" * 64, "values": {}}}
    Report.objects.create(kind="invitation", training=training, format="docx", snapshot=word)
    assert storage.tidy() == 0  # too young
    with time_machine.travel(timezone.now() + 2 * storage.LOST_AFTER):
        assert storage.tidy() == 1
    assert [default_storage.exists(name) for name in (kept, used, left)] == [True, True, False]
