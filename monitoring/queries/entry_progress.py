"""Progress of data entry: of each village the filled stages and the last change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, OuterRef, Subquery

from accounts.models import User
from fieldwork.models import EntryRequest
from kpspams.models import GroupCheck, KpspamsGroup, LegalDocument, Member
from monitoring.queries.chain import LABELS, Chain, State
from plans.models import DamageReport, WorkPlan
from records.models import Event
from trainings.models import FollowUp, Participant
from villages.models import Assignment, ConditionCheck, Facility, GrantAward, Person, Village

# Models whose changes count as data entry of a village, with the lookup to it.
OF_VILLAGE = {
    Village: "pk",
    GrantAward: "village",
    Person: "village",
    Facility: "village",
    ConditionCheck: "facility__village",
    KpspamsGroup: "village",
    Member: "group__village",
    LegalDocument: "group__village",
    GroupCheck: "group__village",
    WorkPlan: "group__village",
    DamageReport: "facility__village",
    EntryRequest: "village",
    Participant: "village",
    FollowUp: "village",
}


def filled(chain: Chain) -> int:
    """The number of stages with data, of four."""
    return sum(step.state != State.UNKNOWN for step in chain.steps)


@dataclass
class VillageEntry:
    """`last` is the newest change of any row of the village, or None."""

    chain: Chain
    facilitators: list[User] = field(default_factory=list)
    last: Event | None = None

    @property
    def village(self) -> Village:
        return self.chain.village

    @property
    def filled(self) -> int:
        return filled(self.chain)

    @property
    def lacks(self) -> list[str]:
        """The stages without data."""
        return [step.label for step in self.chain.steps if step.state == State.UNKNOWN]


@dataclass
class FacilitatorEntry:
    """Villages of one fasilitator, or those without one (`user` None)."""

    user: User | None
    villages: int = 0
    filled: int = 0

    @property
    def stages(self) -> int:
        return self.villages * len(LABELS)


def village_entries(chains: list[Chain], on: date) -> list[VillageEntry]:
    """Data entry of these villages, in the given order. Three queries."""
    rows = {chain.village.pk: VillageEntry(chain) for chain in chains}
    for village, user in _assigned(rows, on):
        rows[village].facilitators.append(user)
    newest = _newest(rows)
    events = Event.objects.select_related("by").in_bulk(newest.values())
    for village, key in newest.items():
        rows[village].last = events[key]
    return list(rows.values())


def by_facilitator(chains: Iterable[Chain], on: date) -> list[FacilitatorEntry]:
    """Sums by fasilitator of the day, sorted by name; villages without one last. One query."""
    by_village = {chain.village.pk: filled(chain) for chain in chains}
    sums: dict[int, FacilitatorEntry] = {}
    taken = set()
    for village, user in _assigned(by_village, on):
        _add(sums.setdefault(user.pk, FacilitatorEntry(user)), by_village[village])
        taken.add(village)
    nobody = FacilitatorEntry(None)
    for village, stages in by_village.items():
        if village not in taken:
            _add(nobody, stages)
    return [*sorted(sums.values(), key=lambda row: str(row.user)), *([nobody] if nobody.villages else [])]


def _add(row: FacilitatorEntry, stages: int):
    row.villages += 1
    row.filled += stages


def _assigned(villages: Iterable[int], on: date) -> list[tuple[int, User]]:
    """Village and fasilitator of each assignment of the day, each pair once."""
    rows = Assignment.objects.overlapping(on, on).filter(village__in=list(villages)).select_related("user")
    pairs: dict[int, dict[int, User]] = defaultdict(dict)
    for row in rows.order_by("user__name", "pk"):
        pairs[row.village_id][row.user_id] = row.user
    return [(village, user) for village, users in pairs.items() for user in users.values()]


def _newest(villages: Iterable[int]) -> dict[int, int]:
    """The key of the newest event of each village that has one."""
    columns = {}
    for model, path in OF_VILLAGE.items():
        rows = model._base_manager.filter(**{path: OuterRef(OuterRef("pk"))}).order_by().values("pk")
        events = Event.objects.filter(kind=model._meta.label_lower, object_id__in=rows).order_by()
        columns[f"newest_{model._meta.model_name}"] = Subquery(
            events.values("kind").annotate(newest=Max("pk")).values("newest")
        )
    found = {}
    for pk, *keys in Village.objects.filter(pk__in=list(villages)).order_by().values_list("pk", *columns.values()):
        if known := [key for key in keys if key is not None]:
            found[pk] = max(known)
    return found
