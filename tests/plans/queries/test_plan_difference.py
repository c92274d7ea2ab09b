"""The changes of a revision against the previous plan, line by line and per source."""

import pytest
from django.urls import reverse

from plans.models import Activity, ActivityFunding, WorkPlan
from plans.queries.plan_difference import Change, plan_difference
from plans.rules.months import months_to_mask
from plans.services.plan_starts import fill_revision, next_revision
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    FundingSourceFactory,
    UserFactory,
    WorkAreaFactory,
    WorkPlanFactory,
)

# Ids clear of the sequence: lines saved by the portal take the numbers that the factories would give next.
SPARE_ID = 900_000

pytestmark = pytest.mark.django_db


@pytest.fixture
def before():
    plan = WorkPlanFactory(status="approved", payers=120)
    for line, title in enumerate(["Listrik", "Pipa", "Rapat"], 1):
        ActivityFundingFactory(activity=ActivityFactory(plan=plan, line=line, title=title))
    plan.refresh_from_db()
    return plan


@pytest.fixture
def revision(before):
    user = UserFactory()
    revision = next_revision(before)
    revision.reason = "Harga naik"
    revision.add(by=user)
    fill_revision(revision, before, by=user)
    return revision


def test_a_fresh_revision_changes_nothing(before, revision):
    found = plan_difference(before, revision)
    assert (found.is_empty, found.unchanged) == (True, 3)
    assert [(row.old, row.new, row.difference) for row in found.by_source] == [(4_500_000, 4_500_000, 0)]
    assert (revision.before, before.before) == (before, None)


def test_added_gone_and_changed_lines_are_told_with_their_money(before, revision):
    village_money = FundingSourceFactory(code="uji-desa", label="Uji Desa", is_fee=False, order=99)
    pipe = revision.activities.get(line=2)
    pipe.title, pipe.unit_price = "Pipa besar", 1_000_000
    pipe.save()
    pipe.fundings.update(amount=500_000)
    ActivityFunding.objects.create(activity=pipe, source=village_money, amount=1_000_000)
    revision.activities.filter(line=3).delete()
    ActivityFactory(id=SPARE_ID, plan=revision, line=4, title="Panel", unit_price=250_000)
    WorkPlan.objects.filter(pk=revision.pk).update(payers=130)
    revision.refresh_from_db()
    found = plan_difference(before, revision)
    assert [line.activity.title for line in found.added] == ["Panel"]
    assert [line.activity.title for line in found.gone] == ["Rapat"]
    (changed,) = found.changed
    assert (changed.after.number, changed.amount) == (2, 500_000)
    assert changed.changes == [
        Change("kegiatan", "Pipa", "Pipa besar"),
        Change("harga satuan (Rp)", "Rp750.000", "Rp1.000.000"),
        Change(
            "sumber dana",
            "Iuran Rp1.500.000 (Diusulkan)",
            "Iuran Rp500.000 (Diusulkan); Uji Desa Rp1.000.000 (Diusulkan)",
        ),
    ]
    assert found.figures == [Change("pembayar iuran", "120", "130")]
    assert [(row.label, row.old, row.new, row.difference) for row in found.by_source] == [
        ("Iuran", 4_500_000, 2_000_000, -2_500_000),
        ("Uji Desa", 0, 1_000_000, 1_000_000),
        ("Belum ada sumber", 0, 1_000_000, 1_000_000),
    ]
    assert (found.total.old, found.total.new, found.total.difference) == (4_500_000, 4_000_000, -500_000)
    for rows in (found.by_area, found.by_source, found.by_month):
        assert (sum(row.old for row in rows), sum(row.new for row in rows)) == (found.total.old, found.total.new)


def test_money_is_compared_per_bidang_and_per_month(before, revision):
    pipe = revision.activities.get(line=2)
    pipe.area, pipe.months = WorkAreaFactory(code="Z", label="Uji", order=99), months_to_mask([2, 3])
    pipe.save()
    revision.activities.exclude(line=2).update(months=0)
    before.activities.update(months=months_to_mask([1]))
    found = plan_difference(before, revision)
    moved, all_of_it = pipe.amount, found.total.old
    assert [(row.old, row.new) for row in found.by_area] == [(all_of_it, all_of_it - moved), (0, moved)]
    assert [(row.label, row.old, row.new) for row in found.by_month] == [
        ("Januari", all_of_it, 0),
        ("Februari", 0, moved // 2),
        ("Maret", 0, moved // 2),
        ("Belum ada bulan", 0, all_of_it - moved),
    ]


def test_the_page_shows_it_to_the_reviewer_with_bounded_queries(client, before, revision, django_assert_num_queries):
    client.force_login(UserFactory())
    url = reverse("plans:work_plan_difference", args=[revision.pk])
    ActivityFactory(id=SPARE_ID, plan=revision, line=4, title="Panel <listrik>")
    with django_assert_num_queries(12):
        text = client.get(url).text
    assert "Panel &lt;listrik&gt;" in text
    assert "Alasan revisi: Harga naik" in text
    for line in range(5, 10):
        ActivityFundingFactory(
            id=SPARE_ID + line, activity=ActivityFactory(id=SPARE_ID + line, plan=revision, line=line)
        )
    with django_assert_num_queries(12):
        client.get(url)
    assert url in client.get(revision.get_absolute_url()).text
    assert client.get(reverse("plans:work_plan_difference", args=[before.pk])).status_code == 404
    assert Activity.objects.filter(plan=before).count() == 3
