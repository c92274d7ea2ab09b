"""Menyiapkan portal: steps are done by their rows, skipped per kabupaten, and hidden outside the office."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import SkippedStep
from accounts.setup import open_setup, setup_of
from records.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db
HOME, SKIP = reverse("monitoring:home"), reverse("monitoring:setup_skip")


@pytest.fixture
def admin():
    return make.AdminFactory()


def keys(states):
    return [state.step.key for state in states]


def test_each_step_is_done_by_its_rows_of_the_own_kabupaten(admin):
    other = make.DistrictFactory(code="18.12")
    make.OfficeProfileFactory(district=other)
    before = keys(setup_of(admin).open)
    assert before == [
        *("desa", "kop", "penanda-tangan", "admin-kedua", "penyetuju", "fasilitator", "penugasan", "bantuan"),
        *("kpspams", "pengurus", "pelatihan", "rencana-kerja", "cetakan"),
    ]
    district = admin.district
    make.OfficeProfileFactory(district=district)
    make.SignatoryFactory(district=district, slot="dpmu_head", name="Ani")
    make.AdminFactory(may_approve=True)
    village = make.VillageFactory(subdistrict__district=district)
    make.FacilitatorFactory(villages=[village])
    make.GrantAwardFactory(village=village)
    plan = make.WorkPlanFactory(group__village=village)
    assert keys(setup_of(admin).open) == ["pengurus", "pelatihan", "cetakan"]
    make.MemberFactory(group=plan.group)
    assert keys(setup_of(admin).open) == ["pelatihan", "cetakan"]


@pytest.mark.parametrize(
    ("key", "chosen"),
    [
        ("kop", 'value="Pemerintah Kabupaten Mesuji"'),
        ("kop", f'value="{localdate().year}-01-01"'),
        ("penanda-tangan", '<option value="dpmu_head" selected>'),
        ("admin-kedua", '<option value="admin" selected>'),
        ("penyetuju", 'id="id_may_approve" checked'),
        ("fasilitator", '<option value="facilitator" selected>'),
        ("pelatihan", f'value="{localdate().year}"'),
        ("pengurus", '<option value="boards" selected>'),
        ("bantuan", '<option value="villages" selected>'),
    ],
)
def test_a_step_leads_to_a_form_that_knows_what_it_is_for(client, admin, key, chosen):
    client.force_login(admin)
    state = next(state for state in setup_of(admin).states if state.step.key == key)
    assert chosen in client.get(state.url).content.decode()


def test_the_only_fasilitator_is_chosen_for_the_villages(client, admin):
    make.VillageFactory(subdistrict__district=admin.district)
    fasilitator = make.FacilitatorFactory(villages=[])
    client.force_login(admin)
    address = reverse("villages:assignment_create")
    assert f'<option value="{fasilitator.pk}" selected>' in client.get(address).content.decode()
    make.FacilitatorFactory(villages=[])
    assert '<option value="" selected>Pilih fasilitator' in client.get(address).content.decode()


def test_what_was_saved_leads_back_to_the_list_until_it_is_finished(client, admin):
    client.force_login(admin)
    link = f'<a href="{reverse("monitoring:setup")}">Menyiapkan portal</a>: 0 dari 13'
    data = {"slot": "dpmu_head", "valid_from": "2026-01-01", "title_line": "Ketua", "name": "", "nip": "", "rank": ""}
    data["request_key"] = "5b2f7f2e-98a4-4a3a-8d0e-0e3c2a6f0f11"
    address = reverse("accounts:settings_signatory_create", args=[admin.district.pk])
    assert link in client.post(address, data, follow=True).content.decode()
    assert link not in client.get(admin.district.get_absolute_url()).content.decode()
    client.post(SKIP)
    data |= {"slot": "committee_head", "request_key": "5b2f7f2e-98a4-4a3a-8d0e-0e3c2a6f0f12"}
    assert "dari 13" not in client.post(address, data, follow=True).content.decode()


def test_a_done_step_leads_to_its_rows(admin):
    make.SignatoryFactory(district=admin.district, slot="dpmu_head", name="Ani")
    state = next(state for state in setup_of(admin).states if state.step.key == "penanda-tangan")
    assert state.url == admin.district.get_absolute_url()


def test_the_list_asks_two_queries(admin, django_assert_num_queries):
    with django_assert_num_queries(2):
        open_setup(admin)


def test_an_empty_installation_says_what_is_next_and_no_figures(client, admin):
    make.VillageFactory(subdistrict__district=admin.district)
    client.force_login(admin)
    page = client.get(HOME).content.decode()
    assert "Menyiapkan portal" in page
    assert "Isi kop surat" in page
    assert "Tidak ada yang menunggu Anda" not in page
    assert "Belum ada data" not in page


@pytest.mark.parametrize("address", ["monitoring:home", "villages:village_list"])
def test_without_villages_their_import_is_offered_before_one_village(client, admin, address):
    client.force_login(admin)
    page = client.get(reverse(address)).content.decode()
    empty = page[page.index("Belum ada desa yang tercatat.") :]
    assert empty.index("Impor daftar desa") < empty.index("Tambah desa")
    assert "Catat bantuan (TA)" not in page
    make.VillageFactory(subdistrict__district=admin.district)
    assert "Belum ada desa yang tercatat." not in client.get(reverse(address)).content.decode()


@pytest.mark.parametrize("person", ["FacilitatorFactory", "OfficialFactory"])
def test_outside_of_the_office_it_is_unknown(client, person):
    client.force_login(getattr(make, person)())
    assert "Menyiapkan portal" not in client.get(HOME).content.decode()


def test_a_skipped_step_is_remembered_for_the_kabupaten(client, admin):
    client.force_login(admin)
    for _ in range(2):
        client.post(SKIP, {"langkah": "admin-kedua"})
    colleague = make.UserFactory(district=admin.district)
    assert "admin-kedua" not in keys(setup_of(colleague).open)
    assert Event.objects.filter(changes__has_key="penyiapan portal").count() == 1
    client.post(reverse("monitoring:setup_restore"))
    assert "admin-kedua" in keys(setup_of(colleague).open)


@pytest.mark.parametrize(("step", "status"), [("kop", 403), ("tak-ada", 404), ("pelatihan", 302), ("penyetuju", 403)])
def test_staff_skip_what_they_may_do(client, step, status):
    client.force_login(make.UserFactory())
    assert client.post(SKIP, {"langkah": step}).status_code == status


def test_a_hidden_list_is_gone_from_beranda_and_stays_on_its_page(client, admin):
    client.force_login(admin)
    client.post(SKIP)
    assert open_setup(admin) is None
    assert "Daftar ini tidak tampil di Beranda" in client.get(reverse("monitoring:setup")).content.decode()


def test_a_step_is_skipped_once(admin):
    SkippedStep.objects.create(district=admin.district, step="kop")
    with pytest.raises(IntegrityError), transaction.atomic():
        SkippedStep.objects.create(district=admin.district, step="kop")
