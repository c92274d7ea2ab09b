"""Models of a background job and of the heartbeat of a worker."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

CLOCK_SKEW_SECONDS = 30  # by how much the clocks of two machines may differ (our assumption)


class Job(models.Model):
    """Work that a worker does for a person. The row is the job; a message only says that it waits.

    A worker claims the row for a lease and renews it; what nobody holds is enqueued again by
    `jobs.queue.requeue_stale`, at most `MAX_ATTEMPTS` times.
    """

    TASK: ClassVar[str]  # path of the task that works on such a row: "reports.tasks.render_report"
    GIVEN_UP: ClassVar[str]  # shown to the requester after the last attempt

    class State(models.TextChoices):
        QUEUED = "queued", "Menunggu"
        RUNNING = "running", "Sedang dibuat"
        READY = "ready", "Siap"
        FAILED = "failed", "Gagal"
        CANCELLED = "cancelled", "Dibatalkan"

    UNDER_WAY = (State.QUEUED, State.RUNNING)
    LOST = (State.FAILED, State.CANCELLED)  # ended without a result; may be tried again
    LEASE_SECONDS = 60
    MAX_ATTEMPTS = 3

    state = models.CharField("keadaan", max_length=10, choices=State, default=State.QUEUED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="diminta oleh", null=True, related_name="+"
    )
    requested_at = models.DateTimeField("diminta pada", default=timezone.now)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0, editable=False)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("dari", default=0)
    error = models.TextField("kesalahan", blank=True)

    class Meta:
        abstract = True

    @classmethod
    def unheld(cls):
        """Rows that wait, or whose lease has ended."""
        lost = models.Q(state=cls.State.RUNNING) & cls.lease_is_over()
        return cls._base_manager.filter(models.Q(state=cls.State.QUEUED) | lost)

    @classmethod
    def lease_is_over(cls):
        """Rows whose lease has ended, or ends later than any lease given now could: the clock was set back since."""
        now = timezone.now()
        max_lease = timedelta(seconds=cls.LEASE_SECONDS + CLOCK_SKEW_SECONDS)
        return models.Q(lease_until__lt=now) | models.Q(lease_until__gt=now + max_lease)

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    def claim(self) -> bool:
        """Claims the row for this process in one conditional UPDATE; False when another process holds it."""
        token = uuid.uuid4()
        taken = (
            type(self)
            .unheld()
            .filter(pk=self.pk, attempts__lt=self.MAX_ATTEMPTS)
            .update(
                state=self.State.RUNNING,
                token=token,
                lease_until=self._lease_end(),
                attempts=models.F("attempts") + 1,
                error="",
            )
        )
        if taken:
            self.refresh_from_db()
        return bool(taken) and self.token == token

    def renew(self) -> bool:
        """Prolongs the lease; False when the row was taken away meanwhile."""
        return bool(self._mine().update(lease_until=self._lease_end()))

    def close_as(self, state: str, **values) -> bool:
        """Ends the work if this process still holds the claim."""
        closed = self._mine().update(state=state, lease_until=None, **values)
        if closed:
            self.refresh_from_db()
        return bool(closed)

    def cancel(self) -> bool:
        """Ends what waits or runs, whoever holds it; False when it has ended already.

        The holder finds its claim gone at its next step and keeps nothing of what it made.
        """
        under_way = type(self)._base_manager.filter(pk=self.pk, state__in=self.UNDER_WAY)
        ended = under_way.update(state=self.State.CANCELLED, token=None, lease_until=None, error="")
        self.refresh_from_db()
        return bool(ended)

    def _mine(self):
        return type(self)._base_manager.filter(pk=self.pk, token=self.token, state=self.State.RUNNING)

    def _lease_end(self):
        return timezone.now() + timedelta(seconds=self.LEASE_SECONDS)


class WorkerHeartbeat(models.Model):
    """When a background process was last alive."""

    name = models.CharField("nama", max_length=80, unique=True)
    seen_at = models.DateTimeField("terakhir terlihat", default=timezone.now)

    class Meta:
        verbose_name = "detak pekerja"
        verbose_name_plural = "detak pekerja"

    def __str__(self):
        return self.name
