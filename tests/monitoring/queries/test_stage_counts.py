"""Counts of chains: every village is in one state of each stage."""

from dataclasses import dataclass

from monitoring.queries.chain import LABELS, Chain, State, Step
from monitoring.queries.stage_counts import funnel, red_list, stage_counts


@dataclass(frozen=True)
class Place:
    name: str


def chain(name, *states):
    return Chain(
        Place(name), tuple(Step(key, State(state), "", "", "") for key, state in zip(LABELS, states, strict=True))
    )


CHAINS = [
    chain("A", "done", "done", "half", "done"),
    chain("B", "done", "none", "done", "unknown"),
    chain("C", "none", "done", "done", "none"),
    chain("D", "unknown", "unknown", "unknown", "unknown"),
]


def test_stage_counts_add_up_to_the_villages():
    found = {stage.key: {item.state.value: item.count for item in stage.counts} for stage in stage_counts(CHAINS)}
    assert found == {
        "trained": {"done": 2, "half": 0, "none": 1, "unknown": 1},
        "legal": {"done": 2, "half": 0, "none": 1, "unknown": 1},
        "plan": {"done": 2, "half": 1, "none": 0, "unknown": 1},
        "facility": {"done": 1, "half": 0, "none": 1, "unknown": 2},
    }
    assert {stage.total for stage in stage_counts(CHAINS)} == {4}


def test_funnel_tells_both_those_done_and_those_done_so_far():
    assert [(step.done, step.so_far, step.total) for step in funnel(CHAINS)] == [
        (2, 2, 4),
        (2, 1, 4),
        (2, 0, 4),
        (1, 0, 4),
    ]


def test_red_list_names_the_missing_apart_from_those_without_data():
    found = [
        ("".join(c.village.name for c in stage.red), "".join(c.village.name for c in stage.unknown))
        for stage in red_list(CHAINS)
    ]
    assert found == [("C", "D"), ("B", "D"), ("", "D"), ("C", "BD")]
