"""The sample realisation as in the printed report of triwulan II, and the current year of a new user."""

from datetime import date

from django.utils.timezone import localdate

from plans.models import ActivityProgress, DamageReport, WorkPlan
from plans.queries.line_progress import Status
from plans.queries.progress import plan_progress
from plans.queries.progress_months import MonthState, months_of
from plans.queries.realisation import by_source


def test_the_second_quarter_of_2019_stands_as_printed(demo):
    plan = WorkPlan.objects.get(group__name="Tirta Contoh", year=2019)
    progress = plan_progress(plan, date(2019, 6, 30))
    shown = {line.activity.position: (line.percent(), line.status) for line in progress.lines}
    assert {number: shown[number] for number in (1, 2, 3, 5, 8, 13, 14)} == {
        1: (50, Status.RUNNING),
        2: (50, Status.RUNNING),
        3: (50, Status.RUNNING),
        5: (40, Status.RUNNING),
        8: (0, Status.NOT_STARTED),
        13: (50, Status.RUNNING),
        14: (50, Status.RUNNING),
    }
    assert {number: shown[number] for number in (4, 9, 11, 12)} == dict.fromkeys((4, 9, 11, 12), (None, Status.NO_DATA))
    meters = next(line for line in progress.lines if line.activity.position == 5)
    assert meters.last_entry.obstacle == "Menunggu meter dari toko"
    assert {row.label: row.realised for row in by_source(progress) if row.realised} == {
        "Iuran": 8_700_000 + 750_000 + 500_000 + 1_650_000,
        "APBD Kabupaten": 850_000,
        "APBDes": 600_000,
    }


def test_this_year_the_last_month_waits_to_be_told(demo):
    today = localdate()
    plan = WorkPlan.objects.get(group__name="Tirta Contoh", year=today.year, status="approved")
    months = months_of(plan_progress(plan))
    if today.month > 2:
        assert {month.state for month in months[: today.month - 2]} == {MonthState.REPORTED}
        assert months[today.month - 2].state == MonthState.MISSING
    assert ActivityProgress.objects.current().count() == ActivityProgress.objects.count()


def test_one_damage_is_open_and_one_repaired(demo):
    shown = {damage.facility.village.name: damage for damage in DamageReport.objects.all()}
    assert {name: (damage.state, damage.steps.count()) for name, damage in shown.items()} == {
        "Contoh Enam": ("diperiksa", 2),
        "Contoh Tiga": ("berfungsi", 4),
    }
    assert shown["Contoh Tiga"].activity.title == "Perbaikan panel listrik Dusun III"
    assert shown["Contoh Enam"].days_without_water == 42
