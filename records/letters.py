"""Letters that paper can show: what the bundled font draws, and what becomes of the rest.

A sign that nobody sees (marks of direction, joiners, controls) is left out of paper: it could turn the order of what
is read. A letter that the font lacks ends a paper, for printing it in whatever font the machine has, or as an empty
box, would say something else than the portal. So whoever writes one is warned at once; in a name, which stands on
every paper of its person, it is refused.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from fontTools.ttLib import TTFont

FONTS = ("pamsimas/fonts/PamsimasSans-Regular.ttf", "pamsimas/fonts/PamsimasSans-Bold.ttf")  # regular, bold
UNSEEN = {"Cf", "Cc", "Zl", "Zp"}
KEPT = {"\n", "\t", "\r"}
VARIANTS = {chr(code) for code in range(0xFE00, 0xFE10)}  # choose a form of the letter before them
MAX_NAMED = 10
NOT_PRINTABLE = "tidak ada pada huruf cetak"


def printable(text: str) -> str:
    """The text as it can be printed: composed, unseen signs left out, every kind of space an ordinary one."""
    if text.isascii() and text.isprintable():
        return text
    seen = text.translate({ord(sign): _instead(sign) for sign in set(text) if _instead(sign) != sign})
    return unicodedata.normalize("NFC", seen)  # last: a joiner may have stood between a letter and its accent


def _instead(sign: str) -> str:
    category = unicodedata.category(sign)
    if (category in UNSEEN and sign not in KEPT) or sign in VARIANTS:
        return ""
    return " " if category == "Zs" and sign != "\N{NO-BREAK SPACE}" else sign


def missing(text: str) -> list[str]:
    """The letters of a text, once it is made printable, that the font lacks, in the order of their numbers."""
    return [] if text.isascii() else sorted(set(printable(text)) - KEPT - known())


@cache
def known() -> frozenset[str]:
    """What both faces of the bundled font can draw."""
    faces = []
    for name in FONTS:
        path = finders.find(name)
        if path is None:
            raise FileNotFoundError(name)
        with TTFont(path, lazy=True) as font:
            faces.append(frozenset(map(chr, font.getBestCmap())))
    return faces[0] & faces[1]


def named(signs: Iterable[str]) -> str:
    """'“😀”, “王”', for sentences; of many the first and how many more."""
    shown = list(dict.fromkeys(signs))
    more = f" dan {len(shown) - MAX_NAMED} huruf lain" if len(shown) > MAX_NAMED else ""
    return ", ".join(f"“{sign}”" for sign in shown[:MAX_NAMED]) + more


def check_name(name: str) -> None:
    """Raises ValidationError, in words for people, for a name that no paper can show, with all its letters."""
    if signs := missing(name):
        raise ValidationError(
            f"Huruf {named(signs)} {NOT_PRINTABLE}, padahal nama ini tercetak pada dokumen. Tulis dengan huruf Latin."
        )


def warning(texts: dict[str, str]) -> str:
    """What is to come of the letters of {label: text} that cannot be printed; nothing where all can."""
    found = {label: signs for label, text in texts.items() if (signs := missing(text))}
    if not found:
        return ""
    places = "; ".join(f"{named(signs)} pada “{label}”" for label, signs in found.items())
    return (
        f"Tersimpan, tetapi ada huruf yang {NOT_PRINTABLE}: {places}. Dokumen yang memuatnya tidak dapat dibuat "
        "sebelum huruf itu dihapus atau diganti."
    )


NOTE = f"ada huruf yang {NOT_PRINTABLE}: "


def note(text: str) -> str:
    """The same, of a cell in a preview."""
    signs = missing(text)
    return f"{NOTE}{named(signs)}" if signs else ""
