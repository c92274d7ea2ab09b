"""Plan against realisation in sums: parts add up to the whole, on the page, over many plans and in files."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from plans.models import ActivityProgress
from plans.queries.progress import plan_progress
from plans.queries.realisation import by_area, by_month, by_quarter, by_security, by_source, end_of, total_of
from plans.rules.months import months_to_mask
from records.sums import sum_known
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """Two lines: fee 1.200.000 over the year, APBDes 5.000.000 (in the budget) and Swadaya 1.000.000 in July."""
    plan = make.WorkPlanFactory(year=2025, status="approved")
    village = make.FundingSourceFactory(code="apbdes", label="APBDes", is_fee=False, order=1)
    own = make.FundingSourceFactory(code="swadaya", label="Swadaya", is_fee=False, order=2)
    monthly = make.ActivityFactory(plan=plan, line=1, volume=12, unit="bulan", unit_price=100_000, months=4095)
    make.ActivityFundingFactory(activity=monthly)
    area = make.WorkAreaFactory(code="B", label="Pengembangan", order=2)
    pipes = make.ActivityFactory(
        plan=plan, line=2, area=area, volume=100, unit="m", unit_price=60_000, months=months_to_mask([7])
    )
    make.ActivityFundingFactory(activity=pipes, source=village, amount=5_000_000, security="apbdes")
    make.ActivityFundingFactory(activity=pipes, source=own, amount=1_000_000)
    for month in (1, 2, 4):
        make.ProgressFundingFactory(
            progress__activity=monthly, progress__month=month, source=monthly.fundings.get().source, cost=110_000
        )
    gift = make.FundingSourceFactory(code="csr", label="Swasta/CSR", is_fee=False, order=3)
    make.ProgressFundingFactory(
        progress__activity=pipes, progress__month=7, progress__volume=Decimal(50), source=gift, cost=2_000_000
    )
    make.MonthReportFactory(group=plan.group, year=2025, month=2, income=900_000)
    return plan


def rows(sums):
    return [(row.label, row.planned, row.secured, row.realised) for row in sums]


def test_sums_per_bidang_source_quarter_and_security(plan):
    progress = plan_progress(plan)
    assert rows([total_of(progress)]) == [("Jumlah", 7_200_000, 6_200_000, 2_330_000)]
    assert [row[1:] for row in rows(by_area(progress))] == [
        (1_200_000, 1_200_000, 330_000),
        (6_000_000, 5_000_000, 2_000_000),
    ]
    assert rows(by_source(progress)) == [
        ("Iuran", 1_200_000, 1_200_000, 330_000),
        ("Swadaya", 1_000_000, 0, 0),
        ("APBDes", 5_000_000, 5_000_000, 0),
        ("Swasta/CSR", 0, 0, 2_000_000),
    ]
    assert rows(by_quarter(progress)) == [
        ("Triwulan I", 300_000, 300_000, 220_000),
        ("Triwulan II", 300_000, 300_000, 110_000),
        ("Triwulan III", 6_300_000, 5_300_000, 2_000_000),
        ("Triwulan IV", 300_000, 300_000, None),
    ]
    assert [row.income for row in by_quarter(progress)] == [900_000, None, None, None]
    assert (total_of(progress).income, progress.income_months) == (900_000, 1)
    assert {row.label: row.planned for row in by_security(progress)} == {
        "Diusulkan": 2_200_000,
        "Masuk APBDes/DPA": 5_000_000,
    }
    assert sum_known(row.realised for row in by_month(progress)) == progress.realised


def test_fees_that_no_month_recorded_stay_unknown_in_sums_and_files(client, plan):
    plan.group.month_reports.update(income=None)
    progress = plan_progress(plan)
    assert [total_of(progress).income, *(row.income for row in by_quarter(progress))] == [None] * 5
    client.force_login(make.UserFactory())
    year = client.get(reverse("plans:progress_year", args=[plan.group_id, 2025])).content.decode()
    assert '<dt>Penerimaan iuran</dt><dd><span class="missing">Belum ada data</span></dd>' in year
    answer = client.get(reverse("plans:realisation_list"), {"tahun": "2025", "per": "desa", "unduh": "csv"})
    assert ",2330000,4870000,," in b"".join(answer.streaming_content).decode()


def test_until_a_quarter_later_months_are_unknown(plan):
    progress = plan_progress(plan, end_of(2025, 2))
    assert (progress.realised, end_of(2024, 1), end_of(2025, 2)) == (330_000, date(2024, 3, 31), date(2025, 6, 30))


def test_money_without_a_source_is_a_row_of_its_own(plan):
    plan.activities.get(line=2).fundings.get(source__code="swadaya").delete()
    last = by_source(plan_progress(plan))[-1]
    assert (last.label, last.planned, last.secured) == ("Belum ada sumber", 1_000_000, 0)


def test_the_page_of_a_plan(client, plan):
    client.force_login(make.UserFactory())
    page = client.get(reverse("plans:plan_realisation", args=[plan.pk]))
    assert "Rp2.330.000" in page.content.decode()
    page = client.get(reverse("plans:plan_realisation", args=[plan.pk]), {"triwulan": "1"})
    assert page.context["progress"].realised == 220_000
    assert client.get(reverse("plans:plan_realisation", args=[plan.pk]), {"triwulan": "9"}).status_code == 200


@pytest.mark.parametrize("status", ["draft", "superseded"])
def test_the_page_of_a_plan_that_is_not_carried_out(client, status):
    client.force_login(make.UserFactory())
    plan = make.ActivityFactory(plan__status=status).plan
    assert client.get(reverse("plans:plan_realisation", args=[plan.pk])).status_code == 200


@pytest.mark.parametrize(
    ("per", "labels"),
    [("", 2), ("desa", 2), ("kecamatan", 1), ("kabupaten", 1)],
)
def test_sums_over_plans_are_the_same_at_every_level(client, plan, per, labels):
    client.force_login(make.UserFactory())
    other = make.WorkPlanFactory(year=2025, status="approved")
    make.ActivityFundingFactory(activity__plan=other)
    page = client.get(reverse("plans:realisation_list"), {"tahun": "2025", "per": per})
    shown = page.context["object_list"]
    assert len(shown) == labels
    assert sum(row.sum.planned for row in shown) == page.context["total"].planned == 8_700_000
    assert sum_known(row.sum.realised for row in shown) == page.context["total"].realised == 2_330_000
    assert sum(row.planned for row in page.context["areas"]) == 8_700_000
    assert sum_known(row.realised for row in page.context["sources"]) == 2_330_000


@pytest.mark.parametrize("page", ["realisation_list", "progress_list", "work_plan_list"])
@pytest.mark.parametrize("year", ["2019", "2099", f"{localdate():%Y}"])
def test_a_link_may_name_any_year(client, page, year):
    client.force_login(make.UserFactory())
    filters = client.get(reverse(f"plans:{page}"), {"tahun": year}).context["filters"]
    assert (filters.errors, filters.year) == ({}, int(year))


def test_a_year_that_is_none_is_refused_in_words(client):
    client.force_login(make.UserFactory())
    filters = client.get(reverse("plans:realisation_list"), {"tahun": "x"}).context["filters"]
    assert list(filters.errors) == ["tahun"]


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_for_any_number(client, count, django_assert_num_queries):
    client.force_login(make.UserFactory())
    for _ in range(count):
        plan = make.WorkPlanFactory(status="approved")
        funding = make.ActivityFundingFactory(activity__plan=plan)
        make.ProgressFundingFactory(progress__activity=funding.activity)
    client.get(reverse("plans:realisation_list"))
    with django_assert_num_queries(13):
        page = client.get(reverse("plans:realisation_list"))
    assert len(page.context["object_list"]) == count


def test_the_list_as_a_file_sums_as_the_page(client, plan):
    client.force_login(make.UserFactory())
    answer = client.get(reverse("plans:realisation_list"), {"tahun": "2025", "per": "kabupaten", "unduh": "csv"})
    table = b"".join(answer.streaming_content).decode().splitlines()
    assert "7200000,6200000,1000000,2330000,4870000,900000" in table[1]


@pytest.mark.parametrize(
    "columns",
    [
        {"month": 13},
        {"percent": 101},
        {"volume": -1},
        {"status": "batal", "obstacle": ""},
    ],
)
def test_the_database_refuses_an_entry(plan, columns):
    entry = ActivityProgress.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityProgress.objects.filter(pk=entry.pk).update(**columns)


def test_the_database_keeps_one_first_entry_a_month_and_one_correction(plan):
    entry = ActivityProgress.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ActivityProgressFactory(activity=entry.activity, month=entry.month)
    make.ActivityProgressFactory(activity=entry.activity, month=entry.month, corrects=entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ActivityProgressFactory(activity=entry.activity, month=entry.month, corrects=entry)
    report = plan.group.month_reports.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.MonthReportFactory(group=plan.group, year=2025, month=report.month)
