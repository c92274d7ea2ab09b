from datetime import date

import pytest

from documents import letters, registry
from documents.models import LetterText
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, words_of

pytestmark = pytest.mark.django_db

OPENING = registry.document("invitation").letter_parts["opening"]
KNOWN = "{kegiatan}, {hari_tanggal}, {tempat}, {kabupaten}, {dinas}, {jumlah}, {sasaran}, {pukul}"


def shown(kind, subject, **parameters):
    module = registry.document(kind)
    snapshot = module.collect(subject, module.clean(subject, parameters), None)
    return words_of(printing.print_document(registry.document(kind), subject.pk, snapshot).content)


def write(kind, part, body, since):
    district = factories.DistrictFactory()
    return LetterText.objects.create(district=district, kind=kind, part=part, body=body, valid_from=since)


def test_the_wording_in_force_on_the_day_of_the_letter_is_printed(office):
    write("invitation", "closing", "Terima kasih, Bapak/Ibu.", date(2018, 12, 1))
    write("invitation", "closing", "Demikian dari {dinas}.", date(2018, 12, 5))
    training = make_training(villages=1)  # 4 Desember 2018
    text = shown("invitation", training)
    assert "Terima kasih, Bapak/Ibu." in text
    assert "Demikian" not in text
    letter = letters.Letter(registry.document("invitation"), training.district, date(2018, 12, 5))
    assert letter.text("closing", dinas="Disperkim") == "Demikian dari Disperkim."
    before = letters.Letter(registry.document("invitation"), training.district, date(2018, 11, 30))
    assert before.text("closing") == registry.document("invitation").letter_parts["closing"].text


def test_markup_and_format_tricks_stay_text_on_paper(office):
    """Even wording that the form would refuse: nothing is executed, nothing is replaced twice."""
    write(
        "invitation",
        "closing",
        "<b>Tebal</b> {kegiatan.__class__} {0} {kegiatan!r} {kegiatan:9999} {{ kop }} {% now %} {tempat}",
        date(2018, 1, 1),
    )
    training = make_training(villages=1, venue="{kegiatan} & {0}")
    text = shown("invitation", training)
    message = "<b>Tebal</b> {kegiatan.__class__} {0} {kegiatan!r} {kegiatan:9999} {{ kop }} {% now %} {kegiatan} & {0}"
    assert message in text


@pytest.mark.parametrize(
    ("body", "complaints"),
    [
        (OPENING.text, []),
        ("{jumlah} ke {kegiatan}", []),
        ("{jumlah}", ["Tanda isian wajib belum ada: {kegiatan}."]),
        ("Hadir.", ["Tanda isian wajib belum ada: {kegiatan}, {jumlah}."]),
        (
            "{jumlah} {kegiatan} {desa} {kegiatan.__class__} {0} {kegiatan!r} {kegiatan:9999} {}",
            [
                "Tanda isian tidak dikenal: {desa}, {kegiatan.__class__}, {0}, {kegiatan!r}, {kegiatan:9999}, {}. "
                f"Yang dikenal di bagian ini: {KNOWN}."
            ],
        ),
        (
            "{jumlah} {kegiatan} {tempat",
            [
                "Kurung kurawal hanya dipakai untuk tanda isian dan selalu berpasangan, misalnya {kegiatan}. "
                "Hapus kurung yang sendirian, atau ganti dengan kurung biasa."
            ],
        ),
    ],
)
def test_wording_is_checked_by_name(body, complaints):
    assert OPENING.complaints(body) == complaints


def test_the_own_wording_of_every_part_passes_its_check():
    assert {
        (kind, name): part.complaints(part.text)
        for kind, document in registry.DOCUMENTS.items()
        for name, part in document.letter_parts.items()
        if part.complaints(part.text)
    } == {}


def test_an_empty_value_takes_the_space_before_it_along():
    assert letters.filled("SPAMS {sasaran}, dengan {x}", {"sasaran": "", "x": "{sasaran}"}) == "SPAMS, dengan {sasaran}"


def test_lines_of_a_decree_become_its_items(office):
    write("decree_draft", "tasks", "merawat pompa;\n\nmembaca meter.", date(2018, 1, 1))
    write("decree_draft", "considering", "bahwa KPSPAMS “{kpspams}” perlu pengurus;", date(2018, 1, 1))
    group = factories.GroupFactory(name="Tirta Uji")
    snapshot = registry.document("decree_draft").collect(group, {}, None)
    assert snapshot["tasks"] == ["merawat pompa", "membaca meter"]
    assert snapshot["considering"] == [["a.", "bahwa KPSPAMS “Tirta Uji” perlu pengurus;"]]
