"""Lines over the years, on a scale from 0 to `most`; each line has its own dash and marker."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitoring.drawing.svg import LINE, SMALL, SOFT, Drawing, drawing, element, number, text, titled, width_of

WIDTH, HEIGHT, TOP, LEFT, RIGHT = 320.0, 180.0, 34.0, 62.0, 22.0
SIGNS = ("circle", "square", "triangle")
DASHES = (None, "5 3", "1.5 3")


@dataclass(frozen=True)
class Line:
    """`points`: one (value, words) for each position on the axis, None where unknown."""

    name: str
    points: Sequence[tuple[float, str] | None]
    colour: str


def line_chart(
    key: str,
    title: str,
    description: str,
    places: Sequence[str],
    lines: Sequence[Line],
    *,
    most: float,
    steps: Sequence[tuple[float, str]],
) -> Drawing:
    """`steps`: the values of the vertical axis with their labels."""
    bottom = TOP + HEIGHT
    pace = (WIDTH - LEFT - RIGHT) / max(len(places) - 1, 1)

    def at(place: int, value: float) -> tuple[float, float]:
        return LEFT + pace * place, bottom - HEIGHT * value / most

    parts = [*_legend(lines)]
    for value, words in steps:
        y = at(0, value)[1]
        across = f"M{number(LEFT - 20)} {number(y)}H{number(WIDTH - 4)}"
        parts.append(element("path", {"d": across, "stroke": LINE, "stroke-width": 0.5}))
        parts.append(text(LEFT - 26, y + 4, words, font_size=SMALL, text_anchor="end", fill=SOFT))
    for place, words in enumerate(places):
        parts.append(text(at(place, 0)[0], bottom + 32, words, font_size=SMALL, text_anchor="middle", fill=SOFT))
    for order, line in enumerate(lines):
        spots = [point and (*at(place, point[0]), point[1]) for place, point in enumerate(line.points)]
        parts.append(_stroke(spots, line.colour, DASHES[order]))
        for place, spot in enumerate(spots):
            if spot:
                tip = titled(f"{line.name}, {places[place]}: {spot[2]}")
                parts.append(element("g", {}, tip, _sign(SIGNS[order], spot[0], spot[1], line.colour)))
                above = _is_above(lines, order, place)
                y = spot[1] - 8 if above else spot[1] + 17
                parts.append(text(spot[0], y, spot[2], font_size=SMALL, text_anchor="middle", fill=line.colour))
    return drawing(key, title, description, (WIDTH, bottom + 40), parts)


def _is_above(lines: Sequence[Line], order: int, place: int) -> bool:
    """Whether a figure is above its marker: that of the highest line is, the others are below."""
    known = [(point[0], -number) for number, line in enumerate(lines) if (point := line.points[place])]
    return -max(known)[1] == order


def _stroke(spots, colour: str, dash: str | None) -> str:
    path, pen_down = "", False
    for spot in spots:
        if spot:
            path += f"{'L' if pen_down else 'M'}{number(spot[0])} {number(spot[1])}"
        pen_down = bool(spot)
    return element(
        "path", {"d": path or "M0 0", "fill": "none", "stroke": colour, "stroke-width": 2, "stroke-dasharray": dash}
    )


def _sign(sign: str, x: float, y: float, colour: str) -> str:
    look = {"fill": colour if sign == "circle" else "#ffffff", "stroke": colour, "stroke-width": 2}
    if sign == "circle":
        return element("circle", {"cx": x, "cy": y, "r": 4} | look)
    if sign == "square":
        return element("rect", {"x": x - 4, "y": y - 4, "width": 8, "height": 8} | look)
    return element("path", {"d": f"M{number(x)} {number(y - 5)}l5 9h-10z"} | look)


def _legend(lines: Sequence[Line]) -> list[str]:
    x, parts = 0.0, []
    for order, line in enumerate(lines):
        parts.append(_stroke([(x, 7, ""), (x + 24, 7, "")], line.colour, DASHES[order]))
        parts.append(_sign(SIGNS[order], x + 12, 7, line.colour))
        parts.append(text(x + 30, 11, line.name, font_size=SMALL))
        x += 30 + width_of(line.name, SMALL) + 14
    return parts
