"""Saving of the progress of a group in one month: entries are only added, and no entry is replaced unseen."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup
from plans.models import Activity, ActivityProgress, MonthReport, ProgressFunding, ProgressPhoto, WorkPlan
from plans.queries.progress import carried_out, months_known
from records import history
from records.files import Judged, keep_each
from records.formats import MONTHS, number_id, rupiah
from records.merge import Side, merge
from records.models import Event

EMPTY_REPORT = {"nothing": False, "income": None, "note": ""}


@dataclass
class LineReport:
    """The submitted progress of one line in one month. `seen`: id of the entry that the page showed, 0 for none."""

    line: int
    seen: int = 0
    volume: Decimal | None = None
    percent: int | None = None
    obstacle: str = ""
    status: str = ""
    as_planned: bool = False
    costs: dict[int, int] = field(default_factory=dict)  # source id -> rupiah
    photos: list[Judged] = field(default_factory=list)


@dataclass
class MonthWish:
    """The changed columns of the report of the month, and the values that the page showed."""

    changed: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved:
    entries: int
    corrections: int
    photos: int
    report_changed: bool

    @property
    def anything(self) -> bool:
        return bool(self.entries or self.photos or self.report_changed)


class MonthConflict(Exception):
    """Another request recorded something different meanwhile; `rows` (label, mine, theirs) are for display.

    `current`: {line: id of the current entry}. `event`: the last change, for the head of the panel.
    """

    def __init__(self, rows: list[dict], current: dict[int, int], event: Event | None):
        self.rows, self.current, self.event = rows, current, event
        super().__init__(f"{len(rows)} differences")


@transaction.atomic
def save_month(plan: WorkPlan, month: int, reports: list[LineReport], wish: MonthWish, *, by) -> Saved:
    """Writes the changed lines and the report of the month in one transaction.

    The same call twice writes once. Raises MonthConflict, with nothing written, and ValidationError: when the plan is
    not in progress any more, when nothing was submitted, when "tidak ada kegiatan" contradicts entries.
    """
    group = KpspamsGroup.objects.select_for_update(of=("self",)).get(pk=plan.group_id)
    if not carried_out().filter(pk=plan.pk).exists():
        raise ValidationError(
            "Rencana kerja ini tidak lagi berlaku, mungkin karena revisinya disetujui. Muat ulang halaman."
        )
    if month > months_known(plan.year, localdate()):
        raise ValidationError(f"Bulan {MONTHS[month - 1]} {plan.year} belum tiba.")
    activities = {activity.line: activity for activity in plan.activities.all()}
    stands = _entries_of_month(plan, month)
    seen = ActivityProgress.objects.prefetch_related("fundings").in_bulk([row.seen for row in reports if row.seen])
    fresh, clashes = [], []
    for row in reports:
        activity, current = activities.get(row.line), stands.get(row.line)
        if activity is None:
            raise ValidationError("Salah satu kegiatan tidak ada lagi dalam rencana. Muat ulang halaman.")
        wanted = _equal_entry(row, current, seen.get(row.seen))
        side = merge(wanted, row.seen, current.pk if current else 0)
        if side is Side.MINE:
            fresh.append((row, activity, current))
        elif side is Side.CONFLICT:
            clashes.append(_clash(row, activity, current))
    report = MonthReport.objects.filter(group=group, year=plan.year, month=month).first()
    clashes += _report_clashes(report, wish)
    if clashes:
        raise MonthConflict(clashes, {line: entry.pk for line, entry in stands.items()}, _last_event(stands, report))
    _check(reports, wish, report, stands, fresh)
    entries = {line: entry for line, entry in stands.items()}
    for row, activity, current in fresh:
        entries[row.line] = _write(row, activity, month, current, by)
    changed = _save_report(report, group, plan.year, month, wish, by)
    photos = _keep_photos(plan, month, reports, entries, by)
    return Saved(len(fresh), sum(current is not None for _, _, current in fresh), photos, changed)


def report_values(row: LineReport) -> tuple:
    costs = {source: cost for source, cost in row.costs.items() if cost}
    return (row.volume, row.percent, row.obstacle, row.status, row.as_planned, costs)


def entry_values(entry: ActivityProgress) -> tuple:
    costs = {paid.source_id: paid.cost for paid in entry.fundings.all() if paid.cost}
    return (entry.volume, entry.percent, entry.obstacle, entry.status, entry.as_planned, costs)


def _equal_entry(row: LineReport, *entries: ActivityProgress | None) -> int | None:
    """The id of the equal entry, or None for new content: entries are compared by their ids."""
    return next((entry.pk for entry in entries if entry and report_values(row) == entry_values(entry)), None)


def entry_text(entry) -> str:
    """An entry as text: "Sesuai rencana: 1; Rp1.450.000"."""
    paid = entry.costs.values() if isinstance(entry, LineReport) else [part.cost for part in entry.fundings.all()]
    words = ["sesuai rencana"] if entry.as_planned else []
    if entry.status:
        words.append(ActivityProgress.Status(entry.status).label.lower())
    if entry.volume is not None:
        words.append(f"volume {number_id(entry.volume)}")
    if entry.percent is not None:
        words.append(f"{entry.percent} % fisik")
    if total := sum(paid):
        words.append(rupiah(total))
    if entry.obstacle:
        words.append(entry.obstacle)
    return "; ".join(words) or "belum ada isi"


def _of_line(plan: WorkPlan, month: int):
    return ActivityProgress.objects.filter(
        activity__plan__group=plan.group_id, activity__plan__year=plan.year, month=month
    )


def _entries_of_month(plan: WorkPlan, month: int) -> dict[int, ActivityProgress]:
    rows = _of_line(plan, month).current().select_related("activity", "recorded_by")
    return {entry.activity.line: entry for entry in rows.prefetch_related("fundings")}


def _clash(row: LineReport, activity: Activity, current: ActivityProgress | None) -> dict:
    theirs = entry_text(current) if current else "(belum dilaporkan)"
    if current and current.recorded_by:
        theirs += f" (dicatat {current.recorded_by.name})"
    return {"label": f"{activity.position}. {activity.title}", "mine": entry_text(row), "theirs": theirs}


def _report_clashes(report: MonthReport | None, wish: MonthWish) -> list[dict]:
    """Columns that this user and another request changed differently."""
    found = []
    for name, mine in wish.changed.items():
        theirs = getattr(report, name) if report else EMPTY_REPORT[name]
        if merge(mine, wish.shown.get(name), theirs) is Side.CONFLICT:
            label = str(getattr(MonthReport, name).field.verbose_name)
            found.append({"label": label[0].upper() + label[1:], "mine": _text(mine), "theirs": _text(theirs)})
    return found


def _text(value) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return rupiah(value) if isinstance(value, int) else value or "(kosong)"


def _last_event(stands, report) -> Event | None:
    pks = [entry.pk for entry in stands.values()]
    found = Event.objects.filter(kind=ActivityProgress._meta.label_lower, object_id__in=pks)
    if report:
        found = found | Event.objects.filter(kind=MonthReport._meta.label_lower, object_id=report.pk)
    return found.select_related("by").order_by("-pk").first()


def _check(reports, wish, report, stands, fresh):
    nothing = wish.changed.get("nothing", report.nothing if report else False)
    if nothing and (reports or stands):
        raise ValidationError(
            {"nothing": "Ada kegiatan yang dilaporkan pada bulan ini. Hapus centang “tidak ada kegiatan”."}
        )
    if not (reports or wish.changed or report):
        raise ValidationError(
            "Belum ada yang diisi. Pilih keadaan setiap kegiatan, atau centang “tidak ada kegiatan bulan ini”."
        )


def _write(row: LineReport, activity: Activity, month: int, current: ActivityProgress | None, by) -> ActivityProgress:
    entry = ActivityProgress(
        activity=activity,
        month=month,
        volume=row.volume,
        percent=row.percent,
        obstacle=row.obstacle,
        status=row.status,
        as_planned=row.as_planned,
        corrects=current,
        recorded_by=by,
    )
    reason = f"Memperbaiki: {entry_text(current)}" if current else ""
    entry.add(by=by, reason=reason)
    costs = [ProgressFunding(progress=entry, source_id=key, cost=cost) for key, cost in row.costs.items() if cost]
    ProgressFunding.objects.bulk_create(costs)
    return entry


def _save_report(report: MonthReport | None, group, year: int, month: int, wish: MonthWish, by) -> bool:
    """Creates the report of the month, even without a filled column, because it records that the month was reported."""
    if report is None:
        MonthReport(group=group, year=year, month=month, **(EMPTY_REPORT | wish.changed)).add(by=by)
        return True
    for name, value in wish.changed.items():
        setattr(report, name, value)
    return bool(report.change(by=by))


def _keep_photos(plan: WorkPlan, month: int, reports: list[LineReport], entries: dict, by) -> int:
    """Adds photos, each once for this line and month."""
    if not any(row.photos for row in reports):
        return 0
    had = ProgressPhoto.objects.filter(progress__in=_of_line(plan, month))
    known = set(had.values_list("progress__activity__line", "file__sha256"))
    fresh = {(row.line, photo.sha256): photo for row in reports for photo in row.photos}
    pairs = [(entries[line], photo) for (line, sha), photo in fresh.items() if (line, sha) not in known]
    kept = keep_each(pairs)
    for (entry, _), stored in zip(pairs, kept, strict=True):
        history.record(entry, Event.Verb.CHANGE, by=by, changes={"foto": ["", stored.name]})
    return len(kept)
