"""Places of signature: the possible signers of a document, and its letterheads. A place is never a person: its holder
on the day of the document is looked up then (documents.signatures).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Signatory
from documents.choices import Letterhead
from kpspams.models import Member

Slot = Signatory.Slot

VILLAGE_HEAD, FACILITATOR = "village_head", "facilitator"
VILLAGE_PLACES = {VILLAGE_HEAD: "Kepala desa", FACILITATOR: "Fasilitator desa"}
POSTS = {
    "group_chair": Member.Post.CHAIR,
    "group_secretary": Member.Post.SECRETARY,
    "group_treasurer": Member.Post.TREASURER,
}
GROUP_PLACES = {place: f"{post.label} KPSPAMS" for place, post in POSTS.items()}
MAX_SIGNERS = 5  # blocks that fit on a page: those of a plan


class Level(StrEnum):
    """The subject level of a document: a kabupaten, one village, or one group of a village."""

    DISTRICT = "district"
    VILLAGE = "village"
    GROUP = "group"


@dataclass(frozen=True)
class Signer:
    """A place of signature and the line above it ("Mengetahui"), without a comma."""

    place: str
    above: str = ""


DPMU_SIGNERS = (Signer(Slot.DPMU_HEAD, "Mengetahui"), Signer(Slot.COMMITTEE_HEAD))
VILLAGE_HEAD_SIGNS = Signer(VILLAGE_HEAD, "Mengetahui")


def places(level: Level = Level.GROUP) -> dict[str, str]:
    """Place -> label, in the order of the lists; by default all places."""
    found = {slot.value: slot.label for slot in Slot}
    if level != Level.DISTRICT:
        found |= VILLAGE_PLACES
    if level == Level.GROUP:
        found |= GROUP_PLACES
    return found


def letterheads(level: Level) -> list[str]:
    """The possible letterheads of a document of this level; "" is none."""
    found = ["", Letterhead.OFFICE, Letterhead.SECRETARIAT, Letterhead.REGENT]
    if level != Level.DISTRICT:
        found.append(Letterhead.VILLAGE)
    if level == Level.GROUP:
        found.append(Letterhead.GROUP)
    return found


def describe(rows: Sequence[Mapping[str, str]]) -> str:
    """Stored signers as text: "Ketua DPMU (Mengetahui); Kepala desa"."""
    labels = places()
    signers = [Signer(**row) for row in rows]
    return "; ".join(f"{labels[s.place]} ({s.above})" if s.above else labels[s.place] for s in signers)
