"""Where the names of a map stand, so that none covers a sign or another name: beside the sign where there is room,
else a little away with a line to it. What finds no room at all is numbered on paper, and listed below.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from math import cos, pi, sin

from monitoring.drawing.plane import Point, View
from monitoring.drawing.svg import SMALL, width_of

Box = tuple[float, float, float, float]
NamePlace = tuple[float, float, str, Point | None]  # dx, dy, anchor, end of the line to it; in units of the screen
Label = tuple[str, str, Point, bool]  # key, name, place on the plane, chosen

BESIDE = ((11, 4, "start"), (-11, 4, "end"), (0, -11, "middle"), (0, 19, "middle"))
DISTANCES, ANGLES = (24, 34, 46, 60, 76, 94), 16
MAX_LEADERS = 200  # names on one map; with more each is looked for beside its sign alone
SIGN = 8  # around a sign


def meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def around(place: Point, view: View, reach: float) -> Box:
    x, y = place[0] * view.zoom, place[1] * view.zoom
    return x - reach, y - reach, x + reach, y + reach


def named(labels: Sequence[Label], view: View, taken: Iterable[Box]) -> dict[str, NamePlace | None]:
    """For each key where its name goes; None where it is too crowded. `taken`: what stands there already."""
    room = _Room(labels, view, taken)
    first = sorted(labels, key=lambda label: not label[3])
    found = {key: room.beside(name, place) for key, name, place, _ in first}
    if len(labels) <= MAX_LEADERS:
        away = {key: room.away(name, place) for key, name, place, _ in first if found[key] is None}
        found |= away
    return found


def numbered(
    labels: Sequence[Label], names: dict[str, NamePlace | None], view: View, taken: Iterable[Box]
) -> dict[str, str]:
    """The number of each name that has no room, with its place added to `names`."""
    left = [label for label in labels if names[label[0]] is None]
    if not left:
        return {}
    room = _Room(labels, view, taken)
    for key, name, place, _ in labels:
        if found := names[key]:
            room.take(name, place, found)
    numbers: dict[str, str] = {}
    for key, _, place, _ in left:
        shown = str(len(numbers) + 1)
        names[key] = room.beside(shown, place)
        if not names[key] and len(labels) <= MAX_LEADERS:
            names[key] = room.away(shown, place) or room.away(shown, place, over_all=True)
        if names[key]:
            numbers[key] = shown
    return numbers


class _Room:
    """What is taken of the part that is shown."""

    def __init__(self, labels: Sequence[Label], view: View, taken: Iterable[Box]):
        self.zoom = view.zoom
        left, top = view.x * view.zoom, view.y * view.zoom
        self.inside: Box = (left, top, left + view.width * view.zoom, top + view.height * view.zoom)
        self.signs = [around(place, view, SIGN) for _, _, place, _ in labels]
        self.taken = list(taken)
        self.lines: list[tuple[Point, Point]] = []

    def beside(self, name: str, place: Point) -> NamePlace | None:
        own = self._sign(place)
        for dx, dy, anchor in BESIDE:
            found: NamePlace = (dx, dy, anchor, None)
            box = self._box(name, place, found)
            left, _, right, _ = box
            free = self.inside[0] <= left and right <= self.inside[2] and self._is_free(box, own)
            if free and not any(_crosses(line, box) for line in self.lines):
                self.take(name, place, found)
                return found
        return None

    def away(self, name: str, place: Point, *, over_all: bool = False) -> NamePlace | None:
        """The nearest free place, to which a line leads that crosses no other sign, name or line.

        `over_all`: it may cross them, where a sign stands in the midst of others.
        """
        own = self._sign(place)
        x, y = place[0] * self.zoom, place[1] * self.zoom
        reach = DISTANCES[-1] + width_of(name, SMALL) + 2
        window: Box = (x - reach, y - reach, x + reach, y + reach)
        taken = [box for box in self.taken if meets(box, window)]
        signs = [box for box in self.signs if box != own and meets(box, window)]
        lines = [line for line in self.lines if _crosses(line, window)]
        for far, step in product(DISTANCES, range(ANGLES)):
            found = _at(far, 2 * pi * step / ANGLES)
            box, end = self._box(name, place, found), found[3]
            assert end is not None
            line = ((x, y), (x + end[0], y + end[1]))
            covers = not _holds(self.inside, box) or any(meets(box, other) for other in [*taken, *signs, own])
            if covers or any(_crosses(other, box) for other in lines):
                continue
            across = any(_crosses(line, other) for other in [*taken, *signs]) or any(_cut(line, o) for o in lines)
            if over_all or not across:
                self.take(name, place, found)
                return found
        return None

    def take(self, name: str, place: Point, found: NamePlace) -> None:
        self.taken.append(self._box(name, place, found))
        if end := found[3]:
            x, y = place[0] * self.zoom, place[1] * self.zoom
            self.lines.append(((x, y), (x + end[0], y + end[1])))

    def _sign(self, place: Point) -> Box:
        x, y = place[0] * self.zoom, place[1] * self.zoom
        return x - SIGN, y - SIGN, x + SIGN, y + SIGN

    def _box(self, name: str, place: Point, found: NamePlace) -> Box:
        x, y = place[0] * self.zoom + found[0], place[1] * self.zoom + found[1]
        wide = width_of(name, SMALL)
        left = x - {"start": 0.0, "end": wide, "middle": wide / 2}[found[2]]
        return left - 1, y - 10, left + wide + 1, y + 3

    def _is_free(self, box: Box, own: Box | None) -> bool:
        return not any(meets(box, other) for other in self.taken) and not any(
            meets(box, other) for other in self.signs if other != own
        )


def _at(far: float, angle: float) -> NamePlace:
    """A name at the end of a line of this length, on the far side of it."""
    across, down = far * cos(angle), far * sin(angle)
    if abs(across) < far / 3:
        return across, down + (10 if down > 0 else -2), "middle", (across, down)
    return (
        (across + 2, down + 4, "start", (across, down)) if across > 0 else (across - 2, down + 4, "end", (across, down))
    )


def _holds(outer: Box, box: Box) -> bool:
    return outer[0] <= box[0] and outer[1] <= box[1] and box[2] <= outer[2] and box[3] <= outer[3]


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a part of the line lies in the box (Liang and Barsky)."""
    (x, y), (to_x, to_y) = line
    begin, end = 0.0, 1.0
    for step, low, high, at in ((to_x - x, box[0], box[2], x), (to_y - y, box[1], box[3], y)):
        if not step:
            if not low < at < high:
                return False
            continue
        near, far = sorted(((low - at) / step, (high - at) / step))
        begin, end = max(begin, near), min(end, far)
    return begin < end


def _cut(a: tuple[Point, Point], b: tuple[Point, Point]) -> bool:
    """Whether two lines cross."""
    return _side(a, b[0]) * _side(a, b[1]) < 0 and _side(b, a[0]) * _side(b, a[1]) < 0


def _side(line: tuple[Point, Point], point: Point) -> float:
    (x, y), (to_x, to_y) = line
    return (to_x - x) * (point[1] - y) - (to_y - y) * (point[0] - x)
