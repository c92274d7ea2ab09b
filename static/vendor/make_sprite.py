"""Writes ../pamsimas/icons.svg: one <symbol> for each icon that a template of the portal uses.

    python static/vendor/make_sprite.py FOLDER_WITH_BOOTSTRAP_ICONS_SVG

Only the standard library is needed. Add a name to ICONS, run it, commit the sprite.
"""

import re
import sys
from pathlib import Path

ICONS = """
arrow-clockwise arrow-left arrow-right box-arrow-right calendar-event check-circle-fill check-lg
chevron-down chevron-left chevron-right clipboard-check clock clock-history dash-circle download
droplet-fill exclamation-circle exclamation-triangle file-earmark-pdf file-earmark-text funnel gear
geo-alt hourglass-split house-door info-circle journal-text key list lock pencil people person-circle
person-gear plus-lg printer search send three-dots trash upload x-circle x-lg
""".split()

# The four states of a step of the chain. Told apart by form alone, so they survive a photocopy.
CHAIN = {
    "chain-done": '<circle cx="8" cy="8" r="8"/><path d="M4.4 8.3l2.5 2.5 4.8-5.2" fill="none" stroke="#fff"'
    ' stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>',
    "chain-half": '<circle cx="8" cy="8" r="7" fill="#fff" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 1a7 7 0 0 0 0 14z"/>',
    "chain-none": '<circle cx="8" cy="8" r="7" fill="#fff" stroke="currentColor" stroke-width="2"/>',
    "chain-unknown": '<circle cx="8" cy="8" r="7.1" fill="#fff" stroke="currentColor" stroke-width="1.6"'
    ' stroke-dasharray="2.6 1.86"/>',
}


def main(source: Path) -> None:
    parts = ['<svg xmlns="http://www.w3.org/2000/svg">']
    symbols = dict(CHAIN)
    for name in ICONS:
        svg = (source / f"{name}.svg").read_text()
        symbols[name] = re.sub(r"\s*\n\s*", "", re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)[1])
    parts += [f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>' for name, body in sorted(symbols.items())]
    target = Path(__file__).parent.parent / "pamsimas" / "icons.svg"
    target.write_text("\n".join([*parts, "</svg>\n"]))
    print(f"{len(symbols)} symbols, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
