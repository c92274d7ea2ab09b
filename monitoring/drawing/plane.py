"""Degrees on a plane, and the part of it that is shown.

Degrees become user units by an equirectangular projection at the mean latitude; over one kabupaten its error is less
than the width of a line. North is up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians

from monitoring.drawing.svg import number

WIDTH, TALLEST, MARGIN = 600.0, 640.0, 34.0
KM_PER_DEGREE = 111.32
LEAST = 0.02  # degrees: limit of the enlargement of a single village
ROUND_KM = (50, 20, 10, 5, 2, 1, 0.5)

Point = tuple[float, float]  # bujur, lintang


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
