"""Cache of the chain for very many villages: Beranda of a country answers as fast as that of a kabupaten.

Up to MAX_JUDGED_TODAY villages every page computes the chain itself. Above, the numbers of today come from ChainCache:
each minute villages with changes are computed again, every night all, because deadlines and old checks change a state
without a change of rows. The page shows when its numbers were counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from accounts.models import DistrictSettings
from monitoring.models import ChainCache
from monitoring.queries.area import Area
from monitoring.queries.chain import LABELS, Chain, State, judge
from monitoring.queries.entry_progress import OF_VILLAGE
from monitoring.queries.facts import gather
from monitoring.queries.stage_counts import ChosenState, StageCount, counted, stage_counts
from records.chunks import chunks
from records.models import Event
from trainings.models import Invitation, SpjItem, Training, TrainingDay
from villages.models import Village

MAX_JUDGED_TODAY = 500  # up to here a page computes all villages itself, in about half a second
MAX_JUDGED = 2_000  # more are not computed in one request; without a cached row they are not counted
CHUNK = 500  # villages per batch of the worker
OVERLAP = 50  # events read again: one with a lower key may have been committed later
EVENTS = 5_000  # read at once
ALL_GRANTS = 0
# Models whose change may change the chain of a village, with the lookup to it.
TOUCHING = OF_VILLAGE | {
    DistrictSettings: "district__subdistricts__villages",
    Training: "invitations__village",
    TrainingDay: "training__invitations__village",
    Invitation: "village",
    SpjItem: "training__invitations__village",  # the letter has the day from which an invitation counts
}


# Update of the cache --------------------------------------------------------------------------------------


def needed() -> bool:
    """Whether any page could need cached chains at all."""
    return Village.objects.order_by().values("pk")[MAX_JUDGED_TODAY : MAX_JUDGED_TODAY + 1].exists()


def count_all() -> int:
    """Computes every village; returns their number."""
    return count(Village.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK))


def count_touched() -> int:
    """Computes villages with changes since the last update, and those without a cached row."""
    since = (ChainCache.objects.aggregate(last=Max("event"))["last"] or 0) - OVERLAP
    fresh = Village.objects.filter(chain_cache=None).order_by("pk").values_list("pk", flat=True)[:MAX_JUDGED]
    return count(sorted({*_touched(since), *fresh}))


def count(villages: Iterable[int]) -> int:
    """Computes these villages as of today and stores their states."""
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    total = 0
    for keys in chunks(villages, CHUNK):
        rows = Village.objects.filter(pk__in=keys).select_related("subdistrict__district__settings_row")
        today = localdate()
        found = [row for facts in gather(rows, today, today.year) for row in _cached_chains(facts, today, last)]
        ChainCache.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["village", "cohort_year"],
            update_fields=[*LABELS, "event", "counted_at"],
        )
        # Rows of a deleted grant are deleted.
        years = {(row.village_id, row.cohort_year) for row in found}
        rows_kept = ChainCache.objects.filter(village__in=keys).values_list("pk", "village", "cohort_year")
        gone = [pk for pk, village, year in rows_kept if (village, year) not in years]
        ChainCache.objects.filter(pk__in=gone).delete()
        total += len(keys)
    return total


def _cached_chains(facts, today, last) -> Iterator[ChainCache]:
    for year in (ALL_GRANTS, *sorted({award.fiscal_year for award in facts.awards})):
        chain = judge(facts, today, year or None)
        states = {step.key: step.state.value for step in chain.steps}
        yield ChainCache(village=facts.village, cohort_year=year, event=last, counted_at=timezone.now(), **states)


def _touched(since: int) -> set[int]:
    """Villages with a change after this event."""
    kinds = {model._meta.label_lower: (model, path) for model, path in TOUCHING.items()}
    villages: set[int] = set()
    while True:
        events = Event.objects.filter(pk__gt=since, kind__in=kinds).order_by("pk")
        found = list(events.values_list("pk", "kind", "object_id")[:EVENTS])
        if not found:
            return villages
        since = found[-1][0]
        by_kind: dict[str, set[int]] = {}
        for _, kind, key in found:
            by_kind.setdefault(kind, set()).add(key)
        for kind, keys in by_kind.items():
            model, path = kinds[kind]
            places = model._base_manager.filter(pk__in=keys, **{f"{path}__isnull": False})
            villages.update(places.order_by().values_list(path, flat=True))


# Showing --------------------------------------------------------------------------------------------------


@dataclass
class Judged:
    """Result for villages that the page computes itself."""

    chains: list[Chain]
    rows: list[Chain]  # of them those in the chosen state

    counted_at: datetime | None = None
    uncounted = 0

    @property
    def total(self) -> int:
        return len(self.chains)

    @cached_property
    def tiles(self) -> list[StageCount]:
        return stage_counts(self.chains)


class Crowd:
    """Result for many villages, of which only the shown page is computed. `tiles` is None where none are counted."""

    chains = None

    def __init__(self, area: Area, chosen: ChosenState, total: int):
        self.total = total
        self.tiles: list[StageCount] | None = None
        self.counted_at: datetime | None = None
        self.uncounted = 0
        villages = area.villages()
        if area.is_today:
            chain_cache = ChainCache.objects.filter(
                cohort_year=area.cohort_year or ALL_GRANTS, village__in=villages.order_by().values("pk")
            )
            self._tally(chain_cache)
            villages = _in_state(villages, chain_cache, chosen)
        self.rows = Pages(villages, area.chains, self._shown(chosen))

    def _tally(self, chain_cache):
        groups = chain_cache.order_by().values(*LABELS).annotate(count=Count("pk"), last=Max("counted_at"))
        self.groups = list(groups)
        numbers: Counter = Counter()
        for group in self.groups:
            for key in LABELS:
                numbers[key, State(group[key])] += group["count"]
        self.tiles = counted(numbers) if self.groups else None
        self.counted_at = max((group["last"] for group in self.groups), default=None)
        self.uncounted = self.total - sum(group["count"] for group in self.groups)

    def _shown(self, chosen: ChosenState) -> int:
        """The number of rows of the list, from the groups, without another count."""
        if self.tiles is None or not chosen.state:
            return self.total
        return sum(g["count"] for g in self.groups if chosen.state in [g[key] for key in chosen.stages])


def _in_state(villages, chain_cache, chosen: ChosenState):
    if not chosen.state:
        return villages
    wanted = Q()
    for key in chosen.stages:
        wanted |= Q(**{key: chosen.state})
    return villages.filter(pk__in=chain_cache.filter(wanted).values("village"))


class Pages:
    """Sequence for a paginator: only the villages of the page are loaded and computed."""

    def __init__(self, villages, judged: Callable[[list[Village]], list[Chain]], number: int):
        self.villages, self.judged, self.number = villages, judged, number

    def count(self) -> int:
        return self.number

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[Chain]:
        for since in range(0, self.number, CHUNK):
            yield from self[since : since + CHUNK]

    def __getitem__(self, part: slice) -> list[Chain]:
        return self.judged(list(self.villages[part]))


def overview(area: Area, chosen: ChosenState) -> Judged | Crowd:
    """The chosen villages of Beranda with their numbers, computed or from the cache."""
    total = area.villages().count()
    if total <= (MAX_JUDGED_TODAY if area.is_today else MAX_JUDGED):
        chains = area.chains()
        return Judged(chains, chosen.of(chains))
    return Crowd(area, chosen, total)
