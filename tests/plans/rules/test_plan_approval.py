"""Approval of plans: never by the writer, neither with their own account nor with one whose password they set."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import AccessChange
from accounts.rights import Right
from accounts.services import access
from accounts.services.passwords import replace_password
from fieldwork.models import EntryRequest
from plans.models import WorkPlan
from plans.rules.plan_approval import refusal, writers
from records import history
from records.formats import date_id
from tests import factories as make

pytestmark = pytest.mark.django_db
Kind = AccessChange.Kind


@pytest.fixture
def writer():
    return make.AdminFactory()


@pytest.fixture
def approver():
    return make.UserFactory(may_approve=True)


@pytest.fixture
def plan(writer):
    plan = make.ActivityFundingFactory().activity.plan
    history.record(plan, "change", by=writer)
    WorkPlan.objects.filter(pk=plan.pk).update(status="submitted")
    return WorkPlan.objects.get(pk=plan.pk)


def changed(user, by, kind=Kind.PASSWORD, days=0):
    return AccessChange.objects.create(user=user, kind=kind, by=by, at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize("kind", Kind.values)
def test_an_account_that_the_writer_had_in_hand_approves_only_when_another_admin_confirmed_it(
    plan, writer, approver, kind
):
    assert refusal(plan, approver) == ""
    changed(approver, writer, kind)
    assert f"14 hari terakhir {writer.name} membuat" in refusal(plan, approver)
    with pytest.raises(ValidationError, match="Minta admin lain mengonfirmasi"):
        plan.approve(approver, localdate())
    access.confirm(approver, by=make.AdminFactory())
    plan.approve(approver, localdate())
    assert plan.status == "approved"


def test_a_lone_admin_reads_after_which_day_the_accounts_may_approve(plan, writer, approver):
    changed(approver, make.AdminFactory(), days=2)  # not related to the writer
    changed(approver, writer, days=9)
    changed(approver, writer, days=5)
    day = date_id(localdate() + timedelta(days=9))
    assert refusal(plan, approver).endswith(f"Tanpa konfirmasi, Anda dapat melakukannya sesudah {day}.")


def test_after_the_days_of_waiting_the_account_approves_and_the_page_says_nothing_more(plan, writer, approver):
    changed(approver, writer, days=15)
    assert refusal(plan, approver) == ""


@pytest.mark.parametrize(
    "in_hand",
    [
        lambda writer, approver, third: changed(writer, approver),  # with an account that they made
        lambda writer, approver, third: (changed(writer, third), changed(approver, third)),  # made both
        lambda writer, approver, third: (changed(third, writer), changed(approver, third)),  # through a third account
    ],
)
def test_round_about_ways_are_refused_too(plan, writer, approver, in_hand):
    in_hand(writer, approver, make.AdminFactory())
    for right in (Right.APPROVE_PLANS, Right.RECORD_APPROVALS):
        assert "Minta admin lain mengonfirmasi" in refusal(plan, approver, right)


def test_a_password_that_somebody_else_made_approves_nothing(plan, approver):
    replace_password(approver, "kxmr-4827-tpwh-9365", by=make.AdminFactory())
    assert "dibuat orang lain" in refusal(plan, approver)


def test_the_approval_keeps_who_had_the_account_in_hand(client, plan, approver):
    admin = make.AdminFactory()
    changed(approver, admin)
    plan.approve(approver, localdate())
    recorded = f"Kata sandi dibuat oleh {admin}"
    assert recorded in plan.events[0].changes["akun penyetuju"][1]
    client.force_login(make.OfficialFactory())
    assert f"Akun {approver.name}: {recorded}" in client.get(plan.get_absolute_url()).content.decode()


def test_who_handed_in_the_filled_form_is_a_writer_whoever_typed_it(plan, writer):
    village = plan.group.village
    typed = make.EntryRequestFactory(
        village=village, by=make.UserFactory(), form="rencana", requested_at=plan_began(plan)
    )
    typed.finish(by=writer)
    waits = make.EntryRequestFactory(village=village, by=make.UserFactory(), form="desa", requested_at=plan_began(plan))
    refused = make.EntryRequestFactory(
        village=village, by=make.UserFactory(), form="desa", requested_at=plan_began(plan)
    )
    refused.refuse(by=writer, answer="Buram")
    board = make.EntryRequestFactory(
        village=village, by=make.UserFactory(), form="pengurus", requested_at=plan_began(plan)
    )
    other = make.GroupFactory(village=village)
    make.EntryRequestFactory(village=village, group=other, by=make.UserFactory(), form="rencana")
    make.EntryRequestFactory(by=make.UserFactory(), form="rencana", requested_at=plan_began(plan))
    assert board.form == EntryRequest.Form.BOARD
    assert writers(plan) == {writer.pk, typed.by_id, waits.by_id}


def test_a_form_that_was_typed_before_the_plan_began_makes_nobody_a_writer(writer, time_machine):
    time_machine.move_to("2025-01-10 08:00")
    old = make.EntryRequestFactory(by=make.UserFactory(), form="rencana")
    old.finish(by=writer)
    time_machine.move_to("2026-01-10 08:00")
    plan = make.WorkPlanFactory(group__village=old.village)
    history.record(plan, "change", by=writer)
    assert writers(plan) == {writer.pk}


def plan_began(plan):
    return plan.events.last().at - timedelta(days=1)
