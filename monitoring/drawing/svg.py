"""SVG helpers: elements with escaped text, numbers without a locale, text that fits."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString

INK, SOFT, LINE, PAPER = "#23211e", "#5a554d", "#857d70", "#ffffff"
FONT = "Pamsimas Sans, Arial, Liberation Sans, sans-serif"
SIZE = 12.5  # user units; a chart is 320 wide
SMALL = 11
NARROW, WIDE = "iljtfrI.,:;'|()[] ", "mwMW%@ABCDEGHKNOPQRSUVXYZ"


def number(value: float) -> str:
    """ "12.5", with a point and without empty decimals, as SVG requires."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, attributes: dict | None = None, *children: str) -> str:
    """One element with unlocalised numbers, escaped values and unescaped children."""
    written = "".join(
        f' {key}="{number(value) if isinstance(value, int | float) else escape(value)}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def text(x: float, y: float, words: str, **attributes) -> str:
    return element("text", {"x": x, "y": y} | {k.replace("_", "-"): v for k, v in attributes.items()}, escape(words))


def titled(words: str) -> str:
    """The tooltip of an element."""
    return element("title", {}, escape(words))


def width_of(words: str, size: float = SIZE) -> float:
    """Approximate width of the text in the bundled font, rather too large than too small."""
    return size * sum(0.32 if c in NARROW else 0.8 if c in WIDE else 0.58 for c in words)


def shortened(words: str, room: float, size: float = SIZE) -> str:
    """The text, or its beginning with an ellipsis; the table beside the drawing has it in full."""
    if width_of(words, size) <= room:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.") + "…"


class Drawing(SafeString):
    """The finished SVG and its size in user units. User input is already escaped."""

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
    """The whole drawing with a label for screen readers; `key` makes its ids unique in the page.

    `role` is "group" for a drawing with links; `box` shows a part of it.
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
