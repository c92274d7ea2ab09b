"""Map without a map server: points and outlines on a plane, with symbols of different shapes, names and a scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from monitoring.drawing.map_names import SIGN, Box, NamePlace, around, meets, named, numbered
from monitoring.drawing.plane import KM_PER_DEGREE, WIDTH, Plane, Point, View
from monitoring.drawing.svg import FONT, INK, PAPER, SMALL, SOFT, Drawing, drawing, element, number, text, width_of

__all__ = ["KM_PER_DEGREE", "WIDTH", "Outline", "Plane", "Spot", "View", "map_drawing", "sign", "sign_alone"]

REACH = 15  # radius around a symbol that reacts to a tap
LISTED = 3  # columns of the names that are numbered on the map


@dataclass(frozen=True)
class Spot:
    """A village on the map. `state` decides its symbol; `told` is its text for screen readers."""

    key: str
    point: Point
    state: str
    label: str
    description: str
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Outline:
    """An outline. `strong`: of a kecamatan, with its name; otherwise of a village.

    Without rings only the name is drawn, above its `points`.
    """

    rings: Sequence[Sequence[Point]] = ()
    strong: bool = False
    label: str = ""
    url: str = ""
    points: Sequence[Point] = ()


# Signs --------------------------------------------------------------------------------------------------


def sign(state: str) -> str:
    """Around the origin: a full disc, a half disc, a square with a cross, a small dotted ring."""
    if state == "done":
        return element("circle", {"r": 7, "fill": "#176338", "stroke": PAPER})
    if state == "half":
        ring = element("circle", {"r": 6.5, "fill": PAPER, "stroke": "#7a4a00", "stroke-width": 1.6})
        return ring + element("path", {"d": "M-6.5 0a6.5 6.5 0 0 0 13 0z", "fill": "#7a4a00"})
    if state == "none":
        square = {"x": -6.5, "y": -6.5, "width": 13, "height": 13, "fill": PAPER, "stroke": "#a3211c"}
        cross = {"d": "M-6.5-6.5l13 13M6.5-6.5l-13 13", "stroke": "#a3211c", "stroke-width": 1.8}
        return element("rect", square | {"stroke-width": 1.8}) + element("path", cross)
    dots = {"r": 5.5, "fill": PAPER, "stroke": "#545048", "stroke-width": 1.6, "stroke-dasharray": "2 1.6"}
    return element("circle", dots)


def sign_alone(state: str) -> Drawing:
    """The symbol as a separate drawing, for a list and a legend; a label is beside it."""
    look = {"class": "map-sign-alone", "viewBox": "-9 -9 18 18", "width": 18, "height": 18, "aria-hidden": "true"}
    return Drawing(element("svg", look | {"focusable": "false"}, sign(state)))


# The drawing --------------------------------------------------------------------------------------------


def map_drawing(
    key: str,
    title: str,
    description: str,
    plane: Plane,
    spots: Iterable[Spot],
    areas: Iterable[Outline] = (),
    *,
    view: View | None = None,
    below: Sequence[tuple[str, str]] = (),
    tiles: Sequence[str] = (),
) -> Drawing:
    """With `view` an interactive map with links for the keyboard. Without it a drawing for paper with its legend
    `below` as (state, words). `tiles`: images of a map server below the drawing.
    """
    on_paper = view is None
    view = view or plane.view()
    placed = [(spot, plane.at(spot.point)) for spot in spots]
    areas = sorted(areas, key=lambda area: area.strong)
    titles = [(area, _name_place(area, plane, placed, view)) for area in areas if area.label]
    taken = [_name_box(area, place, view) for area, place in titles]
    labels = [(spot.key, spot.label, place, spot.chosen) for spot, place in placed]
    names = named(labels, view, [*taken, *_scale_boxes(plane)] if on_paper else taken)
    numbers = numbered(labels, names, view, taken) if on_paper else {}
    parts = [element("rect", {"width": WIDTH, "height": plane.height, "fill": "#f6f4f0"}), *tiles]
    parts += [_outline(area, plane, bool(tiles)) for area in areas if area.rings]
    parts += [_area_name(area, place, view, on_paper) for area, place in titles]
    for spot, place in placed:
        shown = numbers.get(spot.key, spot.label)
        parts.append(_spot(spot, place, shown, names[spot.key], view, on_paper))
    parts += _scale(plane)
    height = plane.height
    if on_paper:
        for line, (state, words) in enumerate(below):
            x, y = 12 + 300 * (line % 2), height + 18 + 22 * (line // 2)
            parts.append(element("g", {"transform": f"translate({number(x)} {number(y)})"}, sign(state)))
            parts.append(text(x + 14, y + 4.5, words))
        height += 30 + 22 * ((len(below) - 1) // 2) if below else 0
        listed = [f"{numbers[spot.key]}  {spot.label}" for spot, _ in placed if spot.key in numbers]
        for at, name in enumerate(listed):
            left, top = 12 + (WIDTH - 24) / LISTED * (at % LISTED), height + 12 + 16 * (at // LISTED)
            parts.append(text(left, top, name, font_size=SMALL))
        height += 16 * -(-len(listed) // LISTED) + 6 if listed else 0
        return drawing(key, title, description, (WIDTH, height), parts)
    return drawing(key, title, description, (WIDTH, height), parts, role="group", css="map", box=view.box)


def _outline(area: Outline, plane: Plane, see_through: bool) -> str:
    path = ""
    for ring in area.rings:
        before = None
        for point in ring:
            x, y = (round(value) for value in plane.at(point))
            if before is None:
                path += f"M{x} {y}"
            elif (x, y) != before:
                path += f"l{x - before[0]} {y - before[1]}"
            before = (x, y)
        path += "z"
    look = {"d": path, "stroke": "#857d70", "stroke-width": 1.6 if area.strong else 0.6, "stroke-linejoin": "round"}
    ground = "none" if area.strong or see_through else "#ffffff"
    return element("path", look | {"fill": ground, "vector-effect": "non-scaling-stroke"})


def _name_place(area: Outline, plane: Plane, placed: Sequence[tuple[Spot, Point]], view: View) -> Point:
    """The free position nearest to the middle of the outline; without an outline above the points."""
    places = [plane.at(point) for point in (area.points or [p for ring in area.rings for p in ring])]
    wide = width_of(area.label) / 2
    x = (min(p[0] for p in places) + max(p[0] for p in places)) / 2
    top, bottom = min(p[1] for p in places), max(p[1] for p in places)
    x = min(max(x, wide + 4), WIDTH - wide - 4)
    if not area.rings:
        return x, top - 20
    middle, signs = (top + bottom) / 2, [around(place, view, 8) for _, place in placed]
    steps = sorted(range(int(top - middle), int(bottom - middle), 8), key=abs)
    free = (
        middle + step
        for step in steps
        if not any(meets(_name_box(area, (x, middle + step), view), other) for other in signs)
    )
    return x, next(free, middle)


def _name_box(area: Outline, place: Point, view: View) -> Box:
    x, y = place[0] * view.zoom, place[1] * view.zoom
    wide = width_of(area.label) / 2
    return x - wide, y - 11, x + wide, y + 4


def _area_name(area: Outline, place: Point, view: View, on_paper: bool) -> str:
    """A link to this kecamatan alone."""
    x, y = place
    name = text(0, 0, area.label, fill=SOFT, font_weight="700", text_anchor="middle")
    if on_paper or not area.url:
        return element("g", {"transform": f"translate({number(x)} {number(y)})"}, name)
    size = element("g", {"class": "map-size", "transform": f"scale({1 / view.zoom:.3f})"}, name)
    look = {"href": area.url, "class": "map-area", "transform": f"translate({number(x)} {number(y)})"}
    return element("a", look, size)


def _spot(spot: Spot, place: Point, shown: str, name: NamePlace | None, view: View, on_paper: bool) -> str:
    """The sign with `shown` beside it: the name, or on paper its number in the list below."""
    at = f"translate({number(place[0])} {number(place[1])})"
    dx, dy, anchor, _ = name or (11, 4, "start", None)
    words = {"text_anchor": anchor, "font_size": SMALL}
    leader = _leader(name)
    if on_paper:
        edge = text(dx, dy, shown, stroke=PAPER, stroke_width=2.5, **words)  # below: paper knows no paint-order
        beside = (leader, edge, text(dx, dy, shown, **words)) if name else ()
        return element("g", {"transform": at}, sign(spot.state), *beside)
    outline = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke", "fill": INK}
    label = text(dx, dy, shown, **words, **outline)
    size = element(
        "g",
        {"class": "map-size", "transform": f"scale({1 / view.zoom:.3f})"},
        element("circle", {"class": "map-reach", "r": REACH, "fill": "transparent"}),
        sign(spot.state),
        element("g", {"class": "map-name" if name else "map-name map-crowded"}, leader, label),
    )
    css = "map-spot" if view.holds(place) else "map-spot is-off"  # no link to an invisible part
    look = {"id": f"titik-{spot.key}", "href": spot.url, "class": css, "transform": at, "data-spot": spot.key}
    return element("a", look | {"aria-label": spot.description, "aria-current": "true" if spot.chosen else None}, size)


def _leader(name: NamePlace | None) -> str:
    """The line from a sign to a name that stands away from it."""
    if not name or not name[3]:
        return ""
    x, y = name[3]
    edge = SIGN / hypot(x, y)
    start = f"M{number(x * edge)} {number(y * edge)}"
    return element("path", {"d": f"{start}L{number(x)} {number(y)}", "stroke": SOFT, "stroke-width": 0.7})


def _scale_boxes(plane: Plane) -> list[Box]:
    """Where scale and north stand on paper, below everything."""
    return [(8, plane.height - 26, WIDTH - 8, plane.height)]


def _scale(plane: Plane) -> list[str]:
    long, words = plane.bar()
    y = plane.height - 14
    line = f"M14 {number(y - 5)}v5h{number(long)}v-5"
    return [
        element(
            "g",
            {"class": "map-scale", "font-family": FONT},
            element("path", {"d": line, "fill": "none", "stroke": INK, "stroke-width": 1.2}),
            text(14 + long + 6, y + 1, words, font_size=SMALL),
            text(WIDTH - 14, y + 1, "Utara di atas", font_size=SMALL, text_anchor="end", fill=SOFT),
        )
    ]
