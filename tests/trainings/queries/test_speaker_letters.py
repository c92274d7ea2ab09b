import pytest
from django.db import IntegrityError

from tests import factories as f
from trainings.models import SpjItem
from trainings.queries.speaker_letters import head_of, speakers_elsewhere
from trainings.queries.spj import accounts_file

OWN = "DINAS PERUMAHAN DAN PERMUKIMAN"


def speaks(item, name, institution, role="narasumber"):
    person = f.PersonFactory(name=name, village=None, institution=institution)
    speaker = f.ResourcePersonFactory(person=person)
    f.AgendaSpeakerFactory(item=item, resource_person=speaker, role=role)
    return speaker


def test_speakers_of_other_offices_in_the_order_of_the_agenda(dataset):
    f.OfficeProfileFactory(office_name=OWN, short_name="Disperkim")
    later = f.AgendaItemFactory(session=dataset.session, starts="13:00", ends="14:00")
    first = f.AgendaItemFactory(session=dataset.session, starts="08:00", ends="09:00")
    health = speaks(later, "Siti", "Dinas Kesehatan")
    f.AgendaSpeakerFactory(item=first, resource_person=health, role="moderator")
    speaks(first, "Nyoman", "Dinas PMD")
    speaks(first, "Tetangga", "Dinas Perumahan dan Permukiman Kabupaten Way Kanan")
    for name, own in (("Satu", "Dinas Perumahan dan Permukiman Kab. Mesuji"), ("Dua", "disperkim"), ("Tiga", "")):
        speaks(first, name, own)
    gone = f.SpeakerLetterFactory(training=dataset.training, number="1").resource_person
    found = speakers_elsewhere(dataset.training)
    assert [str(row.resource_person) for row in found] == ["Siti", "Nyoman", "Tetangga", str(gone)]
    assert [[turn.role for turn in row.turns] for row in found] == [
        ["moderator", "narasumber"],
        ["narasumber"],
        ["narasumber"],
        [],
    ]


@pytest.mark.parametrize(
    ("institution", "head"),
    [
        ("Dinas Kesehatan", "Kepala Dinas Kesehatan"),
        ("UPTD Laboratorium", "Kepala UPTD Laboratorium"),
        ("Kecamatan Tanjung Raya", "Camat Tanjung Raya"),
        ("Universitas Lampung", "Rektor Universitas Lampung"),
        ("PDAM", "Pimpinan PDAM"),
    ],
)
def test_whom_a_letter_addresses(institution, head):
    assert head_of(institution) == head


def test_the_accounts_file_counts_the_letters_of_other_offices(dataset):
    item = f.AgendaItemFactory(session=dataset.session)
    for name in ("Satu", "Dua"):
        speaker = speaks(item, name, "Dinas Kesehatan")
    f.SpeakerLetterFactory(training=dataset.training, resource_person=speaker, file=f.StoredFileFactory())
    row = next(row for row in accounts_file(dataset.training).documents if row.document == SpjItem.Document.ASSIGNMENT)
    assert (row.label, row.of_offices, row.is_present) == ("1 dari 2 diunggah", True, False)


def test_one_letter_for_one_speaker_of_a_training(dataset):
    letter = f.SpeakerLetterFactory(training=dataset.training)
    with pytest.raises(IntegrityError):
        f.SpeakerLetterFactory(training=dataset.training, resource_person=letter.resource_person)
