"""The tool that compares two checkouts: real differences are reported, random ones are not."""

import io

import pytest
from docx import Document as WordFile
from openpyxl import Workbook

from documents.rendering import pdf
from tests.unchanged import answers, collected, compare, contents, demo, documents, facts

PAGE = '<p>Jumlah <b>12</b> desa</p>\n<form><input type="hidden" name="csrfmiddlewaretoken" value="{token}"></form>'


@pytest.fixture
def recorded(tmp_path):
    """recorded("a", {what: (value, text)}) is a folder as the tool records it."""

    def make(name, message):
        folder = tmp_path / name
        folder.mkdir()
        recorder = facts.Recorder(folder, "part")
        for what, (value, text) in message.items():
            recorder.add_text(what, value, text)
        recorder.close()
        (folder / "part.txt").rename(folder / facts.FACTS)
        return folder

    return make


def page(drawn="a", words="Jumlah"):
    return "200 text/html", contents.page_text(PAGE.format(token=drawn).replace("Jumlah", words))


def test_compare_of_the_same_pages_with_other_tokens_finds_nothing(recorded):
    before, after = recorded("a", {"GET /": page("a")}), recorded("b", {"GET /": page("b")})
    assert compare.differences(before, after) == []


def test_compare_shows_a_changed_word_once_for_all_pages(recorded):
    paths = ("GET /", "GET /desa/", "GET /peta/")
    before = recorded("a", dict.fromkeys(paths, page()))
    after = recorded("b", dict.fromkeys(paths, page(words="Banyaknya")))
    assert compare.differences(before, after) == [
        "",
        "== other text in 3: GET /; GET /desa/; GET /peta/",
        "@@",
        " <p>",
        "-Jumlah ",
        "+Banyaknya ",
        " <b>",
        "",
        "3 facts before, 3 after; 3 changed",
    ]


def test_compare_shows_a_missing_and_a_new_page(recorded):
    before = recorded("a", {"GET /": page(), "GET /peta/": page()})
    after = recorded("b", {"GET /": page(), "GET /map/": page()})
    found = compare.differences(before, after)
    assert [line.split(" = ")[0].strip() for line in found[:4]] == [
        "== gone: 1",
        "GET /peta/",
        "== new: 1",
        "GET /map/",
    ]


def test_compare_shows_another_answer(recorded):
    before, after = recorded("a", {"GET /": page()}), recorded("b", {"GET /": ("403 text/html", page()[1])})
    assert compare.differences(before, after)[0] == "== other answer: 1"


def test_compare_shows_another_text_of_a_pdf(recorded):
    made = [pdf.make(f"<html lang='id'><title>Uji</title><p>{word}</p>").content for word in ("Hadir", "Absen")]
    texts = [contents.file_text("application/pdf", content) for content in made]
    before, after = (
        recorded(name, {"file": ("200 application/pdf", text)}) for name, text in zip("ab", texts, strict=True)
    )
    assert [line for line in compare.differences(before, after) if line.startswith(("-", "+"))] == ["-Hadir", "+Absen"]


def test_recorder_refuses_two_values_of_one_fact(tmp_path):
    recorder = facts.Recorder(tmp_path, "part")
    recorder.add("GET /", "200")
    recorder.add("GET /", "200")
    with pytest.raises(ValueError, match="GET /: 200 and then 404"):
        recorder.add("GET /", "404")


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("<p>\n  Desa\n</p>", "<p>Desa</p>", True),
        ("<div\n   class='a'>x</div>", "<div class='a'>x</div>", True),
        ("<b>a</b> <b>b</b>", "<b>a</b>\n  <b>b</b>", True),
        ("<b>a</b> <b>b</b>", "<b>a</b><b>b</b>", False),
        ("<textarea>a\nb</textarea>", "<textarea>a b</textarea>", False),
        ('<script nonce="x">', '<script nonce="y">', True),
        ("b1c9bd2e-5a0c-4f7e-9d3e-000000000001", "b1c9bd2e-5a0c-4f7e-9d3e-000000000002", True),
        ("<dd>0,26 detik</dd>", "<dd>12,5 detik</dd>", True),
        ("<dd>3 detik</dd>", "<dd>4 detik</dd>", False),
        ("<p>12.345</p>", "<p>12345</p>", False),
    ],
)
def test_page_text_is_equal_when_a_browser_shows_the_same(one, other, equal):
    assert (contents.page_text(one) == contents.page_text(other)) == equal


def test_file_text_reads_cells_and_paragraphs():
    book, word = Workbook(), WordFile()
    book.active.append(["Desa", 1.5])
    word.add_paragraph("Undangan")
    word.sections[0].header.paragraphs[0].text = "KOP"
    read = []
    for made in (book, word):
        stream = io.BytesIO()
        made.save(stream)
        read.append(contents.file_text("application/octet-stream", stream.getvalue()))
    assert read[0] == "sheet Sheet (visible)\n'Desa' [General] | 1.5 [General]"
    assert read[1].split() == ["Undangan", "KOP"]


def test_file_that_only_begins_like_a_pdf_is_told_by_its_bytes():
    assert contents.file_text("application/pdf", b"%PDF-1.4").startswith("8 bytes, ")


def test_collected_counts_cases_by_function_wherever_its_module_stands():
    cases = [
        "tests/a/test_x.py::test_one[a::b]",
        "tests/b/test_y.py::test_one[c]",
        "tests/b/test_y.py::test_two",
    ]
    assert collected.counted([*cases, "3 tests collected"]) == {"test_one": 2, "test_two": 1}


def test_chosen_takes_the_first_rows_of_a_page_and_keeps_the_others_for_the_search():
    chosen = demo.Chosen()
    taken = [path for path in ("/desa/1/", "/desa/2/", "/desa/3/", "/desa/1/", "/tidak/ada/") if chosen.takes(path)]
    assert taken == ["/desa/1/", "/desa/2/", "/desa/1/"]
    assert list(chosen.left.values()) == [{"/desa/3/": None}]
    assert [chosen.takes(f"/desa/?urut={order}") for order in ("kode", "nama")] == [True, False]


def test_offered_documents_are_requested_with_each_option_and_no_more_often_than_wanted():
    field = '<input type="hidden" name="{}" value="{}">'
    choice = '<select name="mode"><option value="blank" selected>x<option value="filled">y</select>'
    kinds = field.format("kind", "attendance_sheet") + field.format("key", "by chance") + choice
    form = f'<form method="post" action="/laporan/minta/">{kinds}</form><form method="post" action="/keluar/"></form>'
    answer = answers.Answer(200, "text/html", "", "", (form * 2).encode(), [])
    forms = documents.offered("/", answer)
    chosen = [data["mode"] for _, data in documents._chosen(forms, documents.REQUESTS, 3)]
    assert ([action for action, _ in forms], chosen) == (["/laporan/minta/"] * 2, [["blank"], ["filled"]])
    assert len(list(documents._chosen(forms, documents.REQUESTS, 1))) == 1
