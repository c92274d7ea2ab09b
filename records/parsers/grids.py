"""Parser of a submitted grid: its cells, the values that the page showed, and answers to conflicts.

A cell is named by a letter and whole numbers: "k-12-7" is participant 12 in session 7. The shown values are one text,
"12-7-hadir 12-8-izin", in a hidden field that the draft of the browser keeps by its name
(static/pamsimas/draft_fields.js). What fits no pattern is ignored: at worst one conflict too many is shown.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

NUMBER = "[0-9]{1,18}"  # every number of a database fits
CHOICE, MINE, THEIRS = "pilih-", "saya:", "mereka"


def _key(numbers: tuple[str, ...]) -> Any:
    """One number is the key, several are a tuple."""
    return int(numbers[0]) if len(numbers) == 1 else tuple(map(int, numbers))


def _text(key) -> str:
    return "-".join(map(str, key)) if isinstance(key, tuple) else str(key)


@dataclass(frozen=True)
class CellNames:
    """Names of the fields of one kind of cell: their letter, and how many numbers follow it."""

    letter: str
    numbers: int

    @cached_property
    def _pattern(self) -> re.Pattern:
        return re.compile("-".join([self.letter, *[f"({NUMBER})"] * self.numbers]))

    def name(self, key) -> str:
        return f"{self.letter}-{_text(key)}"

    def key(self, name: str) -> Any:
        """The numbers in this name; None for the name of another field."""
        match = self._pattern.fullmatch(name)
        return _key(match.groups()) if match else None

    def read(self, data: Mapping[str, str]) -> Iterator[tuple[Any, str]]:
        """(numbers, text) of each cell that was sent."""
        for name, value in data.items():
            if (key := self.key(name)) is not None:
                yield key, value


@dataclass(frozen=True)
class ShownText:
    """Format of the shown values: numbers, a separator and a value that matches `value` and has no space."""

    numbers: int
    sign: str
    value: str

    @cached_property
    def _pattern(self) -> re.Pattern:
        return re.compile("-".join([f"({NUMBER})"] * self.numbers) + re.escape(self.sign) + f"({self.value})")

    def read(self, text: str) -> dict[Any, str]:
        matches = filter(None, map(self._pattern.fullmatch, text.split()))
        return {_key(match.groups()[:-1]): match.groups()[-1] for match in matches}

    def write(self, values: Mapping[Any, Any]) -> str:
        return " ".join(f"{_text(key)}{self.sign}{value}" for key, value in values.items())


def read_choices(data: Mapping[str, str], cells: CellNames) -> tuple[dict[Any, str], set]:
    """Answers to conflicts: {cell: token of the value to overwrite}, and the cells to leave as stored.

    The token is that of records.merge.Clash.
    """
    insisted, left = {}, set()
    for name, value in data.items():
        key = cells.key(name.removeprefix(CHOICE)) if name.startswith(CHOICE) else None
        if key is None:
            continue
        if value == THEIRS:
            left.add(key)
        elif value.startswith(MINE):
            insisted[key] = value.removeprefix(MINE)
    return insisted, left
