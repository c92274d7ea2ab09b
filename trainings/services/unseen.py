"""Nobody's value is overwritten unseen: what a page showed, what its person wants, what stands by now."""

from collections.abc import Callable
from typing import Any


def weigh(
    wanted: dict, seen: dict, stands: dict, *, blank: Any, sign: Callable[[Any], Any] = lambda value: value
) -> tuple[dict, dict]:
    """(to write, clashing), each {cell: wanted value}, of the cells whose `wanted` differs from `seen`.

    What stands as wanted already is neither: the same form sent twice writes once. `sign`: in which form `seen` keeps
    a value; `blank`: the value of a cell that nobody filled.
    """
    steps: dict = {}
    clashing: dict = {}
    for cell, value in wanted.items():
        known, now = seen.get(cell, sign(blank)), stands.get(cell, blank)
        if sign(value) == known or now == value:
            continue
        (steps if sign(now) == known else clashing)[cell] = value
    return steps, clashing
