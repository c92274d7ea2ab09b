import pytest
from django.urls import reverse

from tests import factories as f
from tests.files import PDF_BYTES, pdf
from tests.pages import errors, page_messages, send

UPLOAD = {"addressee": "", "number": "005/1", "dated_on": "2018-11-20"}


@pytest.fixture
def speaker(dataset):
    person = f.PersonFactory(name="Siti", village=None, institution="Dinas Kesehatan")
    speaker = f.ResourcePersonFactory(person=person)
    f.AgendaSpeakerFactory(item=f.AgendaItemFactory(session=dataset.session), resource_person=speaker)
    return speaker


def at(name, dataset, speaker):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, speaker.pk])


def test_number_and_answer_are_kept_with_the_first_saving_and_read_again(dataset, speaker, as_user):
    client = as_user(dataset.staff)
    page = at("speaker_letter_update", dataset, speaker)
    assert "Kepala Dinas Kesehatan" in client.get(page).content.decode()
    answer = send(client, page, **UPLOAD, upload=pdf("tugas.pdf"))
    assert page_messages(answer) == ["Surat narasumber Siti tersimpan."]
    letter = dataset.training.speaker_letters.get()
    assert (letter.resource_person, letter.number, letter.file.name) == (speaker, "005/1", "tugas.pdf")
    assert letter.events.get().by == dataset.staff
    assert client.get(at("speaker_letter_file", dataset, speaker)).content == PDF_BYTES
    html = client.get(reverse("trainings:agenda", args=[dataset.training.pk])).content.decode()
    assert "tugas.pdf" in html
    spj = client.get(reverse("trainings:spj_item_list", args=[dataset.training.pk])).content.decode()
    assert "1 dari 1 surat" in spj


def test_what_is_no_scan_is_refused(dataset, speaker, as_user):
    answer = send(as_user(dataset.staff), at("speaker_letter_update", dataset, speaker), upload=pdf("x.pdf", b"MZ"))
    assert errors(answer)["upload"]
    assert not dataset.training.speaker_letters.exists()


def test_others_neither_read_nor_change_it(dataset, speaker, as_user):
    f.SpeakerLetterFactory(training=dataset.training, resource_person=speaker, file=f.StoredFileFactory())
    client = as_user(dataset.facilitator)
    assert client.get(at("speaker_letter_file", dataset, speaker)).status_code == 403
    assert client.get(at("speaker_letter_update", dataset, speaker)).status_code == 403
    html = client.get(reverse("trainings:agenda", args=[dataset.training.pk])).content.decode()
    assert "Surat tugas dari instansinya" not in html


def test_somebody_of_the_own_office_has_no_such_letter(dataset, as_user):
    own = f.AgendaSpeakerFactory(item=f.AgendaItemFactory(session=dataset.session)).resource_person
    assert as_user(dataset.staff).get(at("speaker_letter_update", dataset, own)).status_code == 404
