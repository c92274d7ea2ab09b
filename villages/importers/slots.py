"""Slots that one person fills once: two rows of one name with the same slot may be two people."""

from typing import Any

Slot = tuple[Any, ...]  # such as (day, column); None matches any
Slots = tuple[Slot, ...]


class Places:
    """The filled slots of this file, by name."""

    def __init__(self):
        self.taken: dict[tuple[str, Any], list[tuple[str, Slots]]] = {}

    def take(self, place: str, what: Any, slots: Slots, row: str = ""):
        if before := self.taken.get((place, what)):
            before.append((row, slots))
        else:
            self.taken[place, what] = [(row, slots)]

    def overlapping(self, place: str, what: Any, slots: Slots) -> list[str]:
        """Earlier rows with the same slot."""
        return [row for row, others in self.taken.get((place, what), []) if _overlap(slots, others)]


def _overlap(some: Slots, others: Slots) -> bool:
    if not some or not others:
        return True
    return any(
        all(a == b or a is None or b is None for a, b in zip(one, other, strict=True))
        for one in some
        for other in others
    )
