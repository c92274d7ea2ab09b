"""Handover of plans that wait for a decision when the last account that may decide is closed."""

from django.urls import reverse
from django.utils.http import urlencode

from accounts.handover import Handover, OpenWork, colleagues, register
from accounts.models import User
from accounts.services.users import change_user
from plans.models import WorkPlan


class Reviews(Handover):
    """Submitted plans have no owner; they count as open work only where no other account may decide them."""

    order = 30
    key = "pemeriksaan"
    question = "Siapa yang menyetujui rencana kerja sesudah ini?"

    def found(self, user: User) -> OpenWork | None:
        if not user.may_approve or colleagues(user).filter(may_approve=True).exists():
            return None
        count = WorkPlan.objects.visible_to(user).filter(status=WorkPlan.Status.SUBMITTED).count()
        if not count:
            return None
        query = urlencode({"tahun": "semua", "status": WorkPlan.Status.SUBMITTED.value})
        return OpenWork(
            f"{count} rencana kerja menunggu keputusan, dan tidak ada orang lain yang berhak menyetujui",
            f"{reverse('plans:work_plan_list')}?{query}",
            ("Penerima mendapat hak menyetujui rencana kerja.",),
        )

    def successors(self, user: User):
        return colleagues(user).office()

    def hand_over(self, user: User, successor: User, by: User) -> None:
        successor = User.objects.get(pk=successor.pk)
        successor.may_approve = True
        change_user(successor, by=by)


register(Reviews())
