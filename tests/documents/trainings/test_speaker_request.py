from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from tests import factories
from tests.documents.samples import make_training, pages_of, paper_of, table_of

pytestmark = pytest.mark.django_db


def speaks(item, name, institution, position=""):
    person = factories.PersonFactory(name=name, village=None, institution=institution)
    speaker = factories.ResourcePersonFactory(person=person, position=position)
    factories.AgendaSpeakerFactory(item=item, resource_person=speaker)
    return speaker


@pytest.fixture
def training(office):
    training = make_training(villages=1, days=1)
    item = training.days.get().items.get()
    later = factories.AgendaItemFactory(
        session=item.session, topic="Iuran", starts=time(13), ends=time(14, 30), lesson_hours=2
    )
    siti = speaks(item, "Siti Uji", "Dinas Kesehatan", "Sanitarian")
    factories.AgendaSpeakerFactory(item=later, resource_person=siti, role="moderator")
    speaks(later, "Camat Uji", "Kecamatan Tanjung Raya")
    speaks(later, "Orang Sendiri", office.office_name)
    factories.SpeakerLetterFactory(
        training=training, resource_person=siti, number="005/7/2018", dated_on=date(2018, 11, 20)
    )
    return training


def test_one_letter_for_each_office_with_topic_time_and_hours(training):
    snapshot, content = paper_of("speaker_request", training)
    first, second = (" ".join(page.split()) for page in pages_of(content))
    for line in (
        "Mesuji, 20 November 2018 Nomor : 005/7/2018 Sifat : Biasa Lampiran : - Hal : Permohonan Narasumber",
        "Yth. Kepala Dinas Kesehatan di Tempat",
        "Nama : Siti Uji Jabatan : Sanitarian Instansi : Dinas Kesehatan",
        "Surat tugas narasumber dimaksud mohon disampaikan",
        "Kepala Dinas, (",
    ):
        assert line in first, line
    assert table_of(snapshot, "Jadwal narasumber")["rows"] == [
        ["Selasa, 4 Desember 2018", "08.00 s.d. 09.30 WIB", "Materi hari 1", "7"],
        ["Selasa, 4 Desember 2018", "13.00 s.d. 14.30 WIB", "Iuran (moderator)", "2"],
    ]
    assert "Yth. Camat Tanjung Raya" in second
    assert "Nomor : ....." in second
    assert "Orang Sendiri" not in str(snapshot)
    assert snapshot["letter"] is None  # the second has no number yet


def test_the_letter_of_one_alone_bears_its_number(training):
    letter = training.speaker_letters.get()
    letter.addressee = "Kepala UPTD"
    letter.save()
    snapshot, content = paper_of("speaker_request", training, speaker=str(letter.resource_person_id))
    assert len(pages_of(content)) == 1
    assert snapshot["letter"] == {"number": "005/7/2018", "dated_on": "2018-11-20"}
    assert "Yth. Kepala UPTD" in str(snapshot)


@pytest.mark.parametrize("key", ["", "999999", "x"])
def test_for_nobody_it_is_refused_in_words(office, key):
    with pytest.raises(ValidationError, match="Belum ada narasumber dari instansi lain"):
        registry.document("speaker_request").clean(make_training(villages=1), {"speaker": key})


def test_narasumber_of_one_office_share_a_letter_and_its_number(training):
    item = training.days.get().items.order_by("starts").first()
    for name in ("Budi Uji", "Ayu Uji"):
        speaks(item, name, "Dinas Kesehatan")
    snapshot, content = paper_of("speaker_request", training)
    pages = [" ".join(page.split()) for page in pages_of(content)]
    assert [page.count("Hal : Permohonan Narasumber") for page in pages] == [1, 1]
    assert "Nomor : 005/7/2018" in pages[0]
    assert [row[:2] for row in table_of(snapshot, "Narasumber yang dimohon")["rows"]] == [
        ["1", "Siti Uji"],
        ["2", "Budi Uji"],
        ["3", "Ayu Uji"],
    ]
    assert [row[2:] for row in table_of(snapshot, "Jadwal narasumber")["rows"]] == [
        ["Materi hari 1", "Siti Uji", "7"],
        ["Materi hari 1", "Budi Uji", "7"],
        ["Materi hari 1", "Ayu Uji", "7"],
        ["Iuran (moderator)", "Siti Uji", "2"],
    ]


def test_letters_of_one_office_with_numbers_of_their_own_stay_apart(training):
    budi = speaks(training.days.get().items.order_by("starts").first(), "Budi Uji", "Dinas Kesehatan")
    factories.SpeakerLetterFactory(
        training=training, resource_person=budi, number="005/8/2018", dated_on=date(2018, 11, 21)
    )
    _, content = paper_of("speaker_request", training)
    pages = [" ".join(page.split()) for page in pages_of(content)]
    assert [number in page for number, page in zip(["005/7/2018", "005/8/2018"], pages, strict=False)] == [True, True]
    assert len(pages) == 3
