"""Search of work plans by group and village."""

from accounts.search import Hit, ListedNoun, register
from plans.models import WorkPlan


def _plan(row: WorkPlan) -> Hit:
    return Hit(str(row), f"{row.group.village}, {row.get_status_display().lower()}", row.get_absolute_url())


register(
    ListedNoun(
        order=50,
        title="Rencana kerja",
        rows=lambda user: WorkPlan.objects.visible_to(user).order_by("-year", "group__search_key", "-revision"),
        list_name="plans:work_plan_list",
        hit=_plan,
        joins=("group__village",),
        name_column="",
        query={"tahun": "semua"},
    )
)
