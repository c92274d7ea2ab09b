"""RKTL: tasks of a village added from the template, ended, reopened, linked to the promised plan."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from kpspams.models import KpspamsGroup
from plans.models import WorkPlan
from records.models import Event
from trainings.models import FollowUp, Training
from trainings.queries.follow_ups import candidates, last_day
from trainings.services.questions import table
from villages.models import Village


def hold_uncancelled(training: Training) -> Training:
    """The current row of the training, locked. Tasks are edited after closing too; not when cancelled.

    Raises ValidationError when the training is cancelled.
    """
    held = Training.objects.select_for_update().get(pk=training.pk)
    if held.state == Training.State.CANCELLED:
        raise ValidationError("Pelatihan ini dibatalkan, jadi tidak ada RKTL. Buka kembali dahulu, lalu ulangi.")
    return held


def rktl_villages(training: Training):
    """Villages with an RKTL: invited ones and those with somebody present."""
    invited = training.invitations.values("village")
    came = training.participants.current().values("village")
    known = training.follow_ups.values("village")
    rows = Village.objects.filter(Q(pk__in=invited) | Q(pk__in=came) | Q(pk__in=known))
    return rows.select_related("subdistrict").order_by("code")


def only_group(village: Village) -> KpspamsGroup | None:
    """The group of a village that has exactly one."""
    groups = list(KpspamsGroup.objects.current().filter(village=village)[:2])
    return groups[0] if len(groups) == 1 else None


def template_tasks(training: Training, village: Village) -> list[FollowUp]:
    """The six tasks of the template, unsaved; due dates are counted from the last day of the training."""
    last, group = last_day(training), only_group(village)
    return [
        FollowUp(
            training=training,
            village=village,
            group=group,
            number=int(row["nomor"]),
            task=row["kegiatan"],
            output=row["hasil"],
            due_on=last + timedelta(days=int(row["hari"])) if last and row["hari"] else None,
            due_text=row["waktu"] or (f"{row['hari']} hari sesudah pelatihan" if not last else ""),
            responsible=row["penanggung_jawab"],
            support=row["dukungan"],
            promises_plan=bool(row["rencana_kerja"]),
        )
        for row in table("rktl")
    ]


@transaction.atomic
def fill_rktl(training: Training, villages, *, by: User) -> int:
    """Adds the tasks of the template to villages without tasks; returns the number of villages. Repeating has no
    effect. Raises ValidationError when the training was cancelled.
    """
    training = hold_uncancelled(training)
    filled = set(training.follow_ups.filter(village__in=villages).values_list("village", flat=True))
    fresh = [village for village in villages if village.pk not in filled]
    for village in fresh:
        for task in template_tasks(training, village):
            task.add(by=by)
    return len(fresh)


def next_number(training: Training, village: Village) -> int:
    rows = training.follow_ups.filter(village=village)
    return (rows.aggregate(top=Max("number"))["top"] or 0) + 1


def reopen(row: FollowUp, *, by: User) -> None:
    """Reverts Selesai or Dibatalkan; the note remains in the history. Raises ValidationError when open, Conflict
    when another user was faster.
    """
    if row.is_open:
        raise ValidationError("Tindak lanjut ini masih terbuka.")
    row.done_on, row.dropped_on, row.work_plan = None, None, None
    row.change(by=by, verb=Event.Verb.REOPEN)


def keep_promise(row: FollowUp, *, by: User) -> tuple[WorkPlan, date]:
    """Links the task to the first plan that fulfils it and ends it on the day that the plan was handed in.

    Raises ValidationError when it is not open, promises no plan, or when none was handed in yet.
    """
    handed = candidates([row]).get(row.pk)
    if not row.is_open:
        raise ValidationError("Tindak lanjut ini sudah selesai atau dibatalkan.")
    if handed is None:
        raise ValidationError("Belum ada rencana kerja desa ini yang diajukan sesudah pelatihan.")
    row.work_plan, row.done_on = handed.plan, handed.on
    row.change(by=by, verb=Event.Verb.CLOSE)
    return handed.plan, handed.on


def remove(row: FollowUp, *, by: User) -> None:
    """Deletes a task entered by mistake. Raises ValidationError once it was ended: then it is history."""
    if not row.is_open:
        raise ValidationError("Tindak lanjut ini sudah diputuskan, jadi tetap tercatat. Buka kembali dahulu.")
    row.remove(by=by)
