"""Berkas lengkap from a list of checkboxes: scans instead of prints, restricted documents, files never merged."""

import csv
import hashlib
import io
import zipfile
from unittest import mock

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from documents import registry
from documents.rendering import printing
from records.models import StoredFile
from records.signed_pdf import is_signed_pdf
from reports import storage, tasks
from reports.models import ReportBundle
from reports.services.bundles import choices, training_documents
from tests import factories
from tests.documents.samples import make_training, mark
from tests.reports.filing import file_only
from trainings.models import SpjItem

pytestmark = pytest.mark.django_db
PRINT, SCAN = "cetak-schedule", "berkas-{}"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    file_only(monkeypatch, {"schedule", "transport_list", "biodata"})
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def training(office):
    training = make_training(villages=1, days=1)
    mark(training)
    return training


def pdf_file(extra=b""):
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(595, 842)
        document.save(out)
    return stored(out.getvalue() + extra)


def stored(content):
    stored = factories.StoredFileFactory()
    stored.file.save("uji.pdf", ContentFile(content), save=False)
    stored.sha256, stored.bytes, stored.type = hashlib.sha256(content).hexdigest(), len(content), StoredFile.Type.PDF
    stored.save()
    return stored


def scanned(training, document, **kwargs):
    return factories.SpjItemFactory(training=training, document=document, file=pdf_file(**kwargs))


def codes(found, *, ticked):
    return {choice.code for choice in found if choice.ticked is ticked}


def test_a_signed_scan_is_ticked_in_place_of_the_unsigned_print(training, staff):
    assert PRINT in codes(choices.choices(training, staff), ticked=True)
    item = scanned(training, SpjItem.Document.SCHEDULE)
    found = choices.choices(training, staff)
    assert PRINT in codes(found, ticked=False)
    assert SCAN.format(item.file_id) in codes(found, ticked=True)


def test_closed_sheets_are_ticked_by_the_office_alone_and_offered_to_nobody_else(training, staff):
    item = scanned(training, SpjItem.Document.TRANSPORT)
    closed = {"cetak-transport_list", "cetak-biodata-peserta", "cetak-biodata-narasumber", SCAN.format(item.file_id)}
    found = choices.choices(training, staff)
    assert closed == {choice.code for choice in found if choice.closed}
    assert not closed & codes(found, ticked=True)
    official = factories.OfficialFactory(district=training.district)
    assert not closed & {choice.code for choice in choices.choices(training, official)}


@pytest.mark.parametrize("role", ["official", "camat"])
def test_a_forged_tick_of_a_closed_sheet_makes_nothing(client, training, role):
    factory = {"official": factories.OfficialFactory, "camat": factories.CamatFactory}[role]
    client.force_login(factory(district=training.district))
    sent = {"dicentang": "1", "isi": ["cetak-schedule", "cetak-biodata-peserta"]}
    answer = client.post(reverse("reports:bundle_request", args=[training.pk]), sent)
    assert answer.status_code in (302, 403, 404)
    assert not ReportBundle.objects.exists()


def test_ticks_are_remembered_until_the_choice_changes_and_closed_ones_never(training, staff):
    found = choices.choices(training, staff)
    chosen = choices.contents_of(found, ["cetak-transport_list"])
    training_documents.request_bundle(training, staff, contents=chosen)
    assert choices.remembered(training, found, staff) == set()
    item = scanned(training, SpjItem.Document.SCHEDULE)
    again = choices.choices(training, staff)
    assert choices.remembered(training, again, staff) == {SCAN.format(item.file_id)}


def finished(training, staff, codes):
    found = choices.choices(training, staff)
    bundle = training_documents.request_bundle(training, staff, contents=choices.contents_of(found, codes))
    for part in bundle.parts.all():
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def test_scans_are_joined_for_the_printer_and_a_signed_pdf_goes_along_unchanged(training, staff):
    plain = scanned(training, SpjItem.Document.TERMS).file
    signed = scanned(training, SpjItem.Document.MINUTES, extra=b"\n% /Type /Sig /ByteRange [0 1 2 3]\n%%EOF").file
    bundle = finished(training, staff, [PRINT, SCAN.format(plain.pk), SCAN.format(signed.pk)])
    archive = zipfile.ZipFile(io.BytesIO(storage.read_file(bundle)))
    assert archive.namelist() == ["01-kak-tor.pdf", "02-jadwal.pdf", "03-notulen.pdf", "00-daftar-isi.csv"]
    assert archive.read("03-notulen.pdf") == signed.file.open("rb").read()
    assert "bertanda tangan elektronik" in archive.read("00-daftar-isi.csv").decode("utf-8-sig")
    parts = bundle.parts.get().pages
    assert bundle.print_pages == 1 + 1 + parts  # cover, scan, print; the signed PDF is separate


def test_files_alone_make_a_bundle(training, staff):
    plain = scanned(training, SpjItem.Document.TERMS).file
    bundle = finished(training, staff, [SCAN.format(plain.pk)])
    assert (bundle.state, bundle.total) == ("ready", 0)


def test_the_closed_bundle_of_somebody_who_left_the_office_is_gone_for_them(training):
    person = factories.UserFactory(district=training.district)
    found = choices.choices(training, person)
    for code in ("cetak-transport_list", PRINT):
        training_documents.request_bundle(training, person, contents=choices.contents_of(found, [code]))
    person.role = "official"
    person.save()
    assert ReportBundle.objects.visible_to(person).count() == 1


def test_the_list_shows_ticks_and_asks_for_one(client, training, staff):
    client.force_login(staff)
    page = client.get(reverse("reports:bundle_create", args=[training.pk])).text
    assert 'value="cetak-schedule"' in page
    answer = client.post(reverse("reports:bundle_request", args=[training.pk]), {"dicentang": "1"}, follow=True)
    assert "Belum ada yang dicentang" in answer.text


def test_signed_pdfs_are_recognised_by_the_bytes_that_they_cover():
    assert not is_signed_pdf(b"%PDF-1.7 /Sig")
    assert is_signed_pdf(b"%PDF-1.7 /ByteRange broken /Sig")


def test_an_upload_that_lies_wrong_is_upright_in_the_zip_and_the_print_file(training, staff):
    money = registry.document("transport_list")
    content = money.collect(training, money.clean(training, {}), staff)
    out = io.BytesIO()
    with pypdfium2.PdfDocument(printing.print_document(money, training.pk, content).content) as document:
        for page in document:
            page.set_rotation(180)
        document.save(out)
    item = factories.SpjItemFactory(training=training, document=SpjItem.Document.TRANSPORT, file=stored(out.getvalue()))
    bundle = finished(training, staff, [SCAN.format(item.file_id)])
    archive = zipfile.ZipFile(io.BytesIO(storage.read_file(bundle)))
    row = next(csv.DictReader(io.StringIO(archive.read("00-daftar-isi.csv").decode("utf-8-sig"))))
    kept = archive.read(row["berkas"])
    assert (row["sha-256"], row["bita"]) == (hashlib.sha256(kept).hexdigest(), str(len(kept)))
    with bundle.print_file.open("rb") as file:
        for joined in (kept, file.read()):
            with pypdfium2.PdfDocument(joined) as document:
                assert {page.get_rotation() for page in document} == {0}
