"""What waits for one person: each matter with its number and the list that shows these rows.

Each app registers what it knows of (records.registry). Counts are those of the linked lists, in the whole scope of
the person: what waits does not end with a filter.
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

MAX_COUNT = 200  # rows of one matter that are counted: nobody works through more in a day


@dataclass(frozen=True)
class Matter:
    """`kind` is that of a reminder, which a person may silence; others ("entry", "schedule") are always shown.

    `label` goes on after the number: "2 rencana kerja …".
    """

    kind: str
    count: int
    label: str
    url: str

    @property
    def count_label(self) -> str:
        """The number for people: above MAX_COUNT only that there are more."""
        return f"{MAX_COUNT}+" if self.count > MAX_COUNT else str(self.count)


class Waiting:
    """One source of matters; `order` is its urgency."""

    order: int

    def matters(self, user: User) -> list[Matter]:
        """For somebody who may change something; a matter whose count is 0 is not shown."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class WaitingRows(Waiting):
    """Rows that wait for a person, as the list at `list_name` shows them when it is asked with `query`."""

    order: int
    kind: str
    rows: Callable[[User], QuerySet]
    label: str
    list_name: str
    query: Mapping[str, str] = field(default_factory=dict)
    right: Right | None = None  # who lacks it has none of these

    def matters(self, user: User) -> list[Matter]:
        if self.right and not may(user, self.right):
            return []
        return [Matter(self.kind, count_up_to_max(self.rows(user)), self.label, list_url(self.list_name, self.query))]


_sources: Registry[Waiting] = Registry()
register = _sources.register


def waiting_for(user: User) -> list[Matter]:
    """In the order of urgency; nothing where nothing waits, and nothing for whom only looks on."""
    if not may(user, Right.EDIT_PLANS):
        return []
    return [matter for source in _sources for matter in source.matters(user) if matter.count]


def count_up_to_max(rows: QuerySet) -> int:
    """How many, up to one more than MAX_COUNT."""
    return rows.order_by()[: MAX_COUNT + 1].count()


def list_url(name: str, query: Mapping[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


# For admins: who may approve, and whose account another admin made, opened or gave a password.
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
