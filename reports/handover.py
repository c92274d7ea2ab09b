"""Handover of schedules: documents that the portal makes under the rights of an account."""

from django.urls import reverse
from django.utils import timezone

from accounts.handover import Handover, OpenWork, colleagues, register
from accounts.models import User
from accounts.rights import Right
from reports.models import Schedule


class Schedules(Handover):
    order = 10
    key = "jadwal"
    question = "Siapa yang memiliki jadwal laporannya?"
    ending = "Hentikan jadwalnya"

    def found(self, user: User) -> OpenWork | None:
        count = user.schedules.running().count()
        return OpenWork(f"{count} jadwal laporan berkala", reverse("reports:schedule_list")) if count else None

    def successors(self, user: User):
        return colleagues(user).with_right(Right.SCHEDULE_REPORTS)

    def hand_over(self, user: User, successor: User, by: User) -> None:
        """A schedule that the successor already has is stopped instead, because nobody needs a document twice."""
        own = set(successor.schedules.running().values_list("district", "kind", "every"))
        for schedule in user.schedules.running():
            if (schedule.district_id, schedule.kind, schedule.every) in own:
                self._stop(schedule, by)
            else:
                schedule.owner = successor
                schedule.change(by=by, reason=f"Melanjutkan {user}")

    def end(self, user: User, by: User) -> None:
        for schedule in user.schedules.running():
            self._stop(schedule, by)

    def _stop(self, schedule: Schedule, by: User) -> None:
        schedule.stopped_at = timezone.now()
        schedule.stopped_reason = "Akun pemiliknya dinonaktifkan."
        schedule.change(by=by)


register(Schedules())
