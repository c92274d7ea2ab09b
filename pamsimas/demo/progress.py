"""Sample progress: the second quarter of 2019, months of this year, and two damage reports."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pamsimas.demo.seeding import seed
from plans.models import Activity, ActivityProgress, DamageReport, DamageStep, MonthReport, ProgressFunding, WorkPlan
from plans.queries.progress import PlanProgress, plan_progress

State = DamageReport.State
METERS = "Menunggu meter dari toko"
# Number of the activity: {month: volume}, as in the printed report of triwulan II. Others have no report.
SECOND_QUARTER = {
    1: {month: 1 for month in range(1, 7)},
    2: {4: 1},
    3: {3: 1, 6: 1},
    5: {5: 3, 6: 3},
    8: {6: 0},
    13: {3: 1},
    14: {2: 1, 5: 1},
}
INCOME = 3_150_000  # rupiah a month, with small variations


@dataclass(frozen=True)
class Otherwise:
    """Progress of a line in a month that differs from its plan."""

    volume: Decimal
    percent: int | None = None
    obstacle: str = ""
    status: str = ""


# This year of "Tirta Contoh": number of the activity, month.
EXCEPTIONS = {
    (5, 6): Otherwise(Decimal(3), obstacle=METERS),
    (6, 8): Otherwise(Decimal(0), 0, "Dana CSR belum cair", ActivityProgress.Status.POSTPONED),
    (8, 7): Otherwise(Decimal(120), 35, "Pipa datang terlambat"),
    (8, 8): Otherwise(Decimal(230), 100),
}


def seed_progress(groups, users, today: date):
    """Needs the plans. The last month before today has no report."""
    facilitator = users["fasilitator"]
    first = plan_progress(WorkPlan.objects.get(group=groups["Tirta Contoh"], year=2019), today)
    _seed(first, _second_quarter(first, users["staf"]), range(1, 7), users["staf"])
    for name, until in (("Tirta Contoh", today.month - 1), ("Tirta Makmur", today.month - 4)):
        plan = WorkPlan.objects.get(group=groups[name], year=today.year, status=WorkPlan.Status.APPROVED)
        progress = plan_progress(plan, today)
        months = range(1, max(until, 1))
        _seed(progress, _this_year(progress, months, name == "Tirta Contoh", facilitator), months, facilitator)


def _second_quarter(progress: PlanProgress, by) -> list[tuple[ActivityProgress, dict[int, int]]]:
    """Spending proportional to the volume: a third of the volume is a third of each source."""
    entries_and_costs = []
    for line in progress.lines:
        for month, volume in SECOND_QUARTER.get(line.activity.position, {}).items():
            activity = line.activity
            costs = {f.source_id: int(f.amount * volume / activity.volume) for f in line.fundings}
            obstacle = METERS if (activity.position, month) == (5, 6) else ""
            entry = ActivityProgress(
                activity=activity,
                month=month,
                volume=volume,
                percent=0 if line.requires_percent else None,
                obstacle=obstacle,
                recorded_by=by,
            )
            entries_and_costs.append((entry, costs))
    return entries_and_costs


def _this_year(progress: PlanProgress, months, with_exceptions: bool, by):
    entries_and_costs = []
    for line in progress.lines:
        for month in months:
            if month not in line.months:
                continue
            share = line.share(month)
            exception = EXCEPTIONS.get((line.activity.position, month)) if with_exceptions else None
            if exception is None:
                entry = ActivityProgress(
                    activity=line.activity,
                    month=month,
                    volume=share.volume,
                    percent=share.percent,
                    as_planned=True,
                    recorded_by=by,
                )
                entries_and_costs.append((entry, share.costs))
                continue
            entry = ActivityProgress(
                activity=line.activity,
                month=month,
                volume=exception.volume,
                percent=exception.percent,
                obstacle=exception.obstacle,
                status=exception.status,
                recorded_by=by,
            )
            planned = share.volume or Decimal(1)
            entries_and_costs.append(
                (entry, {key: int(cost * exception.volume / planned) for key, cost in share.costs.items()})
            )
    return entries_and_costs


def _seed(progress: PlanProgress, entries_and_costs, months, by):
    plan = progress.plan
    entries = [entry for entry, _ in entries_and_costs]
    seed(entries, by)
    seed(
        [
            ProgressFunding(progress=entry, source_id=source, cost=cost)
            for entry, costs in entries_and_costs
            for source, cost in costs.items()
            if cost
        ]
    )
    reports = [
        MonthReport(group=plan.group, year=plan.year, month=month, income=INCOME + 45_000 * (month * 5 % 7))
        for month in months
    ]
    seed(reports, by)


def seed_damages(villages, users, today: date):
    """One that is open, and one repaired, whose repair is a line of a plan. Needs the plans."""
    staff, facilitator = users["staf"], users["fasilitator"]
    _damage(
        DamageReport(
            facility=villages["Contoh Enam"].facilities.first(),
            since=today - timedelta(days=41),
            component=DamageReport.Component.PUMP,
            description="Gulungan pompa submersibel terbakar sesudah listrik padam. Air tidak naik ke menara.",
            connections_affected=63,
            households_affected=63,
            interim_water="Sumur gali warga dan air sungai",
            estimated_cost=9_500_000,
            handled_by="Kelompok, menunggu dana desa",
            state=State.INSPECTED,
        ),
        [
            (State.REPORTED, today - timedelta(days=39), "Dilaporkan ketua kelompok.", facilitator),
            (State.INSPECTED, today - timedelta(days=33), "Pompa diangkat; gulungan putus, harus diganti.", staff),
        ],
        facilitator,
    )
    repair = Activity.objects.filter(
        plan__group__name="Tirta Sari", plan__year=today.year, title__startswith="Perbaikan panel listrik"
    ).first()
    working = today - timedelta(days=52)
    _damage(
        DamageReport(
            facility=villages["Contoh Tiga"].facilities.first(),
            since=today - timedelta(days=83),
            component=DamageReport.Component.POWER,
            description="Panel listrik Dusun III terbakar.",
            connections_affected=31,
            interim_water="Kran Dusun I",
            estimated_cost=7_300_000,
            handled_by="Seksi Teknik dan bengkel",
            activity=repair,
            working_again_on=working,
            state=State.WORKING,
        ),
        [
            (State.REPORTED, today - timedelta(days=82), "", facilitator),
            (State.INSPECTED, today - timedelta(days=78), "Kontaktor dan MCB hangus.", facilitator),
            (State.UNDER_REPAIR, today - timedelta(days=58), "Panel baru dipasang.", facilitator),
            (State.WORKING, working, "Pompa menyala, air sampai ke Dusun III.", facilitator),
        ],
        facilitator,
    )


def _damage(damage: DamageReport, steps, by):
    seed([damage], by)
    seed([DamageStep(report=damage, state=state, on=on, note=note, by=who) for state, on, note, who in steps])
