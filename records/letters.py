"""Printable characters: what the bundled font contains, and the treatment of all others.

Invisible characters (marks of direction, joiners, controls) are not printed: they could change the order of the text.
A character that the font lacks fails a document, because another font or an empty box would print something else than
the page shows. So a form that contains one warns at once; in a name, which is printed on every document of its person,
it is refused.
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
VARIANTS = {chr(code) for code in range(0xFE00, 0xFE10)}  # variation selectors of the character before them
MAX_NAMED = 10
NOT_PRINTABLE = "tidak ada pada huruf cetak"


def printable(text: str) -> str:
    """The printable text: composed, without invisible characters, with ordinary spaces."""
    if text.isascii() and text.isprintable():
        return text
    seen = text.translate({ord(sign): _instead(sign) for sign in set(text) if _instead(sign) != sign})
    return unicodedata.normalize("NFC", seen)  # last: a joiner may have been between a letter and its accent


def _instead(sign: str) -> str:
    category = unicodedata.category(sign)
    if (category in UNSEEN and sign not in KEPT) or sign in VARIANTS:
        return ""
    return " " if category == "Zs" and sign != "\N{NO-BREAK SPACE}" else sign


def missing(text: str) -> list[str]:
    """The characters of the printable text that the font lacks, in the order of their code points."""
    return [] if text.isascii() else sorted(set(printable(text)) - KEPT - known())


@cache
def known() -> frozenset[str]:
    """The characters that both faces of the bundled font contain."""
    faces = []
    for name in FONTS:
        path = finders.find(name)
        if path is None:
            raise FileNotFoundError(name)
        with TTFont(path, lazy=True) as font:
            faces.append(frozenset(map(chr, font.getBestCmap())))
    return faces[0] & faces[1]


def named(signs: Iterable[str]) -> str:
    """'“😀”, “王”', for messages; of many the first ones and the number of others."""
    shown = list(dict.fromkeys(signs))
    more = f" dan {len(shown) - MAX_NAMED} huruf lain" if len(shown) > MAX_NAMED else ""
    return ", ".join(f"“{sign}”" for sign in shown[:MAX_NAMED]) + more


def check_name(name: str) -> None:
    """Raises ValidationError for a name with characters that cannot be printed, and lists them."""
    if signs := missing(name):
        raise ValidationError(
            f"Huruf {named(signs)} {NOT_PRINTABLE}, padahal nama ini tercetak pada dokumen. Tulis dengan huruf Latin."
        )


def warning(texts: dict[str, str]) -> str:
    """Warning about characters of {label: text} that cannot be printed; empty where all can."""
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
    """The same warning for a cell of a preview."""
    signs = missing(text)
    return f"{NOTE}{named(signs)}" if signs else ""
