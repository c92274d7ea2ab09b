"""Map without a map server: points and outlines on a plane, with symbols of different shapes, names and a scale.

Degrees become user units by an equirectangular projection at the mean latitude; over one kabupaten its error is less
than the width of a line. North is up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, radians

from monitoring.drawing.svg import FONT, INK, PAPER, SMALL, SOFT, Drawing, drawing, element, number, text, width_of

WIDTH, TALLEST, MARGIN = 600.0, 640.0, 34.0
KM_PER_DEGREE = 111.32
LEAST = 0.02  # degrees: limit of the enlargement of a single village
ROUND_KM = (50, 20, 10, 5, 2, 1, 0.5)
REACH = 15  # radius around a symbol that reacts to a tap

Point = tuple[float, float]  # bujur, lintang


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


@dataclass(frozen=True)
class View:
    """The visible part: zoom factor and centre in user units."""

    zoom: int = 1
    x: float = 0.0
    y: float = 0.0
    width: float = WIDTH
    height: float = TALLEST

    @property
    def box(self) -> str:
        return f"{number(self.x)} {number(self.y)} {number(self.width)} {number(self.height)}"

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, place: Point) -> bool:
        return self.x <= place[0] <= self.x + self.width and self.y <= place[1] <= self.y + self.height


@dataclass
class Plane:
    """Projection of degrees, computed from all points to show."""

    points: Sequence[Point]
    west: float = field(init=False)
    north: float = field(init=False)
    scale: float = field(init=False)  # user units per degree of latitude
    squeeze: float = field(init=False)  # ratio of a degree of longitude to one of latitude
    height: float = field(init=False)

    def __post_init__(self):
        lngs, lats = [p[0] for p in self.points], [p[1] for p in self.points]
        self.squeeze = cos(radians((min(lats) + max(lats)) / 2))
        wide, tall = max(max(lngs) - min(lngs), LEAST), max(max(lats) - min(lats), LEAST)
        room, most = WIDTH - 2 * MARGIN, TALLEST - 2 * MARGIN
        self.scale = min(room / (wide * self.squeeze), most / tall)
        self.height = max(tall * self.scale + 2 * MARGIN, WIDTH / 2)
        self.west = (min(lngs) + max(lngs)) / 2 - WIDTH / 2 / self.scale / self.squeeze
        self.north = (min(lats) + max(lats)) / 2 + self.height / 2 / self.scale

    def at(self, point: Point) -> Point:
        return (point[0] - self.west) * self.squeeze * self.scale, (self.north - point[1]) * self.scale

    def back(self, place: Point) -> Point:
        return self.west + place[0] / self.squeeze / self.scale, self.north - place[1] / self.scale

    def view(self, zoom: int = 1, centre: Point | None = None) -> View:
        """Limits the centre to the map."""
        wide, tall = WIDTH / zoom, self.height / zoom
        x, y = centre or (WIDTH / 2, self.height / 2)
        x, y = min(max(x - wide / 2, 0), WIDTH - wide), min(max(y - tall / 2, 0), self.height - tall)
        return View(zoom, x, y, wide, tall)

    def bar(self) -> tuple[float, str]:
        """The scale bar: its length in user units and its label."""
        per_km = self.scale / KM_PER_DEGREE
        km = next((km for km in ROUND_KM if km * per_km <= WIDTH / 4), ROUND_KM[-1])
        return km * per_km, f"{km:g} km".replace(".", ",")


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


# Names: where there is space ------------------------------------------------------------------------------

Box = tuple[float, float, float, float]
NamePlace = tuple[float, float, str]  # dx, dy, anchor


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def named(spots: Sequence[tuple[Spot, Point]], view: View, taken: list[Box]) -> dict[str, NamePlace | None]:
    """For each spot the position of its name (dx, dy, anchor) in units of the screen; None where there is no space.

    `taken`: occupied boxes.
    """
    signs = [_around(place, view, 8) for _, place in spots]
    taken = list(taken)
    found: dict[str, NamePlace | None] = {}
    for (spot, place), own in sorted(zip(spots, signs, strict=True), key=lambda item: not item[0][0].chosen):
        x, y = place[0] * view.zoom, place[1] * view.zoom
        wide = width_of(spot.label, SMALL)
        found[spot.key] = None
        for dx, dy, anchor in ((11, 4, "start"), (-11, 4, "end"), (0, -11, "middle"), (0, 19, "middle")):
            left = x + dx - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
            box = (left - 1, y + dy - 10, left + wide + 1, y + dy + 3)
            edge = (view.x + view.width) * view.zoom
            inside = view.x * view.zoom <= box[0] and box[2] <= edge
            if inside and not any(_meets(box, other) for other in [*taken, *(s for s in signs if s != own)]):
                taken.append(box)
                found[spot.key] = (dx, dy, anchor)
                break
    return found


def _around(place: Point, view: View, reach: float) -> Box:
    x, y = place[0] * view.zoom, place[1] * view.zoom
    return x - reach, y - reach, x + reach, y + reach


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
    names = named(placed, view, [_name_box(area, place, view) for area, place in titles])
    parts = [element("rect", {"width": WIDTH, "height": plane.height, "fill": "#f6f4f0"}), *tiles]
    parts += [_outline(area, plane, bool(tiles)) for area in areas if area.rings]
    parts += [_area_name(area, place, view, on_paper) for area, place in titles]
    for spot, place in placed:
        parts.append(_spot(spot, place, names[spot.key], view, on_paper))
    parts += _scale(plane)
    height = plane.height
    if on_paper:
        for line, (state, words) in enumerate(below):
            x, y = 12 + 300 * (line % 2), height + 18 + 22 * (line // 2)
            parts.append(element("g", {"transform": f"translate({number(x)} {number(y)})"}, sign(state)))
            parts.append(text(x + 14, y + 4.5, words))
        height += 30 + 22 * ((len(below) - 1) // 2) if below else 0
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
    middle, signs = (top + bottom) / 2, [_around(place, view, 8) for _, place in placed]
    steps = sorted(range(int(top - middle), int(bottom - middle), 8), key=abs)
    free = (
        middle + step
        for step in steps
        if not any(_meets(_name_box(area, (x, middle + step), view), other) for other in signs)
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


def _spot(spot: Spot, place: Point, name: NamePlace | None, view: View, on_paper: bool) -> str:
    at = f"translate({number(place[0])} {number(place[1])})"
    dx, dy, anchor = name or (11, 4, "start")
    words = {"text_anchor": anchor, "font_size": SMALL}
    if on_paper:
        edge = text(dx, dy, spot.label, stroke=PAPER, stroke_width=2.5, **words)  # below: paper knows no paint-order
        shown = (edge, text(dx, dy, spot.label, **words)) if name else ()
        return element("g", {"transform": at}, sign(spot.state), *shown)
    outline = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke", "fill": INK}
    label = text(dx, dy, spot.label, **words, **outline)
    size = element(
        "g",
        {"class": "map-size", "transform": f"scale({1 / view.zoom:.3f})"},
        element("circle", {"class": "map-reach", "r": REACH, "fill": "transparent"}),
        sign(spot.state),
        element("g", {"class": "map-name" if name else "map-name map-crowded"}, label),
    )
    css = "map-spot" if view.holds(place) else "map-spot is-off"  # no link to an invisible part
    look = {"id": f"titik-{spot.key}", "href": spot.url, "class": css, "transform": at, "data-spot": spot.key}
    return element("a", look | {"aria-label": spot.description, "aria-current": "true" if spot.chosen else None}, size)


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
