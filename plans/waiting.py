"""Open matters of plans: plans to review or correct, and open damage reports."""

from accounts.models import User
from accounts.rights import Right, may
from accounts.waiting import Matter, Waiting, WaitingRows, count_up_to_max, list_url, register
from plans.models import DamageReport, WorkPlan


class PlansInReview(Waiting):
    """For reviewers the plans that wait for review; for others those that were returned to them."""

    order = 10

    def matters(self, user: User) -> list[Matter]:
        if may(user, Right.REVIEW_PLANS):
            kind, label = "review", "rencana kerja menunggu pemeriksaan"
            plans, status = WorkPlan.objects.reviewable_by(user), WorkPlan.Status.SUBMITTED
        else:
            kind, label = "returned", "rencana kerja dikembalikan kepada Anda"
            plans, status = WorkPlan.objects.editable_by(user), WorkPlan.Status.RETURNED
        url = list_url("plans:work_plan_list", {"tahun": "semua", "status": status.value})
        return [Matter(kind, count_up_to_max(plans.filter(status=status)), label, url)]


register(PlansInReview())
register(
    WaitingRows(
        order=60,
        kind="damage",
        rows=lambda user: DamageReport.objects.editable_by(user).open(),
        label="kerusakan SPAM belum selesai",
        list_name="plans:damage_list",
        query={"keadaan": "terbuka"},
    )
)
