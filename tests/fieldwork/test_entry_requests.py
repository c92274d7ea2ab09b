"""Titip entri: photos of a filled form are handed over, taken on, finished, refused and wiped."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fieldwork.models import EntryPhoto, EntryRequest
from pamsimas.demo import wiping
from records.models import Event, StoredFile
from reports.models import Report
from tests import factories as make
from tests.fieldwork.entries import url
from tests.files import pdf, picture
from tests.pages import errors, page_messages, send, shown

pytestmark = pytest.mark.django_db
State = EntryRequest.State


def hand_over(client, village, **changes):
    return send(client, url("entry_create"), village=village.pk, photos=[picture("hal 1.jpg")], **changes)


# Sending


def test_a_facilitator_hands_over_photos_and_the_office_finds_them(client, village, facilitator, office):
    client.force_login(facilitator)
    answer = hand_over(client, village, note="Halaman 2 menyusul")
    entry = EntryRequest.objects.get()
    assert answer["Location"] == entry.get_absolute_url()
    assert (entry.village, entry.by, entry.state, entry.note) == (
        village,
        facilitator,
        State.WAITING,
        "Halaman 2 menyusul",
    )
    assert [photo.file.type for photo in entry.photos.all()] == ["image/jpeg"]
    client.force_login(office)
    photo = client.get(url("entry_photo", entry.photos.get()))
    assert (photo.status_code, photo["Content-Type"], photo["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert [row.pk for row in client.get(url("entry_list"), {"keadaan": "terbuka"}).context["object_list"]] == [
        entry.pk
    ]


def test_the_same_form_sent_twice_keeps_one_request_and_its_photos(client, village, facilitator):
    client.force_login(facilitator)
    data = shown(client.get(url("entry_create"))) | {"village": village.pk}
    for _ in range(2):
        client.post(url("entry_create"), data | {"photos": [picture("a.jpg"), picture("b.jpg", size=(300, 200))]})
    assert (EntryRequest.objects.count(), EntryPhoto.objects.count(), StoredFile.objects.count()) == (1, 2, 2)


def test_without_a_photo_nothing_is_handed_over(client, village, facilitator):
    client.force_login(facilitator)
    answer = send(client, url("entry_create"), village=village.pk)
    assert list(errors(answer)) == ["photos"]
    answer = send(client, url("entry_create"), village=village.pk, photos=[pdf()])
    assert "bukan foto" in errors(answer)["photos"][0]
    assert not StoredFile.objects.exists()


def test_a_group_of_another_village_is_refused(client, village, office):
    other = make.GroupFactory(village__name="Contoh Dua", name="Tirta Lain")
    answer = hand_over(client, village, group=other.pk)
    assert errors(answer)["group"] == [
        'KPSPAMS "Tirta Lain" berada di Desa Contoh Dua. Pilih kelompok di Desa Contoh Satu, atau kosongkan.'
    ]


def test_a_village_outside_the_scope_is_no_choice(client, village, facilitator):
    other = make.VillageFactory()
    client.force_login(facilitator)
    assert "village" in errors(hand_over(client, other))
    assert not StoredFile.objects.exists()


# Working on it


def test_taken_finished_and_told_to_the_sender(client, village, facilitator, office):
    entry = make.EntryRequestFactory(village=village, by=facilitator)
    answer = client.post(url("entry_take", entry))
    assert answer["Location"] == f"{url('entry_form', village)}?titipan={entry.pk}"
    entry.refresh_from_db()
    assert (entry.state, entry.worker) == (State.WORKING, office)
    send(client, url("entry_finish", entry), answer="Baris 3 tidak terbaca.")
    entry.refresh_from_db()
    assert (entry.state, entry.answer) == (State.DONE, "Baris 3 tidak terbaca.")
    assert [event.verb for event in entry.events] == [Event.Verb.CLOSE, Event.Verb.CHANGE]
    client.force_login(facilitator)
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "Selesai" in page
    assert "Baris 3 tidak terbaca." in page


def test_two_presses_take_it_once(client, village, office):
    entry = make.EntryRequestFactory(village=village)
    client.post(url("entry_take", entry))
    answer = client.post(url("entry_take", entry))
    assert page_messages(answer)[-1].startswith("Titipan ini sudah dikerjakan oleh")
    assert entry.events.count() == 1


def test_of_two_at_the_same_moment_the_second_is_told(village):
    first, second = make.UserFactory(), make.UserFactory()
    entry = make.EntryRequestFactory(village=village)
    duplicate = EntryRequest.objects.get(pk=entry.pk)
    entry.take(by=first)
    with pytest.raises(ValidationError, match="baru saja diubah orang lain"):
        duplicate.take(by=second)
    entry.refresh_from_db()
    assert entry.worker == first


def test_refusing_asks_for_a_reason_in_the_form_and_in_the_database(client, village, office):
    entry = make.EntryRequestFactory(village=village)
    assert list(errors(send(client, url("entry_refuse", entry)))) == ["answer"]
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryRequest.objects.filter(pk=entry.pk).update(state=State.REFUSED)
    send(client, url("entry_refuse", entry), answer="Foto buram.")
    entry.refresh_from_db()
    assert (entry.state, entry.answer) == (State.REFUSED, "Foto buram.")


def test_the_database_knows_the_states(village):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.EntryRequestFactory(village=village, state="hilang")


def test_a_closed_one_waits_again_and_is_not_closed_twice(client, village, office):
    entry = make.EntryRequestFactory(village=village, state=State.REFUSED, answer="Foto buram.")
    assert client.get(url("entry_finish", entry))["Location"] == entry.get_absolute_url()
    client.post(url("entry_reopen", entry))
    entry.refresh_from_db()
    assert (entry.state, entry.answer, entry.worker) == (State.WAITING, "", None)


def test_a_closing_from_an_old_page_is_refused(client, village, office):
    entry = make.EntryRequestFactory(village=village)
    data = shown(client.get(url("entry_finish", entry)))
    entry.take(by=make.UserFactory())
    answer = client.post(url("entry_finish", entry), data)
    assert "baru saja diubah orang lain" in str(answer.context["form"].errors)
    entry.refresh_from_db()
    assert entry.state == State.WORKING


# DATA CONTOH


def test_wiping_takes_requests_of_sample_villages_with_their_photos(office, django_capture_on_commit_callbacks):
    real = make.VillageFactory(subdistrict__code="18.11.01")
    kept = make.EntryPhotoFactory(entry__village=real, entry__by=office)
    gone = make.EntryPhotoFactory(entry__village=make.VillageFactory(is_sample=True), entry__by=office)
    Report.objects.create(kind="village_form", village=gone.entry.village, audience="subject", by=office)
    with django_capture_on_commit_callbacks(execute=True):
        wiping.wipe()
    assert list(EntryRequest.objects.all()) == [kept.entry]
    assert list(EntryPhoto.objects.all()) == [kept]
    assert not Report.objects.exists()
    storage = kept.file.file.storage
    assert [storage.exists(photo.file.file.name) for photo in (kept, gone)] == [True, False]


# Bounded queries


@pytest.mark.parametrize("count", [1, 5])
def test_entry_list_asks_the_same_number_of_queries(client, office, django_assert_num_queries, count):
    for _ in range(count):
        make.EntryRequestFactory(group=make.GroupFactory(), by=office, worker=office)
    with django_assert_num_queries(6):
        assert len(client.get(url("entry_list")).context["object_list"]) == count
