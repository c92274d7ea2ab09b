"""Search of groups."""

from accounts.search import Hit, ListedNoun, register
from kpspams.models import KpspamsGroup


def _group(row: KpspamsGroup) -> Hit:
    return Hit(str(row), str(row.village), row.get_absolute_url())


register(
    ListedNoun(
        order=20,
        title="KPSPAMS",
        rows=KpspamsGroup.objects.visible_to,
        list_name="kpspams:group_list",
        hit=_group,
        joins=("village",),
    )
)
