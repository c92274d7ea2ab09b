"""Who may be using an account: recorded at each change, confirmed by another admin, checked before an approval.

Whoever created an account or its password may still be its user, even after the password was changed in a session
that began with theirs. For APPROVAL_WAIT_DAYS, or until another admin has
confirmed the account, both count as one (our assumption).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import AccessChange, User
from records import history
from records.formats import date_id
from records.models import Event


def note(user: User, kind: str, *, by: User | None) -> None:
    """Records one change of access. A change by a command on the server has no author."""
    if by is not None and by.pk != user.pk:
        AccessChange.objects.create(user=user, kind=kind, by=by)


def recent(moment: datetime | None = None) -> QuerySet[AccessChange]:
    """Changes in force: recent and not confirmed."""
    since = (moment or timezone.now()) - timedelta(days=settings.APPROVAL_WAIT_DAYS)
    return AccessChange.objects.filter(at__gte=since, confirmed_at=None).exclude(by=None)


def hands() -> "Hands":
    return Hands(recent().values_list("user", "by"))


def apart_after(account: int, others: Iterable[int]) -> date:
    """The day after which the accounts count as separate without a confirmation."""
    changes = list(recent().order_by("at").values_list("user", "by", "at"))
    last = timezone.now()
    while changes and (left := Hands((user, by) for user, by, _ in changes)).of(account) & left.of(*others):
        last = changes.pop(0)[2] + timedelta(days=settings.APPROVAL_WAIT_DAYS)
    return localdate(last)


class Hands:
    """Accounts that may act as this one today: itself, and those that changed its access, over any number of steps.
    One query."""

    def __init__(self, pairs):
        self._behind: dict[int, set[int]] = defaultdict(set)
        for user, by in pairs:
            self._behind[user].add(by)

    def of(self, *accounts: int) -> set[int]:
        found: set[int] = set()
        waiting = list(accounts)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._behind.get(one, ())
        return found


def unconfirmed(admin: User) -> QuerySet[User]:
    """Accounts whose access another admin than `admin` changed: `admin` may confirm them."""
    changes = AccessChange.objects.filter(confirmed_at=None).exclude(by=None).exclude(by=admin)
    accounts = User.objects.editable_by(admin).current().exclude(pk=admin.pk)
    return accounts.filter(pk__in=changes.values("user"))


@transaction.atomic
def confirm(account: User, *, by: User) -> int:
    """Confirms that only the owner holds this account; returns the number of confirmed changes.

    Raises ValidationError where `by` is the owner, made all of these changes, or may be whoever made them.
    """
    changes = list(AccessChange.objects.select_for_update().filter(user=account, confirmed_at=None).order_by("pk"))
    behind = hands()
    mine = behind.of(by.pk)
    free = [
        change
        for change in changes
        if change.by_id is None or (change.by_id not in mine and by.pk not in behind.of(change.by_id))
    ]
    if by.pk == account.pk or (changes and not free):
        raise ValidationError(
            f"Akun {account} dikonfirmasi oleh admin lain: bukan pemiliknya, bukan yang membuat akun atau kata "
            "sandinya, dan bukan admin yang akunnya baru dibuat oleh orang itu."
        )
    AccessChange.objects.filter(pk__in=[change.pk for change in free]).update(
        confirmed_by=by, confirmed_at=timezone.now()
    )
    if free:
        changed = {"konfirmasi akun": ["", ", ".join(describe(change) for change in free)]}
        history.record(account, Event.Verb.CHECK, by=by, changes=changed)
    return len(free)


def describe(change: AccessChange) -> str:
    """'Kata sandi dibuat oleh Budi, 3 November 2026'."""
    return f"{change.get_kind_display()} oleh {_who(change.by)}, {date_id(localdate(change.at))}"


def described(change: AccessChange) -> str:
    """The same with who confirmed it."""
    if change.confirmed_at:
        who, day = _who(change.confirmed_by), date_id(localdate(change.confirmed_at))
        return f"{describe(change)}; dikonfirmasi {who}, {day}."
    return f"{describe(change)}; belum dikonfirmasi admin lain."


def _who(user: User | None) -> str:
    return str(user) if user else "akun contoh"


def sentences(user: User, moment: datetime | None = None) -> list[str]:
    """Recent changes of access of an account that approves, confirmed ones included."""
    until = moment or timezone.now()
    since = until - timedelta(days=settings.APPROVAL_WAIT_DAYS)
    changes = user.access_changes.filter(at__range=(since, until)).select_related("by", "confirmed_by")
    return [described(change) for change in changes]
