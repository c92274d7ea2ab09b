"""The few words of SVG that the drawings need: elements with escaped text, numbers without a locale, text that fits."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString

INK, SOFT, LINE, PAPER = "#23211e", "#5a554d", "#857d70", "#ffffff"
FONT = "Pamsimas Sans, Arial, Liberation Sans, sans-serif"
SIZE = 12.5  # user units; a chart is 320 wide
SMALL = 11
NARROW, WIDE = "iljtfrI.,:;'|()[] ", "mwMW%@ABCDEGHKNOPQRSUVXYZ"


def number(value: float) -> str:
    """ "12.5", with a point and without empty decimals: a machine reads it."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, attributes: dict | None = None, *children: str) -> str:
    """One element; numbers are written for machines, values escaped, children taken as they are."""
    written = "".join(
        f' {key}="{number(value) if isinstance(value, int | float) else escape(value)}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def text(x: float, y: float, words: str, **attributes) -> str:
    return element("text", {"x": x, "y": y} | {k.replace("_", "-"): v for k, v in attributes.items()}, escape(words))


def titled(words: str) -> str:
    """What a mouse that rests there is told."""
    return element("title", {}, escape(words))


def width_of(words: str, size: float = SIZE) -> float:
    """About how wide these words are in the bundled face; rather too much than too little."""
    return size * sum(0.32 if c in NARROW else 0.8 if c in WIDE else 0.58 for c in words)


def shortened(words: str, room: float, size: float = SIZE) -> str:
    """The words, or as many as fit with an ellipsis; the table beside the picture tells them in full."""
    if width_of(words, size) <= room:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.") + "…"


class Drawing(SafeString):
    """The finished SVG, and its size in user units. Whatever people typed was escaped when it was written."""

    width: float
    height: float


def drawing(
    key: str,
    title: str,
    description: str,
    size: tuple[float, float],
    parts: Iterable[str],
    *,
    role: str = "img",
    css: str = "chart",
    box: str = "",
) -> Drawing:
    """The whole picture, named for people who do not see it; `key` keeps its ids apart from those of the page.

    `role` "group" where links stand inside; `box` shows a part of it.
    """
    width, height = size
    ids = f"{key}-title {key}-desc"
    head = element("title", {"id": f"{key}-title"}, escape(title))
    desc = element("desc", {"id": f"{key}-desc"}, escape(description))
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": css,
        "viewBox": box or f"0 0 {number(width)} {number(height)}",
        "width": width,
        "height": height,
        "role": role,
        "aria-labelledby": ids,
        "font-family": FONT,
        "font-size": SIZE,
        "fill": INK,
    }
    found = Drawing(element("svg", attributes, head, desc, *parts))
    found.width, found.height = size
    return found
