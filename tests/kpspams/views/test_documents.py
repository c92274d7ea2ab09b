from datetime import date

import pytest

from kpspams.models import LegalDocument
from records.models import StoredFile
from tests import factories as make
from tests.files import PDF_BYTES, pdf, picture
from tests.kpspams.addresses import page
from tests.pages import errors, send, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_scan_is_kept_with_its_paper_and_given_to_those_who_see_the_group(client, staff):
    group = make.GroupFactory()
    fields = {"kind": "sk", "number": "188/5/2026", "dated_on": "2026-05-01"}
    assert send(client, page("document_create", group), **fields, upload=pdf("SK 2026.pdf")).status_code == 302
    paper = LegalDocument.objects.get()
    shown = client.get(page("document_file", paper))
    assert (shown.content, shown["Content-Disposition"]) == (PDF_BYTES, 'attachment; filename="SK 2026.pdf"')
    assert page("document_file", paper) in client.get(group.get_absolute_url()).content.decode()
    client.force_login(make.FacilitatorFactory(villages=[make.VillageFactory()]))
    assert client.get(page("document_file", paper)).status_code == 404


def test_a_better_scan_takes_the_place_of_the_first(client, staff):
    paper = make.LegalDocumentFactory()
    send(client, page("document_update", paper), upload=pdf())
    send(client, page("document_update", paper), upload=picture("foto SK.jpg"))
    paper.refresh_from_db()
    assert (paper.scan.name, StoredFile.objects.count()) == ("foto SK.jpg", 1)
    changes = [event.changes for event in paper.events]
    assert changes == [{"pindaian": ["SK.pdf", "foto SK.jpg"]}, {"pindaian": ["", "SK.pdf"]}]


def test_what_is_no_scan_is_refused_at_its_field(client, staff):
    paper = make.LegalDocumentFactory()
    response = send(client, page("document_update", paper), upload=pdf("SK.pdf", b"MZ\x90 program"))
    assert list(errors(response)) == ["upload"]
    assert not StoredFile.objects.exists()


def test_a_paper_without_scan_has_none_to_show(client, staff):
    paper = make.LegalDocumentFactory()
    assert client.get(page("document_file", paper)).status_code == 404
    assert "Unggah" in client.get(paper.get_absolute_url()).content.decode()


def test_document_create_and_update(client, staff):
    group = make.GroupFactory()
    url = f"{page('document_create', group)}?jenis=sk"
    values = {"number": "188/05/2019", "dated_on": "2019-01-05", "valid_until": "2024-01-05"}
    data = shown(client.get(url)) | values
    client.post(url, data)
    client.post(url, data)
    document = LegalDocument.objects.get()
    assert (document.kind, document.group, document.valid_until) == ("sk", group, date(2024, 1, 5))
    send(client, page("document_update", document), valid_until="2025-01-05")
    document.refresh_from_db()
    assert document.valid_until == date(2025, 1, 5)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": "1"}, "__all__"),
        ({"number": "1", "dated_on": "2019-01-05", "valid_until": "2018-01-05"}, "__all__"),
        ({"number": "1", "dated_on": "2019-01-05", "in_process": "on"}, "in_process"),
        ({"dated_on": "2019-01-05"}, "number"),
        ({"number": "1", "dated_on": "2099-01-05"}, "dated_on"),
    ],
)
def test_document_create_says_what_is_wrong(client, staff, values, field):
    response = send(client, page("document_create", make.GroupFactory()), kind="sk", **values)
    assert list(errors(response)) == [field]
