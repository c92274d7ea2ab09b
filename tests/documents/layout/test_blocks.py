"""Page breaks of blocks: tables of few rows stay whole, long ones break."""

from datetime import date

import pytest
from pypdfium2 import PdfDocument

from documents.layout import block_pages, blocks, frame
from documents.rendering import pdf
from tests.documents.samples import pages_of

DAY = date(2018, 12, 4)
COLUMNS = [("No", 10, "c"), ("Uraian", 0, "l")]


def pages(before, rows):
    """The pages of a document with `before` lines of text, a heading, a sentence, and a table of so many rows."""
    table = blocks.table(COLUMNS, [[str(at), f"baris {at}."] for at in range(1, rows + 1)], caption="Uji")
    text = blocks.paragraphs("\n".join(["Kalimat."] * before))
    head = frame.head(title="Uji", subject="Uji", office=None, dated=DAY, page_size="f4", watermark="")
    body = [*text, blocks.heading("Judul tabel"), *blocks.paragraphs("Sebagai berikut:"), table]
    return pages_of(pdf.make(block_pages.render({"document": head, "body": body})).content)


@pytest.mark.parametrize("before", [34, 36, 38])
def test_a_short_table_stays_on_one_page_with_its_heading(before):
    first, second = pages(before, 8)
    assert all(text in second for text in ("Judul tabel", "Sebagai berikut", "baris 1.", "baris 8."))
    assert "Judul" not in first


@pytest.mark.parametrize("before", [37, 38, 39])
def test_a_list_begins_on_the_page_of_the_sentence_above_it(before):
    body = [*blocks.paragraphs("\n".join(["Kalimat."] * before + ["Saran:"])), blocks.items(["satu satu", "dua dua"])]
    head = frame.head(title="Uji", subject="Uji", office=None, dated=DAY, page_size="f4", watermark="")
    found = pages_of(pdf.make(block_pages.render({"document": head, "body": body})).content)
    assert ["Saran:" in page for page in found] == ["satu satu" in page for page in found]


def test_a_long_table_begins_below_its_heading_and_breaks():
    found = pages(30, 70)
    assert len(found) == 3
    assert all(text in found[0] for text in ("Judul tabel", "baris 1.", "baris 2."))
    assert "baris 69." in found[-1]  # the last row is not alone


@pytest.mark.parametrize("before", [35, 36, 37])
def test_rows_without_a_number_stay_with_the_numbered_row_above_them(before):
    rows = [["1", "satu"], *([str(number), f"nomor {number}."] for number in range(2, 5)), ["", "lanjutan 4."]]
    table = blocks.table(COLUMNS, [*rows, *([str(number), f"nomor {number}."] for number in range(5, 30))], caption="U")
    head = frame.head(title="Uji", subject="Uji", office=None, dated=DAY, page_size="f4", watermark="")
    body = [*blocks.paragraphs("\n".join(["Kalimat."] * before)), table]
    found = pages_of(pdf.make(block_pages.render({"document": head, "body": body})).content)
    assert ["nomor 4." in page for page in found] == ["lanjutan 4." in page for page in found]


@pytest.mark.parametrize("before", [36, 37, 38])
def test_the_last_clause_of_a_decree_is_not_alone(before):
    clauses = blocks.clauses(("Menetapkan", [("", f"Diktum {at}.") for at in range(1, 5)]))
    head = frame.head(title="Uji", subject="Uji", office=None, dated=DAY, page_size="f4", watermark="")
    body = [*blocks.paragraphs("\n".join(["Kalimat."] * before)), clauses]
    found = pages_of(pdf.make(block_pages.render({"document": head, "body": body})).content)
    assert ["Diktum 3." in page for page in found] == ["Diktum 4." in page for page in found]


def test_the_last_word_of_a_title_is_not_alone_on_a_line():
    head = frame.head(title="Uji", subject="Uji", office=None, dated=DAY, page_size="f4", watermark="")
    body = [
        blocks.title("KEPUTUSAN KEPALA DINAS PERUMAHAN DAN PERMUKIMAN KABUPATEN MESUJI", "SK"),
        blocks.center("AB C"),
    ]
    content = pdf.make(block_pages.render({"document": head, "body": body})).content
    with PdfDocument(content) as file:
        lines = file[0].get_textpage().get_text_range().split("\r\n")
    assert [line.split() for line in lines if "MESUJI" in line] == [["KABUPATEN", "MESUJI"]]
    assert {"SK", "AB C"} <= {" ".join(line.split()) for line in lines}
