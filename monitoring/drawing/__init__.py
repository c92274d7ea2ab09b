"""Drawings as SVG in plain Python. The same drawing serves page, PDF and PNG.

A drawing has no script, no style attribute and no external reference: its look is in presentation attributes, which the
style sheet of a page may override. Its width is that of a phone, so that its text is readable there; on wider screens
and on paper it is enlarged.
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
