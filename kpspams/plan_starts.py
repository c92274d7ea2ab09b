"""What a new plan starts from: nothing, the plan before, or a set of usual activities."""

import csv
from pathlib import Path

from django.db import models
from django.db.models import Max

from kpspams.models import Activity, ActivityFunding, FundingSource, KpspamsGroup, WorkArea, WorkPlan
from kpspams.models.activities import months_to_mask
from kpspams.plan_lines import Line, Seen, stored_lines
from kpspams.plan_totals import plan_activities
from kpspams.services.work_plans import save_lines

USUAL = Path(__file__).parent / "data" / "usual_activities.csv"
FIGURES = ["payers", "payer_unit", "base_fee", "tariff", "average_use", "collection_rate"]


class Start(models.TextChoices):
    EMPTY = "kosong", "Kosong"
    LAST_YEAR = "lalu", "Salin dari Tahun Lalu"
    USUAL = "contoh", "Contoh kegiatan umum"


def plan_before(group: KpspamsGroup, year: int) -> WorkPlan | None:
    """The newest plan of an earlier year; of several revisions the approved one, else the last."""
    plans = list(group.work_plans.filter(year__lt=year).order_by("-year", "-revision"))
    newest = [plan for plan in plans if plan.year == plans[0].year]
    return next((plan for plan in newest if plan.status == WorkPlan.Status.APPROVED), newest[0] if newest else None)


def fill_plan(plan: WorkPlan, start: str, *, by):
    """Writes the first lines of a plan that has none. Realisation is never copied."""
    if start == Start.LAST_YEAR:
        before = plan_before(plan.group, plan.year)
        if before is None:
            return
        lines = copied_lines(before)
        for name in FIGURES:
            setattr(plan, name, getattr(before, name))
        origin = f"Disalin dari rencana kerja tahun {before.year}"
        plan.change(by=by, reason=origin)
    elif start == Start.USUAL:
        lines, origin = usual_lines(), Start.USUAL.label
    else:
        return
    save_lines(plan, lines, by=by, version=plan.version, seen=Seen(plan.version, {}), origin=origin)
    plan.refresh_from_db()


def next_revision(plan: WorkPlan) -> WorkPlan:
    """An unsaved revision of that plan, with its figures of the fee; `fill_revision` brings the lines."""
    last = plan.group.work_plans.filter(year=plan.year).aggregate(last=Max("revision"))["last"]
    figures = {name: getattr(plan, name) for name in FIGURES}
    return WorkPlan(group=plan.group, year=plan.year, revision=last + 1, **figures)


def fill_revision(revision: WorkPlan, before: WorkPlan, *, by):
    """Brings all lines, under the same numbers and with what is promised so far: it is still the same year."""
    lines = copied_lines(before, promised=True)
    origin = f"Disalin dari {before}"
    save_lines(revision, lines, by=by, version=revision.version, seen=Seen(revision.version, {}), origin=origin)
    revision.refresh_from_db()


def copied_lines(before: WorkPlan, promised: bool = False) -> list[Line]:
    """Lines, prices and sources of that plan; unless `promised`, each source starts again as "diusulkan"."""
    lines = []
    for line in stored_lines(plan_activities(before)).values():
        source = line.activity
        values = {
            column.attname: getattr(source, column.attname)
            for column in Activity._meta.concrete_fields
            if column.name not in {"id", "plan", "position"}
        }
        fundings = [ActivityFunding(source=paid.source, amount=paid.amount) for paid in line.fundings]
        if promised:
            for funding, paid in zip(fundings, line.fundings, strict=True):
                funding.security = paid.security
        lines.append(Line(Activity(**values), fundings))
        lines[-1].activity.area, lines[-1].activity.facility = source.area, source.facility
    return lines


def usual_lines() -> list[Line]:
    """Fifteen usual activities with guessed prices. Where the DPMU's lists lack a bidang the activity is left out,
    where they lack a source it waits for one."""
    areas = {area.code: area for area in WorkArea.objects.all()}
    sources = {source.label.casefold(): source for source in FundingSource.objects.all()}
    lines = []
    with USUAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["area"] not in areas:
                continue
            activity = Activity(
                area=areas[row["area"]],
                title=row["title"],
                location=row["location"],
                volume=int(row["volume"]),
                unit=row["unit"],
                unit_price=int(row["unit_price"]),
                months=months_to_mask(int(month) for month in row["months"].split()),
                responsible=row["responsible"],
                cost_class=row["cost_class"],
            )
            source = sources.get(row["source"].casefold())
            amount = Activity.cost(activity.volume, activity.unit_price)
            lines.append(Line(activity, [ActivityFunding(source=source, amount=amount)] if source else []))
    return lines
