"""The yardstick: the same papers by ReportLab, with Paragraphs in the cells so that long texts wrap."""

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
    lines = papers.sheet(rows)["sheets"][0]["rows"]
    return _write(
        F4,
        ["No", "Nama", "L/P", "Jabatan/Unsur", "Desa/Kecamatan", "No. HP", "Tanda Tangan"],
        [
            [r["number"], r["name"], r["sex"], r["post"], r["place"], r["phone"], f"{r['number']}. ............"]
            for r in lines
        ],
        [9, 35, 9, 25, 31, 30, 33],
        BODY,
    )


def plan(activities: int) -> bytes:
    keys = ["number", "title", "location", "target", "volume", "unit", "unit_price", "amount", "source", "responsible"]
    rows = []
    for area in papers.plan(activities)["areas"]:
        for row in area["rows"]:
            months = ["x" if box == "■" else "" for box in row["months"]]
            rows.append([*(row[key] for key in keys), *months, row["note"]])
    head = [
        "No",
        "Kegiatan",
        "Lokasi",
        "Sasaran",
        "Volume",
        "Satuan",
        "Harga",
        "Jumlah",
        "Sumber",
        "Penanggung",
        *"JFMAMJJASOND",
        "Ket.",
    ]
    widths = [8, 50, 22, 28, 13, 14, 20, 22, 25, 22, *[4.5] * 12, 15]
    return _write(landscape(F4), head, rows, widths, SMALL)
