"""Titip entri: photos of a filled form, its states, the entry page in the order of the form, and the way back to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.waiting import waiting_for
from fieldwork.models import EntryPhoto, EntryRequest
from fieldwork.queries.entry_steps import steps_of
from fieldwork.rules.paper_form import Part, plan_year
from pamsimas.demo import wiping
from records.models import Event, StoredFile
from reports.models import Report
from tests import factories as make
from tests.files import pdf, picture
from tests.pages import errors, page_messages, send, shown

pytestmark = pytest.mark.django_db
State = EntryRequest.State


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village():
    return make.VillageFactory(name="Contoh Satu")


@pytest.fixture
def facilitator(village):
    return make.FacilitatorFactory(villages=[village])


@pytest.fixture
def office(client):
    user = make.UserFactory(name="Staf Uji")
    client.force_login(user)
    return user


def url(name, row=None):
    return reverse(f"fieldwork:{name}", args=[row.pk] if row else [])


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


# The entry page


def test_the_entry_page_follows_the_paper_and_tells_what_stands(client, village, office):
    group = make.GroupFactory(village=village, name="Tirta Uji")
    make.MemberFactory(group=group)
    make.FacilityFactory(village=village, name="SPAM Dusun I")
    steps = steps_of(village, office, localdate())
    assert [step.part for step in steps] == list(Part)
    found = {item.title: item.known for step in steps for item in step.items}
    assert found["Pemeriksaan SPAM Dusun I"] == "Belum pernah diperiksa."
    assert found['SK KPSPAMS "Tirta Uji"'] == "Belum ada SK"
    year = plan_year(localdate())
    assert found[f'KPSPAMS "Tirta Uji", tahun {year}'] == f"Belum ada rencana kerja {year}."
    page = client.get(url("entry_form", village)).content.decode()
    places = [page.index(part.value) for part in Part]
    assert places == sorted(places)


def test_each_form_leads_back_to_the_entry_page(client, village, office):
    make.GroupFactory(village=village)
    entry = make.EntryRequestFactory(village=village)
    back = f"{url('entry_form', village)}?titipan={entry.pk}"
    page = client.get(back)
    links = [item.url for step in page.context["steps"] for item in step.items]
    assert links
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert answer.context["cancel_url"] == back, link
    update = next(link for link in links if "/ubah/" in link and link.startswith("/desa/"))
    assert send(client, update, households="1.250", figures_year="2025")["Location"] == back


def test_what_was_changed_is_told_with_its_time(village, office):
    village.households, village.figures_year = 900, 2025
    village.change(by=office)
    item = steps_of(village, office, localdate())[0].items[0]
    assert item.changed_at == village.events[0].at
    assert item.known == "900 KK (data 2025)"


def test_a_facilitator_fills_in_groups_and_leaves_the_registry(village, facilitator):
    make.GroupFactory(village=village)
    make.FacilityFactory(village=village)
    steps = steps_of(village, facilitator, localdate())
    may_fill = {step.part: all(item.url for item in step.items) for step in steps}
    assert may_fill == {
        Part.VILLAGE: False,
        Part.GROUP: True,
        Part.BOARD: True,
        Part.FACILITIES: False,
        Part.GROUP_CHECK: True,
        Part.PLAN: True,
    }


def test_the_photos_lie_beside_the_form_for_those_who_may_see_them(client, village, office, facilitator):
    photo = make.EntryPhotoFactory(entry__village=village)
    group = make.GroupFactory(village=village)
    there = url("entry_photo", photo)
    for name in ("document_create", "board_change"):
        page = reverse(f"kpspams:{name}", args=[group.pk])
        assert there in client.get(f"{page}?titipan={photo.entry_id}").content.decode()
        assert there not in client.get(page).content.decode()
    other = make.GroupFactory()
    client.force_login(make.FacilitatorFactory(villages=[other.village]))
    requested = f"{reverse('kpspams:document_create', args=[other.pk])}?titipan={photo.entry_id}"
    assert there not in client.get(requested).content.decode()


@pytest.mark.parametrize("requested", ["", "x", "9" * 30, "-1", "²", "987654321"])
def test_a_request_that_is_none_shows_nothing(client, village, office, requested):
    answer = client.get(url("entry_form", village), {"titipan": requested})
    assert (answer.status_code, answer.context["entry"]) == (200, None)


@pytest.mark.parametrize("away", ["//jahat.invalid/", "https://jahat.invalid/", "/\\jahat.invalid", "javascript:1"])
def test_the_way_back_never_leads_out_of_the_portal(client, village, office, away):
    answer = send(
        client, f"{reverse('villages:village_update', args=[village.pk])}?kembali={away}", postal_code="34698"
    )
    assert answer["Location"] == village.get_absolute_url()


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
    with django_assert_num_queries(7):
        assert len(client.get(url("entry_list")).context["object_list"]) == count


@pytest.mark.parametrize("count", [1, 5])
def test_entry_form_asks_the_same_number_of_queries(client, village, office, django_assert_max_num_queries, count):
    for _ in range(count):
        group = make.GroupFactory(village=village)
        make.MemberFactory(group=group)
        make.GroupCheckFactory(group=group)
        make.WorkPlanFactory(group=group)
        make.AssetFactory(facility=make.ConditionCheckFactory(facility__village=village).facility)
    with django_assert_max_num_queries(18):
        client.get(url("entry_form", village))


def test_a_refused_request_waits_for_its_sender_until_it_is_sent_anew(client, village, facilitator, office):
    entry = make.EntryRequestFactory(village=village, by=facilitator)
    entry.refuse(by=office, answer="Foto buram")
    client.force_login(facilitator)
    (matter,) = [m for m in waiting_for(facilitator) if "ditolak" in m.label]
    assert (matter.count, matter.label) == (1, "titipan Anda ditolak: baca alasannya, lalu kirim lagi atau tutup")
    assert list(client.get(matter.url).context["object_list"]) == [entry]
    assert not [m for m in waiting_for(make.FacilitatorFactory(villages=[village])) if "ditolak" in m.label]
    make.EntryRequestFactory(village=village, by=facilitator)
    assert not [m for m in waiting_for(facilitator) if "ditolak" in m.label]


def refused_of(user):
    return [matter for matter in waiting_for(user) if "ditolak" in matter.label]


@pytest.fixture
def refused(client, village, facilitator, office):
    entry = make.EntryRequestFactory(village=village, by=facilitator, note="Pertama")
    make.EntryPhotoFactory(entry=entry)
    entry.refuse(by=office, answer="Foto halaman 2 buram")
    client.force_login(facilitator)
    return entry


def test_a_refused_request_is_mended_and_sent_again_by_its_sender(client, refused, facilitator):
    assert "Foto halaman 2 buram" in client.get(refused.get_absolute_url()).text
    sent = {"form": refused.form, "note": "Halaman 2 difoto lagi", "photos": [picture("hal 2.jpg")]}
    send(client, url("entry_send_again", refused), **sent)
    refused.refresh_from_db()
    assert (refused.state, refused.answer, refused.note) == (State.WAITING, "", "Halaman 2 difoto lagi")
    assert (refused.photos.count(), refused_of(facilitator)) == (2, [])
    assert "Foto halaman 2 buram" in client.get(refused.get_absolute_url()).text  # in the history
    assert [event.verb for event in refused.events[:2]] == [Event.Verb.REOPEN, Event.Verb.RETURN]


def test_a_refused_request_is_dismissed_by_its_sender(client, refused, facilitator, office):
    with pytest.raises(ValidationError, match="Hanya pengirim"):
        refused.dismiss(by=office)
    client.post(url("entry_dismiss", refused))
    refused.refresh_from_db()
    assert (refused.state, refused.answer) == (State.DISMISSED, "Foto halaman 2 buram")
    assert refused_of(facilitator) == []
    assert "Foto halaman 2 buram" in client.get(refused.get_absolute_url()).text
    answer = client.post(url("entry_dismiss", refused))
    assert "Titipan ini sudah ditutup pengirim." in page_messages(answer)
    refused.reopen(by=office)
    assert refused.is_open
