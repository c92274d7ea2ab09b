"""Exports of lists: real numbers and dates, harmless cells, a sheet that explains each column."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from records.exports import Column, Kind, Table, csv_lines, harmless, xlsx

WIDE = ["＝1+1", "＋62", "－3", "＠SUM(A1)"]
WICKED = [*WIDE, "=1+1", "+62", "-3", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("http://x")', "http://contoh.invalid"]
COLUMNS = [
    Column("Nama", lambda row: row[0], "Nama"),
    Column("Biaya", lambda row: row[1], "Biaya setahun", Kind.RUPIAH, "rupiah"),
    Column("Tanggal", lambda row: row[2], "Hari pertama", Kind.DATE),
    Column("Ada", lambda row: row[3], "Ada atau tidak", Kind.FLAG),
]


def table(rows):
    return Table("Daftar uji", COLUMNS, iter(rows), len(rows), [("Kecamatan", "=Mesuji")])


def sheets(file) -> dict[str, str]:
    with zipfile.ZipFile(file) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def read_csv(rows):
    text = "".join(csv_lines(table(rows)))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_holds_plain_numbers_and_iso_dates():
    rows = read_csv([("Tirta, Jaya", 1_500_000, date(2018, 12, 4), True), ("Satu", None, None, None)])
    assert rows == [
        ["Nama", "Biaya", "Tanggal", "Ada"],
        ["Tirta, Jaya", "1500000", "2018-12-04", "ya"],
        ["Satu", "", "", ""],
    ]


def test_a_negative_number_stays_a_number_in_csv():
    assert read_csv([("x", Decimal("-2.50"), None, False)])[1] == ["x", "-2.50", "", "tidak"]


@pytest.mark.parametrize("text", WICKED)
def test_what_a_spreadsheet_would_run_is_text_in_csv(text):
    (cell, *_) = read_csv([(text, None, None, None)])[1]
    assert cell == (text if text.startswith("http") else f"'{text}").replace("\r", "\n")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_harmless_leaves_plain_text():
    assert harmless("Desa Contoh Satu") == "Desa Contoh Satu"


def test_xlsx_holds_no_formula_and_no_link():
    parts = sheets(xlsx(table([(text, 1, date(2018, 12, 4), True) for text in WICKED])))
    assert not any("<f>" in part or "<hyperlink" in part for part in parts.values())
    assert parts["xl/worksheets/sheet1.xml"].count('t="inlineStr"') == 4 + 2 * len(WICKED)


def test_xlsx_holds_amounts_and_dates_as_numbers():
    sheet = sheets(xlsx(table([("Tirta", 1_500_000, date(2018, 12, 4), True)])))["xl/worksheets/sheet1.xml"]
    assert re.findall(r'<c r="([BC]2)" s="\d+"><v>(\d+)</v>', sheet) == [("B2", "1500000"), ("C2", "43438")]


def test_xlsx_tells_a_moment_in_local_time():
    moment = Column("Saat", lambda row: row, "Saat", Kind.MOMENT)
    assert moment.of(datetime(2026, 11, 24, 2, 30, tzinfo=UTC)) == datetime(2026, 11, 24, 9, 30)


def test_every_column_is_explained():
    notes = sheets(xlsx(table([])))["xl/worksheets/sheet2.xml"]
    words = re.findall(r"<t[^>]*>([^<]*)</t>", notes)
    assert words == [
        *["Daftar", "Daftar uji", "Kecamatan", "=Mesuji"],
        *["Kolom", "Konsep", "Bentuk", "Satuan", "Sumber"],
        *["Nama", "Nama", "teks", "–", "Catatan DPMU di portal"],
        *["Biaya", "Biaya setahun", "angka (rupiah)", "rupiah", "Catatan DPMU di portal"],
        *["Tanggal", "Hari pertama", "tanggal", "–", "Catatan DPMU di portal"],
        *["Ada", "Ada atau tidak", "ya/tidak", "–", "Catatan DPMU di portal"],
    ]


def test_text_that_no_file_can_hold_is_escaped_or_cut():
    sheet = sheets(xlsx(table([("\x00\x0b" + "x" * 40_000, None, None, None)])))["xl/worksheets/sheet1.xml"]
    assert "\x00" not in sheet
    assert len(sheet) < 40_000
