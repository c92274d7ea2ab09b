"""Three-way merge: what a person wants, what their page showed, what is stored by now.

Nobody's value is overwritten unseen, and the same form sent twice writes once. Every page on which several people
write one table goes by this rule: lines and months of a work plan, attendance, results of tests, evaluation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser


class Side(Enum):
    """Whose change of a value counts."""

    SAME = auto()  # stored is what this person wants: nothing to do
    THEIRS = auto()  # this person changed nothing, others did: the stored value stays
    MINE = auto()  # only this person changed it: it is written
    CONFLICT = auto()  # both changed it, each otherwise: somebody has to choose


@dataclass(frozen=True)
class Clash:
    """A cell in conflict, as pages show it. `name` is that of its field, `label` and the two texts are for people.

    `token` is what `theirs` is sent back as by whoever insists (records.parsers.grids.read_choices); `by` and `at`
    say who wrote it, None where that is not kept.
    """

    name: str
    label: str
    mine: Any
    theirs: Any
    mine_text: str
    theirs_text: str
    token: str
    by: AbstractBaseUser | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """How many values were written; with any clash none was."""

    written: int
    clashes: list[Clash]


def itself(value):
    return value


def merge(mine, seen, stored, *, sign: Callable[[Any], Any] = itself) -> Side:
    """Compares three states of one value; `sign` gives the form in which the page keeps `seen`."""
    if mine == stored:
        return Side.SAME
    if sign(mine) == seen:
        return Side.THEIRS
    return Side.MINE if sign(stored) == seen else Side.CONFLICT


def merge_cells(
    wanted: dict, seen: dict, stored: dict, *, blank: Any, sign: Callable[[Any], Any] = itself
) -> tuple[dict, dict]:
    """(to write, in conflict), each {cell: wanted value}. `blank`: the value of a cell that nobody filled."""
    found: dict[Side, dict] = {side: {} for side in Side}
    for cell, mine in wanted.items():
        side = merge(mine, seen.get(cell, sign(blank)), stored.get(cell, blank), sign=sign)
        found[side][cell] = mine
    return found[Side.MINE], found[Side.CONFLICT]


def merge_parts(mine: Iterable, seen: Iterable, stored: Iterable) -> tuple[list, bool]:
    """(merged parts, whether one is in conflict) of a value whose parts change apart; in conflict stands mine."""
    parts, conflict = [], False
    for new, old, now in zip(mine, seen, stored, strict=True):
        side = merge(new, old, now)
        parts.append(now if side is Side.THEIRS else new)
        conflict = conflict or side is Side.CONFLICT
    return parts, conflict
