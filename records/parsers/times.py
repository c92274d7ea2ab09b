"""Parser of times of the day: "08.00", "8:00", "pukul 08.00 WIB"."""

import re
from datetime import time

from django.core.exceptions import ValidationError

MAX_LENGTH = 60  # longest text that is read as a time
CLOCK = r"[0-9]{1,2}[.:][0-9]{2}"
RANGE = r"-|–|—|s\s*\.?\s*/?\s*d\b\s*\.?|sampai(?:\s+dengan)?\b|hingga\b"
_BEFORE, _ZONE = r"(?:(?:pukul|pkl|jam)\b\s*\.?\s*:?\s*)?", r"(?:\s*\(?\b(wib|wita|wit)\b\.?\)?)?"
_TIME = re.compile(
    rf"{_BEFORE}([0-9]{{1,2}})(?:[.:]([0-9]{{2}})(?:[.:]([0-9]{{2}})(?:\.[0-9]+)?)?)?{_ZONE}", re.IGNORECASE
)
_SPAN = re.compile(rf"{_BEFORE}{CLOCK}{_ZONE}\s*(?:{RANGE})\s*(?:{CLOCK}|selesai){_ZONE}", re.IGNORECASE)
_BARE = re.compile(r"[0-9]{1,2}")
EXAMPLE = "Tulis seperti 08.30."


def read(text: str) -> time | None:
    """The time of the text, as `records.formats.time_id` prints it or as people write it; None for an empty text.

    Seconds are dropped. Raises ValidationError for a span, another time zone, and a bare number.
    """
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    if len(written) > MAX_LENGTH:
        raise ValidationError(f"“{written[:40]}” dan seterusnya terlalu panjang. {EXAMPLE}")
    if _SPAN.fullmatch(written):
        raise ValidationError(f"“{written}” memuat dua jam. Tulis satu jam saja: jam mulai dan jam selesai terpisah.")
    found = _TIME.fullmatch(written)
    if not found or _BARE.fullmatch(written):
        raise ValidationError(f"“{written}” bukan jam. {EXAMPLE}")
    zone = (found[4] or "wib").upper()
    if zone != "WIB":
        raise ValidationError(f"“{written}” memakai {zone}. Tulis jam dalam WIB, misalnya 08.30.")
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    if hour > 23 or minute > 59 or second > 59:
        raise ValidationError(f"“{written}” bukan jam. {EXAMPLE}")
    return time(hour, minute)
