"""The plan that a month's progress belongs to: approved, revised, sample."""

import pytest

from plans.models import ActivityProgress, MonthReport
from tests import factories as make
from tests.pages import page_messages, shown
from tests.plans.views.progress.sheets import entry, month, send, year

pytestmark = pytest.mark.django_db


def test_without_an_approved_plan_there_is_nothing_to_carry_out(client, plan, electricity, facilitator):
    plan.status = "submitted"
    plan.save()
    assert client.get(month(plan))["Location"] == year(plan)
    assert "masih diajukan" in client.get(year(plan)).content.decode()
    assert page_messages(client.post(month(plan), {}))[-1].startswith("Rencana kerjanya belum disetujui.")
    assert not MonthReport.objects.exists()


def test_an_approved_usulan_is_not_carried_out(client, plan, electricity, facilitator):
    plan.stage = "usulan"
    plan.save()
    assert "masih berupa usulan" in client.get(year(plan)).content.decode()


def test_a_plan_revised_meanwhile_is_told_of(client, plan, electricity, facilitator):
    page = shown(client.get(month(plan)))
    type(plan).objects.filter(pk=plan.pk).update(status="superseded")
    revised = make.WorkPlanFactory(group=plan.group, revision=1, status="approved")
    answer = client.post(month(plan), page | {"l1-choice": "sesuai"})
    assert answer.status_code == 422  # the line is not in the revision: nothing of it is read
    assert not ActivityProgress.objects.exists()
    assert revised.activities.count() == 0


def test_a_line_told_before_a_revision_is_corrected_in_the_new_one(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="sesuai")
    before = entry()
    type(plan).objects.filter(pk=plan.pk).update(status="superseded")
    revised = make.WorkPlanFactory(group=plan.group, revision=1, status="approved")
    make.ActivityFactory(plan=revised, line=1, title="Listrik", volume=24, unit="bulan", months=4095)
    # Untouched, the report stays, though the share in the revision differs.
    assert page_messages(send(client, plan)) == ["Tidak ada yang diubah pada Juni 2026."]
    send(client, plan, l1__choice="lain", l1__volume="3")
    assert (entry().corrects, entry().activity.plan) == (before, revised)


def test_a_demo_account_tells_of_sample_plans(client, plan, electricity, facilitator, settings):
    settings.DEMO_MODE = True
    for row in (facilitator, plan.group, plan.group.village):
        type(row).objects.filter(pk=row.pk).update(is_sample=True)
    assert send(client, plan, l1__choice="sesuai").status_code == 302
    assert entry().recorded_by == facilitator
