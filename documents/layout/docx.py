"""Word files of documents made of blocks, for an office that edits the wording before signing.

Made from the same snapshot as the PDF, so with the same text. The signed document that is uploaded later is the issued
one, not this file.
"""

import base64
import io
import zipfile
from datetime import date, datetime, time

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from documents.layout import block_pages, blocks
from documents.layout import docx_parts as parts
from documents.layout.frame import signature_rows

FONT = "Arial"  # the font of the rules on official documents; Word has it, or a font with the same widths
SIZES = {"f4": (215, 330), "a4": (210, 297)}  # mm
MARGINS = {False: (16, 18, 18, 25), True: (13, 12, 16, 15)}  # mm: top, right, bottom, left; portrait and landscape


def docx(content: blocks.BlockContent) -> bytes:
    """The Word file of a snapshot with `document`, `letterhead` and `body`; equal snapshots give equal bytes."""
    file = _WordFile(content)
    for block in content["body"]:
        getattr(file, block["kind"])(block)
    return file.bytes()


class _WordFile:
    """One method for each kind of block."""

    def __init__(self, content: blocks.BlockContent):
        self.head = content["document"]
        self.own_letterhead = content.get("letterhead")
        self.file = Document()
        self.page_break = False
        self._page()
        self._style()
        self._properties()

    def _page(self) -> None:
        name, _, wide = self.head["page_size"].partition("-")
        width, height = SIZES[name]
        section = self.file.sections[0]
        if wide:
            section.orientation = WD_ORIENT.LANDSCAPE
            width, height = height, width
        section.page_width, section.page_height = Mm(width), Mm(height)
        top, right, bottom, left = (Mm(side) for side in MARGINS[bool(wide)])
        section.top_margin, section.right_margin = top, right
        section.bottom_margin, section.left_margin = bottom, left
        self.width = width - round((left + right) / Mm(1))
        if self.head["watermark"]:
            above = section.header.paragraphs[0]
            above.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = above.add_run(self.head["watermark"])
            run.bold, run.font.color.rgb = True, RGBColor(0x80, 0x80, 0x80)
        below = section.footer.paragraphs[0]
        parts.run(below, "Halaman ", 8)
        parts.field(below, "PAGE")
        parts.run(below, " dari ", 8)
        parts.field(below, "NUMPAGES")
        parts.run(below, f"\t\t{self.head['code']}", 8)

    def _style(self) -> None:
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(11)
        fonts = normal.element.rPr.rFonts
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "id-ID")
        normal.element.rPr.append(language)
        normal.paragraph_format.space_after = Pt(6)
        normal.paragraph_format.line_spacing = 1.1

    def _properties(self) -> None:
        about = self.file.core_properties
        dated = datetime.combine(date.fromisoformat(self.head["dated"]), time())
        about.title, about.subject, about.author = self.head["title"], self.head["subject"], self.head["office"]
        about.created = about.modified = dated
        about.language, about.comments, about.last_modified_by = "id-ID", "", ""
        about.revision = 1

    def _line(
        self, text: str = "", *, bold: bool = False, size: float = 11, align: str = "", after: float = 6
    ) -> Paragraph:
        line = self.file.add_paragraph()
        parts.run(line, text, size, bold=bold)
        line.paragraph_format.space_after = Pt(after)
        if align:
            line.alignment = parts.ALIGN[align]
        if self.page_break:
            line.paragraph_format.page_break_before, self.page_break = True, False
        return line

    def letterhead(self, block: blocks.Letterhead) -> None:
        head = block.get("own") or self.own_letterhead
        if not head or not head["office"]:
            return
        if head["emblem"]:
            first = self._line(align="l", after=0)
            picture = base64.b64decode(head["emblem"].partition(",")[2])
            first.add_run().add_picture(io.BytesIO(picture), height=Mm(18))
        for above in (head["government"], head["between"]):
            if above:
                self._line(above, size=12, align="c", after=0)
        last = self._line(head["office"], size=16, bold=True, align="c", after=0)
        for text in head["lines"]:
            last = self._line(text, size=9, align="c", after=0)
        parts.rule_below(last)
        last.paragraph_format.space_after = Pt(12)

    def title(self, block: blocks.Title) -> None:
        lines = [
            self._line(block_pages.title_line(line), size=13, bold=True, align="c", after=0) for line in block["lines"]
        ]
        if block["number"]:
            lines.append(self._line(block["number"], align="c", after=0))
        for line in lines:
            line.paragraph_format.keep_with_next = True
        lines[-1].paragraph_format.space_after = Pt(10)

    def heading(self, block: blocks.Line) -> None:
        line = self._line(block["text"], bold=True, size=11.5, after=4)
        line.paragraph_format.space_before = Pt(10)
        line.paragraph_format.keep_with_next = True

    def center(self, block: blocks.Line) -> None:
        self._line(block_pages.title_line(block["text"]), bold=True, align="c", after=2)

    def right(self, block: blocks.Line) -> None:
        self._line(block["text"], after=2).paragraph_format.left_indent = Mm(92)

    def text(self, block: blocks.Text) -> None:
        line = self._line(block["text"])
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        line.paragraph_format.keep_with_next = block["keep"] or None

    def facts(self, block: blocks.Pairs) -> None:
        self._plain_table([[label, ":", value] for label, value in block["rows"]], [38, 4, 0])

    def clauses(self, block: blocks.Clauses) -> None:
        rows = [[label, ":" if label else "", mark, text] for label, mark, text in block["rows"]]
        self._plain_table(rows, [33, 4, 8, 0], joined=True)

    def items(self, block: blocks.Pairs) -> None:
        for number, text in block["rows"]:
            line = self._line(f"{number}\t{text}", after=3)
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(8), -Mm(8)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(8))

    def copies(self, block: blocks.Pairs) -> None:
        self._line("Tembusan:", size=9.5, after=0).paragraph_format.space_before = Pt(14)
        self.items(block)

    def photo(self, block: blocks.Photo) -> None:
        line = self._line(align="c", after=0)
        line.add_run().add_picture(io.BytesIO(base64.b64decode(block["jpeg"])), width=Mm(110))
        line.paragraph_format.keep_with_next = True
        self._line(block["caption"], size=9.5, align="c", after=10)

    def new_page(self, block: blocks.NewPage) -> None:
        self.page_break = True

    def table(self, block: blocks.Table) -> None:
        self._begin_table()
        size = 8.5 if block["small"] else 10
        table = self.file.add_table(rows=1, cols=len(block["heads"]), style="Table Grid")
        parts.narrow_margins(table)
        widths = self._widths(table, block["widths"])
        for cell, head in zip(table.rows[0].cells, block["heads"], strict=True):
            parts.fill(cell, head, size, "c", bold=True)
            parts.shade(cell)
        parts.repeat(table.rows[0])
        for at, texts in enumerate(block["rows"]):
            row = self._row(table, texts, block["aligns"], size)
            if block_pages.continues(block, at):
                parts.keep_with_next(table.rows[-2])
            if block["tall"]:
                row.height = Mm(9.2)
        for texts in block["footer"]:
            self._row(table, texts, block["aligns"], size, bold=True)
        if block_pages.is_short(block):
            for row in table.rows[:-1]:
                parts.keep_with_next(row)
        parts.set_widths(table, widths)
        self._line(after=2)

    def _row(self, table: Table, texts: list[str], aligns: list[str], size: float, *, bold: bool = False) -> _Row:
        row = table.add_row()
        parts.whole(row)
        for cell, text, align in zip(row.cells, texts, aligns, strict=True):
            parts.fill(cell, text, size, align, bold=bold)
        return row

    def signatures(self, block: blocks.Signatures) -> None:
        for signers in signature_rows(block["blocks"], self.head["page_size"]):
            self._signature_row([parts.signature_lines(signer) for signer in signers])

    def _signature_row(self, columns: list[tuple[list[str], str, list[str]]]) -> None:
        self._line(after=4).paragraph_format.keep_with_next = True
        left = 1 if len(columns) == 1 else 0  # a single signature is at the right
        table = self.file.add_table(rows=3, cols=left + len(columns))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for at, (above, name, below) in enumerate(columns, left):
            parts.fill(table.cell(0, at), "\n".join(above), 11, "c")
            name_line = parts.fill(table.cell(2, at), "", 11, "c")
            parts.run(name_line, name, 11, bold=name != parts.DOTTED_NAME).underline = name != parts.DOTTED_NAME
            if below:
                parts.run(name_line, "\n" + "\n".join(below), 11)
        table.rows[1].height = Mm(22)
        for row in table.rows:
            parts.whole(row)
        for row in table.rows[:-1]:
            parts.keep_with_next(row)

    def _plain_table(self, rows: list[list[str]], widths: list[int], *, joined: bool = False) -> None:
        """`joined`: a text without numbering also takes the cell of the numbering."""
        self._begin_table()
        table = self.file.add_table(rows=0, cols=len(widths))
        for texts in rows:
            row = table.add_row()
            parts.whole(row)
            for cell, text in zip(row.cells, texts, strict=True):
                parts.fill(cell, text, 11, "l")
        parts.set_widths(table, self._widths(table, widths))
        for row, texts in zip(table.rows, rows, strict=True):
            if joined and not texts[-2]:
                parts.join(row.cells[-2], row.cells[-1])
        if joined:
            parts.keep_with_next(table.rows[-1])
        self._line(after=2).paragraph_format.keep_with_next = joined or None

    def _begin_table(self) -> None:
        """A table cannot start a page by itself; an empty line before it can."""
        if self.page_break:
            self._line(after=0)

    def _widths(self, table: Table, widths: list[int]) -> list[int]:
        """In mm; the columns without a width share the rest."""
        table.autofit = False
        rest = self.width - sum(widths)
        return [width or rest // widths.count(0) for width in widths]

    def bytes(self) -> bytes:
        saved = io.BytesIO()
        self.file.save(saved)
        return undated(saved)


def undated(saved: io.BytesIO) -> bytes:
    """The same file without the creation time in the archive, so that equal documents give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in made.namelist():
            fresh.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
