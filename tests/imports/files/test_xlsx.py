"""The XLSX reader: the same cells as openpyxl finds, with limits on stray cells and heavy content."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from imports.files import books, xlsx
from tests.imports.office import book

ROWS = [
    ["Desa", "KK", None, "Tanggal"],
    ["Wiralaga I", 820, 0.125, date(2018, 12, 4)],
    [None, -3, 1e21, datetime(2018, 12, 4, 8, 30)],
    [True, False, time(7, 45), timedelta(hours=30)],
    ["=1+1", "&lt; <b>", " dua  kata\n", "＝1"],
    [],
    [CellRichText("Siti ", TextBlock(InlineFont(b=True), "Khotimah")), "#REF!", date(1899, 12, 31), 12.0],
]


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def workbook(rows) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    return made


def read(content: bytes, **kwargs):
    return books.read(io.BytesIO(content), "berkas.xlsx", **kwargs)


def changed(content: bytes, name: str, change) -> bytes:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry.filename, change(part) if entry.filename == name else part)
    return out.getvalue()


def by_openpyxl(content: bytes) -> list[tuple[int, list]]:
    """The cells as stored, without empty rows and cells at the end."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    found = []
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        kept = [books.clean(cell) for cell in cells]
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            found.append((line, kept))
    return found


@pytest.mark.parametrize("is_1904", [False, True])
def test_cells_are_those_that_openpyxl_finds(is_1904):
    made = workbook(ROWS)
    if is_1904:
        made.epoch = openpyxl.utils.datetime.MAC_EPOCH
    content = saved(made)
    rows = read(content)[0].rows
    assert rows == by_openpyxl(content)
    assert rows[1] == (2, ["Wiralaga I", 820, 0.125, {"day": "2018-12-04"}])


def test_cells_without_addresses_and_with_prefixes_are_found():
    sheet = (
        b'<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c><x:v>1</x:v>'
        b'</x:c><x:c t="inlineStr"><x:is><x:t>dua</x:t><x:rPh><x:t>hint</x:t></x:rPh></x:is></x:c></x:row><x:row r="9">'
        b'<x:c r="C9" t="str"><x:f>A1</x:f><x:v>x_x000A_y</x:v></x:c><x:c r="D9" t="d"><x:v>2018-12-04</x:v></x:c>'
        b"</x:row></x:sheetData></x:worksheet>"
    )
    content = changed(book(("Data", [["a"]])), "xl/worksheets/sheet1.xml", lambda part: sheet)
    assert read(content)[0].rows == [(1, [1, "dua"]), (9, [None, None, "x y", {"day": "2018-12-04"}])]


@pytest.mark.parametrize(("stray", "rows"), [("XFD1048576", 2), ("A1048576", 3), ("XFD1", 2)])
def test_a_stray_cell_far_away_does_not_make_a_file_large(stray, rows):
    made = workbook([["Desa", "KK"], ["Wiralaga I", 820]])
    made.active[stray] = "x"
    kept = read(saved(made))[0].rows
    assert kept[:2] == [(1, ["Desa", "KK"]), (2, ["Wiralaga I", 820])]
    assert len(kept) == rows


@pytest.mark.parametrize(
    ("name", "limit"), [("MAX_TEXT", 2_000), ("MAX_CELLS", 40), ("MAX_SECONDS", -1)], ids=["text", "cells", "time"]
)
def test_content_beyond_the_bounds_is_refused_with_a_sentence(monkeypatch, name, limit):
    content = book(("Data", [[f"Desa {number}", number] for number in range(50)]))
    assert len(read(content)[0].rows) == 50
    monkeypatch.setattr(xlsx, name, limit)
    with pytest.raises(ValidationError, match="Isi berkas terlalu banyak untuk dibaca sekaligus"):
        read(content)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_document_type_is_refused_in_every_part(part):
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'
    with pytest.raises(ValidationError) as caught:
        read(changed(book(("Data", [["Desa"]])), part, lambda _: bomb))
    assert caught.value.message == books.BROKEN
