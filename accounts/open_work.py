"""What an account still has in hand, and how it goes over to somebody else before the account is closed.

The storeys above register a keeper each, for an account knows nothing of villages, plans or papers.
"""

from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.services.users import deactivate, lock_accounts


@dataclass(frozen=True)
class OpenWork:
    """What one keeper found, in words: "3 desa penugasan". `parts`: what goes along with it, in words too."""

    label: str
    url: str
    parts: tuple[str, ...] = ()


class Keeper(Protocol):
    """One kind of open work. `ending`: what ending it without a successor means, empty where that cannot be."""

    key: str
    question: str
    ending: str

    def found(self, user: User) -> OpenWork | None:
        """None where the account has nothing of this kind in hand."""

    def successors(self, user: User) -> QuerySet[User]:
        """Accounts that may take it."""

    def hand_over(self, user: User, successor: User, by: User) -> None:
        """Gives it to `successor`, with an event at each row."""

    def end(self, user: User, by: User) -> None:
        """Ends it without a successor; called only where `ending` says what that means."""


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Called once by each app when it is ready; the same key again takes the place of the one before."""
    _keepers[:] = [known for known in _keepers if known.key != keeper.key] + [keeper]


def open_work(user: User) -> list[tuple[Keeper, OpenWork]]:
    """All that this account has in hand, in the order in which the keepers came."""
    found = ((keeper, keeper.found(user)) for keeper in _keepers)
    return [(keeper, work) for keeper, work in found if work]


def colleagues(user: User) -> QuerySet[User]:
    """Accounts that work today in the same kabupaten, this one left out."""
    people = User.objects.current().exclude(pk=user.pk)
    if not user.all_districts:
        people = people.filter(district=user.district_id) | people.filter(all_districts=True)
    return people.filter(is_sample=user.is_sample).order_by("name", "username")


@transaction.atomic
def close_account(user: User, answers: dict[str, User | None], *, by: User) -> None:
    """Hands over or ends all that is open, then closes the account: all of it or nothing.

    The account and its successors are locked first: one that is being closed itself takes nothing.

    `answers`: keeper key -> successor, or None to end it. Raises ValidationError, in words for people, where work is
    left without an answer or cannot go to that account, and what `deactivate` raises.
    """
    lock_accounts(user, *(successor for successor in answers.values() if successor))
    for keeper, work in open_work(user):
        if keeper.key not in answers:
            raise ValidationError(f"Tentukan dahulu siapa yang melanjutkan: {work.label}.")
        successor = answers[keeper.key]
        if successor is None and not keeper.ending:
            raise ValidationError(f"Pilih penerimanya: {work.label}.")
        if successor is None:
            keeper.end(user, by)
        elif not keeper.successors(user).filter(pk=successor.pk).exists():
            raise ValidationError(f"{successor} tidak dapat menerima {work.label}.")
        else:
            keeper.hand_over(user, successor, by)
    deactivate(user, by=by)
