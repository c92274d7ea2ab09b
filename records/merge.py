"""Three-way merge of the wanted value, the value that the page showed, and the stored value.

No value is overwritten unseen, and a form sent twice writes once. Every page on which several people edit one table
uses this rule: lines and months of a work plan, attendance, test scores, evaluation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser


class Side(Enum):
    """Which side changed a value."""

    SAME = auto()  # the stored value is the wanted one: nothing to do
    THEIRS = auto()  # only others changed it: the stored value stays
    MINE = auto()  # only this user changed it: it is written
    CONFLICT = auto()  # both changed it differently: the user has to choose


@dataclass(frozen=True)
class Clash:
    """A cell in conflict, as pages show it. `name` is that of its field; `label` and the two texts are displayed.

    `token`: what the form posts for `theirs` to overwrite it (records.parsers.grids.read_choices); `by` and `at`: who
    wrote it and when, None where that is not recorded.
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
    """The number of written values, and the clashes; with a clash nothing was written."""

    written: int
    clashes: list[Clash]


def itself(value):
    return value


def merge(mine, seen, stored, *, sign: Callable[[Any], Any] = itself) -> Side:
    """Compares three states of one value; `sign` converts a value to the form in which the page keeps `seen`."""
    if mine == stored:
        return Side.SAME
    if sign(mine) == seen:
        return Side.THEIRS
    return Side.MINE if sign(stored) == seen else Side.CONFLICT


def merge_cells(
    wanted: dict, seen: dict, stored: dict, *, blank: Any, sign: Callable[[Any], Any] = itself
) -> tuple[dict, dict]:
    """(to write, in conflict), each {cell: wanted value}. `blank`: the value of an empty cell."""
    found: dict[Side, dict] = {side: {} for side in Side}
    for cell, mine in wanted.items():
        side = merge(mine, seen.get(cell, sign(blank)), stored.get(cell, blank), sign=sign)
        found[side][cell] = mine
    return found[Side.MINE], found[Side.CONFLICT]


def merge_parts(mine: Iterable, seen: Iterable, stored: Iterable) -> tuple[list, bool]:
    """(merged parts, whether one is in conflict) of a value whose parts change separately; in conflict mine stays."""
    parts, conflict = [], False
    for new, old, now in zip(mine, seen, stored, strict=True):
        side = merge(new, old, now)
        parts.append(now if side is Side.THEIRS else new)
        conflict = conflict or side is Side.CONFLICT
    return parts, conflict
