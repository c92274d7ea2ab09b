"""Waiting tasks: scans whose pages are not filed yet; schedules that stopped by themselves, for their owner."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.rights import Right, may
from accounts.waiting import Matter, Waiting, WaitingRows, register
from jobs.models import Job
from reports.models import Schedule
from trainings.models import Training, TrainingFile

MAX_TRAININGS = 3  # each has a line of its own


class UnsortedScans(Waiting):
    """Scans with pages that nobody filed or deleted, each training with its page. One query."""

    order = 45

    def matters(self, user: User) -> list[Matter]:
        if not may(user, Right.EDIT_TRAININGS):
            return []
        unsorted = Q(files__kind=TrainingFile.Kind.UNSORTED) & ~Q(files__reading__state__in=Job.UNDER_WAY)
        trainings = Training.objects.editable_by(user).exclude(state=Training.State.CANCELLED)
        waiting = trainings.annotate(scans=Count("files", filter=unsorted)).filter(scans__gt=0)
        return [
            Matter(
                "scan",
                training.scans,
                f"pindaian {training} belum disimpan ke SPJ",
                reverse("reports:scan_list", args=[training.pk]),
            )
            for training in waiting.order_by("-pk")[:MAX_TRAININGS]
        ]


def _stopped_schedules(user: User) -> QuerySet:
    return Schedule.objects.filter(owner=user, failures__gte=Schedule.MAX_FAILURES).exclude(stopped_at=None)


register(UnsortedScans())
register(
    WaitingRows(
        order=100,
        kind="schedule",
        rows=_stopped_schedules,
        label="jadwal laporan berhenti karena berkali-kali gagal",
        list_name="reports:schedule_list",
    )
)
