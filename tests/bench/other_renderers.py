"""Further renderers to compare with: Typst, a browser that is kept open, and the minimum, bare content streams without
any layout.
"""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pydyf
import typst

from documents.rendering import pdf
from tests.bench import papers
from tests.conftest import CHROMIUM_FLAGS

MM = 72 / 25.4
F4 = (215.0, 330.0)


class Typst:
    """One compiler for all documents, as a server would keep it."""

    def __init__(self):
        self.compiler = typst.Compiler(b"-")

    def sheet(self, rows: int) -> bytes:
        return self._write(F4, papers.SHEET_HEAD, papers.sheet_cells(rows), papers.SHEET_WIDTHS, 10)

    def plan(self, activities: int) -> bytes:
        return self._write(F4[::-1], papers.PLAN_HEAD, papers.plan_cells(activities), papers.PLAN_WIDTHS, 9)

    def _write(self, size, head, rows, widths, points) -> bytes:
        cells = ",".join(f"[#{_typst_text(text)}]" for row in rows for text in row)
        heads = ",".join(f"[#{_typst_text(text)}]" for text in head)
        source = (
            f'#set page(width: {size[0]}mm, height: {size[1]}mm, margin: 12mm, numbering: "1")\n'
            f"#set text(size: {points}pt)\n"
            f"#table(columns: ({','.join(f'{width}mm' for width in widths)}), stroke: 0.5pt, inset: 2pt,\n"
            f"table.header({heads}),{cells})"
        )
        return self.compiler.compile(input=source.encode(), format="pdf")


def _typst_text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@contextmanager
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, started once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        try:
            yield Browser(chromium.new_page())
        finally:
            chromium.close()


class Browser:
    """The portal's own pages, laid out by the browser with the portal's own style sheet and fonts."""

    def __init__(self, page):
        self.page = page
        style = pdf.bundled_file(pdf.STYLE_SHEET).read_text("utf-8")
        for address, (name, kind) in pdf.BUNDLED.items():
            font = base64.b64encode(pdf.bundled_file(name).read_bytes()).decode()
            style = style.replace(address, f"data:{kind};base64,{font}")
        self.style = f"<style>{style}</style>"

    def sheet(self, rows: int) -> bytes:
        return self._write(papers.sheet_html(rows))

    def plan(self, activities: int) -> bytes:
        return self._write(papers.plan_html(activities))

    def _write(self, html: str) -> bytes:
        self.page.set_content(html.replace("</head>", f"{self.style}</head>", 1))
        return self.page.pdf(prefer_css_page_size=True)


class Floor:
    """The minimum for any renderer: each cell is one text and one frame at a fixed position."""

    def sheet(self, rows: int) -> bytes:
        return self._write(F4, papers.sheet_cells(rows), papers.SHEET_WIDTHS)

    def plan(self, activities: int) -> bytes:
        return self._write(F4[::-1], papers.plan_cells(activities), papers.PLAN_WIDTHS)

    def _write(self, size, rows, widths) -> bytes:
        document = pydyf.PDF()
        font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "Name": "/F1", "BaseFont": "/Helvetica"})
        document.add_object(font)
        width, height = size[0] * MM, size[1] * MM
        row_height = 9.2 * MM
        a_page = int((height - 60) // row_height)
        for begun in range(0, len(rows), a_page):
            stream = pydyf.Stream()
            for at, row in enumerate(rows[begun : begun + a_page]):
                left, low = 30.0, height - 30 - (at + 1) * row_height
                for text, column in zip(row, widths, strict=True):
                    stream.rectangle(left, low, column * MM, row_height)
                    stream.stroke()
                    stream.begin_text()
                    stream.set_font_size("F1", 8)
                    stream.set_text_matrix(1, 0, 0, 1, left + 2, low + 3)
                    stream.show_text_string(text)
                    stream.end_text()
                    left += column * MM
            document.add_object(stream)
            page = pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": document.pages.reference,
                    "MediaBox": pydyf.Array([0, 0, width, height]),
                    "Contents": stream.reference,
                    "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F1": font.reference})}),
                }
            )
            document.add_page(page)
        out = io.BytesIO()
        document.write(out)
        return out.getvalue()
