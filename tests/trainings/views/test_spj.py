"""Pages of SPJ documents, uraian and photos."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from records.models import StoredFile
from tests import factories as f
from tests.files import PDF_BYTES, pdf, picture
from tests.pages import errors, page_messages, send, shown
from trainings.models import Narrative, SpjItem, Training, TrainingFile

Document = SpjItem.Document


def at(name, dataset, *parts):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *parts])


@pytest.fixture
def office(dataset, as_user):
    return as_user(dataset.staff)


def test_papers_says_what_is_there_and_what_is_missing(dataset, office):
    f.SpjItemFactory(training=dataset.training, number="005/123/2018", file=f.StoredFileFactory(name="undangan.pdf"))
    html = office.get(at("spj_item_list", dataset)).content.decode()
    for words in ("1 dari 18 dokumen ada", "005/123/2018", "undangan.pdf", "18 Desember 2018", "Belum diisi."):
        assert words in html


def test_papers_shows_a_facilitator_states_and_no_files(dataset, as_user):
    item = f.SpjItemFactory(training=dataset.training, number="005/123/2018", file=f.StoredFileFactory())
    client = as_user(dataset.facilitator)
    html = client.get(at("spj_item_list", dataset)).content.decode()
    assert "1 dari 18 dokumen ada" in html
    assert "005/123/2018" not in html
    assert client.get(at("spj_item_file", dataset, item.document)).status_code == 403


def test_a_paper_is_recorded_with_its_first_saving_and_read_again(dataset, office):
    answer = send(
        office,
        at("spj_item_update", dataset, Document.INVITATION),
        number="005/1",
        dated_on="2018-11-20",
        upload=pdf("u.pdf"),
    )
    assert page_messages(answer) == ["Undangan tersimpan."]
    item = dataset.training.spj_items.get()
    assert (item.document, item.number, item.file.name, item.version) == (Document.INVITATION, "005/1", "u.pdf", 1)
    assert office.get(at("spj_item_file", dataset, item.document)).content == PDF_BYTES
    assert item.events.get().by == dataset.staff


def test_a_paper_sent_twice_stands_there_once(dataset, office):
    answer = send(office, at("spj_item_update", dataset, Document.MEMO), number="1", dated_on="2018-11-20")
    again = office.post(at("spj_item_update", dataset, Document.MEMO), answer.wsgi_request.POST.dict())
    assert (again.status_code, page_messages(again)[-1]) == (302, "Nota dinas tersimpan.")
    assert dataset.training.spj_items.count() == 1


def test_two_people_recording_one_paper_are_told(dataset, office):
    page = at("spj_item_update", dataset, Document.MEMO)
    form = office.get(page)
    f.SpjItemFactory(training=dataset.training, document=Document.MEMO, number="theirs")
    typed = {"number": "mine", "dated_on": "2018-11-20", "training": dataset.training.pk, "document": Document.MEMO}
    answer = office.post(page, typed)
    assert form.status_code == 200
    assert answer.status_code == 409
    assert "mine" in answer.content.decode()
    assert dataset.training.spj_items.get().number == "theirs"


def test_what_was_uploaded_is_not_marked_as_not_needed(dataset, office):
    f.SpjItemFactory(training=dataset.training, document=Document.MEMO, file=f.StoredFileFactory())
    answer = send(office, at("spj_item_update", dataset, Document.MEMO), not_needed="on")
    assert "Hapus berkasnya dahulu" in errors(answer)["not_needed"][0]


@pytest.mark.parametrize(
    ("typed", "fields"), [({"number": "1"}, ["dated_on"]), ({"number": "1", "dated_on": "2099-01-01"}, ["dated_on"])]
)
def test_a_number_is_recorded_with_the_date_of_its_letter(dataset, office, typed, fields):
    speaker = f.SpeakerLetterFactory(training=dataset.training).resource_person_id
    for page in (at("spj_item_update", dataset, Document.MEMO), at("speaker_letter_update", dataset, speaker)):
        assert list(errors(send(office, page, **typed))) == fields
    assert not dataset.training.spj_items.exists()


def test_only_lists_ask_how_many_people(dataset, office):
    assert "people" not in office.get(at("spj_item_update", dataset, Document.MEMO)).context["form"].fields
    assert "people" in office.get(at("spj_item_update", dataset, Document.TRANSPORT)).context["form"].fields


def test_an_unknown_paper_is_not_found(dataset, office):
    assert office.get(at("spj_item_update", dataset, "kwitansi")).status_code == 404


def test_a_closed_training_takes_papers_and_a_cancelled_one_does_not(dataset, office):
    Training.objects.update(state="closed")
    answer = send(office, at("spj_item_update", dataset, Document.MEMO), number="1", dated_on="2018-11-20")
    assert page_messages(answer) == ["Nota dinas tersimpan."]
    Training.objects.update(state="cancelled")
    answer = office.get(at("spj_item_update", dataset, Document.MEMO))
    assert page_messages(answer)[-1] == "Pelatihan ini dibatalkan. Buka kembali dahulu, lalu ulangi."
    assert answer.status_code == 302


def test_uraian_is_kept_and_a_second_writer_sees_both_texts(dataset, office):
    page = at("narrative_update", dataset)
    assert page_messages(send(office, page, discussion="Iuran dibahas.\n\nDisepakati.")) == ["Uraian tersimpan."]
    first = office.get(page)
    send(office, page, discussion="Teks orang lain")
    answer = office.post(page, shown(first) | {"discussion": "Teks saya"})
    html = answer.content.decode()
    assert (answer.status_code, "Teks saya" in html, "Teks orang lain" in html) == (409, True, True)
    assert Narrative.objects.get().discussion == "Teks orang lain"


def test_several_photos_are_kept_once_each(dataset, office):
    page = at("photo_create", dataset)
    photos = [picture("a.jpg", size=(40, 30), taken="2018:12:05 10:00:00"), picture("b.jpg", size=(30, 40))]
    answer = send(office, page, photos=photos, caption="Pembukaan", place="Balai", taken_on="2018-12-04")
    assert page_messages(answer) == ["2 foto tersimpan."]
    rows = dataset.training.files.order_by("pk").values_list("caption", "place", "taken_on")
    assert [(caption, place, str(on)) for caption, place, on in rows] == [
        ("Pembukaan", "Balai", "2018-12-05"),
        ("Pembukaan", "Balai", "2018-12-04"),
    ]
    answer = send(office, page, photos=[picture("a.jpg", size=(40, 30))])
    assert page_messages(answer) == ["Foto ini sudah tersimpan sebelumnya."]
    assert StoredFile.objects.count() == 2


def test_what_is_no_photo_is_refused_and_leaves_nothing(dataset, office):
    answer = send(office, at("photo_create", dataset), photos=[SimpleUploadedFile("a.jpg", b"<svg>")])
    assert "bukan foto" in errors(answer)["photos"][0]
    assert (TrainingFile.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_photo_gets_another_caption_and_is_removed_with_a_question(
    dataset, office, django_capture_on_commit_callbacks
):
    send(office, at("photo_create", dataset), photos=[picture(size=(40, 30))], caption="Lama")
    photo = dataset.training.files.get()
    assert page_messages(send(office, at("photo_update", dataset, photo.pk), caption="Baru")) == [
        "Keterangan foto tersimpan."
    ]
    page = at("photo_remove", dataset, photo.pk)
    assert "tidak dapat dikembalikan" in office.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert page_messages(office.post(page)) == ["Foto dihapus."]
    assert (TrainingFile.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert dataset.training.events[0].changes == {"foto dokumentasi": ["Baru", ""]}


def test_the_photos_are_listed_with_as_many_queries_for_1_and_5(dataset, office, django_assert_max_num_queries):
    for count in (1, 5):
        for _ in range(count):
            f.TrainingFileFactory(training=dataset.training, file=f.StoredFileFactory())
        with django_assert_max_num_queries(12):
            office.get(at("photo_list", dataset))


def test_papers_take_as_many_queries_for_1_and_5(dataset, office, people, django_assert_max_num_queries):
    for row in people:
        f.AttendanceFactory(participant=row, session=dataset.session)
    for document in list(Document)[:6]:
        f.SpjItemFactory(training=dataset.training, document=document, file=f.StoredFileFactory())
    with django_assert_max_num_queries(34):
        office.get(at("spj_item_list", dataset))


def test_closing_tells_what_is_left_and_closes_all_the_same(dataset, office, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    page = at("training_close", dataset)
    html = office.get(page).content.decode()
    assert "3 kehadiran belum dicatat pada 1 sesi" in html
    assert "dokumen SPJ belum ada" in html
    send(office, page)
    dataset.training.refresh_from_db()
    assert dataset.training.state == "closed"
