"""Parts of a Word file: runs, cells, rows, rules, and features that python-docx lacks."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from documents.layout.frame import SignatureBlock

ALIGN = {
    "l": WD_ALIGN_PARAGRAPH.LEFT,
    "c": WD_ALIGN_PARAGRAPH.CENTER,
    "r": WD_ALIGN_PARAGRAPH.RIGHT,
    "z": WD_ALIGN_PARAGRAPH.LEFT,
}
DOTTED_NAME = f"({'.' * 40})"
DOTTED_NIP = f"NIP. {'.' * 33}"


def signature_lines(signer: SignatureBlock) -> tuple[list[str], str, list[str]]:
    above = [signer["place_date"], signer["title"]]
    below = [signer["rank"]] if signer["rank"] else []
    if signer["nip"]:
        below.append(f"NIP. {signer['nip']}")
    elif signer["nip_line"] and not signer["name"]:
        below.append(DOTTED_NIP)
    return above, signer["name"] or DOTTED_NAME, below


def run(line: Paragraph, text: str, size: float, *, bold: bool = False) -> Run:
    run = line.add_run(text)
    run.font.size, run.bold = Pt(size), bold or None
    return run


def fill(cell: _Cell, text: str, size: float, align: str, *, bold: bool = False) -> Paragraph:
    line = cell.paragraphs[0]
    run(line, text, size, bold=bold)
    line.alignment = ALIGN[align]
    line.paragraph_format.space_after = Pt(0)
    return line


def set_widths(table: Table, widths: list[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def join(empty: _Cell, cell: _Cell) -> None:
    """Merges an empty cell with the one at its right and removes its empty paragraph."""
    merged = empty.merge(cell)
    first = merged.paragraphs[0]
    if not first.text and len(merged.paragraphs) > 1:
        first._p.getparent().remove(first._p)


def whole(row: _Row) -> None:
    """Keeps the row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def narrow_margins(table: Table) -> None:
    """1 mm at the left and right of each cell, as in the PDF: a column of 8 mm has room for "No"."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(round(Mm(1).pt * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # the schema wants the margins before it
    table._tbl.tblPr.append(margins) if look is None else look.addprevious(margins)


def keep_with_next(row: _Row) -> None:
    """Prevents a page break after the row."""
    for cell in row.cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def repeat(row: _Row) -> None:
    """Repeats the heading of a table on each page."""
    whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EFEFEF")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def rule_below(line: Paragraph) -> None:
    """Adds the thick and thin rule of a letterhead."""
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("w:val", "thickThinSmallGap"), ("w:sz", "24"), ("w:space", "4"), ("w:color", "000000")):
        rule.set(qn(name), value)
    borders.append(rule)
    # Word requires an order of the properties of a paragraph.
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    line._p.get_or_add_pPr().insert_element_before(borders, *after)


def field(line: Paragraph, name: str) -> None:
    """Adds a number that Word computes itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)
