"""Parsers of months: names as offices write them, and sets of months ("Apr, Okt", "Jan–Des", "Triwulan II")."""

import re

from django.core.exceptions import ValidationError

from records.formats import MONTHS, MONTHS_SHORT
from records.search_keys import search_key

NUMBERS = range(1, 13)
# Spellings of offices and of English Excel [usual practice]; a prefix of three letters or more is accepted too.
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
_NUMBER = r"(?:iv|i{1,3}|[1-4])\b"
# "Triwulan II", "TW 1, 3 dan 4", "Smt I s.d. II": all numbers behind the word belong to it.
_PART = re.compile(
    rf"\b(triwulan|twl?|semester|smt|sem)\s*\.?\s*(?:ke\s*-?\s*)?({_NUMBER}"
    rf"(?:(?:\s*[,&+/-]\s*|\s+dan\s+)(?:ke\s*-?\s*)?{_NUMBER})*)"
)


def number_of(name: str) -> int | None:
    """The month of a name or of its prefix: "Desember", "Des.", "Nop", "Agus"; None for anything else."""
    word = name.strip(" .").lower()
    if word in _NAMES:
        return _NAMES[word]
    begun = {number for known, number in _NAMES.items() if len(word) >= 3 and known.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


def names_of(number: int) -> list[str]:
    """The names and abbreviations of a month, in small letters: "februari", "pebr", "feb"."""
    names = [name for name, month in _NAMES.items() if month == number]
    begun = [name[:length] for name in names for length in range(3, len(name))]
    return list(dict.fromkeys([*names, *(name for name in begun if number_of(name) == number)]))


def read(text: str) -> frozenset[int] | None:
    """The months of the text; only a dash, "s.d." or "sampai" makes a range. None for an empty text."""
    written = " ".join(text.split())
    if not written.strip("-–— "):
        return None
    if search_key(written) in EVERY:
        return frozenset(NUMBERS)
    plain = re.sub(r"^(?:pada\s+)?(?:bulan|bln)\b\.?\s*(?:ke\b\s*-?\s*)?", "", written.lower())
    found: set[int] = set()

    def take(part: re.Match[str]) -> str:
        found.update(_parts(part[1], part[2], written))
        return " "

    rest = _PART.sub(take, _SPAN.sub("-", plain))
    in_parts = bool(found)
    for piece in re.split(r"[\s,;&/+]+|\bdan\b", rest):
        if not piece:
            continue
        if in_parts and any(sign.isdigit() for sign in piece):  # a month or another quarter: ambiguous
            raise _unknown(written)
        ends = [_month(word, written) for word in piece.split("-")]
        if len(ends) > 2 or ends[0] > ends[-1]:
            raise _unknown(written)
        found |= set(range(ends[0], ends[-1] + 1))
    if not found:
        raise _unknown(written)
    return frozenset(found)


def _parts(kind: str, numbers: str, written: str) -> set[int]:
    """The months of quarters or of halves of a year: "i, iii", "1-3"."""
    length = 6 if kind.startswith("s") else 3
    found: set[int] = set()
    for piece in re.split(r"[\s,&/+]+|\bdan\b", re.sub(r"\bke\s*-?\s*|\s*(-)\s*", r"\1", numbers)):
        places = [ROMAN.index(number) + 1 if number in ROMAN else int(number) for number in piece.split("-") if number]
        if len(places) > 2 or (places and (places[0] > places[-1] or places[-1] * length > 12)):
            raise _unknown(written)
        if places:
            found |= set(range((places[0] - 1) * length + 1, places[-1] * length + 1))
    return found


def _month(word: str, written: str) -> int:
    name = word.strip(". ")
    number = int(name) if re.fullmatch(r"[0-9]{1,2}", name) else number_of(name)
    if number is None or number not in NUMBERS:
        raise _unknown(written)
    return number


def _unknown(written: str) -> ValidationError:
    return ValidationError(f"Bulan “{written[:40]}” tidak dikenal. Tulis seperti Apr, Okt atau Jan-Des.")
