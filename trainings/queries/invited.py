"""How many people a training invites: the one count of the undangan, its annex, the KAK, memo, laporan and page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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
    villages: list[InvitedVillage]
    others: int  # invited by name, of no invited village

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
    return count_invited(list(rows), training.participants.invited().values_list("village", flat=True))


def count_invited(invitations: list[Invitation], homes: Iterable[int | None]) -> InvitedPeople:
    """The same for loaded rows; `homes`: the village of each person invited by name."""
    named = Counter(homes)
    villages = [InvitedVillage(row, named.pop(row.village_id, 0)) for row in invitations]
    return InvitedPeople(villages, named.total())
