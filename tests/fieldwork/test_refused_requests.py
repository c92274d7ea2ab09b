"""A refused Titip entri waits for its sender, who sends it again or dismisses it."""

import pytest
from django.core.exceptions import ValidationError

from accounts.waiting import waiting_for
from fieldwork.models import EntryRequest
from records.models import Event
from tests import factories as make
from tests.fieldwork.entries import url
from tests.files import picture
from tests.pages import page_messages, send

pytestmark = pytest.mark.django_db
State = EntryRequest.State


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
