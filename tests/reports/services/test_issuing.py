from datetime import date
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents import registry
from records.models import Event
from reports import storage, tasks
from reports.models import Report
from reports.models.subjects import column_of
from reports.services import issuing, lifecycle, production, requests
from tests import factories
from tests.documents.samples import make_plan, make_training, mark, pages_of, words_of
from tests.reports.issues import approved_plan, closed_training, coded, made

pytestmark = pytest.mark.django_db

DAY = "2019-02-04"
SENTENCE = "Kode verifikasi portal - bukan tanda tangan elektronik"


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


def content(report):
    return storage.read_file(report)


def issue_status(kind, subject, by, **parameters):
    document = registry.document(kind)
    report = Report(kind=kind, by=by, parameters=document.clean(subject, parameters), **{column_of(subject): subject})
    requests.set_audience(report)
    return issuing.issue_status_of(report)


def test_a_plan_is_draf_then_to_be_signed_then_issued(office, staff):
    plan, boss = make_plan(), factories.AdminFactory(may_approve=True)
    found = [issue_status("work_plan", plan, staff)]
    plan.submit(by=staff, on=date(2019, 1, 20))
    found.append(issue_status("work_plan", plan, staff))
    plan.send_back(by=boss, on=date(2019, 1, 22), note="Lengkapi harga.")
    found.append(issue_status("work_plan", plan, staff))
    plan.submit(by=staff, on=date(2019, 1, 25))
    plan.approve(by=boss, on=date(2019, 1, 30))
    found.append(issue_status("work_plan", plan, staff))
    assert found == ["draft", "signing", "draft", "in_force"]


def test_a_filled_sheet_waits_for_its_days_and_an_extract_is_never_issued(office, staff):
    training = make_training(villages=2, days=2)
    mark(training)
    first, second = training.days.all()
    first.closed_at = timezone.now()
    first.save()
    own = training.invitations.first().village
    facilitator = factories.FacilitatorFactory(villages=[own])
    filled = {"mode": "filled"}
    assert issue_status("attendance_sheet", training, staff, **filled) == "draft"
    assert issue_status("attendance_sheet", second, staff, **filled) == "draft"
    assert issue_status("attendance_sheet", first, staff, **filled) == "in_force"
    assert issue_status("attendance_sheet", first.sessions.get(), staff, **filled) == "in_force"
    assert issue_status("attendance_sheet", first, facilitator, **filled) == "plain"
    assert issue_status("attendance_sheet", first, staff, mode="blank") == "plain"
    assert issue_status("official_minutes", training, staff) == "draft"


def test_a_draft_says_so_on_every_page_and_bears_no_code(office, staff):
    coded("work_plan")
    draft = made("work_plan", make_plan(), staff)
    assert (draft.issue_status, draft.code, draft.issued_on) == ("draft", None, None)
    assert all("DRAF" in page for page in pages_of(content(draft)))


def test_a_signing_copy_is_clean(office, staff):
    coded("work_plan")
    plan = make_plan()
    plan.submit(by=staff, on=date(2019, 1, 20))
    report = made("work_plan", plan, staff)
    assert (report.issue_status, report.code, report.issued_on) == ("signing", None, None)
    text = words_of(content(report))
    assert [mark for mark in ("DRAF", SENTENCE, "Diterbitkan") if mark in text] == []


@time_machine.travel(DAY + "T09:00:00+07:00", tick=False)
def test_an_issued_document_bears_day_and_code_on_every_page(office, staff):
    coded("work_plan")
    report = made("work_plan", approved_plan(staff), staff)
    assert (report.issue_status, report.issued_on) == ("in_force", date(2019, 2, 4))
    assert issuing.read_code(report.code) == report.code
    pages = [" ".join(page.split()) for page in pages_of(content(report))]
    for page in pages:
        assert SENTENCE in page
        assert f"masukkan kode {report.code[:4]}-{report.code[4:]} pada halaman Verifikasi Dokumen." in page
        assert "Diterbitkan 4 Februari 2019" in page
    assert report.counts == {"baris tabel": 15 + 6 * 2 + 1 + 6}  # lines, two for each bidang, the sum, the sources


def test_kinds_that_are_never_issued_bear_no_code_whatever_the_setting(office, staff):
    for kind in ("attendance_sheet", "invitation"):
        coded(kind)
    training = closed_training()
    sheet, letter = made("attendance_sheet", training, staff, mode="blank"), made("invitation", training, staff)
    assert [(report.issue_status, report.code) for report in (sheet, letter)] == [("plain", None)] * 2


def test_a_second_attempt_keeps_code_and_day_and_a_retry_settles_anew(office, staff):
    coded("attendance_sheet")
    report = requests.request_document("attendance_sheet", closed_training(), {"mode": "filled"}, by=staff)
    with time_machine.travel(DAY + "T23:59:00+07:00"):
        report.claim()
        production._frozen_snapshot(report)
        code = report.code
        Report.objects.filter(pk=report.pk).update(state="queued", token=None)
    with time_machine.travel("2019-02-05T00:01:00+07:00"), mock.patch.object(storage, "store", side_effect=OSError):
        with pytest.raises(OSError):
            tasks.render_report(report.pk)
        report.refresh_from_db()
        assert (report.state, report.code, report.issued_on) == ("failed", code, date(2019, 2, 4))
    with time_machine.travel("2019-02-06T08:00:00+07:00"):
        lifecycle.retry(report, by=staff)
        tasks.render_report(report.pk)
        report.refresh_from_db()
    assert report.issued_on == date(2019, 2, 6)
    assert report.code not in (None, code)


def test_a_newer_issue_replaces_the_older_of_the_same_document_only(office, staff):
    training = closed_training()
    day = training.days.get()
    first = made("attendance_sheet", training, staff, mode="filled")
    other = made("attendance_sheet", day, staff, mode="filled")
    training.participants.filter(number=1).update(post="SEK")
    second = made("attendance_sheet", training, staff, mode="filled")
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.issue_status, first.replaced_by) == ("replaced", second)
    assert [other.issue_status, second.issue_status] == ["in_force", "in_force"]
    assert [event.verb for event in second.events] == [Event.Verb.ISSUE, Event.Verb.ADD]


def test_of_two_issues_finished_in_the_wrong_order_the_younger_stays(office, staff):
    training = closed_training()
    slow = requests.request_document("attendance_sheet", training, {"mode": "filled"}, by=staff)
    quick = requests.request_document("attendance_sheet", training, {"mode": "filled"}, by=staff)
    for report in (quick, slow):
        tasks.render_report(report.pk)
    slow.refresh_from_db()
    quick.refresh_from_db()
    assert (slow.issue_status, slow.replaced_by, quick.issue_status) == ("replaced", quick, "in_force")


def test_withdrawing_twice_withdraws_once(office, staff):
    report = made("attendance_sheet", closed_training(), staff, mode="filled")
    stale = Report.objects.get(pk=report.pk)
    issuing.withdraw(report, "Salah cetak.", by=staff)
    with pytest.raises(ValidationError, match="tidak sedang berlaku"):
        issuing.withdraw(stale, "Lagi.", by=staff)
    assert (report.issue_status, report.withdrawn_reason) == ("withdrawn", "Salah cetak.")
    assert [event.reason for event in report.events if event.verb == Event.Verb.WITHDRAW] == ["Salah cetak."]


def test_a_plan_approved_while_it_is_read_is_read_again(office, staff):
    plan = make_plan()
    plan.submit(by=staff, on=date(2019, 1, 20))
    boss = factories.AdminFactory(may_approve=True)
    document = registry.document("work_plan")
    collect, read = document.collect, []

    def slowly(subject, *args):
        snapshot = collect(subject, *args)
        if not read:
            type(plan).objects.get(pk=plan.pk).approve(by=boss, on=date(2019, 1, 30))
        read.append(snapshot["status_line"])
        return snapshot

    report = requests.request_document("work_plan", plan, {}, by=staff)
    with mock.patch.object(document, "collect", slowly):
        frozen = production.frozen_content(report)
    assert frozen.snapshot["document"]["issue_status"] == "in_force"
    assert read == ["Diajukan tanggal 20 Januari 2019, belum disahkan", "Diverifikasi tanggal 30 Januari 2019"]


def test_codes_are_read_as_people_write_them():
    assert [issuing.read_code(text) for text in ("abcd-efgh", " AB CD  ef-gh ", "ABCD–EFG0")] == [
        "ABCDEFGH",
        "ABCDEFGH",
        "ABCDEFGQ",
    ]
    assert [issuing.read_code(text) for text in ("", "ABCD", "ABCDEFGHJ", "ÄBCDEFGH", "<script>")] == [""] * 5
