"""The Word file has the same text as the PDF."""

import io
import re
import zipfile
from collections import Counter

import pytest
from docx import Document
from lxml import etree

from documents import registry
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, mark, words_of

pytestmark = pytest.mark.django_db
KINDS = [
    "committee_decree",
    "invitation",
    "memo",
    "minutes",
    "speaker_request",
    "staff_assignment",
    "terms_of_reference",
    "official_minutes",
    "training_report",
]


@pytest.fixture
def training(office):
    training = make_training(villages=2, title="Pelatihan O'Brien & I Made Suardana <b>")
    mark(training, n2="izin")
    speaker = factories.ResourcePersonFactory(person__institution="Dinas Lain & Co", position="Kepala")
    factories.AgendaSpeakerFactory(item=training.days.first().items.get(), resource_person=speaker)
    factories.CommitteeMemberFactory(training=training, position="Kepala Seksi & Bidang", person__village=None)
    factories.NarrativeFactory(training=training, chair="Ni Luh", decisions="Satu.\nDua.", copies_to="Camat Uji\nArsip")
    factories.SignatoryFactory(
        slot="committee_head", title_line="Ketua Panitia", name="Sutarmi", nip="197001012000031001"
    )
    return training


def collected(kind, training):
    module = registry.document(kind)
    return module.collect(training, module.clean(training, {}), None)


def made(kind, training, form):
    return printing.print_document(registry.document(kind), training.pk, collected(kind, training), form).content


def text_of(content):
    """Paragraphs and cells in their order."""
    body = Document(io.BytesIO(content)).element.body
    words = []
    for line in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        words.append(
            "".join(
                node.text or "" if node.tag.endswith("}t") else " "
                for node in line.iter()
                if node.tag.endswith(("}t", "}tab", "}br"))
            )
        )
    return " ".join(" ".join(words).split())


def letters(text):
    """The counts of all characters but spaces and page footers, because line breaks differ."""
    text = re.sub(r"Halaman \d+ dari \d+", "", text)
    return Counter(re.sub(r"\s", "", text))


@pytest.mark.parametrize("kind", KINDS)
def test_word_and_pdf_say_the_same(training, kind):
    word, pdf = text_of(made(kind, training, "docx")), words_of(made(kind, training, "pdf"))
    # The captions of tables are for screen readers of a PDF; the code is in the footer of both.
    word += "".join(block["caption"] for block in collected(kind, training)["body"] if block["kind"] == "table")
    plain = pdf.replace(re.search(r"[A-Z]+-\d+-[0-9A-F]{8}", pdf)[0], "")
    assert letters(word) == letters(plain)
    assert "O'BRIEN & I MADE SUARDANA <B>" in word.upper()


def test_the_file_has_page_head_and_foot_of_the_office(training):
    content = made("official_minutes", training, "docx")
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (215, 330)
    assert document.core_properties.author == "DINAS PERUMAHAN DAN PERMUKIMAN"
    assert document.core_properties.language == "id-ID"
    assert document.core_properties.comments == ""
    foot = zipfile.ZipFile(io.BytesIO(content)).read("word/footer1.xml").decode()
    assert "PAGE" in foot
    assert "BAP-" in foot
    assert "Nama Uji, S.T." in text_of(content)
    assert "NIP. 19700101 200003 1 001" in text_of(content)


def test_heads_of_tables_repeat_and_rows_stay_whole(training):
    xml = zipfile.ZipFile(io.BytesIO(made("training_report", training, "docx"))).read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") >= 3
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>") + xml.count("<w:tr ")


def test_a_sample_is_marked(training):
    training.is_sample = True
    training.save()
    content = made("memo", training, "docx")
    assert "DATA CONTOH" in zipfile.ZipFile(io.BytesIO(content)).read("word/header1.xml").decode()


def test_equal_snapshots_give_equal_bytes(training):
    assert made("memo", training, "docx") == made("memo", training, "docx")


PARAGRAPH = ["keepNext", "keepLines", "pageBreakBefore", "pBdr", "shd", "tabs", "spacing", "ind", "jc"]


def test_properties_stand_in_the_order_that_word_asks_for(training):
    xml = zipfile.ZipFile(io.BytesIO(made("training_report", training, "docx"))).read("word/document.xml")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    seen = [
        [child.tag.removeprefix(word) for child in properties]
        for properties in etree.fromstring(xml).iter(f"{word}pPr")
    ]
    known = [[name for name in names if name in PARAGRAPH] for names in seen]
    assert known == [sorted(names, key=PARAGRAPH.index) for names in known]
    assert any("pBdr" in names for names in known)
