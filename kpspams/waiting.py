"""Open matters of groups: an SK that ends soon."""

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from accounts.waiting import WaitingRows, register
from kpspams.models import KpspamsGroup, LegalDocument
from kpspams.queries import decree_states
from kpspams.queries.boards import DecreeState


def _decrees_that_end_soon(user: User) -> QuerySet:
    today = localdate()
    groups = KpspamsGroup.objects.visible_to(user).exclude(dissolved_on__lte=today)
    return decree_states.with_decree_state(groups, DecreeState.ENDS_SOON, today)


register(
    WaitingRows(
        order=70,
        kind="decree",
        rows=_decrees_that_end_soon,
        label=f"KPSPAMS dengan SK yang berakhir dalam {LegalDocument.WARN_DAYS} hari",
        list_name="kpspams:group_list",
        query={"sk": DecreeState.ENDS_SOON.value, "keadaan": "aktif"},
    )
)
