"""The same documents by ReportLab, with Paragraphs in the cells so that long texts wrap."""

import io

from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from tests.bench import papers

F4 = (215 * mm, 330 * mm)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=11.5)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=9, leading=10.5)
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


def _page_number(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(25 * mm, 10 * mm, f"Halaman {document.page}")


def _write(size, head, rows, widths, style) -> bytes:
    cells = [[Paragraph(text, style) for text in row] for row in [head, *rows]]
    table = Table(cells, colWidths=[width * mm for width in widths], repeatRows=1, style=GRID)
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=size).build(
        [Paragraph("DAFTAR HADIR PESERTA", style), table], onFirstPage=_page_number, onLaterPages=_page_number
    )
    return out.getvalue()


def sheet(rows: int) -> bytes:
    return _write(F4, papers.SHEET_HEAD, papers.sheet_cells(rows), papers.SHEET_WIDTHS, BODY)


def plan(activities: int) -> bytes:
    return _write(landscape(F4), papers.PLAN_HEAD, papers.plan_cells(activities), papers.PLAN_WIDTHS, SMALL)
