"""Services of a damage report: each step a dated row, the repair a line of the plan."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from kpspams.models import GroupFacility, KpspamsGroup
from plans.models import Activity, DamageReport, DamageStep, WorkArea, WorkPlan
from plans.queries.plan_lines import Line, Seen
from plans.rules.months import months_to_mask
from plans.services.work_plans import save_lines
from records.files import Judged, keep_photos
from records.formats import date_id
from records.models import Conflict

State = DamageReport.State
ORDER = [State.REPORTED, State.INSPECTED, State.UNDER_REPAIR, State.WORKING]
REPAIR_UNIT = "paket"


def next_states(report: DamageReport) -> list[str]:
    """Possible next states of a damage: forward, steps may be skipped; back only when the water stopped again."""
    if report.state == State.WORKING:
        return [State.UNDER_REPAIR.value]
    return [state.value for state in ORDER[ORDER.index(State(report.state)) + 1 :]]


def report_damage(report: DamageReport, on: date, photos: list[Judged], *, by, key=None) -> DamageReport:
    """Adds the report with its first step on the day of reporting. The same `key` creates one report."""
    with transaction.atomic():
        made = report.add(by=by, key=key)
        if not made.steps.exists():
            made.steps.create(state=State.REPORTED, on=on, by=by)
        keep_photos(made, photos)
    return made


def take_step(report: DamageReport, state: str, on: date, note: str, photos: list[Judged], *, by) -> DamageReport:
    """Adds a step of a damage, from the version of `report`. The same step twice is written once.

    Raises Conflict when another request changed the report meanwhile, ValidationError when the step cannot follow.
    """
    with transaction.atomic():
        current = DamageReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        last = current.steps.last()
        if last and (last.state, last.on, last.note, last.by_id) == (state, on, note, by.pk):
            keep_photos(current, photos)
            return current
        if current.version != report.version:
            raise Conflict(current)
        _check(current, state, on, note, last)
        current.state = state
        current.working_again_on = on if state == State.WORKING else None
        current.change(by=by, reason=note)
        current.steps.create(state=state, on=on, note=note, by=by)
        keep_photos(current, photos)
    return current


def _check(report: DamageReport, state: str, on: date, note: str, last: DamageStep | None):
    if state not in next_states(report):
        raise ValidationError({"state": f"Laporan ini sudah {report.get_state_display().lower()}. Pilih langkah lain."})
    if on > localdate():
        raise ValidationError({"on": f"Tanggal tidak boleh sesudah hari ini, {date_id(localdate())}."})
    if on < report.since or (last and on < last.on):
        earliest = max(report.since, last.on) if last else report.since
        raise ValidationError({"on": f"Tanggal tidak boleh sebelum langkah sebelumnya, {date_id(earliest)}."})
    if report.state == State.WORKING and not note.strip():
        raise ValidationError({"note": "Tulis mengapa sarana ini ternyata belum berfungsi."})


def recorded_operators(report: DamageReport) -> list[KpspamsGroup]:
    """The groups that are recorded as operators of the water system today."""
    spells = GroupFacility.objects.current().filter(facility=report.facility_id)
    return list(KpspamsGroup.objects.current().filter(pk__in=spells.values("group")))


def operating_groups(report: DamageReport) -> list[KpspamsGroup]:
    """The groups that operate the water system today; without a record, those of the village."""
    village = report.facility.village_id
    return recorded_operators(report) or list(KpspamsGroup.objects.current().filter(village=village))


def open_plans(report: DamageReport, user):
    """The open plans of this and next year into which this user may write the repair."""
    year = localdate().year
    plans = WorkPlan.objects.editable_by(user).unsubmitted()
    return plans.filter(group__in=operating_groups(report), year__in=[year, year + 1]).order_by("year", "revision")


def plan_repair(
    report: DamageReport, plan: WorkPlan, *, title: str, area: WorkArea, price: int, month: int, by
) -> Activity:
    """Adds the repair as a line to an open plan and links the report to it; a second call returns the same line.

    Raises ValidationError (also Locked) and Conflict as save_lines.
    """
    with transaction.atomic():
        current = DamageReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if current.activity:
            return current.activity
        plan = WorkPlan.objects.get(pk=plan.pk)
        activity = Activity(
            area=area,
            title=title,
            location=report.facility.name[:120],
            volume=1,
            unit=REPAIR_UNIT,
            unit_price=price,
            months=months_to_mask([month]),
            cost_class=Activity.CostClass.REPAIR,
            facility=report.facility,
        )
        origin = f"Dari laporan kerusakan {report}"
        seen = Seen(plan.version, {})
        save_lines(plan, [Line(activity)], by=by, version=plan.version, seen=seen, whole=False, origin=origin)
        current.activity = activity
        current.change(by=by, reason=f"Dimasukkan ke {plan}")
    return activity
