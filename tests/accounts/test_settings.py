"""Pengaturan: dated offices and signatories, rules of one kabupaten."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from accounts.models import District, DistrictSettings, OfficeProfile, Signatory
from tests.factories import (
    AdminFactory,
    DistrictFactory,
    FacilitatorFactory,
    OfficeProfileFactory,
    OfficialFactory,
    OtherDistrictFactory,
    SignatoryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HOME = "/pengaturan/"
KEY = "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0002"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client):
    admin = AdminFactory()
    client.force_login(admin)
    return admin


def url(name, pk):
    return reverse(f"accounts:settings_{name}", args=[pk])


def office_typed(**fields):
    return {
        "valid_from": "2025-01-01",
        "government_line": "PEMERINTAH KABUPATEN MESUJI",
        "office_name": "DINAS UJI",
        "place": "Mesuji",
        "paper": "F4",
        "word_village": "Desa",
        "word_village_head": "Kepala Desa",
        "word_dpmu": "DPMU",
        "word_dinas": "Dinas",
        "request_key": KEY,
    } | fields


def rules_typed(**fields):
    return {
        "plan_proposal_deadline": "30-06",
        "plan_deadline": "31-01",
        "recorded_since": "2017",
        "women_share": "30",
        "certificate_share": "80",
        "certificate_test_mark": "",
        "pass_mark": "70",
        "honor_minutes": "60",
        "spj_days": "14",
        "plan_approved_word": "Diverifikasi",
        "grace_days": "90",
        "walk_in_rows": "10",
        "plan_dpmu_label": "Diketahui",
        "retention_years": "10",
        "request_key": KEY,
    } | fields


def picture(kind="PNG", size=(40, 60), **extra):
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, kind, **extra)
    return SimpleUploadedFile(f"lambang.{kind.lower()}", written.getvalue())


class TestWhoMay:
    def pages(self, district):
        office, signatory = OfficeProfileFactory(district=district), SignatoryFactory(district=district)
        OfficeProfile.objects.filter(pk=office.pk).update(emblem="emblems/x.png")
        return [
            url("district", district.pk),
            url("rules", district.pk),
            url("office_create", district.pk),
            url("signatory_create", district.pk),
            url("office_update", office.pk),
            url("signatory_update", signatory.pk),
            url("office_emblem", office.pk),
        ]

    @pytest.mark.parametrize("factory", [UserFactory, FacilitatorFactory, OfficialFactory])
    def test_other_roles_get_403(self, client, factory):
        pages = self.pages(DistrictFactory())
        client.force_login(factory())
        for page in [HOME, *pages]:
            assert client.get(page).status_code == 403
            assert client.post(page, office_typed()).status_code in (403, 405)

    def test_another_kabupaten_is_a_404(self, client, admin):
        for page in self.pages(OtherDistrictFactory()):
            assert client.get(page).status_code == 404
            assert client.post(page, office_typed()).status_code in (404, 405)

    def test_admin_of_all_kabupaten_chooses_first(self, client):
        pages = self.pages(OtherDistrictFactory())
        DistrictFactory()
        client.force_login(AdminFactory(district=None, all_districts=True))
        home = client.get(HOME).content.decode()
        assert all(district.get_absolute_url() in home for district in District.objects.all())
        assert [client.get(page).status_code for page in pages[:-1]] == [200] * 6


def test_page_costs_the_same_with_many_rows(client, admin, django_assert_num_queries):
    OfficeProfileFactory()
    client.get(HOME)
    with django_assert_num_queries(5):
        client.get(HOME)
    for year in range(2018, 2022):
        OfficeProfileFactory(valid_from=date(year, 1, 1))
        SignatoryFactory(valid_from=date(year, 1, 1))
    with django_assert_num_queries(5):
        client.get(HOME)


def test_page_marks_what_holds_today(client, admin):
    for year in (2017, 2020, 2099):
        OfficeProfileFactory(valid_from=date(year, 1, 1))
        SignatoryFactory(valid_from=date(year, 1, 1))
    context = client.get(HOME).context
    expected = [(2099, "Belum berlaku"), (2020, "Berlaku"), (2017, "Digantikan")]
    assert [(office.valid_from.year, office.state) for office in context["offices"]] == expected
    slots = {
        slot: [(person.valid_from.year, person.state) for person in people] for slot, _, people in context["slots"]
    }
    assert slots == {slot: expected if slot == "dpmu_head" else [] for slot in Signatory.Slot.values}
    assert context["rules_are_defaults"]


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


class TestRules:
    def test_row_is_made_by_the_first_save_and_changed_by_the_next(self, client, admin):
        page = url("rules", admin.district_id)
        assert client.get(page).context["form"]["grace_days"].value() == 90
        for _ in range(2):
            assert client.post(page, rules_typed(grace_days="30")).status_code == 302
        rules = DistrictSettings.objects.get()
        assert (rules.grace_days, rules.version) == (30, 1)
        client.post(page, rules_typed(grace_days="60", version="1"))
        rules.refresh_from_db()
        assert (rules.grace_days, rules.version) == (60, 2)
        assert rules.events.first().changes == {"masa tenggang fasilitator (hari)": ["30", "60"]}

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"plan_deadline": "31-02"}, "plan_deadline"),
            ({"plan_deadline": "akhir"}, "plan_deadline"),
            ({"women_share": "101"}, "women_share"),
            ({"grace_days": "-1"}, "grace_days"),
            ({"recorded_since": "17"}, "recorded_since"),
            ({"retention_years": "0"}, "retention_years"),
        ],
    )
    def test_refusals_stand_at_their_field(self, client, admin, fields, where):
        answer = client.post(url("rules", admin.district_id), rules_typed(**fields))
        assert set(answer.context["form"].errors) == {where}
        assert not DistrictSettings.objects.exists()


@pytest.mark.parametrize("factory", [OfficeProfileFactory, SignatoryFactory])
def test_database_refuses_a_second_row_of_one_day(factory):
    factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factory()


def test_database_refuses_second_settings_of_one_kabupaten():
    district = DistrictFactory()
    DistrictSettings.objects.create(district=district)
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictSettings.objects.create(district=district)


def test_office_and_signatory_of_a_day():
    district = DistrictFactory()
    old, new = OfficeProfileFactory(valid_from=date(2017, 1, 1)), OfficeProfileFactory(valid_from=date(2020, 1, 1))
    signatory = SignatoryFactory(valid_from=date(2018, 6, 1))
    days = [date(2016, 12, 31), date(2017, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [district.office_on(day) for day in days] == [None, old, old, new]
    assert [district.signatory_on("dpmu_head", day) for day in days] == [None, None, signatory, signatory]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"certificate_test_mark": "101"}, "certificate_test_mark"),
        ({"pass_mark": "101"}, "pass_mark"),
        ({"honor_minutes": "29"}, "honor_minutes"),
        ({"honor_minutes": "121"}, "honor_minutes"),
        ({"spj_days": "366"}, "spj_days"),
        ({"plan_approved_word": ""}, "plan_approved_word"),
    ],
)
def test_rules_of_trainings_and_plans_refuse_at_their_field(fields, name, client):
    district = DistrictFactory()
    client.force_login(AdminFactory(district=district))
    response = client.post(reverse("accounts:settings_rules", args=[district.pk]), rules_typed(**fields))
    assert list(response.context["form"].errors) == [name]


def test_rules_of_trainings_and_plans_are_kept_and_shown(client):
    district = DistrictFactory()
    client.force_login(AdminFactory(district=district))
    fields = {"certificate_test_mark": "60", "honor_minutes": "45", "spj_days": "21", "plan_checked": "on"}
    client.post(reverse("accounts:settings_rules", args=[district.pk]), rules_typed(**fields))
    rules = DistrictSettings.objects.get(district=district)
    assert (rules.certificate_test_mark, rules.honor_minutes, rules.spj_days, rules.plan_checked) == (60, 45, 21, True)
    shown = {fact["label"]: fact["value"] for fact in client.get(district.get_absolute_url()).context["rules"]}
    assert shown["Menit dalam satu jam honorarium"] == "45"
    assert shown["Pakai tanda Diperiksa pada rencana kerja"] == "ya"
