"""Counts of the chains of many villages, for pages, charts, documents and public figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.queries.chain import LABELS, STATE_LABELS, Chain, State
from records.formats import number_id


@dataclass(frozen=True)
class Count:
    """The number of villages in one state of a stage."""

    state: State
    label: str
    count: int


@dataclass(frozen=True)
class StageCount:
    """One stage over all counted villages; `counts` has one entry a state, in the order of STATE_LABELS."""

    key: str
    label: str
    counts: tuple[Count, ...]

    def of(self, state: State) -> int:
        return next(item.count for item in self.counts if item.state == state)

    @property
    def done(self) -> int:
        return self.of(State.DONE)

    @property
    def total(self) -> int:
        return sum(item.count for item in self.counts)

    @property
    def known(self) -> int:
        """Villages of which something is recorded."""
        return self.total - self.of(State.UNKNOWN)

    @property
    def reached(self) -> int | None:
        """`done`, or None, "belum ada data", where nothing is recorded of any village: nobody counted to nought."""
        return self.done if self.known else None

    @property
    def summary(self) -> str:
        """ "14 dari 16 desa"; "belum ada data" where nothing is recorded of any village."""
        if not self.known:
            return STATE_LABELS[State.UNKNOWN].lower()
        return f"{number_id(self.done)} dari {number_id(self.total)} desa"


@dataclass(frozen=True)
class FunnelStep:
    """`done`: villages whose stage is done; `so_far`: those of which every stage up to this one is done.

    Both are None where nothing is recorded of any village.
    """

    key: str
    label: str
    done: int | None
    so_far: int | None
    total: int


@dataclass(frozen=True)
class Missing:
    """Who is missing at one stage: red (a recorded failing or a passed deadline), and grey (never entered)."""

    key: str
    label: str
    red: tuple[Chain, ...]
    unknown: tuple[Chain, ...]


@dataclass(frozen=True)
class ChosenState:
    """Chains in one state of one stage; without `stage` of any, without `state` all chains."""

    stage: str = ""
    state: str = ""

    @property
    def stages(self) -> list[str]:
        return [self.stage] if self.stage else list(LABELS)

    def of(self, chains: list[Chain]) -> list[Chain]:
        if not self.state:
            return chains
        return [chain for chain in chains if any(chain.stage(key).state == self.state for key in self.stages)]


def stage_counts(chains: Iterable[Chain]) -> list[StageCount]:
    """The four stages in their order, each with the number of villages in each state."""
    found = Counter((step.key, step.state) for chain in chains for step in chain.steps)
    return counted(found)


def counted(found: Counter) -> list[StageCount]:
    """Stage counts out of numbers by (stage, state)."""
    return [
        StageCount(key, label, tuple(Count(state, name, found[key, state]) for state, name in STATE_LABELS.items()))
        for key, label in LABELS.items()
    ]


def funnel(chains: Iterable[Chain]) -> list[FunnelStep]:
    """How many villages are left from stage to stage. Shown in this order, never enforced: both figures are told."""
    chains = list(chains)
    steps, left = [], chains
    for stage in stage_counts(chains):
        left = [chain for chain in left if chain.stage(stage.key).state == State.DONE]
        so_far = None if stage.reached is None else len(left)
        steps.append(FunnelStep(stage.key, stage.label, stage.reached, so_far, stage.total))
    return steps


def red_list(chains: Iterable[Chain]) -> list[Missing]:
    """The villages that are missing at each stage, in the order given."""
    chains = list(chains)
    return [
        Missing(
            key,
            label,
            tuple(chain for chain in chains if chain.stage(key).state == State.NONE),
            tuple(chain for chain in chains if chain.stage(key).state == State.UNKNOWN),
        )
        for key, label in LABELS.items()
    ]
