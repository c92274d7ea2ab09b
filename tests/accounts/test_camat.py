"""The role camat: reads and prints the villages of one kecamatan, without telephone numbers, and changes nothing."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.models import District, Subdistrict, User
from accounts.rights import sees_whole_district
from documents.choices import Audience
from reports import tasks
from reports.models import Report
from reports.services import requests
from tests import factories as make
from tests.accounts.users import CREATE, edited, typed, url
from tests.dataset import DIGITS
from tests.documents.samples import make_plan, make_training, words_of
from trainings.models import Participant, Training
from villages.models import Person, Village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(tasks.render_report, "delay", lambda pk: None)


@pytest.fixture
def beside():
    """A plan of a group in another kecamatan of the same kabupaten."""
    village = make.VillageFactory(subdistrict=make.SubdistrictFactory(code="18.11.97", name="Uji Barat"), name="Jauh")
    return make.WorkPlanFactory(group=make.GroupFactory(village=village, name="Tirta Jauh"))


@pytest.fixture
def camat():
    return make.CamatFactory(name="Camat Uji")


# Visible rows ---------------------------------------------------------------------------------------------


def test_a_camat_reads_a_plan_and_takes_its_pdf(client, camat, beside):
    plan = make_plan()
    village = plan.group.village
    client.force_login(camat)
    assert village.name in client.get("/").content.decode()
    listed = client.get("/desa/")
    assert [row.pk for row in listed.context["object_list"]] == [village.pk]
    assert plan.group.name in client.get(village.get_absolute_url()).content.decode()
    page = client.get(plan.get_absolute_url()).content.decode()
    assert f'name="subject_id" value="{plan.pk}"' in page
    sent = {"kind": "work_plan", "subject": "work_plan", "subject_id": plan.pk, "key": uuid.uuid4()}
    assert client.post("/laporan/minta/", sent).status_code == 302
    report = Report.objects.get()
    tasks.render_report(report.pk)
    answer = client.get(f"/laporan/{report.pk}/unduh/")
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF")
    assert "TIRTA CONTOH" in words_of(content)


def test_another_kecamatan_is_not_found_anywhere(client, camat, beside):
    person = make.PersonFactory(village=beside.group.village, name="Orang Jauh")
    client.force_login(camat)
    for row in (beside, beside.group, beside.group.village, person):
        assert client.get(row.get_absolute_url()).status_code == 404
    for address in ("/", "/desa/", "/kpspams/", "/orang/", "/rencana-kerja/", "/cakupan/", "/peta/"):
        assert "Jauh" not in client.get(address).content.decode(), address
    assert "Jauh" not in client.get("/cari/", {"q": "Tirta"}).content.decode()
    for address in ("/desa/", "/kpspams/", "/rencana-kerja/"):
        assert b"Jauh" not in b"".join(client.get(address, {"unduh": "csv"}).streaming_content)
    sent = {"kind": "work_plan", "subject": "work_plan", "subject_id": beside.pk, "key": uuid.uuid4()}
    client.post("/laporan/minta/", sent)
    assert not Report.objects.exists()


def test_filters_offer_the_own_kecamatan_alone(client, camat, beside):
    client.force_login(camat)
    pages = dict.fromkeys(("/", "/desa/", "/orang/", "/rencana-kerja/", "/pelatihan/"), "filters")
    for address, name in (pages | {"/laporan/semua-desa/": "form"}).items():
        field = client.get(address).context[name].fields["kecamatan"]
        assert list(field.queryset) == [camat.subdistrict], address


def test_visits_are_printed_of_facilitators_of_the_own_kecamatan(client, camat, beside):
    visit = make.VisitFactory(village=make.VillageFactory())
    own = make.FacilitatorFactory(villages=[visit.village], name="Fasilitator Dekat")
    make.FacilitatorFactory(villages=[beside.group.village], name="Fasilitator Jauh")
    client.force_login(camat)
    page = client.get("/kunjungan/").content.decode()
    assert f'<option value="{own.pk}">Fasilitator Dekat</option>' in page
    assert "Fasilitator Jauh" not in page


def test_every_page_names_the_kecamatan_in_its_head(client, camat):
    client.force_login(camat)
    assert 'class="brand-place">Kecamatan Uji Tengah</span>' in client.get("/desa/").content.decode()
    client.force_login(make.OfficialFactory())
    assert 'class="brand-place">Kabupaten Mesuji</span>' in client.get("/desa/").content.decode()


def test_of_a_training_only_people_of_the_kecamatan_are_seen(client, camat, beside):
    training = make_training(villages=2)
    far = beside.group.village
    make.InvitationFactory(training=training, village=far)
    stranger = make.PersonFactory(village=far, name="Orang Jauh")
    make.ParticipantFactory(training=training, person=stranger, village=far)
    elsewhere = make.TrainingFactory()
    make.InvitationFactory(training=elsewhere, village=far)
    assert list(Training.objects.visible_to(camat)) == [training]
    assert set(Participant.objects.visible_to(camat)) == set(training.participants.exclude(person=stranger))
    client.force_login(camat)
    assert "Orang Jauh" not in client.get(f"/pelatihan/{training.pk}/peserta/").content.decode()


def test_no_telephone_number_on_pages_and_in_files(client, camat):
    village = make.VillageFactory()
    person = make.PersonFactory(village=village, phone=f"+62{DIGITS}")
    assert Person.objects.visible_to(camat).get() == person
    client.force_login(camat)
    for address in (person.get_absolute_url(), "/orang/", village.get_absolute_url()):
        assert DIGITS not in "".join(sign for sign in client.get(address).content.decode() if sign.isdigit()), address
    answer = client.get("/orang/", {"unduh": "csv", "pribadi": "1", "hp": "1"})
    text = b"".join(answer.streaming_content).decode()
    assert DIGITS not in text
    assert person.name not in text


def test_nothing_can_be_changed(client, camat):
    plan = make.WorkPlanFactory()
    village = plan.group.village
    client.force_login(camat)
    refused = {
        reverse("villages:village_update", args=[village.pk]): {"name": "Lain"},
        reverse("kpspams:group_update", args=[plan.group.pk]): {"name": "Lain"},
        reverse("plans:work_plan_update", args=[plan.pk]): {"payers": 1},
        reverse("plans:work_plan_submit", args=[plan.pk]): {},
        reverse("fieldwork:visit_create", args=[village.pk]): {},
        reverse("accounts:user_update", args=[camat.pk]): {"role": "admin"},
    }
    assert {client.post(address, sent).status_code for address, sent in refused.items()} == {403}
    before = (village.name, plan.group.name, plan.payers, camat.role)
    for row in (village, plan.group, plan, camat):
        row.refresh_from_db()
    assert (village.name, plan.group.name, plan.payers, camat.role) == before


# Documents -------------------------------------------------------------------------------------------------


def test_an_extract_of_the_whole_kabupaten_is_for_the_camat_alone(camat, beside):
    plan = make_plan(year=2025)
    report = requests.request_document("plan_recap", camat.district, {"year": "2025"}, by=camat)
    tasks.render_report(report.pk)
    report.refresh_from_db()
    assert (report.audience, report.state, report.code) == (Audience.REQUESTER, "ready", None)
    assert plan.group.name in str(report.snapshot)
    assert "Jauh" not in str(report.snapshot)
    assert Report.objects.visible_to(camat).get() == report
    beyond = make.CamatFactory(subdistrict=beside.group.village.subdistrict)
    for other in (make.OfficialFactory(), make.CamatFactory(), beyond):
        assert not Report.objects.visible_to(other).exists()


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        ("plan_recap", True),  # lists villages, so that a part of them is correct
        ("visit_report", True),
        ("summary", True),
        ("monitoring_report", False),
        ("periodic_report", False),
    ],
)
def test_documents_of_the_kabupaten_that_a_part_would_make_wrong_are_not_offered(kind, offered, camat):
    assert requests.may_request(kind, camat.district, camat) == offered
    assert not sees_whole_district(camat)


def test_the_summary_names_the_kecamatan_it_is_of(client, camat):
    make.VillageFactory()
    client.force_login(camat)
    assert "hanya desa Kecamatan Uji Tengah" in client.get(reverse("monitoring:summary")).content.decode()
    assert "Desa Kecamatan Uji Tengah, keadaan per" in client.get("/cakupan/").content.decode()


# Accounts -------------------------------------------------------------------------------------------------


def test_the_kecamatan_is_asked_for_a_camat_and_kept(client, admin):
    own = make.SubdistrictFactory(district=admin.district)
    missing = client.post(CREATE, typed(role="camat"))
    assert missing.context["form"].errors == {"subdistrict": ["Pilih kecamatan: camat melihat desa kecamatannya saja."]}
    assert client.post(CREATE, typed(role="camat", subdistrict=own.pk)).status_code == 200
    account = User.objects.get(username="siti.aminah")
    assert (account.role, account.subdistrict, account.district) == ("camat", own, admin.district)
    page = client.get(account.get_absolute_url()).content.decode()
    assert "Melihat semua desa di Kecamatan Uji Tengah" in page
    assert "Kecamatan Uji Tengah" in client.get("/pengguna/", {"peran": "camat"}).content.decode()


def test_another_role_clears_the_kecamatan(client, admin):
    account = make.CamatFactory(district=admin.district)
    sent = edited(account, role="official", subdistrict=str(account.subdistrict_id))
    assert client.post(url("update", account), sent).status_code == 302
    account.refresh_from_db()
    assert (account.role, account.subdistrict) == ("official", None)
    (event,) = account.events
    assert event.changes["kecamatan"] == ["Kecamatan Uji Tengah", ""]


def test_a_kecamatan_of_another_kabupaten_is_refused(client):
    there = make.OtherDistrictFactory()
    own, far = make.SubdistrictFactory(), make.SubdistrictFactory(code="18.05.01", district=there, name="Uji Jauh")
    client.force_login(make.AdminFactory(district=None, all_districts=True))
    sent = typed(role="camat", district=own.district_id)
    form = client.post(CREATE, sent | {"subdistrict": far.pk}).context["form"]
    assert set(form.errors) == {"subdistrict"}
    assert list(form.fields["subdistrict"].queryset) == [own]  # those of the chosen kabupaten
    everywhere = client.post(CREATE, typed(role="camat", all_districts="on", subdistrict=own.pk)).context["form"]
    assert "all_districts" in everywhere.errors
    account = make.CamatFactory()
    moved = edited(account, district=there.pk, subdistrict=account.subdistrict_id)
    assert set(client.post(url("update", account), moved).context["form"].errors) == {"subdistrict"}
    assert client.post(url("update", account), moved | {"subdistrict": far.pk}).status_code == 302
    account.refresh_from_db()
    assert (account.district, account.subdistrict) == (there, far)


@pytest.mark.parametrize(
    ("role", "has", "everywhere"), [("camat", False, False), ("staff", True, False), ("camat", True, True)]
)
def test_the_database_holds_role_and_kecamatan_together(role, has, everywhere):
    place = {"district": None, "all_districts": True} if everywhere else {}
    subdistrict = make.SubdistrictFactory() if has else None
    with pytest.raises(IntegrityError, match="user_subdistrict_of_camat"), transaction.atomic():
        make.UserFactory(role=role, subdistrict=subdistrict, **place)


def test_a_camat_is_never_given_the_right_to_approve(client, admin, camat):
    client.force_login(admin)
    answer = client.post(url("update", camat), edited(camat, subdistrict=camat.subdistrict_id, may_approve="on"))
    assert answer.context["form"].errors == {
        "may_approve": ["Camat hanya melihat. Hapus centang ini, atau pilih peran lain."]
    }
    with pytest.raises(IntegrityError, match="user_camat_approves_nothing"), transaction.atomic():
        User.objects.filter(pk=camat.pk).update(may_approve=True)


def test_a_kecamatan_with_an_account_stays_and_may_be_renamed(camat):
    with pytest.raises(ProtectedError):
        camat.subdistrict.delete()
    Subdistrict.objects.filter(pk=camat.subdistrict_id).update(name="Nama Baru")
    village = make.VillageFactory()
    assert list(Village.objects.visible_to(User.objects.get(pk=camat.pk))) == [village]


def test_a_village_that_moves_is_read_by_the_camat_of_today(camat, beside):
    village = beside.group.village
    assert not Village.objects.visible_to(camat).exists()
    village.subdistrict = camat.subdistrict
    village.save()
    assert list(Village.objects.visible_to(camat)) == [village]
    assert list(District.objects.visible_to(camat)) == [camat.district]


@pytest.mark.parametrize("place", ["", "x", "9" * 30, "9" * 5_000, "²"])
def test_an_unknown_kabupaten_offers_no_kecamatan(place, client):
    make.SubdistrictFactory()
    client.force_login(make.AdminFactory(district=None, all_districts=True))
    form = client.post(CREATE, typed(role="camat", district=place)).context["form"]
    assert {"district", "subdistrict"} <= set(form.errors)
    assert not form.fields["subdistrict"].queryset.exists()
    assert "daftar kecamatannya tampil sesudah itu" in form.fields["subdistrict"].help_text
