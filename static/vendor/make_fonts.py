"""Cuts the font files of the portal out of Liberation Sans; needs fonttools and brotli, see VENDORED.md.

    python static/vendor/make_fonts.py FOLDER_WITH_LIBERATION_SANS

The licence of Liberation Sans (SIL OFL 1.1) reserves its name, so what is cut from it is called
"Pamsimas Sans", a name that no computer has installed: screen and paper always take these files.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "pamsimas" / "fonts"
FAMILY = "Pamsimas Sans"

# What Indonesian office text on a screen needs; names from elsewhere with other letters fall back to Arial.
WEB = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”„•…′″‹›€−×→←↑↓≤≥≈²³½¼¾✓✗■□●○◐")]
# Paper must print every Latin name, since nothing falls back there: all of Latin Extended-A and -B.
PAPER = [*WEB, *range(0x100, 0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *range(0x2190, 0x2200)]
PAPER += [*range(0x2200, 0x2270), *range(0x2500, 0x2600), 0x300, 0x301, 0x302, 0x303, 0x304, 0x308, 0x323]


def cut(source: Path, style: str, codes: list[int], target: Path, flavor: str | None) -> None:
    """Writes the glyphs of `codes` to `target`, unhinted, kerning kept, under the name of the family."""
    options = subset.Options()
    options.flavor = flavor
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.legacy_kern = False
    options.recalc_timestamp = False  # the same input gives the same bytes
    options.drop_tables += ["FFTM"]
    font = TTFont(source, recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    for name_id, text in ((1, FAMILY), (2, style), (3, f"{FAMILY} {style}"), (4, f"{FAMILY} {style}")):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["name"].setName(f"PamsimasSans-{style}", 6, 3, 1, 0x409)
    font["name"].names = [record for record in font["name"].names if record.platformID == 3]
    subset.save_font(font, target, options)
    print(f"{target.name} {target.stat().st_size} bytes")


def main(folder: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for style in ("Regular", "Bold"):
        source = folder / f"LiberationSans-{style}.ttf"
        cut(source, style, PAPER, FONTS / f"PamsimasSans-{style}.ttf", None)
        cut(source, style, WEB, FONTS / f"pamsimas-sans-{style.lower()}.woff2", "woff2")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
