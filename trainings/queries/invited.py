"""How many people a training invites: the one count of all letters, the laporan, pages and turn-out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from trainings.models import Invitation, Training


@dataclass(frozen=True)
class InvitedVillage:
    """An invited village; `named`: people of it who are invited by name."""

    invitation: Invitation
    named: int

    @property
    def count(self) -> int:
        """As many as it was asked for, or more if more are named."""
        return max(self.invitation.quota, self.named)

    @property
    def unnamed(self) -> int:
        return self.count - self.named


@dataclass(frozen=True)
class InvitedPeople:
    villages: list[InvitedVillage] = field(default_factory=list)
    others: int = 0  # invited by name, of no invited village

    @property
    def of_villages(self) -> int:
        return sum(row.count for row in self.villages)

    @property
    def total(self) -> int:
        return self.of_villages + self.others

    @property
    def unnamed(self) -> list[InvitedVillage]:
        """Villages that still have people to name, if anybody is named at all."""
        anybody = self.others or any(row.named for row in self.villages)
        return [row for row in self.villages if anybody and row.unnamed]


def invited_people(training: Training) -> InvitedPeople:
    """Two queries."""
    rows = training.invitations.select_related("village__subdistrict").order_by("village__code")
    named = training.participants.invited().humans().order_by("number").values_list("human", "village")
    return count_invited(list(rows), named)


def count_invited(invitations: list[Invitation], people: Iterable[tuple[int | None, int | None]]) -> InvitedPeople:
    """The same for loaded rows; `people`: human being and village of each line invited by name.

    A human being with two lines, merged later, counts once, for the first village.
    """
    homes: dict[int | None, int | None] = {}
    for human, village in people:
        homes.setdefault(human, village)
    named = Counter(homes.values())
    villages = [InvitedVillage(row, named.pop(row.village_id, 0)) for row in invitations]
    return InvitedPeople(villages, named.total())
