"""A kind of document is one class: added here, it is offered, requested, printed, listed, configured and bundled."""

import uuid
from datetime import date
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents import registry
from documents.base import AllVillages
from documents.choices import Letterhead
from documents.district.base import DistrictDocument
from documents.groups.base import GroupDocument
from documents.layout import blocks, frame
from documents.signatures import Signing
from documents.signers import Signer, Slot
from documents.titles import TITLES
from reports import tasks
from reports.models import Report, ReportBundle
from tests import factories
from tests.documents.samples import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(monkeypatch):
    class OfficeNote(DistrictDocument):
        kind, title, code_prefix = "office_note", "Catatan kantor", "CKT"
        letterhead = Letterhead.OFFICE
        signers = (Signer(Slot.DPMU_HEAD),)

        def collect(self, subject, parameters, user):
            day = date(2019, 1, 2)
            office = subject.office_on(day)
            signing = Signing(self, subject, day, office)
            return {
                "document": frame.head(
                    title="Catatan", subject="Catatan", office=office, dated=day, page_size="a4", watermark=""
                ),
                "letterhead": signing.letterhead(),
                "body": [blocks.letterhead(), *blocks.paragraphs("Isi catatan."), blocks.signatures(*signing.blocks())],
            }

    monkeypatch.setitem(registry.DOCUMENTS, "office_note", OfficeNote())
    yield OfficeNote
    TITLES.pop("office_note")


def test_a_new_kind_goes_from_the_button_to_the_file(note, client, office, staff):
    client.force_login(staff)
    requested = {"kind": "office_note", "subject": "district", "subject_id": office.district.pk, "key": uuid.uuid4()}
    with mock.patch.object(tasks.render_report, "delay"):
        client.post(reverse("reports:report_request"), requested)
    report = Report.objects.get()
    tasks.render_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.title, report.reference[:4]) == ("ready", "Catatan kantor", "CKT-")
    content = b"".join(client.get(reverse("reports:report_download", args=[report.pk])).streaming_content)
    assert "Isi catatan." in words_of(content)
    assert "Nama Uji, S.T." in words_of(content)
    listed = client.get(reverse("reports:report_list"), {"kind": "office_note"})
    assert [row.pk for row in listed.context["reports"]] == [report.pk]


def test_a_new_kind_can_be_set_up(note, client, office, staff):
    client.force_login(staff)
    page = client.get(reverse("reports:document_settings", args=[office.district.pk]))
    (row,) = [row for row in page.context["rows"] if row["document"].kind == "office_note"]
    assert (row["letterhead"], row["may_be_coded"], row["is_letter"]) == ("Dinas", False, False)
    assert "Ketua DPMU" in row["signers"]


@pytest.fixture
def group_note(monkeypatch):
    class GroupNote(GroupDocument):
        kind, title, code_prefix = "group_note", "Catatan kelompok", "CTK"
        all_villages = (AllVillages("catatan", "Catatan kelompok", 9),)
        audit_position = 2
        decree_position = 3

        def clean(self, subject, parameters):
            if subject.name == "Tanpa catatan":
                raise ValidationError("Kelompok ini belum mempunyai catatan.")
            return {}

    monkeypatch.setitem(registry.DOCUMENTS, "group_note", GroupNote())
    yield GroupNote
    TITLES.pop("group_note")


@pytest.fixture
def parts_of(monkeypatch):
    """The kinds of the only bundle, in its order."""
    monkeypatch.setattr(tasks.render_report, "delay", mock.Mock())
    return lambda: list(ReportBundle.objects.get().parts.order_by("pk").values_list("kind", flat=True))


def test_a_new_kind_is_offered_for_all_villages(group_note, client, office, staff, parts_of):
    factories.GroupFactory(name="Tirta Uji")
    empty = factories.GroupFactory(name="Tanpa catatan", village=factories.VillageFactory(name="Kosong")).village
    client.force_login(staff)
    page = client.get(reverse("reports:all_villages"), {"dokumen": "catatan"})
    assert ("catatan", "Catatan kelompok") in page.context["form"].fields["dokumen"].choices
    assert page.context["found"].by_reason() == {"Kelompok ini belum mempunyai catatan.": [str(empty)]}
    client.post(reverse("reports:all_villages_request"), {"dokumen": "catatan", "key": uuid.uuid4()})
    assert parts_of() == ["group_note"]


def test_a_new_kind_has_its_place_in_the_audit_file_of_a_village(group_note, client, office, staff, parts_of):
    group = factories.GroupFactory()
    client.force_login(staff)
    client.post(reverse("reports:village_audit_request", args=[group.village_id]), {"key": uuid.uuid4()})
    assert parts_of() == ["village_sheet", "group_profile", "group_note", "change_history"]


def test_a_new_kind_is_requested_with_those_that_prepare_an_sk(group_note, client, office, staff, parts_of):
    group = factories.GroupFactory()
    client.force_login(staff)
    client.post(reverse("reports:decree_documents_request", args=[group.pk]), {"key": uuid.uuid4()})
    kinds = list(Report.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["formation_minutes", "decree_draft", "group_note"]
