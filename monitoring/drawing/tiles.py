"""Tiles of a map server below the map, where one is configured. Otherwise nothing is fetched.

Tiles are in Web Mercator; each is placed by its corners, which over one kabupaten is accurate to less than the width of
a line.
"""

from math import atan, cos, degrees, log, log2, pi, radians, sinh, tan

from monitoring.drawing.plane import Plane, View
from monitoring.drawing.svg import element

ACROSS = 3  # approximate number of tiles side by side
MAX_TILES = 40
DEEPEST = 18


def tiles(plane: Plane, view: View, url: str) -> list[str]:
    """Images of the visible part; `url` contains {z}, {x} and {y}."""
    west, north = plane.back((view.x, view.y))
    east, south = plane.back((view.x + view.width, view.y + view.height))
    level = max(0, min(DEEPEST, int(log2(360 / (east - west) * ACROSS))))
    count = 2**level
    columns = range(_column(west, count), _column(east, count) + 1)
    rows = range(_row(north, count), _row(south, count) + 1)
    if len(columns) * len(rows) > MAX_TILES:
        return []
    return [_tile(plane, url, level, column, row) for row in rows for column in columns]


def _column(lng: float, count: int) -> int:
    return min(max(int((lng + 180) / 360 * count), 0), count - 1)


def _row(lat: float, count: int) -> int:
    y = (1 - log(tan(radians(lat)) + 1 / cos(radians(lat))) / pi) / 2
    return min(max(int(y * count), 0), count - 1)


def _corner(column: int, row: int, count: int) -> tuple[float, float]:
    return column / count * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * row / count))))


def _tile(plane: Plane, url: str, level: int, column: int, row: int) -> str:
    left, top = plane.at(_corner(column, row, 2**level))
    right, bottom = plane.at(_corner(column + 1, row + 1, 2**level))
    address = url.replace("{z}", str(level)).replace("{x}", str(column)).replace("{y}", str(row))
    place = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    return element("image", {"href": address, "preserveAspectRatio": "none"} | place)
