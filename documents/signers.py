"""Places of signature: who may sign a document, and the letterhead above it. A place is never a person: who holds it
on the day of the document is read then (documents.signatures).
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
MAX_SIGNERS = 5  # blocks that a page has room for: those of a plan


class Level(StrEnum):
    """Whom a document speaks of: a kabupaten, one village, or one group of a village."""

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
    """Place -> label, in the order in which a list offers them; by default all that there are."""
    found = {slot.value: slot.label for slot in Slot}
    if level != Level.DISTRICT:
        found |= VILLAGE_PLACES
    if level == Level.GROUP:
        found |= GROUP_PLACES
    return found


def letterheads(level: Level) -> list[str]:
    """Which letterheads a document of this level may bear; "" is none."""
    found = ["", Letterhead.OFFICE, Letterhead.SECRETARIAT, Letterhead.REGENT]
    if level != Level.DISTRICT:
        found.append(Letterhead.VILLAGE)
    if level == Level.GROUP:
        found.append(Letterhead.GROUP)
    return found


def describe(rows: Sequence[Mapping[str, str]]) -> str:
    """Stored signers for people: "Ketua DPMU (Mengetahui); Kepala desa"."""
    labels = places()
    signers = [Signer(**row) for row in rows]
    return "; ".join(f"{labels[s.place]} ({s.above})" if s.above else labels[s.place] for s in signers)
