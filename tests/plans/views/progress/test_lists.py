import pytest
from django.urls import reverse

from plans.rules.months import months_to_mask
from tests import factories as make
from tests.plans.views.progress.sheets import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_for_any_number(client, village, facilitator, count, django_assert_num_queries):
    for number in range(count):
        plan = make.WorkPlanFactory(group=make.GroupFactory(village=village), status="approved")
        activity = make.ActivityFactory(plan=plan, line=1, months=4095)
        make.ActivityFundingFactory(activity=activity)
        make.ProgressFundingFactory(progress__activity=activity, progress__month=number + 1)
    client.get(reverse("plans:progress_list"))
    with django_assert_num_queries(14):
        page = client.get(reverse("plans:progress_list"))
    assert len(page.context["object_list"]) == count


def test_the_list_finds_who_has_not_told_of_a_month(client, village, facilitator):
    plans = [make.WorkPlanFactory(group=make.GroupFactory(village=village), status="approved") for _ in range(3)]
    for plan, months in zip(plans, (4095, 4095, months_to_mask([9])), strict=True):
        make.ActivityFactory(plan=plan, line=1, months=months)
    make.MonthReportFactory(group=plans[0].group, year=2026, month=3, nothing=True)
    page = client.get(reverse("plans:progress_list"), {"belum": "3"})
    assert [plan.pk for plan in page.context["object_list"]] == [plans[1].pk]


def test_the_list_as_a_file(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="sesuai")
    answer = client.get(reverse("plans:progress_list"), {"unduh": "csv"})
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert "Juni,Juli" in rows[0]
    assert "Belum dilaporkan,Dilaporkan,Belum waktunya" in rows[1]
