"""Scheduled documents: made once each, with the owner's rights, never silently."""

import uuid
from datetime import date
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse

from accounts.handover import close_account
from accounts.waiting import waiting_for
from documents.periods import Period
from reports import tasks
from reports.models import Report, Schedule
from reports.services import requests, schedules
from tests import factories as make
from tests.pages import send

pytestmark = pytest.mark.django_db
LIST = reverse("reports:schedule_list")
CREATE = reverse("reports:schedule_create")


@pytest.fixture(autouse=True)
def today(time_machine):
    """Every period below is over."""
    time_machine.move_to("2027-03-01 03:00Z")


@pytest.fixture
def village(office):
    village = make.VillageFactory()
    make.GrantAwardFactory(village=village)
    return village


@pytest.fixture
def schedule(village, staff, office):
    return planned(staff, office.district)


def planned(owner, district, every="month", next_on=date(2026, 11, 1), **fields):
    return Schedule.objects.create(
        district=district, owner=owner, every=every, next_on=next_on, parameters={"filter": {"ta": "2017"}}, **fields
    )


def rows(schedule):
    return list(schedule.reports.order_by("pk").values_list("period_start", "format", "state"))


def fail(schedule):
    schedule.reports.filter(state="queued").update(state="failed", error="Uji")


def test_periods_end_where_the_next_begins():
    assert [Period.of(code).words for code in ("2026-02", "2026-T4")] == ["Februari 2026", "Triwulan IV 2026"]
    assert [Period.of(code).end for code in ("2024-02", "2026-12", "2026-T4")] == [
        date(2024, 2, 29),
        date(2026, 12, 31),
        date(2026, 12, 31),
    ]
    assert Period.of("2026-T1").previous.code == "2025-T4"
    assert [Period.ended_by(date(2026, 3, day), 1).code for day in (30, 31)] == ["2026-02", "2026-03"]
    assert [Period.of(code) for code in ("2026-13", "2026-T5", "1999-01", "x")] == [None] * 4


def test_a_period_is_made_once_in_both_forms_and_printed(schedule, quick_documents):
    assert schedules.make_due(date(2026, 10, 31)) == 0
    assert schedules.make_due(date(2026, 11, 1)) == 1
    assert schedules.make_due(date(2026, 11, 1)) == 0
    assert rows(schedule) == [(date(2026, 10, 1), "pdf", "queued"), (date(2026, 10, 1), "xlsx", "queued")]
    for report in schedule.reports.all():
        tasks.render_report(report.pk)
    schedule.refresh_from_db()
    assert (schedule.next_on, schedule.failures, {row[2] for row in rows(schedule)}) == (
        date(2026, 12, 1),
        0,
        {"ready"},
    )
    report = schedule.reports.first()
    assert (report.title, report.by, report.snapshot["document"]["dated"]) == (
        "Laporan berkala Oktober 2026",
        schedule.owner,
        "2026-10-31",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            **{name: getattr(report, name) for name in ("kind", "district", "schedule", "period_start", "by")},
            audience="district",
        )


def test_what_was_missed_is_made_one_after_the_other(schedule, quick_documents):
    for _ in range(3):
        schedules.make_due(date(2026, 12, 20))
        for report in schedule.reports.filter(state="queued"):
            tasks.render_report(report.pk)
    assert [row[0] for row in rows(schedule)] == [date(2026, 10, 1)] * 2 + [date(2026, 11, 1)] * 2


def test_three_failed_periods_in_a_row_stop_it_and_say_so(client, schedule, staff, django_capture_on_commit_callbacks):
    for month in (11, 12):
        schedules.make_due(date(2026, month, 1))
        fail(schedule)
    schedules.make_due(date(2027, 1, 1))
    schedule.refresh_from_db()
    assert (schedule.failures, schedule.stopped_at) == (2, None)
    fail(schedule)
    assert schedules.make_due(date(2027, 1, 2)) == 0
    schedule.refresh_from_db()
    assert schedule.failures == 3
    assert schedule.stopped_reason.startswith("3 kali berturut-turut gagal")
    assert schedules.make_due(date(2027, 2, 1)) == 0
    assert [matter.url for matter in waiting_for(staff) if matter.kind == "schedule"] == [LIST]
    client.force_login(staff)
    assert schedule.stopped_reason in client.get(LIST).text
    with django_capture_on_commit_callbacks():
        client.post(reverse("reports:schedule_start", args=[schedule.pk]))
    schedule.refresh_from_db()
    assert (schedule.failures, schedule.stopped_at) == (0, None)
    assert [row[2] for row in rows(schedule)] == ["failed"] * 4 + ["queued"] * 2
    assert [matter for matter in waiting_for(staff) if matter.kind == "schedule"] == []


def test_a_success_between_begins_the_count_anew(schedule):
    schedules.make_due(date(2026, 11, 1))
    fail(schedule)
    schedules.make_due(date(2026, 12, 1))
    schedule.reports.filter(state="queued").update(state="ready", file="x", sha256="x")
    schedules.make_due(date(2027, 1, 1))
    schedule.refresh_from_db()
    assert schedule.failures == 0


def test_an_owner_who_left_makes_nothing_and_the_row_says_why(client, schedule, staff, office):
    type(staff).objects.filter(pk=staff.pk).update(is_active=False)
    schedules.make_due(date(2026, 11, 1))
    assert [row[2] for row in rows(schedule)] == ["failed", "failed"]
    assert schedule.reports.first().error == schedules.NO_OWNER
    schedule.refresh_from_db()
    with pytest.raises(ValidationError):
        schedules.start(schedule, staff)
    successor = make.UserFactory()
    client.force_login(successor)
    send(client, reverse("reports:schedule_hand_over", args=[schedule.pk]), owner=str(successor.pk))
    schedule.refresh_from_db()
    assert schedule.owner == successor
    schedules.start(schedule, successor)
    assert {(report.by, report.state) for report in schedule.reports.all()} == {(successor, "queued")}


def test_closing_an_account_hands_its_schedules_over(schedule, staff, office):
    admin, successor = make.AdminFactory(), make.UserFactory()
    with pytest.raises(ValidationError, match="1 jadwal laporan berkala"):
        close_account(staff, {}, by=admin)
    close_account(staff, {"jadwal": successor}, by=admin)
    schedule.refresh_from_db()
    assert (schedule.owner, schedule.stopped_at) == (successor, None)


def test_the_form_makes_one_running_schedule(client, village, staff, office, time_machine):
    time_machine.move_to("2026-11-29 03:00Z")
    client.force_login(staff)
    send(client, CREATE, every="quarter", ta="2017")
    made = Schedule.objects.get()
    assert (made.owner, made.next_on, made.parameters) == (staff, date(2027, 1, 1), {"filter": {"ta": "2017"}})
    again = send(client, CREATE, every="quarter", ta="2017")
    assert "Anda sudah mempunyai jadwal ini" in again.text
    client.post(reverse("reports:schedule_stop", args=[made.pk]))
    made.refresh_from_db()
    assert made.stopped_reason == f"Dihentikan oleh {staff} pada 29 November 2026."
    page = client.get(LIST).text
    assert 'value="2026-10"' in page
    assert 'value="2026-T3"' in page


def test_the_list_costs_the_same_for_one_and_for_five(client, village, staff, office, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(staff)

    def more(count):
        for _ in range(count):
            planned(make.UserFactory(), office.district)
        schedules.make_due(date(2026, 11, 1))

    more(1)
    client.get(LIST)
    with CaptureQueriesContext(connection) as once:
        client.get(LIST)
    more(4)
    with django_assert_num_queries(len(once)):
        client.get(LIST)


def test_a_stranger_who_claims_guessable_keys_stops_no_schedule(schedule, office):
    stranger = make.UserFactory(district=office.district)
    keys = [uuid.uuid5(uuid.NAMESPACE_OID, f"schedule {schedule.pk} 2026-10 {ending}") for ending in ("pdf", "xlsx")]
    for key in keys:
        requests.request_document("periodic_report", office.district, {"period": "2026-09"}, by=stranger, key=key)
    assert schedules.make_due(date(2026, 11, 1)) == 1
    assert rows(schedule) == [(date(2026, 10, 1), "pdf", "queued"), (date(2026, 10, 1), "xlsx", "queued")]
    assert {report.request_key for report in schedule.reports.all()} == {None}


def test_an_unforeseen_error_is_a_failed_period_that_its_owner_reads(client, schedule, staff, monkeypatch, caplog):
    monkeypatch.setattr(requests, "request_document", mock.Mock(side_effect=KeyError("grant")))
    assert schedules.make_due(date(2026, 11, 1)) == 1
    assert [row[2] for row in rows(schedule)] == ["failed", "failed"]
    assert schedule.reports.first().error.startswith("Dokumen gagal dibuat karena kesalahan portal.")
    assert "could not request 2026-10 as pdf" in caplog.text
    for month in (12, 13):
        schedules.make_due(date(2026 + month // 13, (month - 1) % 12 + 1, 1))
    assert schedules.make_due(date(2027, 1, 2)) == 0
    schedule.refresh_from_db()
    assert (schedule.failures, bool(schedule.stopped_at)) == (3, True)
    assert [matter.url for matter in waiting_for(staff) if matter.kind == "schedule"] == [LIST]


def test_an_error_that_leaves_no_row_counts_as_well(schedule, monkeypatch, caplog):
    monkeypatch.setattr(schedules, "_request", mock.Mock(side_effect=KeyError("grant")))
    for hour in range(3):
        assert schedules.make_due(date(2026, 11, 1)) == 0
        schedule.refresh_from_db()
        assert schedule.failures == hour + 1
    assert schedule.stopped_reason.startswith("3 kali berturut-turut gagal dibuat.")


def test_a_database_that_is_away_is_no_failure_of_the_schedule(schedule, monkeypatch, caplog):
    monkeypatch.setattr(requests, "request_document", mock.Mock(side_effect=OperationalError("gone")))
    assert schedules.make_due(date(2026, 11, 1)) == 0
    schedule.refresh_from_db()
    assert (schedule.failures, schedule.next_on, rows(schedule)) == (0, date(2026, 11, 1), [])
    monkeypatch.undo()
