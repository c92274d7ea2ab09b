"""Handover of the villages of a fasilitator whose account is closed."""

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.handover import Handover, OpenWork, colleagues, register
from accounts.models import User
from villages.models import Assignment


def held(user: User):
    """Current and future assignments."""
    rows = Assignment.objects.filter(user=user).select_related("village", "user")
    return rows.overlapping(localdate(), None)


class Assignments(Handover):
    order = 40
    key = "penugasan"
    question = "Siapa yang melanjutkan di desa-desanya?"
    ending = "Akhiri penugasan; desa tanpa fasilitator dahulu"

    def found(self, user: User) -> OpenWork | None:
        count = held(user).values("village").distinct().count()
        if not count:
            return None
        return OpenWork(
            f"{count} desa penugasan",
            f"{reverse('villages:assignment_list')}?q={user.username}",
            ("Rencana kerja yang belum diajukan dan tindak lanjut (RKTL) desa itu ikut penerimanya.",),
        )

    def successors(self, user: User):
        return colleagues(user).facilitators()

    def hand_over(self, user: User, successor: User, by: User) -> None:
        """Starts today with the planned end: the old account is closed at once, and no day is left uncovered.

        A successor who already works in a village keeps that assignment.
        """
        for row in held(user):
            starts_on = max(row.starts_on, localdate())
            own = Assignment.objects.filter(user=successor, village=row.village)
            if not own.overlapping(starts_on, row.ends_on).exists():
                following = Assignment(user=successor, village=row.village, starts_on=starts_on, ends_on=row.ends_on)
                following.add(by=by, reason=f"Melanjutkan {user}")
        self.end(user, by)

    def end(self, user: User, by: User) -> None:
        """Sets today as the last day; an assignment that has not begun is deleted."""
        today = localdate()
        for row in held(user):
            if row.starts_on > today:
                row.remove(by=by, reason="Akun dinonaktifkan")
            else:
                row.end(today, by=by, reason="Akun dinonaktifkan")


register(Assignments())
