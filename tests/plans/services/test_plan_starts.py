"""Starting points of a plan: last year's with its unfinished lines, the RKTL of a training, or a usulan."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import WorkPlan
from plans.services.plan_starts import Start, fill_plan
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    ActivityProgressFactory,
    AdminFactory,
    FollowUpFactory,
    GroupFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.plans.plans import make_lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    make_lists()
    user = UserFactory()
    client.force_login(user)
    return user


def create(client, group, **fields):
    data = {"group": group.pk, "year": "2026", "stage": "final", "start": "kosong"} | fields
    return client.post(reverse("plans:work_plan_create"), data, follow=True)


def test_what_was_reported_and_not_finished_is_carried_over(client, staff):
    before = WorkPlanFactory(year=2025, status="approved")
    for line, (title, percent) in enumerate([("Selesai", 100), ("Sebagian", 40), ("Tanpa laporan", None)], 1):
        activity = ActivityFactory(plan=before, line=line, title=title, unit="paket", volume=1, months=4)
        if percent is not None:
            ActivityProgressFactory(activity=activity, month=3, percent=percent)
    fresh = WorkPlanFactory(group=before.group)
    fill_plan(fresh, Start.LAST_YEAR, by=staff)
    copied = list(fresh.activities.values_list("title", "carried_over"))
    assert copied == [("Selesai", False), ("Sebagian", True), ("Tanpa laporan", False)]
    assert "Lanjutan tahun lalu" in client.get(fresh.get_absolute_url()).text


def test_a_plan_that_was_never_carried_out_carries_nothing_over(staff):
    before = WorkPlanFactory(year=2025, status="submitted")
    ActivityFactory(plan=before, title="Diajukan saja")
    fresh = WorkPlanFactory(group=before.group)
    fill_plan(fresh, Start.LAST_YEAR, by=staff)
    assert list(fresh.activities.values_list("title", "carried_over")) == [("Diajukan saja", False)]


def test_the_open_promises_of_the_village_become_lines(client, staff):
    group = GroupFactory()
    village = group.village
    first = FollowUpFactory(
        village=village, task="Memperbaiki pipa bocor", output="Air lancar", due_on=date(2026, 4, 30), number=1
    )
    more = {"village": village, "training": first.training}
    FollowUpFactory(**more, number=2, task="Menetapkan iuran", responsible="Bendahara", due_text="sebelum musrenbang")
    FollowUpFactory(**more, number=3, task="Selesai sudah", done_on=date(2026, 1, 1))
    FollowUpFactory(**more, number=4, task="Milik kelompok lain", group=GroupFactory(village=village))
    FollowUpFactory(training=first.training, task="Desa lain")
    answer = create(client, group, start="rktl")
    assert answer.status_code == 200
    plan = group.work_plans.get()
    lines = plan.activities.values_list("area__code", "title", "target", "months", "responsible", "note", "amount")
    assert list(lines) == [
        ("A", "Memperbaiki pipa bocor", "Air lancar", 8, "", "RKTL", 0),
        ("D", "Menetapkan iuran", "", 0, "Bendahara", "RKTL: sebelum musrenbang", 0),
    ]


@pytest.mark.parametrize(
    ("start", "error"),
    [
        ("rktl", "Desa ini tidak mempunyai RKTL pelatihan yang belum selesai. Pilih awal lain."),
        ("lalu", "KPSPAMS ini belum mempunyai rencana kerja sebelum tahun 2026. Pilih awal lain."),
    ],
)
def test_where_there_is_nothing_to_start_from_the_form_says_so(client, staff, start, error):
    group = GroupFactory()
    assert error in create(client, group, start=start).text
    assert not group.work_plans.exists()
    plan = WorkPlanFactory(group=group)
    answer = client.post(reverse("plans:work_plan_fill", args=[plan.pk]), {"start": start}, follow=True)
    assert error in answer.text
    assert not plan.activities.exists()


def test_an_approved_usulan_becomes_the_plan_by_a_revision(client, staff):
    group = GroupFactory()
    create(client, group, stage="usulan")
    plan = group.work_plans.get()
    assert plan.is_proposal
    ActivityFundingFactory(activity=ActivityFactory(plan=plan, title="Pompa"))
    WorkPlan.objects.filter(pk=plan.pk).update(status="approved")
    address = reverse("plans:work_plan_revise", args=[plan.pk]) + "?tahap=final"
    text = client.get(plan.get_absolute_url()).text
    assert f'href="{address}"' in text
    assert "Realisasi</a>" not in text  # a usulan has no realisation
    page = client.get(address).text
    assert "Usulan dijadikan rencana kerja" in page
    client.post(address, {"reason": "Usulan dijadikan rencana kerja"})
    final = group.work_plans.get(revision=1)
    assert (final.stage, final.status, final.activities.get().title) == ("final", "draft", "Pompa")
    plan.refresh_from_db()
    assert (plan.stage, plan.status) == ("usulan", "approved")
    WorkPlan.objects.filter(pk=final.pk).update(status="submitted")
    approver = AdminFactory(may_approve=True)
    final.refresh_from_db()
    final.approve(by=approver, on=date(2026, 1, 20))
    plan.refresh_from_db()
    assert (plan.status, final.status) == ("superseded", "approved")


def test_a_revision_of_a_usulan_stays_a_usulan_and_a_plan_never_goes_back(client, staff):
    usulan = WorkPlanFactory(status="approved", stage="usulan")
    final = WorkPlanFactory(status="approved")
    for plan, query in [(usulan, ""), (final, "?tahap=final")]:
        client.post(reverse("plans:work_plan_revise", args=[plan.pk]) + query, {"reason": "Harga naik"})
    assert usulan.group.work_plans.get(revision=1).stage == "usulan"
    assert final.group.work_plans.get(revision=1).stage == "final"


def test_more_promises_than_a_plan_may_hold_are_refused_and_never_cut(client, staff, monkeypatch):
    monkeypatch.setattr("plans.services.plan_starts.MAX_LINES", 2)
    group = GroupFactory()
    first = FollowUpFactory(village=group.village, number=1)
    for number in (2, 3):
        FollowUpFactory(village=group.village, training=first.training, number=number)
    answer = create(client, group, start="rktl")
    assert "RKTL desa ini memuat 3 kegiatan yang belum selesai" in answer.text
    assert not group.work_plans.exists()
    first.village.follow_ups.filter(number=3).update(done_on=date(2026, 1, 1))
    create(client, group, start="rktl")
    assert group.work_plans.get().activities.count() == 2
