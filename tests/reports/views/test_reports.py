import re
import uuid
from pathlib import Path

import pytest
from django.template import RequestContext, Template
from django.urls import reverse

from documents import registry
from records.models import Event
from reports import storage, tasks
from reports.models import Report, ReportBundle
from reports.services import requests
from tests import factories
from tests.documents.samples import make_plan, make_training

pytestmark = pytest.mark.django_db

LIST = "/laporan/"


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(tasks.render_report, "delay", lambda pk: None)


@pytest.fixture
def training(office):
    return make_training(villages=2)


@pytest.fixture
def ready(training, staff):
    report = requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff)
    tasks.render_report(report.pk)
    report.refresh_from_db()
    return report


def request_report(client, training, **fields):
    values = {"kind": "attendance_sheet", "subject": "training", "subject_id": training.pk, "mode": "blank"}
    return client.post("/laporan/minta/", values | {"key": uuid.uuid4()} | fields, follow=True)


def test_report_request_leads_to_the_list_with_its_state(client, staff, training):
    client.force_login(staff)
    page = request_report(client, training)
    report = Report.objects.get()
    assert page.redirect_chain == [(f"/laporan/#laporan-{report.pk}", 302)]
    text = page.content.decode()
    assert "Daftar hadir untuk ditandatangani" in text
    assert "Menunggu" in text
    assert f'id="laporan-{report.pk}"' in text
    assert 'http-equiv="refresh"' in text


def test_report_request_sent_twice_makes_one_report(client, staff, training):
    client.force_login(staff)
    key = uuid.uuid4()
    request_report(client, training, key=key)
    request_report(client, training, key=key)
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "ngawur"},
        {"subject": "village"},
        {"subject": "work_plan"},
        {"subject_id": "x"},
        {"subject_id": "-1"},
        {"mode": "ngawur"},
        {"key": "bukan-uuid"},
        {"kind": ""},
    ],
)
def test_report_request_forged_is_told_and_makes_nothing(client, staff, training, fields):
    client.force_login(staff)
    page = request_report(client, training, **fields)
    assert page.status_code == 200
    assert "Permintaan laporan tidak lengkap" in page.content.decode()
    assert Report.objects.count() == 0


def test_report_request_outside_the_scope_is_a_404(client, training):
    client.force_login(factories.FacilitatorFactory(villages=[factories.VillageFactory()]))
    assert request_report(client, training).status_code == 404
    assert request_report(client, training, subject_id=2**63 + 1).status_code == 404
    assert Report.objects.count() == 0


def test_report_request_is_a_post(client, staff):
    client.force_login(staff)
    assert client.get("/laporan/minta/").status_code == 405


def test_report_download_gives_the_file_and_is_written_down(client, staff, ready):
    client.force_login(staff)
    answer = client.get(reverse("reports:report_download", args=[ready.pk]))
    content = storage.read_file(ready)
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Length"] == str(len(content))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="{ready.filename}"'
    assert ready.events.first().verb == Event.Verb.DOWNLOAD
    assert ready.events.first().by == staff


@pytest.mark.parametrize("damage", ["unlink", "change"])
def test_report_download_of_a_damaged_file_is_told(client, staff, ready, damage):
    path = Path(ready.file.path)
    if damage == "unlink":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-rusak")
    client.force_login(staff)
    page = client.get(reverse("reports:report_download", args=[ready.pk]), follow=True)
    assert "hilang atau rusak di server" in page.content.decode()


def test_report_download_before_it_is_ready_is_told(client, staff, training):
    report = requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff)
    client.force_login(staff)
    page = client.get(reverse("reports:report_download", args=[report.pk]), follow=True)
    assert "belum siap diunduh" in page.content.decode()


def test_report_download_asks_scope_and_audience(client, ready):
    url = reverse("reports:report_download", args=[ready.pk])
    own = ready.training.invitations.first().village
    for user, status in [
        (factories.OfficialFactory(), 200),
        (factories.FacilitatorFactory(villages=[own]), 404),
        (factories.UserFactory(district=factories.OtherDistrictFactory()), 404),
    ]:
        client.force_login(user)
        assert client.get(url).status_code == status
    Report.objects.filter(pk=ready.pk).update(audience="office")
    client.force_login(factories.OfficialFactory())
    assert client.get(url).status_code == 404


def test_report_retry_queues_a_failed_report(client, staff, training):
    report = requests.request_document("attendance_sheet", training, {"mode": "blank"}, by=staff)
    report.claim()
    report.close_as("failed", error="Kertas habis.")
    client.force_login(staff)
    assert "Kertas habis." in client.get(LIST).content.decode()
    url = reverse("reports:report_retry", args=[report.pk])
    assert client.get(url).status_code == 405
    assert "dicoba lagi" in client.post(url, follow=True).content.decode()
    assert "tidak sedang gagal" in client.post(url, follow=True).content.decode()
    report.refresh_from_db()
    assert report.state == "queued"


def test_report_list_filters_and_searches(client, staff, training, ready):
    requests.request_document("work_plan", make_plan(), {}, by=factories.AdminFactory())
    client.force_login(staff)

    def found(query):
        return [report.kind for report in client.get(LIST + query).context["reports"]]

    assert found("") == found("?whose=ngawur") == ["attendance_sheet"]  # the user's own
    assert found("?whose=semua") == ["work_plan", "attendance_sheet"]
    assert found("?whose=semua&urut=terlama") == ["attendance_sheet", "work_plan"]
    assert found("?whose=semua&kind=work_plan") == ["work_plan"]
    assert found("?whose=semua&state=ready&issue_status=plain") == ["attendance_sheet"]
    assert found("?issue_status=in_force") == []
    assert found("?q=PENINGKATAN  kapasitas") == ["attendance_sheet"]
    assert found("?whose=semua&q=tirta contoh") == ["work_plan"]
    assert found("?kind=ngawur") == ["attendance_sheet"]
    assert found("?q=tidak ada") == []


def test_report_list_empty_says_what_to_do(client, staff):
    client.force_login(staff)
    assert "Belum ada laporan." in client.get(LIST).content.decode()
    assert "Tidak ada laporan yang cocok" in client.get(LIST + "?state=failed").content.decode()


def test_report_rows_is_the_same_piece(client, staff, ready):
    client.force_login(staff)
    rows = client.get("/laporan/baris/").content.decode()
    assert "<html" not in rows
    assert f'id="laporan-{ready.pk}" data-state="ready"' in rows


@pytest.mark.parametrize("count", [1, 5])
def test_report_list_queries(client, staff, office, django_assert_num_queries, count):
    for _ in range(count):
        training = make_training(villages=1, days=1)
        day = training.days.first()
        for subject in (training, day, day.sessions.first()):
            requests.request_document("attendance_sheet", subject, {"mode": "blank"}, by=staff)
        ReportBundle.objects.create(kind="training_papers", district=training.district, training=training, by=staff)
    client.force_login(staff)
    client.get(LIST)
    # Session, user, beat of the worker, news, count, rows, bundles.
    with django_assert_num_queries(7):
        client.get(LIST)


def test_report_button_requests_its_subject(client, staff, training, rf):
    request = rf.get("/")
    request.user = staff
    day = training.days.first()
    source = '{% load reports %}{% report_button "attendance_sheet" day "Cetak" mode="filled" %}'
    html = Template(source).render(RequestContext(request, {"day": day}))
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    assert fields.pop("csrfmiddlewaretoken")
    client.force_login(staff)
    client.post("/laporan/minta/", fields)
    client.post("/laporan/minta/", fields)
    report = Report.objects.get()
    assert (report.day, report.parameters["mode"], str(report.request_key)) == (day, "filled", fields["key"])


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("schedule", "staff official facilitator"), ("minutes", "staff official"), ("transport_list", "staff")],
)
def test_report_button_offers_what_can_be_asked(training, staff, official, rf, kind, offered):
    """Audience and `of_all_villages` of the document decide; a user without access sees no button."""
    facilitator = factories.FacilitatorFactory()
    factories.AssignmentFactory(user=facilitator, village=training.invitations.first().village)
    shown = []
    for role, user in (("staff", staff), ("official", official), ("facilitator", facilitator)):
        request = rf.get("/")
        request.user = user
        source = Template('{% load reports %}{% report_button kind training "Cetak" %}')
        html = source.render(RequestContext(request, {"kind": kind, "training": training}))
        if "<button" in html:
            shown.append(role)
    assert " ".join(shown) == offered


@pytest.mark.parametrize(("kind", "status"), [("minutes", 403), ("transport_list", 403), ("schedule", 200)])
def test_report_request_for_a_whole_that_one_sees_in_part_is_refused(client, training, kind, status):
    facilitator = factories.FacilitatorFactory()
    factories.AssignmentFactory(user=facilitator, village=training.invitations.first().village)
    client.force_login(facilitator)
    assert request_report(client, training, kind=kind).status_code == status
    assert Report.objects.count() == (status == 200)


def test_report_download_of_a_word_file_has_its_type_and_name(client, staff, training):
    client.force_login(staff)
    request_report(client, training, kind="official_minutes", format="docx")
    report = Report.objects.get()
    tasks.render_report(report.pk)
    answer = client.get(f"/laporan/{report.pk}/unduh/")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    name = "berita-acara-pelatihan-peningkatan-kapasitas-kpspams-tahun-2018"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-{report.pk}.docx"'
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert "Unduh Word (DOCX)" in client.get(LIST).content.decode()


def test_report_request_in_a_form_that_is_not_made_is_told(client, staff, training):
    client.force_login(staff)
    page = request_report(client, training, kind="transport_list", format="docx").content.decode()
    assert "tidak dibuat dalam bentuk Word (DOCX)" in page
    assert not Report.objects.exists()


def test_report_list_finds_a_village_by_its_former_name(client, staff, office):
    plan = make_plan()
    factories.VillageNameFactory(village=plan.group.village, name="Sumber Lama")
    requests.request_document("work_plan", plan, {}, by=staff)
    client.force_login(staff)
    found = client.get(LIST, {"q": "sumberlama"}).content.decode()
    assert "Rencana kerja" in found
    assert "(1)" in found
    assert "(0)" in client.get(LIST, {"q": "tidak ada"}).content.decode()


def test_report_list_knows_every_kind(client, staff):
    client.force_login(staff)
    page = client.get(LIST, {"kind": "honorarium_list"}).content.decode()
    for value, label in registry.choices():
        assert f'value="{value}"' in page
        assert str(label) in page


@pytest.mark.parametrize(("format_", "shared"), [("pdf", 1), ("docx", 0)])
def test_a_finished_pdf_is_shared_by_the_address_of_its_download(client, training, format_, shared):
    person = factories.AdminFactory()
    client.force_login(person)
    report = Report.objects.create(kind="invitation", training=training, format=format_, audience="office", by=person)
    assert "data-share" not in client.get(report.get_absolute_url()).content.decode()
    Report.objects.filter(pk=report.pk).update(state="ready", sha256="a" * 64, file="x")
    page = client.get(report.get_absolute_url()).content.decode()
    assert page.count(f'data-share="/laporan/{report.pk}/unduh/"') == shared


@pytest.mark.parametrize("role", ["facilitator", "official", "camat"])
def test_a_document_of_the_office_is_not_requested_by_others(role, dataset, client):
    client.force_login(dataset.people[role])
    before = Report.objects.count()
    sent = {"kind": "reprimand", "subject": "district", "subject_id": str(dataset.district.pk)}
    assert client.post("/laporan/minta/", sent).status_code == 403
    assert Report.objects.count() == before
