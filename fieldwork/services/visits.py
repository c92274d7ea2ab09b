"""Recording of a visit with its findings, each a dated fact of its own by the visitor."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from fieldwork.models import Visit, VisitMonth
from kpspams.models import GroupCheck, KpspamsGroup
from plans.queries.progress import plan_of, plan_progress
from plans.services.progress import LineReport, MonthConflict, MonthWish, save_month
from records.files import Judged, keep_photos
from villages.models import ConditionCheck, Facility


@dataclass
class VisitFindings:
    """Findings of the visitor; only what was checked.

    `active`: group -> whether its board still works. `running`: facility -> (functioning, cause).
    `as_planned` and `idle`: groups whose month went as planned, or in which nothing was done.
    """

    active: dict[KpspamsGroup, bool] = field(default_factory=dict)
    running: dict[Facility, tuple[str, str]] = field(default_factory=dict)
    as_planned: list[KpspamsGroup] = field(default_factory=list)
    idle: list[KpspamsGroup] = field(default_factory=list)


def record_visit(
    visit: Visit, found: VisitFindings, photos: list[Judged], *, by: User, key: uuid.UUID | None = None
) -> Visit:
    """Adds the visit with its findings and photos; the same `key` again adds missing photos.

    Raises ValidationError when a finding cannot be written; nothing is written then.
    """
    with transaction.atomic():
        made = visit.add(by=by, key=key)
        if made is not visit:
            keep_photos(made, photos)
            return made
        for group, active in found.active.items():
            GroupCheck(group=group, checked_on=visit.on, active=active, recorded_by=by).add(by=by, reason=str(visit))
        for facility, (functioning, cause) in found.running.items():
            ConditionCheck(
                facility=facility,
                checked_on=visit.on,
                functioning=functioning,
                cause=cause,
                checked_by=by.name,
                recorded_by=by,
            ).add(by=by, reason=str(visit))
        for group in found.as_planned:
            _save_month_of_visit(group, visit.on, by, nothing=False)
            visit.months.create(group=group, answer=VisitMonth.Answer.AS_PLANNED, recorded_by=by)
        for group in found.idle:
            _save_month_of_visit(group, visit.on, by, nothing=True)
            visit.months.create(group=group, answer=VisitMonth.Answer.IDLE, recorded_by=by)
        keep_photos(visit, photos)
    return visit


def _save_month_of_visit(group: KpspamsGroup, on: date, by: User, *, nothing: bool) -> None:
    """Records the month of the visit by one answer; lines with a record stay unchanged."""
    plan = plan_of(group, on.year)
    if plan is None:
        raise ValidationError(f"{group} belum mempunyai rencana kerja {on.year} yang dilaksanakan.")
    entries = [] if nothing else untold_as_planned(group, on)
    if not (entries or nothing):
        raise ValidationError(f"Tidak ada kegiatan {group} yang belum dilaporkan pada bulan itu.")
    wish = MonthWish({"nothing": True}, {"nothing": False}) if nothing else MonthWish()
    try:
        save_month(plan, on.month, entries, wish, by=by)
    except MonthConflict as error:
        raise ValidationError(
            f"Bulan itu sudah dilaporkan lain untuk {group}. Buka laporan bulanannya untuk memperbaiki."
        ) from error
    except ValidationError as error:
        # The error names fields of the month, which the form of a visit lacks.
        raise ValidationError([f"{group}: {sentence}" for sentence in error.messages]) from error


def untold_as_planned(group: KpspamsGroup, on: date) -> list[LineReport]:
    """The lines of the group that are due in that month and have no record, each as planned."""
    plan = plan_of(group, on.year)
    if plan is None:
        return []
    rows = []
    for line in plan_progress(plan, on).lines:
        if line.is_due(on.month) and on.month not in line.entries:
            share = line.share(on.month)
            rows.append(
                LineReport(
                    line.activity.line,
                    volume=share.volume,
                    percent=share.percent,
                    costs=dict(share.costs),
                    as_planned=True,
                )
            )
    return rows
