"""Berkas pemeriksaan: everything about one training or one village, with hashes, for the office alone."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied

from reports import tasks
from reports.models import Report, ReportBundle
from reports.services import bundles
from reports.services.bundles import audit, training_documents
from tests import factories
from tests.documents.samples import make_training, mark, words_of
from tests.reports.filing import file_only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Two kinds of document, no broker: the tests render and pack themselves."""
    kinds = {"schedule", "minutes"}
    file_only(monkeypatch, kinds)
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


def make_all(bundle):
    for part in bundle.parts.filter(state="queued").order_by("pk"):
        tasks.render_report(part.pk)
    tasks.assemble_bundle(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def opened(bundle):
    return zipfile.ZipFile(bundle.file.open())


def contents(archive):
    return list(csv.DictReader(io.StringIO(archive.read("00-daftar-isi.csv").decode("utf-8-sig"))))


def test_a_training_goes_with_documents_scans_history_and_hashes(office, staff):
    training = make_training(villages=1, days=1)
    mark(training)
    factories.SpjItemFactory(training=training, document="nota_dinas", file=factories.StoredFileFactory())
    session = training.days.get().sessions.get()
    factories.TrainingFileFactory(
        training=training, kind="daftar_hadir", session=session, file=factories.StoredFileFactory()
    )
    bundle = make_all(audit.request_bundle(training, staff))
    assert (bundle.state, bundle.kind, bundle.print_file.name) == ("ready", "training_audit", "")
    archive = opened(bundle)
    rows = contents(archive)
    assert [row["berkas"] for row in rows] == [
        "dokumen/01-jadwal.pdf",
        "dokumen/02-notulen.pdf",
        "dokumen/03-riwayat-perubahan.pdf",
        "berkas/01-nota-dinas.pdf",
        "berkas/02-daftar-hadir-bertanda-tangan-harian.pdf",
    ]
    for row in rows:
        assert hashlib.sha256(archive.read(row["berkas"])).hexdigest() == row["sha-256"]
    table = words_of(archive.read("00-daftar-isi.pdf"))
    assert "DAFTAR ISI BERKAS" in table
    assert "dokumen/01-jadwal.pdf" in table.replace(" ", "")


def test_issued_documents_go_in_as_they_are(office, staff):
    training = make_training(villages=1, days=1)
    first = make_all(training_documents.request_bundle(training, staff))
    issued = first.parts.get(kind="minutes")
    Report.objects.filter(pk=issued.pk).update(issue_status="in_force", issued_on="2018-12-10")
    bundle = audit.request_bundle(training, staff)
    assert {part.kind for part in bundle.parts.all()} == {"schedule", "change_history"}
    rows = contents(opened(make_all(bundle)))
    assert [row["sha-256"] for row in rows if row["dokumen"] == "Notulen"] == [issued.sha256]


def test_a_village_goes_with_groups_plans_and_the_scans_of_all_its_parts(office, staff):
    plan = factories.WorkPlanFactory()
    factories.ActivityFundingFactory(activity__plan=plan)
    village, group = plan.group.village, plan.group
    factories.LegalDocumentFactory(group=group, number="188/1/2018", scan=factories.StoredFileFactory())
    factories.PlanScanFactory(plan=plan)
    factories.WaterTestFactory(village=village, file=factories.StoredFileFactory())
    factories.CheckPhotoFactory(check_row__facility__village=village)
    factories.LegalDocumentFactory(scan=factories.StoredFileFactory())  # of another village
    bundle = make_all(audit.request_bundle(village, staff))
    rows = contents(opened(bundle))
    kinds = [part.kind for part in bundle.parts.order_by("pk")]
    assert kinds[-3:] == ["group_profile", "work_plan", "change_history"]
    shown = [row["dokumen"] for row in rows]
    assert f"Profil KPSPAMS, {group.name}" in shown
    assert f"Rencana kerja KPSPAMS, {group.name} {plan.year}" in shown
    scans = [row["berkas"] for row in rows if row["berkas"].startswith("berkas/")]
    assert len(scans) == 4
    assert not any(row["keterangan"].startswith("tidak disertakan") for row in rows)


def test_what_tells_the_state_of_a_day_is_made_anew(office, staff):
    group = factories.GroupFactory()
    first = make_all(audit.request_bundle(group.village, staff))
    profile = first.parts.get(kind="group_profile")
    assert profile.issue_status == "in_force"
    again = audit.request_bundle(group.village, staff)
    assert again.parts.filter(kind="group_profile").exists()
    assert again.parameters["kept"] == []


def test_a_scan_that_changed_on_disk_is_told_and_not_delivered(office, staff):
    item = factories.SpjItemFactory(training=make_training(villages=1, days=1), file=factories.StoredFileFactory())
    Path(item.file.file.path).write_bytes(b"%PDF-other")
    rows = contents(opened(make_all(audit.request_bundle(item.training, staff))))
    assert [row["keterangan"] for row in rows if not row["berkas"]] == [
        "tidak disertakan: berkas hilang atau rusak di server"
    ]


def test_only_the_office_asks_and_sees(office, staff):
    training = make_training(villages=1, days=1)
    village = training.invitations.get().village
    facilitator = factories.FacilitatorFactory(villages=[village])
    training.officers.add(facilitator)
    for user in (facilitator, factories.OfficialFactory()):
        for subject in (training, village):
            with pytest.raises(PermissionDenied):
                audit.request_bundle(subject, user)
    bundle = audit.request_bundle(training, staff)
    assert ReportBundle.objects.visible_to(staff).get() == bundle
    staff.role = "official"  # no longer in the office: the scans are not for this user any more
    staff.save()
    assert not ReportBundle.objects.visible_to(staff).exists()
    assert bundles.is_waiting(bundle)
