import csv
import io
import uuid
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from documents import registry
from documents.trainings.base import TrainingDocument
from documents.trainings.minutes import MeetingMinutes
from records.models import Event
from reports import storage, tasks
from reports.models import Report, ReportBundle
from reports.services import bundles, lifecycle
from reports.services.bundles import archive, training_documents
from tests import factories
from tests.documents.samples import make_training, mark
from tests.reports.filing import file_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(office):
    training = make_training(villages=1, days=1)
    mark(training)
    return training


@pytest.fixture
def few(monkeypatch):
    """Three documents only, so that the tests make only the documents they check."""
    kinds = {"schedule", "minutes", "official_minutes"}
    file_only(monkeypatch, kinds)


@pytest.fixture
def enqueued():
    """The messages about bundles, instead of a broker; the tests render the parts themselves."""
    with mock.patch.object(tasks.assemble_bundle, "delay") as delay, mock.patch.object(tasks.render_report, "delay"):
        yield delay


@pytest.fixture
def bundle(enqueued, few, training, staff):
    return training_documents.request_bundle(training, staff)


def parts_of(bundle):
    return list(bundle.parts.order_by("pk"))


def render(*parts):
    for part in parts:
        tasks.render_report(part.pk)


def render_badly(part):
    with mock.patch.object(MeetingMinutes, "render", side_effect=RuntimeError("broken")), pytest.raises(RuntimeError):
        tasks.render_report(part.pk)


def opened(bundle):
    bundle.refresh_from_db()
    return zipfile.ZipFile(io.BytesIO(storage.read_file(bundle)))


def manifest(archive):
    return list(csv.DictReader(io.StringIO(archive.read("00-daftar-isi.csv").decode("utf-8-sig"))))


def test_every_document_that_can_be_made_is_requested(enqueued, training, staff):
    """All kinds of a training are in the order, except name tags and tent cards; those of sertifikat need
    issued ones.
    """
    kinds = {document.kind for document, _ in training_documents.filed(training)} | {"name_tags", "tent_cards"}
    assert kinds == {kind for kind, one in registry.DOCUMENTS.items() if isinstance(one, TrainingDocument)}
    requested = [part.kind for part in parts_of(training_documents.request_bundle(training, staff))]
    assert "certificates" not in requested
    assert {"attendance_sheet", "minutes", "official_minutes", "training_report", "transport_list"} <= set(requested)
    factories.CertificateFactory(participant=training.participants.first())
    assert "certificates" in [part.kind for part in parts_of(training_documents.request_bundle(training, staff))]


def test_a_meeting_has_no_test_and_no_certificate(enqueued, office, staff):
    meeting = make_training(villages=1, days=1, kind="rapat")
    requested = {part.kind for part in parts_of(training_documents.request_bundle(meeting, staff))}
    assert requested == {
        "invitation", "memo", "schedule", "attendance_sheet", "minutes", "official_minutes", "training_report",
        "transport_list",
    }  # fmt: skip


def test_request_counts_enqueues_and_remembers(enqueued, bundle, staff):
    assert (bundle.state, bundle.total, bundle.by) == ("queued", 3, staff)
    assert [event.verb for event in bundle.events] == [Event.Verb.ADD]


def test_one_key_makes_one_bundle(enqueued, few, training, staff):
    key = uuid.uuid4()
    first = training_documents.request_bundle(training, staff, key=key)
    assert training_documents.request_bundle(training, staff, key=key) == first
    assert (ReportBundle.objects.count(), Report.objects.count()) == (1, 3)


def test_without_days_there_is_nothing_to_make(few, office, staff):
    with pytest.raises(ValidationError, match="Belum ada dokumen"):
        training_documents.request_bundle(factories.TrainingFactory(), staff)
    assert not ReportBundle.objects.exists()


def test_who_does_not_see_all_villages_gets_no_bundle(training):
    village = training.invitations.get().village
    user = factories.FacilitatorFactory()
    factories.AssignmentFactory(user=user, village=village)
    with pytest.raises(PermissionDenied):
        training_documents.request_bundle(training, user)
    training.officers.add(user)
    kinds = {part.kind for part in parts_of(training_documents.request_bundle(training, user))}
    assert "minutes" in kinds
    assert "transport_list" not in kinds


def test_the_last_part_brings_the_zip(enqueued, bundle):
    first, second, third = parts_of(bundle)
    render(first, second)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts) == ("queued", 0)
    render(third)
    assert enqueued.call_count == 3
    tasks.assemble_bundle(bundle.pk)
    archive = opened(bundle)
    assert (bundle.state, bundle.done, bundle.total) == ("ready", 3, 3)
    assert archive.namelist() == [
        "01-jadwal.pdf", "02-notulen.pdf", "03-berita-acara-pelaksanaan.pdf", "00-daftar-isi.csv",
    ]  # fmt: skip
    rows = manifest(archive)
    for row, part in zip(rows, parts_of(bundle), strict=True):
        content = archive.read(row["berkas"])
        assert content == storage.read_file(part)
        assert (row["sha-256"], row["halaman"], row["bita"]) == (part.sha256, str(part.pages), str(len(content)))
        assert row["keterangan"] == part.reference


def test_a_failed_part_is_named_and_tried_again_alone(enqueued, bundle, staff):
    schedule, notes, official = parts_of(bundle)
    render(schedule, official)
    render_badly(notes)
    tasks.assemble_bundle(bundle.pk)
    archive = opened(bundle)
    assert archive.namelist() == ["01-jadwal.pdf", "03-berita-acara-pelaksanaan.pdf", "00-daftar-isi.csv"]
    assert (bundle.state, bundle.done, bundle.total) == ("ready", 2, 3)
    missing = [row for row in manifest(archive) if not row["berkas"]]
    notes.refresh_from_db()
    assert [(row["dokumen"], row["keterangan"]) for row in missing] == [("Notulen", f"tidak disertakan: {notes.error}")]
    before = Path(bundle.file.path)
    assert bundles.retry(bundle, by=staff) == 1
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file.name) == ("queued", "")
    render(notes)
    tasks.assemble_bundle(bundle.pk)
    assert [row["berkas"] for row in manifest(opened(bundle))] == [
        "01-jadwal.pdf", "02-notulen.pdf", "03-berita-acara-pelaksanaan.pdf",
    ]  # fmt: skip
    assert bundle.file.name != before.name
    with pytest.raises(ValidationError, match="Tidak ada bagian yang gagal"):
        bundles.retry(bundle, by=staff)


def test_the_zip_before_is_gone_once_a_part_is_made_again(enqueued, bundle, staff, django_capture_on_commit_callbacks):
    schedule, notes, official = parts_of(bundle)
    render(schedule, official)
    render_badly(notes)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    path = Path(bundle.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.retry(Report.objects.get(pk=notes.pk), by=staff)
    assert not path.exists()


def test_all_parts_failed_fails_the_bundle(enqueued, bundle, staff):
    Report.objects.filter(bundle=bundle).update(state="failed", error="rusak")
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file.name) == ("failed", "")
    assert "Tidak satu pun" in bundle.error
    assert bundles.retry(bundle, by=staff) == 3


def test_two_workers_pack_once(enqueued, bundle):
    render(*parts_of(bundle))
    seen = ReportBundle.objects.get(pk=bundle.pk)
    assert seen.claim()
    tasks.assemble_bundle(bundle.pk)
    seen.refresh_from_db()
    assert (seen.state, seen.attempts) == ("running", 1)


def test_a_part_requested_again_while_the_zip_is_written_wins(enqueued, bundle, staff):
    """The worker that packs finds its claim lost and leaves no file; the next one packs everything."""
    schedule, notes, official = parts_of(bundle)
    render(schedule, official)
    render_badly(notes)
    packing = ReportBundle.objects.get(pk=bundle.pk)
    assert packing.claim()
    made = archive.store

    def interrupted(*args):
        lifecycle.retry(Report.objects.get(pk=notes.pk), by=staff)
        return made(*args)

    with mock.patch.object(archive, "store", interrupted):
        assert not bundles.assemble(packing)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file.name) == ("queued", "")
    assert not list(Path(settings.MEDIA_ROOT, "bundles").rglob("*.zip"))


def test_a_part_requested_again_between_check_and_claim_is_waited_for(enqueued, bundle):
    render(*parts_of(bundle)[:2])
    assert bundle.claim()
    assert bundles.assemble(bundle)
    assert (bundle.state, bundle.attempts) == ("queued", 0)


def test_requeue_stale_brings_a_lost_bundle_to_its_end(enqueued, bundle):
    render(*parts_of(bundle))
    lost = ReportBundle.objects.get(pk=bundle.pk)
    assert lost.claim()
    ReportBundle.objects.filter(pk=bundle.pk).update(lease_until="2018-12-04T00:00:00Z")
    enqueued.reset_mock()
    tasks.requeue_stale_reports()
    enqueued.assert_called_once_with(bundle.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts) == ("ready", 2)


def test_a_file_lost_on_disk_is_told_in_the_list_of_contents(enqueued, bundle):
    render(*parts_of(bundle))
    Path(parts_of(bundle)[0].file.path).unlink()
    tasks.assemble_bundle(bundle.pk)
    row = manifest(opened(bundle))[0]
    assert (row["berkas"], row["keterangan"]) == ("", "tidak disertakan: berkas hilang atau rusak di server")


def test_names_sort_as_filed_and_hold_nothing_that_windows_refuses(enqueued, training, staff):
    bundle = training_documents.request_bundle(training, staff)
    bundle.parts.update(state="ready", file="x", sha256="0" * 64)
    names = [line.name for line in archive.lines_of(bundle, archive.in_order(bundle.parts.all()))]
    assert sorted(names) == names
    assert len(names) > 10
    for name in names:
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert len(name) < 80


@pytest.mark.parametrize(
    "text", ["", "CON", "nul.", 'a/b\\c:*?"<>|', "\N{MOUSE FACE}", "x" * 500, "..", "Desa Uji. . ."]
)
def test_a_safe_name_is_never_empty_nor_long_nor_ends_with_a_dot(text):
    name = archive.safe_name(text)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert 0 < len(name) <= 60
    assert name == name.strip("-_.")
