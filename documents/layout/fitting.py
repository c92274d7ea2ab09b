"""What fills a page exactly: empty rows for the pen, names in a cell. Measured by laying the page out, never guessed.

A snapshot holds the most that may be printed; `Document.fitted` keeps what has room. Equal snapshots are laid out
alike, so they stay the same document.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

MOST_ROWS = 32  # empty rows of 9.6 mm on a page, rather more than F4 holds
_SLACK = 0.2  # mm that rounding may cost
_ROUNDS = 4


@dataclass(frozen=True)
class Section:
    """One section of a document as it was laid out: its pages, and the room in mm below it on the last of them."""

    pages: int
    left: float
    row: float = 0.0  # mm from one row of its table for the pen to the next


Measure = Callable[[str], list[Section]]  # of the HTML of a page


def rows_to_offer(most: int | None) -> int:
    """How many empty rows a snapshot holds: `most` where the office set a number, else enough for a page."""
    return MOST_ROWS if most is None else most


def rows_that_fit(
    lay_out: Callable[[Sequence[int]], list[Section]], row: float, begun: Sequence[int], most: Sequence[int]
) -> list[int]:
    """The empty rows of each section that fill its last page, from those it is first laid out with (`begun`) on.

    Asked again with what was found: a row that a page end had drawn along may find room on the page before.
    """
    counts, sections = list(begun), lay_out(begun)
    for _ in range(_ROUNDS):
        wanted = [
            min(limit, there + int(max(section.left - _SLACK, 0) / row))
            for section, there, limit in zip(sections, counts, most, strict=True)
        ]
        if wanted == counts:
            break
        tried = lay_out(wanted)
        fits = [new.pages <= old.pages for new, old in zip(tried, sections, strict=True)]
        counts = [want if fit else there for want, there, fit in zip(wanted, counts, fits, strict=True)]
        sections = [new if fit else replace(old, left=0) for new, old, fit in zip(tried, sections, fits, strict=True)]
    return counts
