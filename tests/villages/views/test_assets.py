import io

import pytest
from django.urls import reverse
from PIL import Image

from records.files import AGAIN
from records.models import Event, StoredFile
from tests import factories as make
from tests.files import pdf, picture
from tests.pages import errors, page_messages, send, shown
from villages.models import Asset, AssetCheck, CheckPhoto, ConditionCheck

pytestmark = pytest.mark.django_db


def page(name, row):
    return reverse(f"villages:{name}", args=[row.pk])


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


def test_an_asset_is_recorded_and_told_apart_by_its_note(client, staff):
    facility = make.FacilityFactory()
    url = page("asset_create", facility)
    send(client, url, kind="distribusi", units="1.250")
    again = send(client, url, kind="distribusi", units="3")
    assert errors(again) == {"__all__": ["Aset ini sudah tercatat. Bedakan dengan keterangan, atau ubah yang ada."]}
    send(client, url, kind="distribusi", units="3", note=" Dusun   III ")
    assert list(Asset.objects.values_list("units", "note")) == [(1250, ""), (3, "Dusun III")]
    none = errors(send(client, url, kind="pompa", units="0"))
    assert none == {"units": ["Isi angka antara 1 dan 1.000.000."]}


def test_one_look_records_the_states_of_the_assets_seen_once(client, staff):
    facility = make.FacilityFactory()
    tower, pump, pipe = (make.AssetFactory(facility=facility, kind=kind) for kind in ("menara", "pompa", "transmisi"))
    url = page("asset_checks", facility)
    data = shown(client.get(url)) | {
        f"state_{tower.pk}": "berfungsi",
        f"state_{pump.pk}": "tidak",
        f"note_{pump.pk}": "Terbakar",
        "checked_on": "2026-02-01",
    }
    answers = [client.post(url, data) for _ in range(2)]
    assert page_messages(answers[0])[0] == f"Keadaan 2 aset {facility} tersimpan."
    found = AssetCheck.objects.order_by("asset").values_list("asset", "functioning", "note", "recorded_by")
    assert list(found) == [(tower.pk, "berfungsi", "", staff.pk), (pump.pk, "tidak", "Terbakar", staff.pk)]
    assert pipe.checks.count() == 0
    assert "Terbakar" in client.get(facility.get_absolute_url()).content.decode()


def test_one_look_says_what_is_missing(client, staff):
    facility = make.FacilityFactory()
    asset = make.AssetFactory(facility=facility)
    url = page("asset_checks", facility)
    assert errors(send(client, url)) == {"__all__": ["Pilih keadaan paling sedikit satu aset."]}
    broken = send(client, url, **{f"state_{asset.pk}": "tidak"})
    assert errors(broken) == {f"note_{asset.pk}": ["Tulis apa yang rusak pada Menara air."]}
    assert list(errors(send(client, url, **{f"state_{asset.pk}": "entah"}))) == [f"state_{asset.pk}"]
    assert AssetCheck.objects.count() == 0


def test_without_assets_the_look_leads_to_the_first(client, staff):
    facility = make.FacilityFactory()
    assert client.get(page("asset_checks", facility)).url == page("asset_create", facility)


CHECK = {"functioning": "berfungsi", "checked_by": "Petugas", "checked_on": "2026-01-05"}


def test_photos_of_a_check_are_kept_once_without_metadata(client, staff):
    facility = make.FacilityFactory()
    url = page("check_create", facility)
    data = shown(client.get(url)) | CHECK
    for _ in range(2):
        photos = [picture("a.jpg", taken="2026:01:05 08:00:00"), picture("b.png", "PNG")]
        assert client.post(url, data | {"photos": photos}).status_code == 302
    check = ConditionCheck.objects.get()
    assert [photo.file.name for photo in check.photos.all()] == ["a.jpg", "b.jpg"]
    assert StoredFile.objects.count() == 2
    shown_photo = client.get(page("check_photo", check.photos.first()))
    assert shown_photo["Content-Type"] == "image/jpeg"
    assert dict(Image.open(io.BytesIO(shown_photo.content)).getexif()) == {}
    listed = client.get(facility.get_absolute_url()).content.decode()
    assert f'src="{page("check_photo", check.photos.first())}?kecil"' in listed


def test_a_refused_check_asks_for_its_photos_again(client, staff):
    url = page("check_create", make.FacilityFactory())
    data = shown(client.get(url)) | CHECK
    refused = client.post(url, data | {"photos": [pdf("a.pdf")]})
    assert errors(refused) == {"photos": ["a.pdf: Berkas ini bukan foto JPEG, PNG, atau WEBP. Pilih foto lain."]}
    refused = client.post(url, data | {"functioning": "tidak", "photos": [picture()]})
    assert errors(refused)["photos"] == [AGAIN]
    assert (ConditionCheck.objects.count(), CheckPhoto.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_photos_that_come_later_are_added_once(client, staff):
    check = make.ConditionCheckFactory()
    url = page("photo_create", check)
    assert errors(client.post(url, shown(client.get(url)))) == {"photos": ["Isian ini wajib diisi."]}
    answers = [client.post(url, {"photos": [picture("a.jpg"), picture("b.jpg", size=(30, 20))]}) for _ in range(2)]
    assert [answer.url for answer in answers] == [check.facility.get_absolute_url()] * 2
    assert [photo.file.name for photo in check.photos.all()] == ["a.jpg", "b.jpg"]
    assert [event.changes for event in Event.objects.of(check)] == [{"foto": ["", "a.jpg, b.jpg"]}]
    assert list(errors(client.post(url, {"photos": [pdf()]}))) == ["photos"]
