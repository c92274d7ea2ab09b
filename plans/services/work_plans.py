"""Saving of the lines of a work plan: many rows change together, with one event; no text is lost unseen."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from plans.models import Activity, ActivityFunding, WorkPlan
from plans.queries.plan_lines import COLUMNS, Line, Seen, digest, stored_lines, summary
from plans.queries.plan_totals import plan_activities
from records import history
from records.formats import rupiah
from records.merge import Side, merge
from records.models import Conflict, Event

MAX_LINES = 300  # lines of one plan; our assumption: three times the longest known plan
NOT_TOUCHED = "(tidak Anda ubah)"
GONE = "(dihapus)"
NO_LINE = ""  # digest of a missing line


@dataclass
class Differences:
    """Another request changed lines meanwhile. `rows` are for display; the rest is for the form."""

    rows: list[dict] = field(default_factory=list)
    theirs: dict[int, Line] = field(default_factory=dict)  # lines to show as stored: unchanged by this user
    gone: set[int] = field(default_factory=set)  # lines to leave out: removed by others, unchanged by this user
    contested: set[int] = field(default_factory=set)  # lines that others changed and this user changed or removed

    def add(self, label: str, mine: str, theirs: str):
        self.rows.append({"label": label, "mine": mine or "(kosong)", "theirs": theirs or "(kosong)"})


class LinesConflict(Conflict):
    def __init__(self, plan: WorkPlan, differences: Differences):
        self.differences = differences
        super().__init__(plan)


class Locked(ValidationError):
    """The plan is submitted or decided: its lines are read-only."""


def save_lines(
    plan: WorkPlan, lines: list[Line], *, by, version: int, seen: Seen, whole: bool = True, origin: str = ""
) -> dict:
    """Sets `lines` as the lines of the plan (or, without `whole`, only writes these); returns the changes as text.

    One transaction, one event; lines copied from elsewhere (`origin`, as text) are recorded by number and sum only. The
    same lines sent twice are written once. Raises Locked when the plan was
    submitted meanwhile, LinesConflict when another request changed lines since `version`, ValidationError
    for too many lines.
    """
    with transaction.atomic():
        plan, stored = _open_plan(plan)
        _adopt_duplicates(lines, stored, version, plan, seen)
        after = lines if whole else {*stored, *(line.number for line in lines)}
        if len(after) > MAX_LINES:
            raise ValidationError(f"Satu rencana kerja memuat paling banyak {MAX_LINES} kegiatan. Gabungkan sebagian.")
        changes = _changes(lines, stored, whole)
        if not changes:
            return {}
        if plan.version != version:
            found = _differences(lines, stored, seen if seen.version == version else Seen(0, {}), whole)
            if found.rows:
                raise LinesConflict(plan, found)
        plan.touch()
        _write(plan, lines, stored, whole)
        if origin:
            total = sum(line.activity.amount for line in lines)
            changes = {"kegiatan": ["", f"{len(lines)} kegiatan, {rupiah(total)}"]}
        history.record(plan, Event.Verb.CHANGE, by=by, changes=changes, reason=origin)
    return changes


def remove_line(plan: WorkPlan, number: int, *, by) -> bool:
    """Deletes one line of an open plan; False when it is deleted already. Raises Locked."""
    with transaction.atomic():
        plan, stored = _open_plan(plan)
        line = stored.pop(number, None)
        if line is None:
            return False
        plan.touch()
        line.activity.delete()
        _renumber([kept.activity for kept in stored.values()])
        history.record(plan, Event.Verb.CHANGE, by=by, changes={_name(line): [summary(line), GONE]})
    return True


def _open_plan(plan: WorkPlan) -> tuple[WorkPlan, dict[int, Line]]:
    current = WorkPlan.objects.select_for_update(of=("self",)).select_related("group").get(pk=plan.pk)
    if not current.is_open:
        raise Locked(
            f"Kegiatan terkunci: rencana kerja ini berstatus {current.status_word}. Yang Anda tulis tidak disimpan."
        )
    return current, stored_lines(plan_activities(current))


def _adopt_duplicates(lines, stored, version, plan, seen):
    """Recognises a new line that the plan has already since the page was shown: a form sent twice."""
    if plan.version == version:
        return
    taken = {line.number for line in lines} | (set(seen.digests) if seen.version == version else set())
    fresh = {digest(line): number for number, line in reversed(stored.items()) if number not in taken}
    for line in lines:
        if line.number is None:
            line.activity.line = fresh.pop(digest(line), None)


def _name(line: Line) -> str:
    return f"kegiatan {line.activity.position or 'baru'} ({line.activity.title})"


def _heading(line: Line) -> str:
    name = _name(line)
    return name[0].upper() + name[1:]


def _changes(lines: list[Line], stored: dict[int, Line], whole: bool) -> dict:
    changes: dict[str, list[str]] = {}
    for line in lines:
        before = stored.get(line.number) if line.number else None
        if before is None:
            label = f"kegiatan baru ({line.activity.title})"
            while label in changes:
                label += " "  # two lines may have one title
            changes[label] = ["", summary(line)]
            continue
        old, new = before.texts, line.texts
        for column in new:
            if old[column] != new[column]:
                changes[f"{_name(before)}, {column}"] = [old[column], new[column]]
    if whole:
        kept = {line.number for line in lines}
        for number, line in stored.items():
            if number not in kept:
                changes[_name(line)] = [summary(line), GONE]
        before_order = [number for number in stored if number in kept]
        after_order = [line.number for line in _in_order(lines) if line.number in stored]
        if before_order != after_order:
            places = {number: str(stored[number].activity.position) for number in stored}
            changes["urutan kegiatan"] = [
                ", ".join(places[number] for number in order) for order in (before_order, after_order)
            ]
    return changes


def _differences(lines: list[Line], stored: dict[int, Line], seen: Seen, whole: bool) -> Differences:
    """Changes of others since `seen`, compared with the wanted lines."""
    found = Differences()
    wanted = {line.number: line for line in lines if line.number is not None}
    for number, line in wanted.items():
        theirs = stored.get(number)
        side = merge(digest(line), seen.digests.get(number), digest(theirs) if theirs else NO_LINE)
        if theirs is None:
            found.add(f"Kegiatan ({line.activity.title})", NOT_TOUCHED if side is Side.THEIRS else summary(line), GONE)
            if side is Side.THEIRS:
                found.gone.add(number)
        elif side is Side.THEIRS:
            found.theirs[number] = theirs
            found.add(_heading(theirs), NOT_TOUCHED, summary(theirs))
        elif side is Side.CONFLICT:
            _compare(found, line, theirs)
            found.contested.add(number)
    if whole:
        for number in (number for number in stored if number not in wanted):
            _removed(found, number, stored[number], seen)
    return found


def _removed(found: Differences, number: int, theirs: Line, seen: Seen):
    """A stored line that the submitted page lacks: removed there, or never shown."""
    side = merge(NO_LINE, seen.digests.get(number, NO_LINE), digest(theirs))
    if side is Side.CONFLICT:
        found.add(_heading(theirs), GONE, summary(theirs))
        found.contested.add(number)
    elif side is Side.THEIRS:
        found.add(_heading(theirs), "(belum Anda lihat)", summary(theirs))
        found.theirs[number] = theirs


def _compare(found: Differences, line: Line, theirs: Line):
    old, new = theirs.texts, line.texts
    for column in new:
        if old[column] != new[column]:
            found.add(f"{_heading(theirs)}, {column}", new[column], old[column])


def _in_order(lines: list[Line]) -> list[Line]:
    """Sorts by bidang and then as typed, the order of the paper form."""
    return sorted(lines, key=lambda line: (line.activity.area.order, line.activity.area.code))


def _write(plan: WorkPlan, lines: list[Line], stored: dict[int, Line], whole: bool):
    # Computed before lines are deleted: the number of a deleted line must not be used again.
    last = Activity.objects.filter(plan__group=plan.group_id, plan__year=plan.year).aggregate(last=Max("line"))["last"]
    if whole:
        gone = set(stored) - {line.number for line in lines}
        plan.activities.filter(line__in=gone).delete()
        wanted = lines
    else:
        mine = {line.number: line for line in lines if line.number}
        wanted = [mine.pop(number, line) for number, line in stored.items()]
        wanted += [*mine.values(), *(line for line in lines if line.number is None)]
    new, changed, rewritten = [], [], []
    for line in wanted:
        activity = line.activity
        before = stored.get(line.number) if line.number else None
        activity.plan = plan
        activity.amount = Activity.cost(activity.volume, activity.unit_price)
        if before is None:
            activity.pk, activity.position = None, 0
            if activity.line is None:
                last = (last or 0) + 1
                activity.line = last
            new.append(activity)
            rewritten.append(line)
        elif before is not line:
            activity.pk, activity.position = before.activity.pk, before.activity.position
            if before.texts != line.texts:
                changed.append(activity)
                rewritten.append(line)
    if changed:
        columns = ["area", "months", "amount", *(column.name for column in COLUMNS)]
        Activity.objects.bulk_update(changed, columns)
        ActivityFunding.objects.filter(activity__in=[activity.pk for activity in changed]).delete()
    Activity.objects.bulk_create(new)
    for line in rewritten:
        for funding in line.fundings:
            funding.pk, funding.activity = None, line.activity
    ActivityFunding.objects.bulk_create([funding for line in rewritten for funding in line.fundings])
    _renumber([line.activity for line in _in_order(wanted)])


def _renumber(activities: list[Activity]):
    """Numbers the lines through all bidang."""
    moved = []
    for number, activity in enumerate(activities, 1):
        if activity.position != number:
            activity.position = number
            moved.append(activity)
    Activity.objects.bulk_update(moved, ["position"])
