"""Horizontal bars: a label above, the compared bars below it, their figures at the right end."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitoring.drawing.fills import Fill
from monitoring.drawing.svg import (
    INK,
    LINE,
    PAPER,
    SIZE,
    SMALL,
    SOFT,
    Drawing,
    drawing,
    element,
    number,
    shortened,
    text,
    titled,
    width_of,
)

WIDTH = 320.0
THICK = 15.0  # one bar
GAP = 4.0


@dataclass(frozen=True)
class Piece:
    """A part of a bar. `words`: its label with the figure; `inside`: text within it if there is space."""

    value: float
    fill: Fill
    words: str = ""
    inside: str = ""


@dataclass(frozen=True)
class Mark:
    """A second figure on the same scale, drawn as a vertical line: a target, a national share."""

    value: float
    words: str


@dataclass(frozen=True)
class Bar:
    """`name` is printed before it, `words` (its figure) behind it."""

    pieces: Sequence[Piece]
    words: str
    name: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Row:
    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class _Frame:
    left: float
    length: float
    scale: float


def bar_chart(
    key: str,
    title: str,
    description: str,
    rows: Sequence[Row],
    *,
    most: float | None = None,
    legend: Sequence[tuple[str, Fill]] = (),
    mark_word: str = "",
) -> Drawing:
    """All bars on one scale that ends at `most` (or at the largest bar)."""
    bars = [bar for row in rows for bar in row.bars]
    left = max((width_of(bar.name, SMALL) for bar in bars if bar.name), default=0.0)
    left = left + 6 if left else 0.0
    right = max((width_of(bar.words, SMALL) for bar in bars), default=0.0) + 6
    length = WIDTH - left - right
    top = most or max((sum(piece.value for piece in bar.pieces) for bar in bars), default=0) or 1
    frame = _Frame(left, length, length / top)
    y, parts = _legend(legend, mark_word)
    for row in rows:
        if row.label:
            parts.append(text(0, y + SIZE, shortened(row.label, WIDTH), font_weight="700"))
            y += SIZE + GAP + 2
        for bar in row.bars:
            parts += _bar(bar, y, frame, row.label)
            y += THICK + GAP
        y += 8
    return drawing(key, title, description, (WIDTH, y - 4), parts)


def _legend(legend, mark_word) -> tuple[float, list[str]]:
    """Draws the legend above the bars; returns where the bars begin."""
    x, y, parts = 0.0, 0.0, []
    for words, fill in [*legend, *([(mark_word, None)] if mark_word else [])]:
        wide = 20 + width_of(words, SMALL) + 10
        if x and x + wide > WIDTH:
            x, y = 0.0, y + 17
        if fill is None:
            parts += _tick(x + 7, y + 1, 12)
        else:
            parts.append(fill.area(x, y + 1, 14, 12))
        parts.append(text(x + 19, y + 11, words, font_size=SMALL))
        x += wide
    return (y + 25 if parts else 0.0), parts


def _tick(x: float, y: float, height: float) -> list[str]:
    """A vertical line, dark with a white edge, so that it is visible on every fill."""
    line = f"M{number(x)} {number(y)}v{number(height)}"
    return [
        element("path", {"d": line, "stroke": PAPER, "stroke-width": 5}),
        element("path", {"d": line, "stroke": INK, "stroke-width": 2.4}),
    ]


def _bar(bar: Bar, y: float, frame: _Frame, label: str) -> list[str]:
    parts = [element("path", {"d": f"M{number(frame.left)} {number(y)}v{number(THICK)}", "stroke": LINE})]
    if bar.name:
        parts.append(text(0, y + 11.5, bar.name, font_size=SMALL, fill=SOFT))
    x = frame.left
    for piece in bar.pieces:
        wide = piece.value * frame.scale
        if wide <= 0:
            continue
        title = ", ".join(filter(None, [label, bar.name, piece.words]))
        parts.append(piece.fill.area(x, y, wide, THICK, titled(title) if piece.words else ""))
        plate = width_of(piece.inside, SMALL) + 4
        if piece.inside and plate + 2 <= wide:
            middle = x + wide / 2
            parts.append(
                element("rect", {"x": middle - plate / 2, "y": y + 2, "width": plate, "height": 11, "fill": PAPER})
            )
            parts.append(text(middle, y + 11.5, piece.inside, font_size=SMALL, text_anchor="middle"))
        x += wide
    if bar.mark:
        parts += _tick(frame.left + bar.mark.value * frame.scale, y - 2, THICK + 4)
    parts.append(text(WIDTH, y + 11.5, bar.words, font_size=SMALL, text_anchor="end"))
    return parts
