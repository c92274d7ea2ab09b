"""Waiting tasks: schedules that stopped by themselves, for their owner."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.waiting import WaitingRows, register
from reports.models import Schedule


def _stopped_schedules(user: User) -> QuerySet:
    return Schedule.objects.filter(owner=user, failures__gte=Schedule.MAX_FAILURES).exclude(stopped_at=None)


register(
    WaitingRows(
        order=100,
        kind="schedule",
        rows=_stopped_schedules,
        label="jadwal laporan berhenti karena berkali-kali gagal",
        list_name="reports:schedule_list",
    )
)
