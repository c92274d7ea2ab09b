"""Progress of plans: percent and status of the sample's second quarter, revisions, corrections, months."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from plans.models import WorkPlan
from plans.queries.line_progress import Status, spread, spread_volume
from plans.queries.progress import load_progress, plan_progress
from plans.queries.progress_months import MonthState, months_of
from plans.rules.months import months_to_mask
from tests import factories as make

MID_2019 = date(2019, 6, 30)
EVERY = range(1, 13)


@pytest.fixture
def plan(db):
    return make.WorkPlanFactory(year=2019, status="approved")


def line(plan, volume=12, unit="bulan", months=EVERY, price=100_000, **more):
    activity = make.ActivityFactory(
        plan=plan, volume=Decimal(volume), unit=unit, months=months_to_mask(months), unit_price=price, **more
    )
    make.ActivityFundingFactory(activity=activity)
    return activity


def record(activity, month, volume=None, cost=0, **more):
    entry = make.ActivityProgressFactory(activity=activity, month=month, volume=volume, **more)
    if cost:
        make.ProgressFundingFactory(progress=entry, cost=cost)
    return entry


def state(plan, activity, on=MID_2019):
    found = plan_progress(plan, on).by_line[activity.line]
    return found.status, found.percent()


@pytest.mark.parametrize(
    ("volume", "unit", "months", "recorded", "expected"),
    [
        (12, "bulan", EVERY, {month: 1 for month in range(1, 7)}, (Status.RUNNING, 50)),
        (2, "kali", [4, 10], {4: 1}, (Status.RUNNING, 50)),
        (4, "kali", [3, 6, 9, 12], {3: 1, 6: 1}, (Status.RUNNING, 50)),
        (12, "bulan", EVERY, {}, (Status.NO_DATA, None)),
        (15, "unit", [5, 6, 7], {5: 4, 6: 2}, (Status.RUNNING, 40)),
        (350, "m", [7, 8], {6: 0}, (Status.NOT_STARTED, 0)),
        (2, "contoh", [3, 9], {3: 1}, (Status.RUNNING, 50)),
        (4, "kali", [2, 5, 8, 11], {2: 1, 5: 1}, (Status.RUNNING, 50)),
        (1, "kali", [3], {3: 1}, (Status.DONE, 100)),
        (3, "kali", [1, 2, 3], {1: 1}, (Status.LATE, 33)),
        (3, "kali", [1, 2, 3], {}, (Status.NO_DATA, None)),
    ],
)
def test_percent_and_status_of_a_counted_line(plan, volume, unit, months, recorded, expected):
    activity = line(plan, volume, unit, months)
    for month, done in recorded.items():
        record(activity, month, done)
    assert state(plan, activity) == expected


def test_the_last_reported_percent_counts_on_every_line(plan):
    pipes = line(plan, 350, "m", [5, 6, 7], cost_class="perbaikan")
    record(pipes, 5, 100, percent=20)
    record(pipes, 6, 100, percent=45)
    monthly = line(plan, 12, "bulan", EVERY, cost_class="perbaikan")
    record(monthly, 1, 3, percent=90)
    parcel = line(plan, 1, "paket", [5, 6, 7])
    record(parcel, 5, percent=70)
    assert [state(plan, row) for row in (pipes, monthly, parcel)] == [
        (Status.RUNNING, 45),
        (Status.RUNNING, 90),
        (Status.RUNNING, 70),
    ]


def test_a_line_reported_as_finished_is_done_with_slightly_less_volume(plan):
    cleaning = line(plan, 7, "kali", [5, 6])
    record(cleaning, 5, Decimal("3.5"))
    record(cleaning, 6, Decimal("3.46"), percent=100)
    assert state(plan, cleaning) == (Status.DONE, 100)
    assert not plan_progress(plan, date(2019, 9, 1)).by_line[cleaning.line].is_due(8)


def test_a_percent_stays_until_a_later_one_or_until_all_volume_is_there(plan):
    counted = line(plan, 10, "batang", [2, 3, 4])
    record(counted, 2, 2, percent=60)
    record(counted, 3, 5)
    assert state(plan, counted)[1] == 60
    record(counted, 4, 3)
    assert state(plan, counted) == (Status.DONE, 100)
    pipes = line(plan, 10, "m", [2, 3], cost_class="perbaikan")
    record(pipes, 2, 10, percent=45)
    record(pipes, 3, 0)
    assert state(plan, pipes)[1] == 45  # construction counts as reported, whatever was bought


def test_percent_reaches_100_only_when_all_is_done(plan):
    activity = line(plan, 1000, "batang", [6])
    record(activity, 6, Decimal("999.99"))
    assert state(plan, activity) == (Status.RUNNING, 99)


def test_late_begins_when_the_last_planned_month_is_over(plan):
    activity = line(plan, 2, "kali", [5, 6])
    record(activity, 5, 1)
    assert state(plan, activity, date(2019, 6, 30))[0] == Status.RUNNING
    assert state(plan, activity, date(2019, 7, 1))[0] == Status.LATE


def test_put_off_and_given_up_are_told_until_a_newer_entry(plan):
    activity = line(plan, 2, "kali", [2, 3])
    record(activity, 2, status="ditunda", obstacle="Menunggu alat")
    assert state(plan, activity)[0] == Status.POSTPONED
    record(activity, 3, 2)
    assert state(plan, activity) == (Status.DONE, 100)
    other = line(plan, 2, "kali", [2, 3])
    record(other, 2, status="batal", obstacle="Tidak jadi")
    assert state(plan, other)[0] == Status.CANCELLED
    assert [row.line for row in plan_progress(plan, MID_2019).lines if row.is_due(3)] == [activity.line]


def test_a_month_without_activity_says_that_nothing_was_done(plan):
    activity = line(plan, 2, "kali", [2, 10])
    make.MonthReportFactory(group=plan.group, year=2019, month=2, nothing=True)
    assert state(plan, activity) == (Status.NOT_STARTED, 0)


def test_only_the_correction_stands(plan):
    activity = line(plan, 4, "kali", [1, 2, 3, 4])
    wrong = record(activity, 1, 4, cost=400_000)
    record(activity, 1, 1, cost=90_000, corrects=wrong)
    found = plan_progress(plan, MID_2019).by_line[activity.line]
    assert (found.percent(), found.cost, found.cost_by_month) == (25, 90_000, {1: 90_000})


def test_what_was_told_of_a_revision_counts_for_the_next_one(plan):
    kept, gone = line(plan, 4, "kali", [1, 2, 3, 4]), line(plan, 1, "unit", [2])
    record(kept, 1, 2, cost=200_000)
    record(gone, 2, 1, cost=50_000)
    type(plan).objects.filter(pk=plan.pk).update(status="superseded")
    revised = make.WorkPlanFactory(group=plan.group, year=2019, revision=1, status="approved")
    line(revised, 8, "kali", [1, 2, 3, 4], line=kept.line)
    found = plan_progress(revised, MID_2019)
    assert found.by_line[kept.line].percent() == 25
    assert (found.by_line[gone.line].gone, found.by_line[gone.line].planned) == (True, 0)
    assert (found.planned, found.realised) == (800_000, 250_000)


def test_months_after_the_day_are_not_known_yet(plan):
    activity = line(plan)
    record(activity, 6, 1)
    record(activity, 7, 1)
    assert sorted(plan_progress(plan, MID_2019).by_line[activity.line].entries) == [6]
    assert plan_progress(plan, date(2018, 12, 31)).by_line[activity.line].entries == {}


def test_the_share_of_a_month_and_what_is_left_after_the_last(plan):
    activity = line(plan, 15, "unit", [5, 6, 7], price=275_000)
    source = activity.fundings.get().source_id
    record(activity, 5, 4, cost=1_100_000)
    found = plan_progress(plan, MID_2019).by_line[activity.line]
    assert (found.share(6).volume, found.share(6).costs) == (5, {source: 1_375_000})
    assert (found.share(8).volume, found.share(8).costs) == (11, {source: 3_025_000})


def test_money_that_nobody_gives_is_no_part_of_the_share(plan):
    activity = line(plan, 1, "paket", [5], price=1_000_000)
    activity.fundings.update(security="tidak")
    assert plan_progress(plan).by_line[activity.line].share(5).costs == {}


def test_the_percent_of_a_plan_weighs_lines_by_their_cost(plan):
    cheap, dear = line(plan, 1, "kali", [1], price=100_000), line(plan, 1, "kali", [12], price=300_000)
    assert plan_progress(plan).percent is None
    record(cheap, 1, 1)
    record(dear, 2, 0)
    assert plan_progress(plan).percent == 25


def test_the_states_of_the_months(plan):
    first, second = line(plan, 3, "kali", [1, 3, 4]), line(plan, 3, "kali", [3, 6, 7])
    record(first, 1, 1, cost=70_000)
    record(first, 3, 1)
    make.MonthReportFactory(group=plan.group, year=2019, month=2, nothing=True)
    make.MonthReportFactory(group=plan.group, year=2019, month=3)
    months = months_of(plan_progress(plan, MID_2019))
    assert [month.state for month in months[:7]] == [
        MonthState.REPORTED,
        MonthState.NOTHING,
        MonthState.PARTLY,
        MonthState.MISSING,
        MonthState.EMPTY,
        MonthState.CURRENT,
        MonthState.FUTURE,
    ]
    assert (months[0].cost, months[2].due, months[2].reported) == (70_000, 2, 1)
    assert second.line  # without any report


@pytest.mark.parametrize("count", [1, 5])
def test_any_number_of_plans_takes_the_same_queries(db, count, django_assert_num_queries):
    plans = [make.WorkPlanFactory(status="approved") for _ in range(count)]
    for plan in plans:
        record(line(plan), 1, 1, cost=1_000)
    plans = list(WorkPlan.objects.select_related("group__village__subdistrict__district__settings_row"))
    with django_assert_num_queries(7):
        found = load_progress(plans, date(2026, 6, 1))
        assert [found[plan.pk].realised for plan in plans] == [1_000] * count


@given(some.integers(0, 10**13), some.sets(some.integers(1, 12), min_size=1))
def test_the_months_of_an_amount_add_up_to_it(total, months):
    parts = spread(total, sorted(months))
    assert (sum(parts.values()), set(parts)) == (total, months)
    assert max(parts.values()) - min(parts.values()) <= 1


@given(some.integers(0, 10**13), some.lists(some.integers(0, 10**6), min_size=12, max_size=12))
def test_the_months_by_weight_add_up_too(total, weights):
    parts = spread(total, list(EVERY), weights)
    assert (sum(parts.values()), min(parts.values()) >= 0) == (total, True)


def test_pieces_stay_whole_and_money_goes_with_them(plan):
    activity = line(plan, 20, "SR", [8, 9, 10], price=850_000)
    found = plan_progress(plan, MID_2019).by_line[activity.line]
    assert [found.share(month).volume for month in (8, 9, 10)] == [7, 7, 6]
    assert [found.share(month).cost for month in (8, 9, 10)] == [5_950_000, 5_950_000, 5_100_000]
    parcel = line(plan, 1, "paket", [1, 2], price=1_000_000)
    found = plan_progress(plan, MID_2019).by_line[parcel.line]
    assert (found.share(1).volume, found.share(1).cost) == (Decimal("0.5"), 500_000)


@pytest.mark.parametrize(
    ("volume", "unit", "price", "months", "expected"),
    [
        (1, "paket", 100_000_000, [1, 2, 3], [33_333_334, 33_333_333, 33_333_333]),
        (2, "paket", 50_000_000, [1, 2, 3], [33_333_334, 33_333_333, 33_333_333]),
        (Decimal("7.5"), "m3", 100, [1, 2, 3, 4], [188, 188, 187, 187]),
        (1, "ls", 1_000_001, [4, 5], [500_001, 500_000]),
        (7, "kali", 100_000, [2, 4, 6], [300_000, 200_000, 200_000]),
    ],
)
def test_planned_money_is_even_unless_each_month_has_whole_pieces(plan, volume, unit, price, months, expected):
    activity = line(plan, volume, unit, months, price=price)
    found = plan_progress(plan, MID_2019).by_line[activity.line]
    assert list(found.planned_by_month.values()) == expected


def test_sources_of_a_month_add_up_to_the_money_of_the_month(plan):
    activity = line(plan, 1, "paket", [1, 2, 3], price=100)
    activity.fundings.all().delete()
    for code, amount in {"iuran": 50, "csr": 30, "lain": 20}.items():
        source = make.FundingSourceFactory(code=code, label=code)
        make.ActivityFundingFactory(activity=activity, source=source, amount=amount)
    found = plan_progress(plan, MID_2019).by_line[activity.line]
    by_source = list(found.funding_by_month.values())
    assert [sum(row[month] for row in by_source) for month in (1, 2, 3)] == [34, 33, 33]
    assert sorted(sum(row.values()) for row in by_source) == [20, 30, 50]


@given(some.decimals(0, 10**9, places=2), some.sets(some.integers(1, 12), min_size=1))
def test_the_months_of_a_volume_add_up_to_it(volume, months):
    assert sum(spread_volume(volume, sorted(months)).values()) == volume
