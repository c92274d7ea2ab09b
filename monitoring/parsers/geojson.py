"""Parser of uploaded GeoJSON outlines, which are simplified. Nothing in the file is trusted.

It accepts a FeatureCollection of Polygon and MultiPolygon in degrees (WGS 84). The map of a kabupaten shows nothing
smaller than about 50 m, so each outline is simplified at once.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from records.formats import number_id

MAX_BYTES = 20 * 10**6
MAX_FEATURES = 5_000
MAX_POINTS = 400_000  # in the whole file
MAX_PROPERTIES = 40
STEP = 0.0001  # degrees: points nearer than 11 m are merged
TOLERANCE = 0.0004  # degrees, about 45 m: largest distance of a simplified line from its points
POINTS_KEPT = 150  # of one outline

Point = tuple[float, float]  # bujur, lintang
Ring = list[Point]


@dataclass
class Feature:
    """An outline with its properties that may be a code."""

    properties: dict[str, str]
    rings: list[Ring]


# Reading ------------------------------------------------------------------------------------------------


def read(file: UploadedFile) -> list[Feature]:
    """The simplified outlines of a file. Raises ValidationError."""
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError("Berkas ini lebih dari 20 MB. Sederhanakan garisnya atau potong dahulu, lalu coba lagi.")
    found = _parsed(file.read(MAX_BYTES + 1))
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise ValidationError("Berkas ini bukan GeoJSON jenis FeatureCollection. Ekspor lagi sebagai GeoJSON.")
    rows = found.get("features")
    if not isinstance(rows, list) or not rows:
        raise ValidationError("Berkas ini tidak memuat satu pun wilayah (features).")
    if len(rows) > MAX_FEATURES:
        raise ValidationError(
            f"Berkas ini memuat {number_id(len(rows))} wilayah. Paling banyak {number_id(MAX_FEATURES)}: "
            "potong dahulu menjadi wilayah kabupaten."
        )
    count, features = 0, []
    for number, row in enumerate(rows, 1):
        feature, points = _feature(row, number)
        count += points
        if count > MAX_POINTS:
            raise ValidationError(
                f"Berkas ini memuat lebih dari {number_id(MAX_POINTS)} titik. Sederhanakan garisnya, lalu coba lagi."
            )
        features.append(feature)
    return features


def _parsed(content: bytes) -> Any:
    def refused(word):
        raise ValueError(word)

    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=refused)
    except UnicodeDecodeError:
        raise ValidationError("Berkas ini bukan teks UTF-8. Ekspor lagi sebagai GeoJSON.") from None
    except (ValueError, RecursionError):
        raise ValidationError("Berkas ini tidak dapat dibaca sebagai JSON. Ekspor lagi sebagai GeoJSON.") from None


def _feature(row: Any, number: int) -> tuple[Feature, int]:
    """An outline, and the number of its points in the file."""
    geometry = row.get("geometry") if isinstance(row, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValidationError(f"Wilayah ke-{number} bukan Polygon atau MultiPolygon. Hapus dahulu, lalu coba lagi.")
    polygons = geometry.get("coordinates")
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    rings, count = [], 0
    for polygon in _listed(polygons, number):
        for ring in _listed(polygon, number):
            points = [_point(point, number) for point in _listed(ring, number)]
            if len(points) < 4:
                raise ValidationError(f"Garis wilayah ke-{number} kurang dari empat titik. Perbaiki, lalu coba lagi.")
            count += len(points)
            rings.append(points)
    properties = row.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    kept = {
        str(name)[:60]: str(value)[:60]
        for name, value in list(properties.items())[:MAX_PROPERTIES]
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    return Feature(kept, simplified(rings)), count


def _listed(value: Any, number: int) -> list:
    if not isinstance(value, list) or not value:
        raise ValidationError(f"Koordinat wilayah ke-{number} tidak lengkap. Ekspor lagi sebagai GeoJSON.")
    return value


def _point(value: Any, number: int) -> Point:
    plain = isinstance(value, list) and len(value) >= 2
    if not plain or any(isinstance(part, bool) or not isinstance(part, int | float) for part in value[:2]):
        raise ValidationError(f"Koordinat wilayah ke-{number} bukan pasangan angka. Ekspor lagi sebagai GeoJSON.")
    lng, lat = value[:2]
    if abs(lng) <= 90 < abs(lat) <= 180:
        raise ValidationError(
            f"Koordinat wilayah ke-{number} memuat lintang dan bujur yang tertukar. GeoJSON menulis bujur dahulu."
        )
    if not (abs(lng) <= 180 and abs(lat) <= 90 and isfinite(lng) and isfinite(lat)):
        raise ValidationError(
            f"Koordinat wilayah ke-{number} bukan derajat bujur dan lintang. Ubah dahulu ke WGS 84 (EPSG:4326)."
        )
    return float(lng), float(lat)


# Simple lines -------------------------------------------------------------------------------------------


def simplified(rings: Iterable[Ring]) -> list[Ring]:
    """The rings with at most POINTS_KEPT points in all, without invisible small rings; the largest stays."""
    thin = [_thinned(ring) for ring in rings]
    tolerance = TOLERANCE
    while True:
        lines = [_douglas_peucker(ring, tolerance) for ring in thin]
        seen = [line for line in lines if len(line) >= 4] or [max(thin, key=len)[:POINTS_KEPT]]
        if sum(map(len, seen)) <= POINTS_KEPT:
            return [[(round(lng, 5), round(lat, 5)) for lng, lat in line] for line in seen]
        tolerance *= 1.6


def _thinned(ring: Ring) -> Ring:
    """The line without points that are too near to the previous one; both ends stay."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) >= STEP or abs(point[1] - kept[-1][1]) >= STEP:
            kept.append(point)
    return [*kept, ring[-1]]


def _douglas_peucker(ring: Ring, tolerance: float) -> Ring:
    """Simplification by Douglas and Peucker: keeps the point farthest from the line between the ends of each part.

    A ring begins where it ends, so it is divided at the point farthest from there.
    """
    first = ring[0]
    far = max(range(len(ring)), key=lambda place: (ring[place][0] - first[0]) ** 2 + (ring[place][1] - first[1]) ** 2)
    keep = {0, far, len(ring) - 1}
    stretches = [(0, far), (far, len(ring) - 1)]
    while stretches:
        start, end = stretches.pop()
        place, distance = _farthest(ring, start, end)
        if distance > tolerance:
            keep.add(place)
            stretches += [(start, place), (place, end)]
    return [ring[place] for place in sorted(keep)]


def _farthest(ring: Ring, start: int, end: int) -> tuple[int, float]:
    (ax, ay), (bx, by) = ring[start], ring[end]
    dx, dy = bx - ax, by - ay
    long = (dx * dx + dy * dy) ** 0.5
    best, most = start, 0.0
    for place in range(start + 1, end):
        x, y = ring[place][0] - ax, ring[place][1] - ay
        distance = abs(dx * y - dy * x) / long if long else (x * x + y * y) ** 0.5
        if distance > most:
            best, most = place, distance
    return best, most


def rings_of(geometry: dict) -> list[Ring]:
    """The rings of a stored outline."""
    return [ring for polygon in geometry["coordinates"] for ring in polygon]
