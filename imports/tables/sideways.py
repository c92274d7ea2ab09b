"""Lists written sideways: values of one column are titles, with the cells of each value below.

"Desa | Ketua | Sekretaris | Bendahara" has one line for each village; each filled cell below "Ketua" becomes a row of
its own with the post "Ketua". Titles may say more: "HP Ketua", or "Ketua" over "Nama | L/P".
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from imports.tables.columns import CELL, HEAD, BlockSource, Column, Place, Source
from records.search_keys import search_key

MAX_WORDS = 8  # longest title that is examined
LEAST_BLOCKS = 2
_WORDS = re.compile(r"[\s()\[\]:,–—-]+")


@dataclass(frozen=True)
class Sideways:
    """How a kind of list may be written sideways.

    `head`: the column whose values are the titles; `cell`: the column of the cells below; `own`: further columns of one
    value; `common`: those of them that one column may give for all; `always`: those that a new row always needs;
    `is_value`: whether a text is a value of `head`; `fillers`: words of a title without meaning; `summary`: text that
    explains how such a list is read.
    """

    head: str
    cell: str
    own: tuple[str, ...]
    common: tuple[str, ...]
    always: tuple[str, ...]
    is_value: Callable[[str], bool]
    fillers: frozenset[str]
    summary: str


@dataclass(frozen=True)
class Block:
    """One value with the title keys of its columns: the cell itself and columns of its own."""

    value: str
    cell: str
    own: Mapping[str, str]

    @property
    def keys(self) -> list[str]:
        return [self.cell, *self.own.values()]

    def as_json(self) -> BlockSource:
        return {"value": self.value, "cell": self.cell, "own": dict(self.own)}


def blocks_of(mapping: Mapping[str, Source]) -> list[Block]:
    """The blocks of a mapping; none where the list is read line by line."""
    kept: list[BlockSource] = next((how["blocks"] for how in mapping.values() if how.get("blocks")), [])
    return [Block(block["value"], block["cell"], block["own"]) for block in kept]


def keys_of(mapping: Mapping[str, Source]) -> set[str]:
    return {key for block in blocks_of(mapping) for key in block.keys}


def find(places: Iterable[Place], layout: Sideways, columns: tuple[Column, ...]) -> list[Block]:
    """The values in the titles, in their order."""
    parts = [column for column in columns if column.name in (layout.cell, *layout.own)]
    split = cache(lambda title: _split(title, layout, parts))
    cells: dict[str, tuple[str, str]] = {}  # search key of a value: the value as written, key of its column
    own: dict[str, dict[str, str]] = {}
    for place in places:
        last = ""
        unnamed = _unnamed(place, parts, layout)
        for key, title in place.titles.items():
            if key in place.hidden | place.untitled:
                last = ""
                continue
            value, part = split(title.rpartition(" (")[0] if "#" in key else title)
            if value and part == layout.cell:
                last = search_key(value) + key.partition("#")[2]
                cells.setdefault(last, (value, key))
            elif value:
                own.setdefault(search_key(value), {}).setdefault(part, key)
            elif last and key in unnamed:
                own.setdefault(last, {}).setdefault(unnamed[key], key)
            else:
                last = ""
    return [Block(value, key, own.get(name, {})) for name, (value, key) in cells.items()]


def _split(title: str, layout: Sideways, parts: list[Column]) -> tuple[str, str]:
    """("Ketua", column) of "No. HP Ketua" or "Ketua (Nama)"; two empty texts for another title."""
    words = [word for word in _WORDS.split(title) if word]
    if not words or len(words) > MAX_WORDS:
        return "", ""
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            rest = words[:start] + words[start + size :]
            part = _part(rest, layout, parts)
            if part and layout.is_value(value := " ".join(words[start : start + size])):
                return value, part
    return "", ""


def _part(words: list[str], layout: Sideways, parts: list[Column]) -> str:
    """The column named by the words beside a value."""
    named = [word for word in words if search_key(word) not in layout.fillers]
    if not named:
        return layout.cell
    key = search_key(" ".join(named))
    return next((column.name for column in parts if key in column.keys or column.fits(key)), "")


def _unnamed(place: Place, parts: list[Column], layout: Sideways) -> dict[str, str]:
    """{key: column} of titles that recur after each value ("L/P"); a single one belongs to none."""
    bases = [key.partition("#")[0] for key in place.keys]
    found = {}
    for key, base in zip(place.keys, bases, strict=True):
        if bases.count(base) > 1:
            name = _part([base], layout, parts)
            if name and name != layout.cell:
                found[key] = name
    return found


def fits(found: list[Block], guessed: Mapping[str, Source], layout: Sideways) -> bool:
    """Whether the list is written sideways: several values, and no column of their own for them."""
    keys = {key for block in found for key in block.keys}
    title = guessed.get(layout.head, {}).get("title")
    return len({search_key(block.value) for block in found}) >= LEAST_BLOCKS and (title is None or title in keys)


def mapped(mapping: Mapping[str, Source], found: list[Block], layout: Sideways) -> dict[str, Source]:
    """The mapping with these blocks; their columns are used for nothing else, and a column of one value not for all."""
    keys = {key for block in found for key in block.keys}
    owned = {name for block in found for name in block.own}
    of_one = {layout.head, layout.cell, *owned, *(name for name in layout.own if name not in layout.common)}
    rest = {name: how for name, how in mapping.items() if name not in of_one and how.get("title") not in keys}
    below = [layout.cell, *(name for name in layout.own if name in owned or name in layout.always)]
    head = Source(title=HEAD, below=layout.cell, blocks=[block.as_json() for block in found])
    return rest | {layout.head: head} | {name: Source(title=CELL) for name in below}


def describe(mapping: Mapping[str, Source], layout: Sideways | None) -> str:
    """The text that explains how a list written sideways is read, with its values; empty for another list."""
    found = blocks_of(mapping)
    return f"{layout.summary} ({', '.join(block.value for block in found)})" if layout and found else ""
