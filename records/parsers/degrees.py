"""Coordinates: "-3.958", "-3,958", "3,958° LS", "105°16'51,6\\" BT". A dot never parts thousands here."""

import re
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError

from records.parsers import numbers

LAT, LNG = "lat", "lng"
LIMIT = 180  # of a latitude too: who has both of them can say that they are exchanged
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
EXAMPLES = {LAT: "-3.958", LNG: "105.281"}


def read(text: str, axis: str, places: int = 6) -> Decimal | None:
    """Degrees with at most `places` decimals; minutes and seconds are converted, to the same places. None for none."""
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
        value = round(_with_minutes(value, minutes, seconds, written, axis), places)
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
    """-1 south and west. A word of the other axis, or one that contradicts the sign, is refused."""
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


def _wrong(written: str, axis: str) -> ValidationError:
    return ValidationError(f"“{written[:40]}” bukan derajat. Tulis seperti {EXAMPLES[axis]}.")
