"""Pictures drawn as SVG on the server, from plain Python. The same drawing serves page, PDF and PNG.

A drawing carries no script, no style attribute and no reference to anything outside itself: what it looks like stands
in presentation attributes, which a page's style sheet may still overrule. Its width is that of a phone, so that its
text stays readable there; on wider screens and on paper it grows.
"""

from monitoring.drawing.bars import Bar, Mark, Piece, Row, bar_chart
from monitoring.drawing.fills import AMBER, GREEN, GREY, RED, WATER, WATER_LIGHT, Fill
from monitoring.drawing.lines import Line, line_chart
from monitoring.drawing.svg import Drawing

__all__ = [
    "AMBER",
    "GREEN",
    "GREY",
    "RED",
    "WATER",
    "WATER_LIGHT",
    "Bar",
    "Drawing",
    "Fill",
    "Line",
    "Mark",
    "Piece",
    "Row",
    "bar_chart",
    "line_chart",
]
