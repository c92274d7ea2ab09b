"""Open matters of one user: each with its number and the list that shows these rows.

Each app registers its matters (records.registry). Counts equal those of the linked lists, over the whole scope of the
user, without a filter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.rights import Right, may
from accounts.services.access import unconfirmed
from records.registry import Registry

MAX_COUNT = 200  # rows of one matter that are counted; larger numbers are shown as "more than"


@dataclass(frozen=True)
class Matter:
    """`kind` is that of a reminder, which a user may switch off; others ("entry", "schedule") are always shown.

    `label` follows the number: "2 rencana kerja …".
    """

    kind: str
    count: int
    label: str
    url: str

    @property
    def count_label(self) -> str:
        """The number as text; above MAX_COUNT only that there are more."""
        return f"{MAX_COUNT}+" if self.count > MAX_COUNT else str(self.count)


class Waiting:
    """One source of matters; `order` is its urgency."""

    order: int

    def matters(self, user: User) -> list[Matter]:
        """The matters of a user who may change something; those with a count of 0 are left out."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class WaitingRows(Waiting):
    """Rows that wait for a user, as the list at `list_name` with the parameters `query` shows them."""

    order: int
    kind: str
    rows: Callable[[User], QuerySet]
    label: str
    list_name: str
    query: Mapping[str, str] = field(default_factory=dict)
    right: Right | None = None  # a user without this right has none of these

    def matters(self, user: User) -> list[Matter]:
        if self.right and not may(user, self.right):
            return []
        return [Matter(self.kind, count_up_to_max(self.rows(user)), self.label, list_url(self.list_name, self.query))]


_sources: Registry[Waiting] = Registry()
register = _sources.register


def waiting_for(user: User) -> list[Matter]:
    """All matters in the order of urgency; empty for a user who only reads."""
    if not may(user, Right.EDIT_PLANS):
        return []
    return [matter for source in _sources for matter in source.matters(user) if matter.count]


def count_up_to_max(rows: QuerySet) -> int:
    """The number of rows, up to MAX_COUNT + 1."""
    return rows.order_by()[: MAX_COUNT + 1].count()


def list_url(name: str, query: Mapping[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


# For admins: accounts that may approve and whose access another admin changed.
register(
    WaitingRows(
        order=90,
        kind="access",
        rows=lambda user: unconfirmed(user).filter(may_approve=True),
        label="akun penyetuju menunggu konfirmasi admin lain",
        list_name="accounts:user_list",
        query={"keadaan": "konfirmasi"},
        right=Right.MANAGE_USERS,
    )
)
