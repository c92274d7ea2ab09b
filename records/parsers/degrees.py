"""Parser of coordinates: "-3.958", "-3,958", "3,958° LS", "105°16'51,6\\" BT". A dot is a decimal point.

Phones and maps give more decimals than they can measure (a phone is accurate to some metres): decimals beyond the
column are rounded (half away from zero), which moves the point by 6 cm at most. Our assumption; the help text beside
each input says so, and the preview of an import marks it.
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.core.exceptions import ValidationError

from records.parsers import numbers

LAT, LNG = "lat", "lng"
LIMIT = 180  # of a latitude too: the caller with both values can say that they are exchanged
_HEMISPHERES = {
    LAT: {"ls": -1, "s": -1, "selatan": -1, "south": -1, "lu": 1, "u": 1, "n": 1, "utara": 1, "north": 1},
    LNG: {"bt": 1, "t": 1, "e": 1, "timur": 1, "east": 1, "bb": -1, "b": -1, "w": -1, "barat": -1, "west": -1},
}
_SIGNS = str.maketrans("−–º˚’′‘″”“", "--°°'''\"\"\"")
_WORD = r"(?:lintang\s+|bujur\s+)?[a-z]+\.?"
_SHAPE = re.compile(
    rf"({_WORD})?\s*([+-])?\s*(\d{{1,3}}(?:[.,]\d+)?)\s*(?:°|derajat)?\s*"
    rf"(?:(\d{{1,2}}(?:[.,]\d+)?)\s*(?:'|menit)\s*(?:(\d{{1,2}}(?:[.,]\d+)?)\s*(?:\"|''|detik))?)?\s*({_WORD})?",
    re.ASCII,
)
_PAIR = re.compile(r"[^\d]*\d+[.,]\d+[^\d]+\d+[.,]\d+[^\d]*", re.ASCII)
EXAMPLES = {LAT: "-3.958", LNG: "105.281"}
POINT_PLACES = 6  # decimals of a stored point, 11 cm on the ground
ROUNDING = f"Lebih dari {POINT_PLACES} angka di belakang koma dibulatkan."


def read(text: str, axis: str, places: int = POINT_PLACES) -> Decimal | None:
    """Degrees, rounded to POINT_PLACES; minutes and seconds are converted. None for an empty text.

    With fewer `places`, more decimals are refused.
    """
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    plain = written.translate(_SIGNS).lower().lstrip("'")
    found = _SHAPE.fullmatch(plain)
    if not found:
        raise _wrong(written, axis)
    before, sign, whole, minutes, seconds, behind = found.groups()
    if before and behind:
        raise _wrong(written, axis)
    value = Fraction(whole.replace(",", "."))
    if minutes is not None:
        value = _with_minutes(value, minutes, seconds, written, axis)
    if minutes is not None or places >= POINT_PLACES:
        value = Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)
    value *= _direction(sign, before or behind, written, axis)
    if abs(value) > LIMIT:
        raise _wrong(written, axis)
    return Decimal(format(numbers.exactly(value, places, written[:40]).normalize(), "f"))


def _with_minutes(value: Fraction, minutes: str, seconds: str | None, written: str, axis: str) -> Fraction:
    parts = [Fraction(part.replace(",", ".")) for part in (minutes, seconds) if part is not None]
    if value.denominator != 1 or any(part >= 60 for part in parts) or (len(parts) == 2 and parts[0].denominator != 1):
        raise _wrong(written, axis)
    return value + sum(part / 60**place for place, part in enumerate(parts, 1))


def _direction(sign: str | None, word: str | None, written: str, axis: str) -> int:
    """-1 for south and west. A word of the other axis, or one that contradicts the sign, is refused."""
    if word is None:
        return -1 if sign == "-" else 1
    name = word.rstrip(".").removeprefix("lintang").removeprefix("bujur").strip()
    direction = _HEMISPHERES[axis].get(name)
    if direction is None:
        other = LNG if axis == LAT else LAT
        if name in _HEMISPHERES[other]:
            raise ValidationError(f"“{written[:40]}” menyebut sumbu yang lain. Mungkin lintang dan bujur tertukar.")
        raise _wrong(written, axis)
    if (sign == "-" and direction == 1) or (sign == "+" and direction == -1):
        raise _wrong(written, axis)
    return direction


def is_rounded(text: str, places: int = POINT_PLACES) -> bool:
    """Whether decimal degrees of this text lose decimals."""
    found = re.search(r"\d[.,](\d+)", text)
    return places >= POINT_PLACES and found is not None and len(found[1].rstrip("0")) > places


def _wrong(written: str, axis: str) -> ValidationError:
    if _PAIR.fullmatch(written) and not re.search(r"[°º'’′\"”″]", written):
        return ValidationError(f"“{written[:40]}” memuat lintang dan bujur. Isi masing-masing pada tempatnya.")
    return ValidationError(f"“{written[:40]}” bukan derajat. Tulis seperti {EXAMPLES[axis]}.")
