import io
import zipfile
from pathlib import Path
from unittest import mock

import pytest

from records.models import Event
from reports import storage, tasks
from reports.forms.all_villages import AllVillagesForm
from reports.models import ReportBundle
from reports.services.bundles import all_villages, training_documents
from tests import factories
from tests.documents.samples import make_training, mark
from tests.reports.filing import file_only
from trainings.models import Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(office):
    training = make_training(villages=1, days=1)
    mark(training)
    return training


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Two documents, no broker: one for the office alone, one for all who see the whole kabupaten."""
    kinds = {"schedule", "transport_list"}
    file_only(monkeypatch, kinds)
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


def finished(training, by):
    bundle = training_documents.request_bundle(training, by)
    for part in bundle.parts.all():
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def unmarked(bundle):
    """The bundle as it was stored before bundles with closed sheets had a mark."""
    ReportBundle.objects.filter(pk=bundle.pk).update(parameters={})


def test_the_button_requests_once_however_often_it_is_pressed(client, staff, training):
    client.force_login(staff)
    fields = {"key": "00000000-0000-4000-8000-000000000007", "dicentang": "1"}
    fields["isi"] = ["cetak-schedule", "cetak-transport_list"]
    answers = [client.post(f"/laporan/berkas/minta/{training.pk}/", fields) for _ in range(2)]
    bundle = ReportBundle.objects.get()
    assert [answer.url for answer in answers] == [bundle.get_absolute_url()] * 2
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert "0 dari 2 dokumen" in page
    assert "Daftar penerimaan uang saku/transport peserta" in page
    assert "Unduh ZIP" not in page


def test_the_choices_say_that_an_open_training_prints_drafts(client, staff, training):
    client.force_login(staff)
    for state, shown in ((Training.State.OPEN, True), (Training.State.CLOSED, False)):
        Training.objects.filter(pk=training.pk).update(state=state)
        page = client.get(f"/laporan/berkas/susun/{training.pk}/").content.decode()
        assert ("belum ditutup, jadi dokumen" in page, f"/pelatihan/{training.pk}/tutup/" in page) == (shown, shown)


def test_without_days_the_page_says_why(client, staff, office):
    client.force_login(staff)
    answer = client.post(f"/laporan/berkas/minta/{factories.TrainingFactory().pk}/", follow=True)
    assert "Belum ada dokumen yang dapat dibuat" in answer.content.decode()


def test_download_gives_the_zip_and_writes_it_down(client, staff, training):
    bundle = finished(training, staff)
    client.force_login(staff)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/unduh/")
    assert answer.getvalue() == storage.read_file(bundle)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="berkas-lengkap-pelatihan-peningkatan-kapasitas-kpspams-tahun-2018-{bundle.pk}.zip"'
    )
    assert [event.verb for event in bundle.events][:1] == [Event.Verb.DOWNLOAD]


def test_audience_is_checked_again_for_each_part(client, training):
    """A user who has left the office since gets no bundle with closed sheets; of one from before bundles had this mark
    only the documents they may still read.
    """
    requester = factories.UserFactory()
    bundle = finished(training, requester)
    requester.role = "official"
    requester.save()
    client.force_login(requester)
    assert client.get(f"/laporan/berkas/{bundle.pk}/unduh/").status_code == 404
    unmarked(bundle)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/unduh/")
    content = answer.getvalue()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names == ["01-jadwal.pdf", "00-daftar-isi.csv"]
    assert b"uang saku" not in content
    assert "uang saku" not in client.get(bundle.get_absolute_url()).content.decode()


def test_a_lost_file_is_told(client, staff, training):
    bundle = finished(training, staff)
    Path(bundle.file.path).unlink()
    client.force_login(staff)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/unduh/", follow=True)
    assert "hilang atau rusak" in answer.content.decode()


def test_what_failed_is_tried_again_at_once(client, staff, training):
    bundle = training_documents.request_bundle(training, staff)
    bundle.parts.update(state="failed", error="Rusak.")
    client.force_login(staff)
    assert "Coba lagi yang gagal" in client.get(bundle.get_absolute_url()).content.decode()
    answer = client.post(f"/laporan/berkas/{bundle.pk}/coba-lagi/", follow=True)
    assert "2 dokumen dicoba lagi" in answer.content.decode()
    assert set(bundle.parts.values_list("state", flat=True)) == {"queued"}


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_as_many_queries_for_five_as_for_one(
    client, staff, training, count, django_assert_max_num_queries
):
    for _ in range(count):
        training_documents.request_bundle(training, staff)
    client.force_login(staff)
    client.get("/laporan/berkas/")
    with django_assert_max_num_queries(8):
        page = client.get("/laporan/berkas/").content.decode()
    assert page.count("0 dari 2 dokumen") == count


@pytest.mark.parametrize("count", [1, 5])
def test_a_bundle_asks_as_many_queries_for_five_villages_as_for_one(
    client, staff, office, count, django_assert_max_num_queries
):
    for _ in range(count):
        factories.GroupFactory()
    selection = AllVillagesForm({"dokumen": "profil"}, user=staff).selection()
    bundle = all_villages.request_bundle(selection, staff)
    client.force_login(staff)
    client.get(bundle.get_absolute_url())
    with django_assert_max_num_queries(12):
        page = client.get(bundle.get_absolute_url()).content.decode()
    assert page.count("<br>Profil KPSPAMS, KPSPAMS") == count


def test_what_waits_can_be_stopped_and_what_is_ready_stays(client, staff, training):
    bundle = training_documents.request_bundle(training, staff)
    tasks.render_report(bundle.parts.order_by("pk").first().pk)
    client.force_login(staff)
    assert "Batalkan yang belum dimulai" in client.get(bundle.get_absolute_url()).content.decode()
    answer = client.post(f"/laporan/berkas/{bundle.pk}/batal/", follow=True)
    assert "1 dokumen dibatalkan" in answer.content.decode()
    tasks.assemble_bundle(bundle.pk)
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert "Unduh ZIP" in page
    assert "Buat yang dibatalkan" in page
    assert "Batalkan yang belum dimulai" not in page


def test_the_print_file_is_for_those_who_may_read_every_part(client, training):
    requester = factories.UserFactory()
    bundle = finished(training, requester)
    client.force_login(requester)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/cetak/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.getvalue().startswith(b"%PDF-")
    bundle.refresh_from_db()
    assert bundle.seen_at is not None
    requester.role = "official"
    requester.save()
    assert client.get(f"/laporan/berkas/{bundle.pk}/cetak/").status_code == 404
    unmarked(bundle)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/cetak/", follow=True)
    assert "Sebagian dokumen bukan untuk Anda" in answer.content.decode()


def test_all_villages_tells_beforehand_who_is_left_out_and_requests_once(client, staff, training):
    village = training.invitations.get().village
    alone = factories.InvitationFactory(training=training).village
    choice = {"dokumen": "hadir-kosong", "pelatihan": str(training.pk)}
    client.force_login(staff)
    page = client.get("/laporan/semua-desa/", choice).content.decode()
    assert "1 dokumen dapat dibuat; 1 tidak disertakan" in page
    assert "Belum ada peserta terdaftar dari desa ini." in page
    fields = choice | {"key": "00000000-0000-4000-8000-000000000009"}
    answers = [client.post("/laporan/semua-desa/minta/", fields) for _ in range(2)]
    bundle = ReportBundle.objects.get()
    assert {answer.url for answer in answers} == {bundle.get_absolute_url()}
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert str(village) in page
    assert str(alone) in page


@pytest.mark.parametrize(
    "choice",
    [
        {"dokumen": "tidak-ada"},
        {"dokumen": "sertifikat"},
        {"dokumen": "rencana-kerja", "tahun": "abc"},
        {"dokumen": "rencana-kerja", "kecamatan": "999999999999999999999"},
        {"dokumen": "hadir-kosong", "pelatihan": "x"},
    ],
)
def test_a_choice_that_makes_no_sense_is_told_and_makes_nothing(client, staff, training, choice):
    client.force_login(staff)
    page = client.get("/laporan/semua-desa/", choice)
    assert page.status_code == 200
    assert "dapat dibuat" not in page.content.decode()
    client.post("/laporan/semua-desa/minta/", choice)
    assert not ReportBundle.objects.exists()


def test_an_audit_file_is_requested_from_the_training(client, staff, training):
    client.force_login(staff)
    answer = client.post(f"/laporan/pemeriksaan/pelatihan/{training.pk}/")
    bundle = ReportBundle.objects.get()
    assert (answer.url, bundle.kind) == (bundle.get_absolute_url(), "training_audit")
    assert "Berkas pemeriksaan pelatihan" in client.get(bundle.get_absolute_url()).content.decode()


def test_the_list_is_narrowed_by_kind_and_state(client, staff, training):
    training_documents.request_bundle(training, staff)
    client.force_login(staff)

    def count(**requested):
        return client.get("/laporan/berkas/", requested).content.decode().count("row-link")

    assert (count(), count(jenis="training_papers"), count(jenis="village_audit")) == (1, 1, 0)
    assert (count(keadaan="queued"), count(keadaan="ready"), count(keadaan="?")) == (1, 0, 1)
