"""Values of an office's own Word file that the blocks of a letter show."""

import pytest

from documents import registry
from documents.layout import blocks, correspondence
from documents.trainings.template_fields import TRAINING_FORM
from documents.word_forms import WORDING, letter_values

FORMED = [document for document in registry.DOCUMENTS.values() if document.word_form]
LETTER = [
    *correspondence.opening("Mesuji, 2 Maret 2026", "005/17", "1 (satu) berkas", "Undangan rapat"),
    *correspondence.addressees(["Sdr. Camat Tanjung Raya"]),
    *blocks.paragraphs("Kami mengharapkan kehadiran Saudara pada:"),
    blocks.facts([("hari/tanggal", "Selasa, 10 Maret 2026"), ("acara", "Rapat Iuran")]),
    *blocks.paragraphs("Susunan acara:"),
    blocks.items(["Pembukaan", "Pembahasan"]),
    *blocks.paragraphs("Nama yang diundang:"),
    blocks.table([("No", 8, "c"), ("Nama", 0, "l"), ("Jabatan", 40, "l")], [["1", "Sri", "Ketua"]], caption="Nama"),
    *blocks.paragraphs("Peserta membawa buku kas.\nDemikian, terima kasih."),
    blocks.signatures(),
    blocks.copies(["Bupati"]),
    *correspondence.annex("005/17", "2 Maret 2026", "DAFTAR"),
    *blocks.paragraphs("Kalimat lampiran."),
]


def test_the_wording_of_a_letter_is_complete_without_its_head_and_annex():
    found = letter_values(TRAINING_FORM, LETTER)
    assert {name: found[name].splitlines() for name in WORDING} == {
        "isi": [
            "Kami mengharapkan kehadiran Saudara pada:",
            "hari/tanggal: Selasa, 10 Maret 2026",
            "acara: Rapat Iuran",
            "Susunan acara:",
            "1. Pembukaan",
            "2. Pembahasan",
            "Nama yang diundang:",
            "1. Sri, Ketua",
            "Peserta membawa buku kas.",
            "Demikian, terima kasih.",
        ],
        "pembuka": ["Kami mengharapkan kehadiran Saudara pada:"],
        "penutup": ["Peserta membawa buku kas.", "Demikian, terima kasih."],
    }


def test_the_wording_of_a_keputusan_has_its_clauses_and_not_its_annex():
    decree = [
        blocks.title("KEPUTUSAN"),
        blocks.center("TENTANG"),
        blocks.clauses(("Menimbang", [("a.", "bahwa perlu;"), ("b.", "bahwa layak;")])),
        blocks.signatures(),
        blocks.new_page(),
        blocks.items(["Susunan panitia"]),
    ]
    assert letter_values(TRAINING_FORM, decree)["isi"] == "TENTANG\nMenimbang a. bahwa perlu;\nb. bahwa layak;"


@pytest.mark.parametrize("document", FORMED, ids=lambda one: one.kind)
def test_wording_differs_from_letter_to_letter_where_any_name_does(document):
    form = document.word_form
    assert form.values.keys() >= WORDING
    assert not form.each or form.each >= WORDING
