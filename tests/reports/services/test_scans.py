"""Scans of signed sheets: read, sorted by Kode lembar, filed; nothing lost or overwritten without confirmation."""

import io

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import registry
from documents.rendering import printing
from records.judging import Judged, judge
from reports.services.scans import filing, reading, sorting
from tests import factories
from tests.documents.samples import make_training
from trainings.models import SpjItem, TrainingFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(office):
    return make_training(villages=1, days=2)


def printed(training, kind, **parameters):
    document = registry.document(kind)
    content = document.collect(training, document.clean(training, parameters), None)
    return printing.print_document(document, training.pk, content).content


def scan(*contents, name="scan.pdf"):
    return Judged(reading.joined(list(contents)), "application/pdf", name)


def blank(pages=1):
    out = io.BytesIO()
    with pdfium.PdfDocument.new() as file:
        for _ in range(pages):
            file.new_page(595, 842)
        file.save(out)
    return out.getvalue()


def waiting(training):
    return sorting.pages_of(training, sorting.unsorted(training))


def choices(training):
    return {page.name: page.target for page in waiting(training)}


def test_pages_go_to_their_session_and_line_and_what_is_unknown_stays(training, staff):
    sheets = printed(training, "attendance_sheet", mode="blank")
    filing.hand_in(training, [scan(sheets, printed(training, "transport_list"), blank())], by=staff)
    sessions = sorting.sessions_of(training)
    found = {page.target for page in waiting(training)}
    assert found == {"", "uang_saku", *(f"S{session.pk}" for session in sessions)}
    filed = filing.file_pages(training, choices(training), set(), by=staff)
    assert {target.key for target in filed} == found - {""}
    assert training.files.filter(kind=TrainingFile.Kind.SHEET).count() == len(sessions)
    assert training.spj_items.get(document="uang_saku").file.type == "application/pdf"
    (left,) = waiting(training)
    assert (left.target, left.note) == ("", sorting.NONE)
    filing.file_pages(training, {left.name: "kak"}, set(), by=staff)
    assert sorting.unsorted(training) == []


def test_a_page_that_comes_again_is_recognised(training, staff):
    sheets = printed(training, "attendance_sheet", mode="blank")
    filing.hand_in(training, [scan(sheets), scan(sheets, blank(), name="lagi.pdf")], by=staff)
    pages = waiting(training)
    notes = [page.note for page in pages]
    assert notes.count(sorting.TWICE) == (len(pages) - 1) // 2
    filing.file_pages(training, choices(training), set(), by=staff)
    assert {page.note for page in waiting(training)} == {sorting.TWICE, sorting.NONE}


def test_the_code_of_another_training_tells_nothing(training, staff):
    other = make_training(villages=1, days=1, district=factories.OtherDistrictFactory())
    filing.hand_in(training, [scan(printed(other, "attendance_sheet", mode="blank"))], by=staff)
    assert {(page.target, page.note) for page in waiting(training)} == {("", sorting.OTHER)}


def test_a_file_that_is_there_is_replaced_only_when_told(training, staff):
    item = factories.SpjItemFactory(training=training, document="uang_saku", file=factories.StoredFileFactory())
    filing.hand_in(training, [scan(printed(training, "transport_list"))], by=staff)
    chosen = choices(training)
    with pytest.raises(ValidationError, match="sudah mempunyai berkas"):
        filing.file_pages(training, chosen, set(), by=staff)
    before = item.file_id
    assert SpjItem.objects.get(pk=item.pk).file_id == before
    filing.file_pages(training, chosen, {"uang_saku"}, by=staff)
    assert SpjItem.objects.get(pk=item.pk).file_id != before
    assert waiting(training) == []


def test_a_pdf_signed_electronically_is_filed_as_it_is_and_never_joined(training, staff):
    signed = Judged(blank() + b"\n% /Sig /ByteRange [0 1 2 3]\n%%EOF", "application/pdf", "bsre.pdf")
    filing.hand_in(training, [signed, scan(blank())], by=staff)
    first, second = waiting(training)
    assert first.note == sorting.SIGNED
    with pytest.raises(ValidationError, match="tidak digabung"):
        filing.file_pages(training, {first.name: "laporan", second.name: "laporan"}, set(), by=staff)
    filing.file_pages(training, {first.name: "laporan"}, set(), by=staff)
    assert training.spj_items.get(document="laporan").file.file.open("rb").read() == signed.content


def test_too_many_pages_and_cancelled_trainings_are_refused(training, staff):
    with pytest.raises(ValidationError, match="paling banyak 40 halaman"):
        filing.hand_in(training, [scan(blank(21)), scan(blank(20), name="b.pdf")], by=staff)
    training.state = "cancelled"
    training.save()
    with pytest.raises(ValidationError, match="dibatalkan"):
        filing.hand_in(training, [scan(blank())], by=staff)
    assert not training.files.exists()


def test_the_page_shows_what_goes_where_and_files_it(client, training, staff):
    client.force_login(staff)
    page = reverse("reports:scan_list", args=[training.pk])
    sent = SimpleUploadedFile("scan.pdf", scan(printed(training, "transport_list")).content, "application/pdf")
    answer = client.post(reverse("reports:scan_upload", args=[training.pk]), {"scans": [sent]}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Daftar penerimaan uang saku/transport</strong>: halaman 1" in answer.text
    row = sorting.unsorted(training)[0]
    image = client.get(reverse("reports:scan_page", args=[row.pk, 1]))
    assert image["Content-Type"] == "image/png"
    assert client.get(reverse("reports:scan_page", args=[row.pk, 99])).status_code == 404
    answer = client.post(reverse("reports:scan_file", args=[training.pk]), choices(training), follow=True)
    assert "tersimpan" in answer.text
    assert training.spj_items.get(document="uang_saku").file
    client.force_login(factories.OfficialFactory(district=training.district))
    assert client.get(page).status_code == 403


def test_a_waiting_scan_is_deleted_after_a_question(client, training, staff):
    filing.hand_in(training, [scan(blank())], by=staff)
    (row,) = sorting.unsorted(training)
    client.force_login(staff)
    address = reverse("reports:scan_remove", args=[row.pk])
    assert "tidak dapat dikembalikan" in client.get(address).text
    client.post(address)
    assert sorting.unsorted(training) == []


def test_a_photo_of_a_sheet_is_read_as_it_is_kept(training):
    page = next(reading.pages(printed(training, "attendance_sheet", mode="blank"), "application/pdf", only=1))
    out = io.BytesIO()
    page.convert("RGB").rotate(2, expand=True, fillcolor="white").save(out, "JPEG", quality=70)
    upload = SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")
    (entry,) = reading.page_codes(judge(upload))
    assert entry["code"].startswith("PAM1:DH:S")
