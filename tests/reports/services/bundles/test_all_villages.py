"""Semua desa: sixteen villages, one of them failing and retried alone; left out villages; ZIP and print file."""

import csv
import io
import uuid
import zipfile
from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from pypdf import PdfReader

from documents.choices import Audience
from reports import storage, tasks
from reports.forms.all_villages import AllVillagesForm
from reports.models import Report, ReportBundle
from reports.services import bundles
from reports.services.bundles import all_villages, archive, print_file
from tests import factories
from tests.documents.attendance import texts
from tests.documents.samples import make_training
from trainings.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    """No broker: the tests render and pack themselves."""
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def training(office):
    return make_training(villages=3, per_village=1, days=1)


def selected(user, **choice):
    form = AllVillagesForm(choice, user=user)
    assert form.is_valid(), form.errors
    return form.selection()


def sheets(training, user):
    return selected(user, dokumen="hadir-kosong", pelatihan=training.pk)


def make_all(bundle):
    """Renders every part that waits, then packs; a part that fails raises in the worker."""
    for part in bundle.parts.filter(state="queued").order_by("pk"):
        try:
            tasks.render_report(part.pk)
        except ValidationError:
            pass
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def opened(bundle):
    return zipfile.ZipFile(bundle.file.open())


def contents(archive_):
    return list(csv.DictReader(io.StringIO(archive_.read("00-daftar-isi.csv").decode("utf-8-sig"))))


def test_fifteen_of_sixteen_are_delivered_and_the_last_is_tried_again_alone(office, staff):
    training = make_training(villages=16, per_village=1, days=1)
    key = uuid.uuid4()
    bundle = all_villages.request_bundle(sheets(training, staff), staff, key=key)
    assert all_villages.request_bundle(sheets(training, staff), staff, key=key) == bundle
    assert (bundle.total, ReportBundle.objects.count(), Report.objects.count()) == (16, 1, 16)
    lost = training.invitations.order_by("village__code")[7]
    village = lost.village
    lost.delete()  # between request and rendering

    make_all(bundle)
    part = bundle.parts.get(state="failed")
    assert (bundle.state, bundle.done, part.parameters["village"]) == ("ready", 15, village.pk)
    assert part.error == "Desa ini tidak lagi termasuk undangan pelatihan itu atau wilayah tugas peminta."
    rows = contents(opened(bundle))
    assert [(row["desa"], row["keterangan"]) for row in rows if not row["berkas"]] == [
        (str(village), f"tidak disertakan: {part.error}")
    ]
    _check_delivered(bundle, rows, 15)

    Invitation.objects.create(training=training, village=village)
    assert bundles.retry(bundle, by=staff) == 1
    assert bundle.parts.filter(state="queued").get() == part
    make_all(bundle)
    rows = contents(opened(bundle))
    assert (bundle.state, bundle.done) == ("ready", 16)
    assert all(row["berkas"] for row in rows)
    _check_delivered(bundle, rows, 16)


def _check_delivered(bundle, rows, count):
    """Names sort by number and kode wilayah, hashes are those of the files, the print file contains every page."""
    names = [row["berkas"] for row in rows if row["berkas"]]
    assert len(names) == count
    assert names == sorted(names)
    zipped = opened(bundle)
    for row in rows:
        if row["berkas"]:
            number, code, _ = row["berkas"].split("-", 2)
            assert (number.isdecimal(), code) == (True, row["kode"])
            part = bundle.parts.get(sha256=row["sha-256"])
            assert zipped.read(row["berkas"]) == storage.read_file(part)
            assert row["halaman"] == str(part.pages)
    joined = PdfReader(io.BytesIO(bundle.print_file.read()))
    pages = sum(bundle.parts.filter(state="ready").values_list("pages", flat=True))
    first = " ".join(joined.pages[0].extract_text().split())
    assert (len(joined.pages), bundle.print_pages) == (pages + 1, pages + 1)
    assert "BERKAS CETAK: GABUNGAN, BUKAN DOKUMEN TERBIT" in first


def test_a_village_without_a_plan_is_told_beforehand(office, staff):
    year = localdate().year
    planned, unplanned, empty, groupless = (factories.VillageFactory(name=f"Uji {n}") for n in range(4))
    plan = factories.WorkPlanFactory(group__village=planned, year=year)
    factories.ActivityFundingFactory(activity__plan=plan)
    factories.WorkPlanFactory(group__village=empty, year=year)
    factories.GroupFactory(village=unplanned)
    found = all_villages.available(selection := selected(staff, dokumen="rencana-kerja"))
    assert [document.subject for _, document in found.documents] == [plan]
    assert {(row.village, row.reason) for row in found.left_out} == {
        (unplanned, f"Belum ada rencana kerja {year}."),
        (empty, "Rencana kerja ini belum mempunyai kegiatan. Tambahkan dahulu, lalu minta lagi."),
        (groupless, "Belum ada KPSPAMS."),
    }
    bundle = make_all(all_villages.request_bundle(selection, staff))
    shown = {row["desa"]: row["keterangan"] for row in contents(opened(bundle)) if not row["berkas"]}
    assert shown == {str(row.village): f"tidak disertakan: {row.reason}" for row in found.left_out}


def test_the_approved_plan_goes_before_a_newer_revision(office, staff):
    year = localdate().year
    approved = factories.WorkPlanFactory(year=year, status="approved")
    factories.ActivityFundingFactory(activity__plan=approved)
    revision = factories.WorkPlanFactory(group=approved.group, year=year, revision=1)
    factories.ActivityFundingFactory(activity__plan=revision)
    found = all_villages.available(selected(staff, dokumen="rencana-kerja"))
    assert [document.subject for _, document in found.documents] == [approved]


def test_a_facilitator_gets_their_own_villages_only(training):
    village = training.invitations.order_by("village__code").first().village
    user = factories.FacilitatorFactory(villages=[village])
    bundle = all_villages.request_bundle(sheets(training, user), user)
    part = bundle.parts.get()
    assert (part.parameters["village"], part.audience) == (village.pk, Audience.REQUESTER)
    make_all(bundle)
    names = [name for name in texts(bundle.parts.get().snapshot["sheets"][0], "Nama") if name]
    assert names == [training.participants.get(village=village).person.name]


def test_a_training_of_another_kabupaten_is_no_choice(training):
    elsewhere = factories.UserFactory(district=factories.OtherDistrictFactory())
    form = AllVillagesForm({"dokumen": "hadir-kosong", "pelatihan": training.pk}, user=elsewhere)
    assert "pelatihan" in form.errors


def test_who_lost_the_villages_meanwhile_gets_a_sentence_instead_of_documents(training):
    villages = [row.village for row in training.invitations.all()]
    user = factories.FacilitatorFactory(villages=villages)
    bundle = all_villages.request_bundle(sheets(training, user), user)
    user.assignments.filter(village=villages[0]).update(ends_on=localdate() - timedelta(days=400))
    make_all(bundle)
    assert (bundle.state, bundle.done) == ("ready", 2)
    assert "wilayah tugas peminta" in bundle.parts.get(state="failed").error
    user.is_active = False
    user.save()
    again = all_villages.request_bundle(sheets(training, factories.UserFactory()), user)
    make_all(again)
    assert again.state == "failed"
    assert all(again.parts.values_list("error", flat=True))


def test_cancelling_stops_what_has_not_begun_and_keeps_what_is_ready(training, staff):
    bundle = all_villages.request_bundle(sheets(training, staff), staff)
    first, second, _ = bundle.parts.order_by("pk")
    tasks.render_report(first.pk)
    assert Report.objects.get(pk=second.pk).claim()  # a worker has claimed it
    assert bundles.cancel(bundle, by=staff) == 1
    assert list(bundle.parts.order_by("pk").values_list("state", flat=True)) == ["ready", "running", "cancelled"]
    Report.objects.filter(pk=second.pk).update(state="failed", error="Rusak.")
    make_all(bundle)
    assert (bundle.state, bundle.done) == ("ready", 1)
    assert [row["keterangan"] for row in contents(opened(bundle)) if not row["berkas"]] == [
        "tidak disertakan: Rusak.",
        "tidak disertakan: dibatalkan",
    ]
    with pytest.raises(ValidationError, match="Tidak ada dokumen yang masih menunggu"):
        bundles.cancel(bundle, by=staff)
    assert bundles.retry(bundle, by=staff) == 2
    assert make_all(bundle).done == 3


def test_all_cancelled_is_a_cancelled_bundle(training, staff):
    bundle = all_villages.request_bundle(sheets(training, staff), staff)
    bundles.cancel(bundle, by=staff)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file.name) == ("cancelled", "")
    assert bundles.retry(bundle, by=staff) == 3


def test_too_large_for_one_print_job_is_delivered_as_zip_alone(training, staff, monkeypatch):
    monkeypatch.setattr(print_file, "MAX_PAGES", 2)
    bundle = make_all(all_villages.request_bundle(sheets(training, staff), staff))
    assert (bundle.state, bundle.done, bundle.print_file.name) == ("ready", 3, "")


def test_too_much_for_one_zip_fails_with_a_sentence(training, staff, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000)
    bundle = all_villages.request_bundle(sheets(training, staff), staff)
    with pytest.raises(ValidationError):
        make_all(bundle)
    bundle.refresh_from_db()
    assert bundle.state == "failed"
    assert "yang dapat dikirim sekaligus" in bundle.error


def test_more_documents_than_one_request_may_make_are_refused(training, staff, monkeypatch):
    monkeypatch.setattr("reports.services.bundles.requests.MAX_PARTS", 2)
    with pytest.raises(ValidationError, match="Persempit dengan filter"):
        all_villages.request_bundle(sheets(training, staff), staff)
    assert not ReportBundle.objects.exists()
