"""Characters on paper: what the bundled font can draw, and what becomes of the rest.

A sign that nobody sees (marks of direction, joiners, controls) is left out: it could turn the order of what is read.
A sign that the font lacks ends the paper with a sentence that names it and where it stands. Printing it in whatever
font the machine has, or as an empty box, would make a paper that says something else than the portal.
"""

import unicodedata
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError

from reports import pdf

UNSEEN = {"Cf", "Cc", "Zl", "Zp"}
KEPT = {"\n", "\t", "\r"}


def printable(text: str) -> str:
    """The text as it can be printed: composed, unseen signs left out, every kind of space an ordinary one."""
    if text.isascii() and text.isprintable():
        return text
    seen = text.translate({ord(sign): _instead(sign) for sign in set(text) if _instead(sign) != sign})
    return unicodedata.normalize("NFC", seen)  # last: a joiner may have stood between a letter and its accent


def _instead(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in UNSEEN and sign not in KEPT:
        return ""
    return " " if category == "Zs" and sign != "\N{NO-BREAK SPACE}" else sign


def missing(text: str) -> list[str]:
    """The signs of a printable text that the font lacks, in the order of their numbers."""
    return sorted(set(text) - KEPT - known())


@cache
def known() -> frozenset[str]:
    """What both faces of the bundled font can draw."""
    from fontTools.ttLib import TTFont  # comes with the renderer; no page needs it

    faces = (TTFont(pdf.bundled_file(name), lazy=True).getBestCmap() for name, _ in pdf.BUNDLED.values())
    regular, bold = (frozenset(map(chr, face)) for face in faces)
    return regular & bold


def refuse_missing(page: str, snapshot: dict[str, Any]) -> None:
    """Raises ValidationError, in words for people, naming the first sign of the page that cannot be printed."""
    signs = missing(page)
    if not signs:
        return
    sign = signs[0]
    where = next((text for text in texts_of(snapshot) if sign in text), "")
    around = where[max(0, where.find(sign) - 30) : where.find(sign) + 30].strip()
    raise ValidationError(
        f"Huruf “{sign}” (U+{ord(sign):04X}) dalam “{around}” tidak ada pada huruf cetak. "
        "Perbaiki tulisan itu pada datanya, lalu tekan “Coba lagi”."
    )


def texts_of(value: Any) -> list[str]:
    """All texts of a snapshot, in its order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_of(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_of(part)]
    return []
