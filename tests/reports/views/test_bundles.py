import io
import zipfile
from unittest import mock

import pytest

from records.models import Event
from reports import bundles, shelf, tasks
from reports.models import ReportBundle
from tests import factories
from tests.reports.samples import make_training, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(office):
    training = make_training(villages=1, days=1)
    mark(training)
    return training


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Two papers, no broker: the one for the office alone, the other for all who see the whole kabupaten."""
    kinds = {"schedule", "transport_list"}
    monkeypatch.setattr(bundles, "ORDER", tuple(row for row in bundles.ORDER if row[0] in kinds))
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


def finished(training, by):
    bundle = bundles.ask(training, by)
    for part in bundle.parts.all():
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def test_the_button_asks_once_however_often_it_is_pressed(client, staff, training):
    client.force_login(staff)
    fields = {"key": "00000000-0000-4000-8000-000000000007"}
    answers = [client.post(f"/laporan/berkas/minta/{training.pk}/", fields) for _ in range(2)]
    bundle = ReportBundle.objects.get()
    assert [answer.url for answer in answers] == [bundle.get_absolute_url()] * 2
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert "0 dari 2 dokumen" in page
    assert "Daftar penerimaan uang saku/transport peserta" in page
    assert "Unduh ZIP" not in page


def test_without_days_the_page_says_why(client, staff, office):
    client.force_login(staff)
    answer = client.post(f"/laporan/berkas/minta/{factories.TrainingFactory().pk}/", follow=True)
    assert "Belum ada dokumen yang dapat dibuat" in answer.content.decode()


def test_download_gives_the_zip_and_writes_it_down(client, staff, training):
    bundle = finished(training, staff)
    client.force_login(staff)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/unduh/")
    assert answer.content == shelf.file_of(bundle)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="berkas-lengkap-pelatihan-peningkatan-kapasitas-kpspams-tahun-2018-{bundle.pk}.zip"'
    )
    assert [event.verb for event in bundle.events][:1] == [Event.Verb.DOWNLOAD]


def test_audience_is_asked_again_for_each_part(client, training):
    """Who has left the office since gets only what they may still read."""
    asker = factories.UserFactory()
    bundle = finished(training, asker)
    asker.role = "official"
    asker.save()
    client.force_login(asker)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/unduh/")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == ["01-jadwal.pdf", "00-daftar-isi.csv"]
    assert b"uang saku" not in answer.content
    assert "uang saku" not in client.get(bundle.get_absolute_url()).content.decode()


def test_a_lost_file_is_told(client, staff, training):
    bundle = finished(training, staff)
    shelf.stored_path(bundle.file.name).unlink()
    client.force_login(staff)
    answer = client.get(f"/laporan/berkas/{bundle.pk}/unduh/", follow=True)
    assert "hilang atau rusak" in answer.content.decode()


def test_what_failed_is_tried_again_by_one_press(client, staff, training):
    bundle = bundles.ask(training, staff)
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
        bundles.ask(training, staff)
    client.force_login(staff)
    client.get("/laporan/berkas/")
    with django_assert_max_num_queries(8):
        page = client.get("/laporan/berkas/").content.decode()
    assert page.count("0 dari 2 dokumen") == count
