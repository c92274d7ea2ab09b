"""Fitting of content to a page: empty rows to fill in, names in a cell. Measured by layout, never estimated.

A snapshot has the most that may be printed; `Document.fitted` reduces it to what fits. Equal snapshots have the same
layout, so they remain the same document.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

MAX_ROWS = 32  # empty rows of 9.6 mm on a page, somewhat more than fit on F4
_SLACK = 0.05  # mm of tolerance for rounding
_ROUNDS = 4


@dataclass(frozen=True)
class Section:
    """One section of a laid out document: its pages, and the free space in mm on the last of them."""

    pages: int
    left: float
    row: float = 0.0  # height in mm of a row to fill in by hand


Measure = Callable[[str], list[Section]]  # of the HTML of a page


def rows_to_offer(most: int | None) -> int:
    """The number of empty rows in a snapshot: `most` if the office set one, else enough for a page."""
    return MAX_ROWS if most is None else most


def rows_that_fit(
    lay_out: Callable[[Sequence[int]], list[Section]], row: float, begun: Sequence[int], most: Sequence[int]
) -> list[int]:
    """The empty rows of each section that fill its last page, starting from a first layout with `begun` rows.

    Repeated with the result: a row that was moved along with a page break may fit on the previous page.
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
