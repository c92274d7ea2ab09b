"""Months: their names as offices write them, and sets of them ("Apr, Okt", "Jan–Des", "Triwulan II")."""

import re

from django.core.exceptions import ValidationError

from records.search import search_key
from records.words import MONTHS, MONTHS_SHORT

NUMBERS = range(1, 13)
# Spellings of offices and of English Excel [usual practice]; a beginning of three letters or more is understood, too.
_NAMES: dict[str, int] = {}
for _names in (
    MONTHS,
    MONTHS_SHORT,
    ("January", "February", "March", "", "May", "June", "July", "August", "", "October", "November", "December"),
    ("", "Pebruari", "", "", "", "Juny", "", "Agustus", "", "", "Nopember", ""),
    ("", "", "Mrt", "", "", "", "", "Ags", "Sept", "", "", ""),
    ("", "", "", "", "", "", "", "Agst", "", "", "", ""),
):
    _NAMES |= {name.lower(): number for number, name in enumerate(_names, 1) if name}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
EVERY = {
    "sepanjangtahun",
    "setiapbulan",
    "tiapbulan",
    "semuabulan",
    "bulanan",
    "rutin",
    "selamasetahun",
}
_SPAN = re.compile(r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|[–—-])\s*")
_PART = re.compile(r"(triwulan|twl?|tw|semester|smt|sem)\s*\.?\s*(?:ke\s*-?\s*)?(iv|i{1,3}|[1-4])")


def number_of(name: str) -> int | None:
    """The month of a name or of its beginning: "Desember", "Des.", "Nop", "Agus"; None for anything else."""
    word = name.strip(" .").lower()
    if word in _NAMES:
        return _NAMES[word]
    begun = {number for known, number in _NAMES.items() if len(word) >= 3 and known.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


def read(text: str) -> frozenset[int] | None:
    """The months of the text; a range only where a dash, "s.d." or "sampai" stands. None for nothing written."""
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    if search_key(written) in EVERY:
        return frozenset(NUMBERS)
    plain = re.sub(r"^(?:pada\s+)?(?:bulan|bln)\b\.?\s*(?:ke\b\s*-?\s*)?", "", written.lower())
    found: set[int] = set()
    rest = _PART.sub(lambda part: found.update(_part(part[1], part[2], written)) or " ", plain)
    joined = _SPAN.sub("-", rest)
    for piece in re.split(r"[\s,;&/+]+|\bdan\b", joined):
        if not piece:
            continue
        ends = [_month(word, written) for word in piece.split("-")]
        if len(ends) > 2 or ends[0] > ends[-1]:
            raise _unknown(written)
        found |= set(range(ends[0], ends[-1] + 1))
    if not found:
        raise _unknown(written)
    return frozenset(found)


def _part(kind: str, number: str, written: str) -> range:
    """The months of a quarter or of half a year."""
    place = ROMAN.index(number) + 1 if number in ROMAN else int(number)
    length = 6 if kind.startswith("s") else 3
    if place * length > 12:
        raise _unknown(written)
    return range((place - 1) * length + 1, place * length + 1)


def _month(word: str, written: str) -> int:
    name = word.strip(". ")
    number = int(name) if re.fullmatch(r"[0-9]{1,2}", name) else number_of(name)
    if number not in NUMBERS:
        raise _unknown(written)
    return number


def _unknown(written: str) -> ValidationError:
    return ValidationError(f"Bulan “{written[:40]}” tidak dikenal. Tulis seperti Apr, Okt atau Jan-Des.")
