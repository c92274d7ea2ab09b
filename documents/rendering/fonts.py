"""Check of characters: a page with characters that the bundled font lacks (records.letters) is not printed."""

from django.core.exceptions import ValidationError

from documents.content import Snapshot
from records.letters import MAX_NAMED, NOT_PRINTABLE, missing

AROUND = 20  # characters shown before and after


def refuse_missing(page: str, snapshot: Snapshot) -> None:
    """Raises ValidationError with every character of the page that cannot be printed and its place."""
    signs = missing(page)
    if not signs:
        return
    texts = texts_of(snapshot)
    places = "; ".join(_place(sign, texts) for sign in signs[:MAX_NAMED])
    more = f"; dan {len(signs) - MAX_NAMED} huruf lain" if len(signs) > MAX_NAMED else ""
    raise ValidationError(
        f"Ada huruf yang {NOT_PRINTABLE}: {places}{more}. Perbaiki tulisan itu pada datanya, lalu tekan “Coba lagi”."
    )


def _place(sign: str, texts: list[str]) -> str:
    where = next((text for text in texts if sign in text), "")
    at = where.find(sign)
    around = " ".join(where[max(0, at - AROUND) : at + AROUND + 1].split())
    return f"“{sign}” (U+{ord(sign):04X})" + (f" dalam “{around}”" if around else "")


def texts_of(value: object) -> list[str]:
    """All texts of a snapshot, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_of(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_of(part)]
    return []
