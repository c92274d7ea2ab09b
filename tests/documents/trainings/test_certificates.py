from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError
from pypdfium2 import raw

from documents import registry
from documents.models import DocumentTemplate
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, mark, pages_of
from tests.files import picture
from trainings.models import AgendaItem

pytestmark = pytest.mark.django_db
MILLIMETRE = 72 / 25.4


def collected(training, user=None):
    module = registry.document("certificates")
    return module.collect(training, module.clean(training, {}), user)


def pages(training, user=None):
    content = printing.print_document(registry.document("certificates"), training.pk, collected(training, user)).content
    return [" ".join(page.split()) for page in pages_of(content)]


@pytest.fixture
def training(office):
    training = make_training(villages=2, per_village=1)
    mark(training)
    return training


def give(training, at=1, **fields):
    return factories.CertificateFactory(participant=training.participants.get(number=at), **fields)


def test_without_sertifikat_given_there_is_nothing_to_print(training):
    with pytest.raises(ValidationError, match="Belum ada sertifikat"):
        collected(training)


def test_front_and_back_of_each(training):
    give(training, 1, number="001/SERT/DPMU/XII/2018")
    give(training, 2, number="", lesson_hours=20)
    found = pages(training)
    assert len(found) == 4
    front, back, other, _ = found
    for line in (
        "Nomor: 001/SERT/DPMU/XII/2018 diberikan kepada Peserta Nomor 1 Ketua KPSPAMS, Desa Uji Desa 1",
        "atas partisipasinya sebagai PESERTA pada Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018 Kabupaten Mesuji",
        "selama 3 (tiga) hari, tanggal 4 s.d. 6 Desember 2018, bertempat di Balai Uji, Brabasan, dengan mengikuti 24 "
        "(dua puluh empat) jam pelajaran (JP).",
        "Mesuji, 6 Desember 2018 Ketua DPMU Kabupaten Mesuji,",
    ):
        assert line in front, line
    assert "1 Materi hari 1 7 2 Materi hari 2 8 3 Materi hari 3 9 Jumlah 24" in back
    assert "Nomor: ...." in other
    assert "mengikuti 20 (dua puluh) dari 24 jam pelajaran" in other


def test_the_head_of_the_dinas_signs_where_one_is_recorded(training):
    factories.SignatoryFactory(slot="office_head", title_line="Kepala Dinas", name="Nama Kepala Uji")
    give(training, 1)
    front = pages(training)[0]
    assert "Kepala Dinas," in front
    assert "Nama Kepala Uji" in front
    assert "Ketua DPMU" not in front


@pytest.mark.parametrize(
    "name", ["Sutarmi", "I Gusti Ngurah Made Agung Wirawan Kusumadinata, S.T., M.Si. " * 2, "D'Angelo"]
)
def test_long_and_single_names_stay_on_one_page(training, name):
    certificate = give(training, 1, dated_on=date(2018, 12, 7))
    certificate.participant.person.name = name.strip()
    certificate.participant.person.save()
    found = pages(training)
    assert len(found) == 2
    assert name.strip() in found[0]
    assert "NIP." in found[0] or "Nama Uji" in found[0]


def test_the_longest_words_of_a_training_stay_inside_the_frame(training):
    training.title, training.organiser, training.venue = "W" * 116, "Dinas " * 26, "V" * 200
    training.save()
    given = give(training, 1, number="N" * 80)
    given.participant.person.name = "X" * 120
    given.participant.person.save()
    content = printing.print_document(registry.document("certificates"), training.pk, collected(training)).content
    page = pdfium.PdfDocument(content)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    margin = 12 * MILLIMETRE
    code = [box for box in boxes if box[3] < margin]  # below the frame: kode dokumen alone
    assert len(code) == len(f"SRT-{training.pk}-00000000")
    assert min(box[0] for box in boxes) > margin
    assert max(box[2] for box in boxes) < page.get_width() - margin + 1
    assert [box for box in boxes if margin < box[1] < margin + 2 * MILLIMETRE] == []  # nothing reaches the lower line


def test_without_lesson_hours_the_sentence_ends_with_the_place(training):
    AgendaItem.objects.filter(day__training=training).delete()
    give(training, 1)
    front, back = pages(training)
    assert "bertempat di Balai Uji, Brabasan. Mesuji, 6 Desember 2018" in front
    assert "Jumlah" not in back


def test_an_own_background_lies_under_the_fronts_from_its_day_on(training):
    given = give(training, 1)
    row = DocumentTemplate(district=training.district, kind="certificates", valid_from=given.dated_on, name="latar.jpg")
    row.file, row.sha256 = picture(size=(1188, 840)), "0" * 64
    row.save()
    assert images_of(training) == [1, 0]
    row.valid_from = given.dated_on + timedelta(days=1)
    row.save()
    assert images_of(training) == [0, 0]


def images_of(training):
    content = printing.print_document(registry.document("certificates"), training.pk, collected(training)).content
    return [len(list(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))) for page in pdfium.PdfDocument(content)]


def test_many_topics_stay_on_the_back(training):
    give(training, 1)
    session = training.days.first().sessions.get()
    for number in range(30):
        factories.AgendaItemFactory(
            session=session, topic=f"Materi tambahan {number} dengan judul yang panjang", lesson_hours=1
        )
    found = pages(training)
    assert len(found) == 2
    assert "Jumlah 54" in found[1]


def test_a_fasilitator_prints_those_of_own_villages(training):
    for number in (1, 2):
        give(training, number)
    user = factories.FacilitatorFactory()
    factories.AssignmentFactory(user=user, village=training.participants.get(number=2).village)
    assert [row["name"] for row in collected(training, user)["rows"]] == ["Peserta Nomor 2"]
