"""Starting points of a new plan: empty, the previous plan, the RKTL of a training, or usual activities."""

import csv
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q

from kpspams.models import KpspamsGroup
from plans.models import Activity, ActivityFunding, FundingSource, WorkArea, WorkPlan
from plans.queries.fees import FEE_FIELDS
from plans.queries.line_progress import Status as Progress
from plans.queries.plan_lines import Line, Seen, stored_lines
from plans.queries.plan_totals import plan_activities
from plans.queries.progress import plan_progress
from plans.rules.months import months_to_mask
from plans.services.work_plans import MAX_LINES, save_lines
from records.formats import number_id

USUAL = Path(__file__).parents[1] / "data" / "usual_activities.csv"


class Start(models.TextChoices):
    EMPTY = "kosong", "Kosong"
    LAST_YEAR = "lalu", "Salin dari Tahun Lalu"
    PROMISES = "rktl", "RKTL pelatihan"
    USUAL = "contoh", "Contoh kegiatan umum"


# Reported and unfinished lines are carried over into the next year.
UNFINISHED = {Progress.NOT_STARTED, Progress.RUNNING, Progress.LATE, Progress.POSTPONED}
# An RKTL names no bidang: words that indicate one (our assumption); anything else goes to C. Kelembagaan.
AREA_WORDS = {
    "B": ("sambungan", "pengembangan", "perluasan"),
    "D": ("iuran", "tarif", "buku", "pembukuan", "kas", "keuangan", "laporan", "rekening", "rencana kerja"),
    "E": ("phbs", "kesehatan", "sanitasi", "kualitas air", "jamban"),
    "F": ("pohon", "mata air", "sumber air", "lingkungan"),
    "G": ("kemitraan", "mitra", "csr", "swasta"),
    "A": ("pompa", "pipa", "meter", "reservoir", "sumur", "jaringan", "sarana", "perbaikan"),
}
ELSE_AREA = "C"


def plan_before(group: KpspamsGroup, year: int) -> WorkPlan | None:
    """The newest plan of an earlier year; of several revisions the approved one, otherwise the last."""
    plans = list(group.work_plans.filter(year__lt=year).order_by("-year", "-revision"))
    newest = [plan for plan in plans if plan.year == plans[0].year]
    return next((plan for plan in newest if plan.status == WorkPlan.Status.APPROVED), newest[0] if newest else None)


def why_not(group: KpspamsGroup, year: int, start: str) -> str:
    """The reason why a plan cannot start from there; empty where it can."""
    if start == Start.LAST_YEAR and plan_before(group, year) is None:
        return f"KPSPAMS ini belum mempunyai rencana kerja sebelum tahun {year}. Pilih awal lain."
    if start == Start.PROMISES:
        count = promises_of(group).count()
        if not count:
            return "Desa ini tidak mempunyai RKTL pelatihan yang belum selesai. Pilih awal lain."
        if count > MAX_LINES:  # never a part of them: missing lines would not be noticed
            return (
                f"RKTL desa ini memuat {number_id(count)} kegiatan yang belum selesai, padahal satu rencana kerja "
                f"memuat paling banyak {MAX_LINES}. Catat dahulu RKTL yang sudah selesai atau gugur, atau pilih awal "
                "lain."
            )
    return ""


def fill_plan(plan: WorkPlan, start: str, *, by):
    """Writes the first lines of a plan that has none. Realisation is never copied.

    Raises ValidationError where there is nothing to start from.
    """
    if reason := why_not(plan.group, plan.year, start):
        raise ValidationError(reason)
    if start == Start.LAST_YEAR:
        before = plan_before(plan.group, plan.year)
        assert before is not None  # why_not has checked it
        lines = carried_lines(before)
        for name in FEE_FIELDS:
            setattr(plan, name, getattr(before, name))
        origin = f"Disalin dari rencana kerja tahun {before.year}"
        plan.change(by=by, reason=origin)
    elif start == Start.PROMISES:
        lines, origin = promised_lines(plan), f"Disalin dari {Start.PROMISES.label}"
    elif start == Start.USUAL:
        lines, origin = usual_lines(), Start.USUAL.label
    else:
        return
    save_lines(plan, lines, by=by, version=plan.version, seen=Seen(plan.version, {}), origin=origin)
    plan.refresh_from_db()


def carried_lines(before: WorkPlan) -> list[Line]:
    """The lines of the plan of an earlier year; reported and unfinished ones are marked as carried over."""
    lines = copied_lines(before)
    reported = plan_progress(before).by_line if before.is_carried_out else {}
    for line in lines:
        entry = reported.get(line.number or 0)
        line.activity.carried_over = entry is not None and entry.status in UNFINISHED
    return lines


def promises_of(group: KpspamsGroup) -> models.QuerySet:
    """The open follow-ups (RKTL) of the village of the group, without those of its other groups."""
    rows = group.village.follow_ups.filter(done_on=None, dropped_on=None)
    return rows.filter(Q(group=None) | Q(group=group)).order_by("training", "number", "pk")


def promised_lines(plan: WorkPlan) -> list[Line]:
    """One line for each follow-up, without volume and price, which an RKTL lacks; its month if it is in that year."""
    areas = {area.code: area for area in WorkArea.objects.all()}
    if not areas:
        return []
    lines = []
    for promise in promises_of(plan.group):
        due = promise.due_on if promise.due_on and promise.due_on.year == plan.year else None
        area = areas.get(_area_of(promise.task)) or areas.get(ELSE_AREA) or next(iter(areas.values()))
        activity = Activity(
            area=area,
            title=promise.task,
            target=promise.output,
            volume=1,
            unit="kali",
            unit_price=0,
            months=months_to_mask([due.month]) if due else 0,
            responsible=promise.responsible,
            note=f"RKTL: {promise.due_text}" if promise.due_text else "RKTL",
        )
        lines.append(Line(activity))
    return lines


def _area_of(task: str) -> str:
    text = task.casefold()
    return next((code for code, words in AREA_WORDS.items() if any(word in text for word in words)), ELSE_AREA)


def next_revision(plan: WorkPlan, stage: str = "") -> WorkPlan:
    """An unsaved revision of that plan, with its figures of the fee; `fill_revision` brings the lines.

    `stage` turns a usulan into the final plan; by default the stage stays.
    """
    last = plan.group.work_plans.filter(year=plan.year).aggregate(last=Max("revision"))["last"]
    figures = {name: getattr(plan, name) for name in FEE_FIELDS}
    return WorkPlan(group=plan.group, year=plan.year, revision=last + 1, stage=stage or plan.stage, **figures)


def fill_revision(revision: WorkPlan, before: WorkPlan, *, by):
    """Copies all lines with the same numbers and the current security of their sources, because the year is the
    same.
    """
    lines = copied_lines(before, promised=True)
    origin = f"Disalin dari {before}"
    save_lines(revision, lines, by=by, version=revision.version, seen=Seen(revision.version, {}), origin=origin)
    revision.refresh_from_db()


def copied_lines(before: WorkPlan, promised: bool = False) -> list[Line]:
    """Copies lines, prices and sources of that plan; unless `promised`, each source starts again as "diusulkan"."""
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
    """Fifteen usual activities with estimated prices. An activity without its bidang in the lists is left out, one
    without its source gets none.
    """
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
