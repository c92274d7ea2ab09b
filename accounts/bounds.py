"""The rectangle in which the points of a kabupaten lie. A point outside is a typing error."""

from dataclasses import dataclass
from decimal import Decimal

from records.formats import number_id


@dataclass(frozen=True)
class Bounds:
    """Degrees: south is negative, east positive."""

    south: Decimal
    north: Decimal
    west: Decimal
    east: Decimal

    def hold(self, lat: Decimal, lng: Decimal) -> bool:
        return self.south <= lat <= self.north and self.west <= lng <= self.east

    def __str__(self):
        south, north, west, east = (number_id(side) for side in (self.south, self.north, self.west, self.east))
        return f"lintang {south} s.d. {north}, bujur {west} s.d. {east}"

    def complaint(self, lat: Decimal, lng: Decimal, place: str) -> str:
        """What is wrong with a point and what to do, or nothing. The usual slips are named."""
        if self.hold(lat, lng):
            return ""
        if self.hold(lng, lat):
            return f"Lintang dan bujur tertukar. Isi lintang {number_id(lng)} dan bujur {number_id(lat)}."
        if self.hold(-lat, lng):
            return f"Tanda minus pada lintang terbalik. Isi lintang {number_id(-lat)}."
        return f"Titik ini di luar {place} ({self}). Periksa angkanya."


# The area of the kabupaten with a margin, read from maps; an office may set its own in the settings.
KNOWN = {"18.11": Bounds(Decimal("-4.23"), Decimal("-3.72"), Decimal("105.04"), Decimal("105.77"))}
