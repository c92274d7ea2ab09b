"""Open work of an account, and its transfer to a successor before the account is closed.

The apps above register a Handover each (records.registry): an account knows nothing of villages, plans or documents.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.models.users import UserQuerySet
from accounts.services.users import deactivate, lock_accounts
from records.registry import Registry


@dataclass(frozen=True)
class OpenWork:
    """Open work of one kind: "3 desa penugasan". `parts`: sentences on what is transferred with it."""

    label: str
    url: str
    parts: tuple[str, ...] = ()


class Handover:
    """One kind of open work: its place among the questions of the page, and the name of its field there.

    `ending`: what ending it without a successor means, empty where that cannot be.
    """

    order: int
    key: str
    question: str
    ending = ""

    def found(self, user: User) -> OpenWork | None:
        """The open work of this kind, or None."""
        raise NotImplementedError

    def successors(self, user: User) -> QuerySet[User]:
        """Accounts that may take it."""
        raise NotImplementedError

    def hand_over(self, user: User, successor: User, by: User) -> None:
        """Gives it to `successor`, with an event at each row."""
        raise NotImplementedError

    def end(self, user: User, by: User) -> None:
        """Ends it without a successor; called only where `ending` says what that means."""
        raise NotImplementedError


_handovers: Registry[Handover] = Registry()
register = _handovers.register


def open_work(user: User) -> list[tuple[Handover, OpenWork]]:
    """All open work of this account, in the order of the form."""
    found = ((handover, handover.found(user)) for handover in _handovers)
    return [(handover, work) for handover, work in found if work]


def colleagues(user: User) -> UserQuerySet:
    """Other active accounts of the same kabupaten."""
    people = User.objects.current().exclude(pk=user.pk)
    if not user.all_districts:
        people = people.filter(district=user.district_id) | people.filter(all_districts=True)
    return people.filter(is_sample=user.is_sample).order_by("name", "username")


@transaction.atomic
def close_account(user: User, answers: dict[str, User | None], *, by: User) -> None:
    """Hands over or ends all that is open, then closes the account: all of it or nothing.

    The account and its successors are locked first, so a successor that is being closed receives nothing.

    `answers`: key of the handover -> successor, or None to end it. Raises ValidationError
    where work has no answer or cannot go to that account, and what `deactivate` raises.
    """
    lock_accounts(user, *(successor for successor in answers.values() if successor))
    for handover, work in open_work(user):
        if handover.key not in answers:
            raise ValidationError(f"Tentukan dahulu siapa yang melanjutkan: {work.label}.")
        successor = answers[handover.key]
        if successor is None and not handover.ending:
            raise ValidationError(f"Pilih penerimanya: {work.label}.")
        if successor is None:
            handover.end(user, by)
        elif not handover.successors(user).filter(pk=successor.pk).exists():
            raise ValidationError(f"{successor} tidak dapat menerima {work.label}.")
        else:
            handover.hand_over(user, successor, by)
    deactivate(user, by=by)
