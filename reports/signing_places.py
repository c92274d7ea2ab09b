"""Places of signature: which there are, and how a choice of them reads. Who holds a place: reports.signers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import Signatory
from kpspams.models import Member

VILLAGE_HEAD, FACILITATOR = "village_head", "facilitator"
OFFICE_PLACES = {slot.value: slot.label for slot in Signatory.Slot}
VILLAGE_PLACES = {VILLAGE_HEAD: "Kepala desa", FACILITATOR: "Fasilitator desa"}
POSTS = {
    "group_chair": Member.Post.CHAIR,
    "group_secretary": Member.Post.SECRETARY,
    "group_treasurer": Member.Post.TREASURER,
}
GROUP_PLACES = {place: f"{post.label} KPSPAMS" for place, post in POSTS.items()}
PLACES = OFFICE_PLACES | VILLAGE_PLACES | GROUP_PLACES


@dataclass(frozen=True)
class Signer:
    """A place of signature and the word above it ("Mengetahui"), without a comma."""

    place: str
    above: str = ""


def describe_signers(rows: Iterable[Mapping[str, str]]) -> str:
    """ "Ketua DPMU (Mengetahui); Kepala desa"."""
    signers = [Signer(**row) for row in rows]
    return "; ".join(f"{PLACES[s.place]} ({s.above})" if s.above else PLACES[s.place] for s in signers)
