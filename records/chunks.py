"""Lists of keys, cut into parts that one SQL statement accepts."""

from collections.abc import Iterable, Iterator
from itertools import islice

CHUNK = 500  # our assumption: an old SQLite accepts 999 values in one statement


def chunks(keys: Iterable[int], size: int = CHUNK) -> Iterator[list[int]]:
    """The keys in their order, at most `size` at a time."""
    rest = iter(keys)
    while piece := list(islice(rest, size)):
        yield piece
