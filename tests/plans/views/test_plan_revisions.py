import uuid

import pytest
from django.utils.timezone import localdate

from plans.models import WorkPlan
from tests.factories import AdminFactory, FacilitatorFactory, OfficialFactory, VillageFactory
from tests.plans.plans import put, url

pytestmark = pytest.mark.django_db


def revise(client, plan, **fields):
    data = {"reason": "Harga pompa naik", "request_key": str(uuid.uuid4())} | fields
    return client.post(url(plan, "work_plan_revise"), data, follow=True)


def test_a_revision_brings_the_lines_and_supersedes_only_when_approved(client, staff, plan):
    plan.activities.get().fundings.update(security="apbdes")
    put(plan, "approved")
    approver = AdminFactory(may_approve=True)
    data = {"request_key": str(uuid.uuid4())}
    for _ in range(2):
        answer = revise(client, plan, **data)
    revision = WorkPlan.objects.get(revision=1)
    assert answer.redirect_chain == [(url(revision, "work_plan_update"), 302)]
    assert (revision.status, revision.reason, WorkPlan.objects.count()) == ("draft", "Harga pompa naik", 2)
    lines = [list(some.activities.values_list("line", "title", "amount")) for some in (plan, revision)]
    assert lines[0] == lines[1]
    assert revision.activities.get().fundings.get().security == "apbdes"
    assert "revisi ke-1" in client.get(url(revision)).text
    revision.submit(by=staff, on=localdate())
    plan.refresh_from_db()
    assert plan.status == "approved"
    revision.approve(by=approver, on=localdate())
    plan.refresh_from_db()
    assert (plan.status, revision.status) == ("superseded", "approved")


def test_a_second_revision_waits_for_the_first(client, staff, plan):
    put(plan, "approved")
    revise(client, plan)
    answer = revise(client, plan)
    assert "Masih ada rencana kerja yang belum selesai untuk tahun itu." in answer.text
    assert WorkPlan.objects.count() == 2


def test_a_revision_needs_a_reason_and_an_approved_plan(client, staff, plan):
    assert "Hanya rencana kerja yang sudah disetujui yang dapat direvisi." in revise(client, plan).text
    put(plan, "approved")
    assert "Tulis alasan revisi." in revise(client, plan, reason=" ").text
    assert WorkPlan.objects.count() == 1


def test_who_may_revise(client, plan):
    put(plan, "approved")
    for user, expected in [
        (FacilitatorFactory(villages=[plan.group.village]), 200),
        (FacilitatorFactory(villages=[VillageFactory()]), 404),
        (OfficialFactory(), 403),
    ]:
        client.force_login(user)
        assert client.get(url(plan, "work_plan_revise")).status_code == expected
    assert "Revisi</a>" not in client.get(url(plan)).text
