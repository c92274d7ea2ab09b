from django.db.models import Count, Sum
from django.utils.timezone import localdate

from accounts.models import User
from plans.models import Activity, ActivityFunding, WorkPlan
from plans.queries.fees import Verdict, check_fee, fee_costs
from plans.queries.plan_status import status_on
from plans.rules.plan_approval import refusal


def plan(group, year):
    return WorkPlan.objects.get(group__name=group, year=year)


def sums(rows, key):
    return dict(rows.order_by().values_list(key).annotate(total=Sum("amount")))


def test_the_sample_plan_of_2019_sums_as_printed(demo):
    found = plan("Tirta Contoh", 2019)
    assert found.activities.count() == 15
    assert found.activities.aggregate(total=Sum("amount"))["total"] == 94_935_000
    assert sums(found.activities, "area__code") == {
        "A": 35_925_000,
        "B": 39_750_000,
        "C": 2_650_000,
        "D": 12_960_000,
        "E": 2_900_000,
        "F": 750_000,
    }
    assert sums(ActivityFunding.objects.filter(activity__plan=found), "source__label") == {
        "Iuran": 42_035_000,
        "APBDes": 23_950_000,
        "Swadaya": 17_750_000,
        "Swasta/CSR": 9_500_000,
        "APBD Kabupaten": 1_700_000,
    }
    assert [(step.action, step.on.isoformat()) for step in found.steps.all()] == [
        ("submit", "2019-01-21"),
        ("approve", "2019-01-28"),
    ]


def test_one_fee_covers_its_cost_and_one_does_not(demo):
    for group, verdict in [("Tirta Contoh", Verdict.COVERS), ("Tirta Makmur", Verdict.BELOW)]:
        for year in (2019, localdate().year):
            found = plan(group, year)
            costs = fee_costs(list(found.activities.prefetch_related("fundings__source")))
            assert check_fee(found, costs).verdict == verdict


def test_this_year_has_every_state_and_each_column_agrees_with_its_steps(demo):
    year = localdate().year
    assert {item.status for item in WorkPlan.objects.filter(year=year)} == set(WorkPlan.Status.values)
    for found in WorkPlan.objects.prefetch_related("steps"):
        assert status_on(found.steps.all()) == found.status


def test_sources_add_up_to_each_activity(demo):
    wrong = Activity.objects.annotate(paid=Sum("fundings__amount"), sources=Count("fundings")).exclude(sources=1)
    assert not wrong.exists()
    for activity in Activity.objects.annotate(paid=Sum("fundings__amount")):
        assert activity.amount == activity.paid == Activity.cost(activity.volume, activity.unit_price)


def test_each_waiting_plan_finds_somebody_who_did_not_write_it(demo):
    admin, staff = User.objects.get(username="admin"), User.objects.get(username="staf")
    waiting = WorkPlan.objects.filter(status=WorkPlan.Status.SUBMITTED)
    assert set(waiting.values_list("group__name", flat=True)) == {"Tirta Lestari", "Way Tirta", "Sumber Tirta"}
    for user, own in [(admin, {"Sumber Tirta"}), (staff, set())]:
        open_to = {plan.group.name for plan in waiting if not refusal(plan, user)}
        assert open_to == {"Tirta Lestari", "Way Tirta", "Sumber Tirta"} - own


def test_activities_run_on_and_keep_their_lines(demo):
    found = WorkPlan.objects.filter(group__name="Tirta Sari", year=localdate().year)
    lines = {item.revision: list(item.activities.values_list("line", flat=True).order_by("line")) for item in found}
    assert lines == {0: [1, 2, 3, 4, 5, 6], 1: [1, 2, 3, 4, 5, 6, 7]}


def test_the_returned_plan_bears_notes_on_its_lines_and_next_year_has_a_usulan(demo):
    returned = WorkPlan.objects.get(status=WorkPlan.Status.RETURNED)
    assert list(returned.line_notes.values_list("line", "by__username", "answered_by__username")) == [
        (1, "staf", None),
        (4, "staf", "fasilitator"),
    ]
    assert set(returned.line_notes.values_list("line", flat=True)) <= set(
        returned.activities.values_list("line", flat=True)
    )
    usulan = WorkPlan.objects.get(stage=WorkPlan.Stage.PROPOSAL)
    assert (usulan.group.name, usulan.year, usulan.status) == ("Tirta Makmur", localdate().year + 1, "approved")
