"""Kode lembar: a small QR in the footer of each page to be signed by hand, which identifies the page in a scan.

It contains the kind of sheet, its training, day or session, and the page. It has no names and verifies nothing: a copy
of it is of no use.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import segno

LABEL = "Kode lembar"
ANCHOR = "lembar-"  # id of a section of the page: "lembar-S12", the sheet of session 12
SIDE = 11.0  # mm: a module of 0.5 mm, three pixels of a scan at 150 dpi
_TEXT = re.compile(r"PAM1:([A-Z]{2,6}):([TDS])([0-9]{1,18}):([0-9]{1,4})")


@dataclass(frozen=True)
class SheetCode:
    """`subject`: T of a training, D of a day, S of a session."""

    prefix: str
    subject: str
    subject_id: int
    page: int

    def __str__(self) -> str:
        return f"PAM1:{self.prefix}:{self.subject}{self.subject_id}:{self.page}"


@dataclass(frozen=True)
class SheetCodes:
    """The codes of one document. `otherwise`: subject of pages without a section of their own; empty: no code."""

    prefix: str
    otherwise: str = ""

    def of_page(self, anchors: list[str], page: int) -> str:
        """The code of this page, or empty."""
        keys = [name.removeprefix(ANCHOR) for name in anchors if name.startswith(ANCHOR)]
        key = keys[0] if keys else self.otherwise
        return f"PAM1:{self.prefix}:{key}:{page}" if key else ""


def read(text: str) -> SheetCode | None:
    """The code of a scanned QR; None for any other QR."""
    found = _TEXT.fullmatch(text.strip())
    return SheetCode(found[1], found[2], int(found[3]), int(found[4])) if found else None


def runs(text: str) -> Iterator[tuple[float, float, float, float]]:
    """The QR as black bars (x, y, width, height) in a unit square with its origin at the lower left corner."""
    matrix = segno.make(text, micro=False, error="m").matrix
    module = 1 / len(matrix)
    for number, row in enumerate(matrix):
        y = 1 - (number + 1) * module
        start = None
        for at, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = at
            elif not dark and start is not None:
                yield start * module, y, (at - start) * module, module
                start = None
