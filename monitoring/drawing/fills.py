"""Fills of areas: a colour of the portal and a pattern, which is distinguishable in black and white too.

Patterns are lines that end at the edge of the area. They need no ids, so nothing clashes and every renderer draws them
alike.
"""

from dataclasses import dataclass

from monitoring.drawing.svg import element, number

STEP = 5.0


@dataclass(frozen=True)
class Fill:
    """`ground` below, `ink` for outline and pattern: "" none, "/" rising lines, "x" crossed, "." rows of dots."""

    ink: str
    ground: str
    pattern: str = ""

    def area(self, x: float, y: float, width: float, height: float, *inside: str) -> str:
        """A filled rectangle; `inside` (a title) is part of its group."""
        edge = {"x": x + 0.5, "y": y + 0.5, "width": max(width - 1, 0.2), "height": height - 1}
        parts = [element("rect", edge | {"fill": self.ground, "stroke": self.ink})]
        if self.pattern:
            dots = {"stroke-linecap": "round", "stroke-dasharray": "0.1 3.4"} if self.pattern == "." else {}
            strokes = _lines(self.pattern, x + 0.5, y + 0.5, max(width - 1, 0.2), height - 1)
            parts.append(
                element("path", {"d": strokes, "stroke": self.ink, "stroke-width": 1.2, "fill": "none"} | dots)
            )
        return element("g", {}, *inside, *parts)


def _lines(pattern: str, x: float, y: float, width: float, height: float) -> str:
    if pattern == ".":
        return "".join(
            f"M{number(x + 2)} {number(y + row)}h{number(max(width - 4, 0.1))}" for row in _steps(2.5, height, 4)
        )
    strokes = [_rising(x, y, width, height, offset) for offset in _steps(STEP, width + height, STEP)]
    if pattern == "x":
        strokes += [_falling(x, y, width, height, offset) for offset in _steps(STEP, width + height, STEP)]
    return "".join(strokes)


def _steps(first: float, end: float, step: float) -> list[float]:
    return [
        first + step * place for place in range(max(int((end - first) / step) + 1, 0)) if first + step * place < end
    ]


def _rising(x, y, width, height, offset) -> str:
    """Rising lines from the left or lower edge to the upper or right one; `offset` runs along both."""
    x1, y1 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
    x2, y2 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
    return f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"


def _falling(x, y, width, height, offset) -> str:
    x1, y1 = (x, y + height - offset) if offset <= height else (x + offset - height, y)
    x2, y2 = (x + offset, y + height) if offset <= width else (x + width, y + height - offset + width)
    return f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"


# The states of the chain, and two parts of a whole.
GREEN = Fill("#176338", "#176338")
AMBER = Fill("#7a4a00", "#fcf0d9", "/")
RED = Fill("#a3211c", "#fbe9e7", "x")
GREY = Fill("#545048", "#ffffff", ".")
WATER = Fill("#0b4f78", "#0b4f78")
WATER_LIGHT = Fill("#0b4f78", "#e7f0f6", "/")
