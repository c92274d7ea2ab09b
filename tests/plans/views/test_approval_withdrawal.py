"""Withdrawal of a mistaken approval, given or recorded, with day and reason; the plan waits for approval again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from plans.models import PlanStep, WorkPlan
from plans.queries.plan_status import approved_on, status_on, step_into
from tests import factories as make
from tests.pages import errors, page_messages
from tests.plans.plans import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = make.ActivityFundingFactory().activity.plan
    plan.submit(by=make.FacilitatorFactory(villages=[plan.group.village]), on=date(2026, 1, 10))
    plan.approve(by=make.UserFactory(may_approve=True), on=date(2026, 1, 20))
    return plan


@pytest.fixture
def approver(client):
    approver = make.OfficialFactory(may_approve=True)
    client.force_login(approver)
    return approver


def take_back(client, plan, **fields):
    plan.refresh_from_db()
    data = {"on": "2026-02-01", "note": "Salah pilih rencana.", "version": str(plan.version)}
    return client.post(url(plan, "work_plan_withdraw"), data | fields)


def on_paper(plan):
    scan = make.PlanScanFactory(plan=plan)
    plan.steps.filter(action="approve").update(
        signer_name="Sarimin", signer_office="Kepala Desa", signed_on=date(2026, 1, 20), scan=scan
    )


def test_the_plan_waits_again_and_figures_of_a_day_follow(client, plan, approver):
    page = client.get(url(plan, "work_plan_withdraw"))
    assert (page.status_code, page.context["danger"]) == (200, True)
    answer = take_back(client, plan)
    assert page_messages(answer) == [f"Persetujuan {plan} dicabut. Rencana ini menunggu persetujuan lagi."]
    plan.refresh_from_db()
    step = plan.steps.last()
    assert (plan.status, step.action, step.on, step.by, step.note) == (
        "submitted",
        "withdraw",
        date(2026, 2, 1),
        approver,
        "Salah pilih rencana.",
    )
    event = plan.events[0]
    assert (event.verb, event.changes, event.reason) == (
        "withdraw",
        {"status": ["Diverifikasi", "Diajukan"]},
        "Salah pilih rencana.",
    )
    days = [date(2026, 1, 19), date(2026, 1, 31), date(2026, 2, 1)]
    assert [approved_on(WorkPlan.objects.all(), day).exists() for day in days] == [False, True, False]
    assert status_on(plan.steps.all()) == plan.status
    assert step_into(plan.steps.all(), plan.status).on == date(2026, 1, 10)
    assert "Salah pilih rencana." in client.get(url(plan)).text
    plan.approve(by=make.UserFactory(may_approve=True), on=date(2026, 2, 3))
    assert [approved_on(WorkPlan.objects.all(), day).exists() for day in (days[2], date(2026, 2, 3))] == [False, True]


def test_from_the_day_of_the_approval_on_it_counts_on_no_day(client, plan, approver):
    take_back(client, plan, on="2026-01-20")
    for day in (date(2026, 1, 20), localdate()):
        assert not approved_on(WorkPlan.objects.all(), day).exists()


def test_the_plan_that_was_replaced_holds_again(client, plan, approver):
    revision = make.WorkPlanFactory(group=plan.group, year=plan.year, revision=1, status="submitted")
    revision.steps.create(action="submit", on=date(2026, 1, 25))
    revision.approve(by=make.UserFactory(may_approve=True), on=date(2026, 1, 28))
    take_back(client, revision)
    plan.refresh_from_db()
    revision.refresh_from_db()
    assert (plan.status, revision.status) == ("approved", "submitted")
    assert [(step.action, step.on) for step in plan.steps.all()][-2:] == [
        ("supersede", date(2026, 1, 28)),
        ("restore", date(2026, 2, 1)),
    ]
    for day, held in ((date(2026, 1, 27), plan), (date(2026, 1, 30), revision), (date(2026, 2, 1), plan)):
        assert list(approved_on(WorkPlan.objects.all(), day)) == [held]
    assert step_into(plan.steps.all(), plan.status).on == date(2026, 1, 20)


def test_reason_and_a_day_between_approval_and_today_are_required(client, plan, approver):
    assert set(errors(take_back(client, plan, on="2026-01-19", note=" "))) == {"on", "note"}
    assert set(errors(take_back(client, plan, on="2999-01-01"))) == {"on"}
    assert set(errors(take_back(client, plan, version="1"))) == {"version"}
    with pytest.raises(ValidationError, match="Tulis alasan"):
        plan.withdraw_approval(by=approver, on=localdate(), note=" ")
    assert WorkPlan.objects.get(pk=plan.pk).status == "approved"


def test_sent_twice_takes_back_once(client, plan, approver):
    take_back(client, plan)
    assert page_messages(take_back(client, plan))[-1:] == [
        "Rencana kerja ini tidak lagi diverifikasi. Muat ulang halaman."
    ]
    assert plan.steps.filter(action="withdraw").count() == 1


def test_what_was_carried_out_or_revised_is_not_taken_back(client, plan, approver):
    progress = make.ActivityProgressFactory(activity=plan.activities.get())
    assert url(plan, "work_plan_withdraw") not in client.get(url(plan)).text
    assert page_messages(take_back(client, plan)) == [
        "Persetujuan ini tidak dapat dicabut lagi karena pelaksanaannya sudah dilaporkan. Buka revisi untuk mengubah "
        "rencana."
    ]
    progress.delete()
    assert url(plan, "work_plan_withdraw") in client.get(url(plan)).text
    make.WorkPlanFactory(group=plan.group, year=plan.year, revision=1)
    assert "revisi rencananya sudah dibuka" in page_messages(take_back(client, plan))[0]
    assert WorkPlan.objects.get(pk=plan.pk).status == "approved"
    assert not PlanStep.objects.filter(action="withdraw").exists()


@pytest.mark.parametrize(
    ("account", "pressed", "from_paper"),
    [
        (lambda plan: make.UserFactory(), 302, "submitted"),
        (lambda plan: make.AdminFactory(may_approve=True), "submitted", "submitted"),
        (lambda plan: make.OfficialFactory(may_approve=True), "submitted", 302),
        (lambda plan: make.OfficialFactory(), 403, 403),
        (lambda plan: make.FacilitatorFactory(villages=[plan.group.village]), 403, 403),
        (lambda plan: make.AdminFactory(district=make.OtherDistrictFactory(), may_approve=True), 404, 404),
    ],
)
@pytest.mark.parametrize("paper", [False, True])
def test_whoever_may_give_such_an_approval_may_take_it_back(client, plan, account, pressed, from_paper, paper):
    if paper:
        on_paper(plan)
    client.force_login(account(plan))
    answer = take_back(client, plan)
    expected = from_paper if paper else pressed
    plan.refresh_from_db()
    assert plan.status == (expected if expected == "submitted" else "approved")
    assert answer.status_code == (302 if expected == "submitted" else expected)
