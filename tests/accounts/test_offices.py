"""Offices and signatories of a kabupaten, each valid from a day on."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from accounts.models import OfficeProfile, Signatory
from tests.accounts.offices import KEY, office_typed, url
from tests.factories import (
    DistrictFactory,
    OfficeProfileFactory,
    OtherDistrictFactory,
    SignatoryFactory,
)

pytestmark = pytest.mark.django_db


def picture(kind="PNG", size=(40, 60), **extra):
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, kind, **extra)
    return SimpleUploadedFile(f"lambang.{kind.lower()}", written.getvalue())


class TestOffice:
    def test_created_once_though_sent_twice(self, client, admin):
        page = url("office_create", admin.district_id)
        for _ in range(2):
            assert client.post(page, office_typed())["Location"] == admin.district.get_absolute_url()
        office = OfficeProfile.objects.get()
        assert (office.district, office.office_name, office.valid_from) == (
            admin.district,
            "DINAS UJI",
            date(2025, 1, 1),
        )
        assert [(event.verb, event.by) for event in office.events] == [("add", admin)]

    def test_new_one_begins_with_the_words_of_the_last(self, client, admin):
        OfficeProfileFactory(address="Jalan Lama", word_village="Tiyuh")
        initial = client.get(url("office_create", admin.district_id)).context["form"].initial
        assert (initial["address"], initial["word_village"]) == ("Jalan Lama", "Tiyuh")
        assert "valid_from" not in initial or initial["valid_from"] is None

    def test_same_day_twice_is_refused_with_its_sentence(self, client, admin):
        OfficeProfileFactory(valid_from=date(2025, 1, 1))
        answer = client.post(url("office_create", admin.district_id), office_typed())
        assert answer.context["form"].non_field_errors() == ["Sudah ada profil kantor yang berlaku mulai tanggal itu."]

    def test_kabupaten_of_the_address_wins_over_what_is_sent(self, client, admin):
        other = OtherDistrictFactory()
        client.post(url("office_create", admin.district_id), office_typed(district=str(other.pk)))
        assert OfficeProfile.objects.get().district == admin.district

    def test_emblem_is_drawn_anew_without_its_metadata(self, client, admin):
        office = OfficeProfileFactory()
        exif = Image.Exif()
        exif[0x010E] = "rahasia di dalam foto"
        sent = office_typed(version="1", emblem_upload=picture("JPEG", (2000, 1000), exif=exif))
        assert client.post(url("office_update", office.pk), sent).status_code == 302
        office.refresh_from_db()
        stored = office.emblem.read()
        with Image.open(io.BytesIO(stored)) as image:
            assert (image.format, image.size) == ("PNG", (800, 400))
        assert b"rahasia" not in stored
        answer = client.get(url("office_emblem", office.pk))
        assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("image/png", stored)

    @pytest.mark.parametrize(
        "upload",
        [
            SimpleUploadedFile("lambang.png", b"bukan gambar"),
            SimpleUploadedFile("lambang.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            SimpleUploadedFile("lambang.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
            SimpleUploadedFile("lambang.png", b"0" * (5 * 2**20 + 1)),
        ],
        ids=["text", "svg", "torn", "heavy"],
    )
    def test_what_is_no_picture_is_refused_at_its_field(self, client, admin, upload):
        upload.seek(0)
        answer = client.post(url("office_create", admin.district_id), office_typed(emblem_upload=upload))
        assert set(answer.context["form"].errors) == {"emblem_upload"}
        assert OfficeProfile.objects.count() == 0

    def test_gif_and_giant_are_refused(self, client, admin):
        for upload in (picture("GIF"), picture("PNG", (9000, 9000))):
            answer = client.post(url("office_create", admin.district_id), office_typed(emblem_upload=upload))
            assert set(answer.context["form"].errors) == {"emblem_upload"}

    def test_emblem_is_removed_by_its_box(self, client, admin):
        office = OfficeProfileFactory()
        client.post(url("office_update", office.pk), office_typed(version="1", emblem_upload=picture()))
        client.post(url("office_update", office.pk), office_typed(version="2", emblem_remove="on"))
        office.refresh_from_db()
        assert (office.emblem.name, office.version) == ("", 3)
        assert client.get(url("office_emblem", office.pk)).status_code == 404

    def test_lost_file_is_a_404(self, client, admin):
        office = OfficeProfileFactory(emblem="emblems/hilang.png")
        assert client.get(url("office_emblem", office.pk)).status_code == 404

    def test_second_writer_sees_both_texts(self, client, admin):
        office = OfficeProfileFactory()
        client.post(url("office_update", office.pk), office_typed(version="1", address="Jalan Satu"))
        answer = client.post(url("office_update", office.pk), office_typed(version="1", address="Jalan Dua"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Jalan Satu" in page
        assert "Jalan Dua" in page


class TestSignatory:
    def test_created_with_the_nip_as_people_type_it(self, client, admin):
        sent = {
            "slot": "office_head",
            "valid_from": "2025-02-01",
            "title_line": "Plt. Kepala Dinas",
            "name": "(nama contoh)",
            "nip": "19700101 199501 1 001",
            "request_key": KEY,
        }
        for _ in range(2):
            client.post(url("signatory_create", admin.district_id), sent)
        signatory = Signatory.objects.get()
        assert (signatory.nip, signatory.slot, signatory.district) == (
            "197001011995011001",
            "office_head",
            admin.district,
        )

    def test_wrong_nip_is_refused_at_its_field(self, client, admin):
        sent = {"slot": "office_head", "valid_from": "2025-02-01", "title_line": "Kepala", "nip": "12345"}
        errors = client.post(url("signatory_create", admin.district_id), sent).context["form"].errors
        assert errors == {"nip": ["NIP terdiri atas 18 angka tanpa spasi."]}

    def test_place_is_chosen_by_the_link(self, client, admin):
        page = url("signatory_create", admin.district_id)
        assert client.get(page, {"tempat": "office_head"}).context["form"]["slot"].value() == "office_head"
        assert client.get(page, {"tempat": "raja"}).status_code == 200


@pytest.mark.parametrize("factory", [OfficeProfileFactory, SignatoryFactory])
def test_database_refuses_a_second_row_of_one_day(factory):
    factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factory()


def test_office_and_signatory_of_a_day():
    district = DistrictFactory()
    old, new = OfficeProfileFactory(valid_from=date(2017, 1, 1)), OfficeProfileFactory(valid_from=date(2020, 1, 1))
    signatory = SignatoryFactory(valid_from=date(2018, 6, 1))
    days = [date(2016, 12, 31), date(2017, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [district.office_on(day) for day in days] == [None, old, old, new]
    assert [district.signatory_on("dpmu_head", day) for day in days] == [None, None, signatory, signatory]
