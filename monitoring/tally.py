"""The chains of many villages, counted: pages, pictures, papers and public figures all take their numbers from here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.chain import LABELS, STATE_WORDS, Chain, State


@dataclass(frozen=True)
class Count:
    """How many villages stand in one state of a stage."""

    state: State
    word: str
    count: int


@dataclass(frozen=True)
class StageCount:
    """One stage over all counted villages; `counts` has one entry a state, in the order of STATE_WORDS."""

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


@dataclass(frozen=True)
class FunnelStep:
    """`done`: villages whose stage is done; `so_far`: those of which every stage up to this one is done."""

    key: str
    label: str
    done: int
    so_far: int
    total: int


@dataclass(frozen=True)
class Missing:
    """Who is missing at one stage: red (a recorded failing or a passed deadline), and grey (never entered)."""

    key: str
    label: str
    red: tuple[Chain, ...]
    unknown: tuple[Chain, ...]


def stage_counts(chains: Iterable[Chain]) -> list[StageCount]:
    """The four stages in their order, each with the number of villages in each state."""
    found = Counter((step.key, step.state) for chain in chains for step in chain.steps)
    return counted(found)


def counted(found: Counter) -> list[StageCount]:
    """Stage counts out of numbers by (stage, state)."""
    return [
        StageCount(key, label, tuple(Count(state, word, found[key, state]) for state, word in STATE_WORDS.items()))
        for key, label in LABELS.items()
    ]


def funnel(chains: Iterable[Chain]) -> list[FunnelStep]:
    """How many villages are left from stage to stage. Shown in this order, never enforced: both figures are told."""
    chains = list(chains)
    steps, left = [], chains
    for key, label in LABELS.items():
        left = [chain for chain in left if chain.stage(key).state == State.DONE]
        done = sum(chain.stage(key).state == State.DONE for chain in chains)
        steps.append(FunnelStep(key, label, done, len(left), len(chains)))
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
