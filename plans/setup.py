"""The first work plan: a step of setting the portal up."""

from django.db.models import Exists, OuterRef

from accounts.rights import Right
from accounts.setup import SetupStep, register
from plans.models import WorkPlan

register(
    SetupStep(
        order=110,
        key="rencana-kerja",
        label="Rencana kerja pertama",
        why="Disusun oleh fasilitator atau staf, lalu disetujui.",
        done=lambda: Exists(WorkPlan.objects.filter(group__village__subdistrict__district=OuterRef("pk"))),
        right=Right.EDIT_PLANS,
        button="Buat rencana kerja",
        url_name="plans:work_plan_create",
        done_url_name="plans:work_plan_list",
    )
)
