"""Scans of signed sheets: read, sorted by Kode lembar, filed; nothing lost or overwritten without confirmation."""

import io
from datetime import timedelta
from unittest import mock

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.waiting import waiting_for
from documents import registry
from documents.rendering import printing
from records.judging import Judged, judge
from reports import tasks
from reports.models import ScanReading
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


def handed(training, files, *, by):
    """Hands in and lets the worker read all of it."""
    filing.hand_in(training, files, by=by)
    for job in ScanReading.objects.open_of(training):
        tasks.read_scan(job.pk)


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
    handed(training, [scan(sheets, printed(training, "transport_list"), blank())], by=staff)
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
    handed(training, [scan(sheets), scan(sheets, blank(), name="lagi.pdf")], by=staff)
    pages = waiting(training)
    notes = [page.note for page in pages]
    assert notes.count(sorting.TWICE) == (len(pages) - 1) // 2
    filing.file_pages(training, choices(training), set(), by=staff)
    assert {page.note for page in waiting(training)} == {sorting.TWICE, sorting.NONE}


def test_the_code_of_another_training_tells_nothing(training, staff):
    other = make_training(villages=1, days=1, district=factories.OtherDistrictFactory())
    handed(training, [scan(printed(other, "attendance_sheet", mode="blank"))], by=staff)
    assert {(page.target, page.note) for page in waiting(training)} == {("", sorting.OTHER)}


def test_a_file_that_is_there_is_replaced_only_when_told(training, staff):
    item = factories.SpjItemFactory(training=training, document="uang_saku", file=factories.StoredFileFactory())
    handed(training, [scan(printed(training, "transport_list"))], by=staff)
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
    handed(training, [signed, scan(blank())], by=staff)
    first, second = waiting(training)
    assert first.note == sorting.SIGNED
    with pytest.raises(ValidationError, match="tidak digabung"):
        filing.file_pages(training, {first.name: "laporan", second.name: "laporan"}, set(), by=staff)
    filing.file_pages(training, {first.name: "laporan"}, set(), by=staff)
    assert training.spj_items.get(document="laporan").file.file.open("rb").read() == signed.content


def test_too_many_pages_and_cancelled_trainings_are_refused(training, staff):
    with pytest.raises(ValidationError, match="paling banyak 300 halaman"):
        handed(training, [scan(blank(151)), scan(blank(150), name="b.pdf")], by=staff)
    training.state = "cancelled"
    training.save()
    with pytest.raises(ValidationError, match="dibatalkan"):
        handed(training, [scan(blank())], by=staff)
    assert not training.files.exists()


def test_the_page_shows_what_goes_where_and_files_it(client, training, staff):
    client.force_login(staff)
    page = reverse("reports:scan_list", args=[training.pk])
    sent = SimpleUploadedFile("scan.pdf", scan(printed(training, "transport_list")).content, "application/pdf")
    answer = client.post(reverse("reports:scan_upload", args=[training.pk]), {"scans": [sent]}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "0 dari 2 halaman" in answer.text
    tasks.read_scan(ScanReading.objects.get().pk)
    assert "Daftar penerimaan uang saku/transport</strong>: halaman 1" in client.get(page).text
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
    handed(training, [scan(blank())], by=staff)
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
    judged = judge(upload)
    (entry,) = reading.page_codes(judged.content, judged.type)
    assert entry["code"].startswith("PAM1:DH:S")


def lying(content, turn):
    out = io.BytesIO()
    with pdfium.PdfDocument(content) as file:
        for page in file:
            page.set_rotation(turn)
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_wrong_is_filed_upright_by_its_code(training, staff, turn):
    handed(training, [scan(lying(printed(training, "transport_list"), turn), blank())], by=staff)
    *coded, bare = waiting(training)
    assert {page.turn for page in coded} == {360 - turn}
    filing.turn_page(bare.scan, bare.number, 90)
    filing.file_pages(training, {**choices(training), bare.name: "kak"}, set(), by=staff)
    rotations = {}
    for item in training.spj_items.all():
        with item.file.file.open("rb") as file, pdfium.PdfDocument(file.read()) as document:
            rotations[item.document] = {page.get_rotation() for page in document}
    assert rotations == {"uang_saku": {0}, "kak": {90}}


def test_a_photo_that_lies_wrong_is_filed_upright(training, staff):
    page = next(reading.pages(printed(training, "transport_list"), "application/pdf", only=1))
    out = io.BytesIO()
    page.convert("RGB").rotate(90, expand=True).save(out, "JPEG", quality=90)
    handed(training, [judge(SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg"))], by=staff)
    coded = training.files.get().page_codes[0]["code"]
    filing.file_pages(training, choices(training), set(), by=staff)
    with training.spj_items.get(document="uang_saku").file.file.open("rb") as file, Image.open(file) as kept:
        assert reading.code_of(kept.convert("L"), is_photo=True) == (coded, 0)


def test_a_killed_worker_leaves_nothing_half_read_and_the_next_one_finishes(training, staff):
    filing.hand_in(training, [scan(blank(3))], by=staff)
    job = ScanReading.objects.get()
    assert job.claim()
    ScanReading.objects.update(lease_until=timezone.now() - timedelta(seconds=1), done=2)
    assert waiting(training) == []
    with mock.patch.object(tasks.read_scan, "delay") as delay:
        tasks.requeue_stale_reports()
    delay.assert_called_once_with(job.pk)
    tasks.read_scan(job.pk)
    assert filing.read(job) is False  # the worker that was thought dead comes back
    tasks.read_scan(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts, len(waiting(training))) == ("ready", 3, 2, 3)


def test_an_unreadable_scan_says_why_and_is_read_again_once(client, training, staff):
    filing.hand_in(training, [scan(blank())], by=staff)
    job = ScanReading.objects.get()
    with mock.patch.object(reading, "pages", side_effect=OSError), pytest.raises(OSError):
        tasks.read_scan(job.pk)
    client.force_login(staff)
    assert "hilang atau rusak di server" in client.get(reverse("reports:scan_list", args=[training.pk])).text
    with mock.patch.object(tasks.read_scan, "delay") as delay:
        for _ in range(2):
            client.post(reverse("reports:scan_retry", args=[job.scan_id]))
    delay.assert_called_once_with(job.pk)


def test_putar_keeps_the_places_chosen_so_far_and_turns_once(client, training, staff):
    handed(training, [scan(blank(2))], by=staff)
    first, second = waiting(training)
    client.force_login(staff)
    address = reverse("reports:scan_turn", args=[first.scan.pk, 1])
    answer = client.post(address, {"putar": "90", second.name: "kak"})
    assert '<option value="kak" selected' in answer.text
    client.post(address, {"putar": "90"})
    assert [page.turn for page in waiting(training)] == [90, 0]
    assert client.post(address, {"putar": "45"}).status_code == 404


def test_the_pages_of_a_stack_without_codes_are_turned_at_once(client, training, staff):
    handed(training, [scan(printed(training, "transport_list"), blank(2)), scan(blank(), name="lagi.pdf")], by=staff)
    *_, first, second, _ = waiting(training)
    assert [page.uncoded for page in waiting(training)][-3:] == [2, 0, 1]
    client.force_login(staff)
    page = client.get(reverse("reports:scan_list", args=[training.pk])).text
    address = reverse("reports:scan_turn_uncoded", args=[first.scan.pk])
    assert (f'formaction="{address}#{first.name}"' in page, page.count("halaman tanpa kode")) == (True, 1)
    for _ in range(2):
        answer = client.post(address, {"putar": "270", second.name: "kak"})
    assert '<option value="kak" selected' in answer.text
    assert [page.turn for page in waiting(training)] == [0] * (len(waiting(training)) - 3) + [270, 270, 0]
    assert client.post(address, {"putar": "45"}).status_code == 404


def test_scans_that_nobody_filed_wait_on_beranda_once_they_are_read(client, training, staff):
    filing.hand_in(training, [scan(blank())], by=staff)
    address = reverse("reports:scan_list", args=[training.pk])
    assert address not in {matter.url for matter in waiting_for(staff)}
    tasks.read_scan(ScanReading.objects.get().pk)
    (matter,) = [matter for matter in waiting_for(staff) if matter.kind == "scan"]
    assert (matter.count, matter.url) == (1, address)
    assert not [one for one in waiting_for(factories.FacilitatorFactory()) if one.kind == "scan"]
    client.force_login(staff)
    spj = reverse("trainings:spj_item_list", args=[training.pk])
    assert "1\n  pindaian menunggu tempatnya" in client.get(spj).text
    filing.remove_scan(sorting.unsorted(training)[0], by=staff)
    assert not [one for one in waiting_for(staff) if one.kind == "scan"]
    assert "pindaian menunggu tempatnya" not in client.get(spj).text
