"""Bidang and sumber dana under Pengaturan."""

import pytest
from django.db import IntegrityError, transaction

from plans.models import FundingSource, WorkArea
from records.models import Event
from tests.factories import AdminFactory, FacilitatorFactory, OfficialFactory, OtherDistrictFactory, UserFactory

pytestmark = pytest.mark.django_db

AREAS, SOURCES = "/pengaturan/bidang/", "/pengaturan/sumber-dana/"


@pytest.fixture
def admin(client):
    admin = AdminFactory()
    client.force_login(admin)
    return admin


@pytest.mark.parametrize("factory", [UserFactory, FacilitatorFactory, OfficialFactory])
def test_other_roles_get_403(client, factory):
    client.force_login(factory())
    row = WorkArea.objects.create(code="Z", label="Uji")
    for page in (AREAS, SOURCES, f"{AREAS}tambah/", f"{AREAS}{row.pk}/ubah/"):
        assert client.get(page).status_code == 403
        assert client.post(page, {"code": "Y", "label": "Y", "order": "1"}).status_code in (403, 405)
    assert not WorkArea.objects.filter(code="Y").exists()


def test_admin_of_one_kabupaten_among_several_reads_only(client, admin):
    OtherDistrictFactory()
    row = WorkArea.objects.create(code="Z", label="Uji")
    page = client.get(AREAS)
    assert (page.status_code, page.context["may_change"]) == (200, False)
    assert client.get(f"{AREAS}tambah/").status_code == 403
    assert client.post(f"{AREAS}{row.pk}/ubah/", {"code": "Z", "label": "Lain", "order": "1"}).status_code == 403
    client.force_login(AdminFactory(district=None, all_districts=True))
    assert client.get(f"{AREAS}{row.pk}/ubah/").status_code == 200


def test_added_renamed_and_ordered_with_events(client, admin):
    typed = {"code": "Z", "label": "Bidang uji", "order": "90"}
    for _ in range(2):
        answer = client.post(f"{AREAS}tambah/", typed)
    assert answer.context["form"].errors == {"code": ["Kode ini sudah dipakai bidang lain. Pilih kode lain."]}
    row = WorkArea.objects.get(code="Z")
    assert client.post(f"{AREAS}{row.pk}/ubah/", typed | {"label": "Nama baru"})["Location"] == AREAS
    client.post(f"{AREAS}{row.pk}/ubah/", typed | {"label": "Nama baru"})  # nothing changed, no event
    row.refresh_from_db()
    assert (row.label, row.order) == ("Nama baru", 90)
    events = [(event.verb, event.changes, event.by) for event in Event.objects.of(row)]
    assert events == [("change", {"bidang": ["Bidang uji", "Nama baru"]}, admin), ("add", {}, admin)]


def test_source_is_added_with_its_marks(client, admin):
    sent = {"code": "hibah_uji", "label": "Hibah uji", "order": "99", "in_kind": "on"}
    assert client.post(f"{SOURCES}tambah/", sent)["Location"] == SOURCES
    source = FundingSource.objects.get(code="hibah_uji")
    assert (source.label, source.in_kind, source.is_fee) == ("Hibah uji", True, False)
    assert client.get(f"{SOURCES}{source.pk}/ubah/").status_code == 200
    assert "Tenaga atau bahan (in-kind)" in client.get(SOURCES).content.decode()


@pytest.mark.parametrize("page", [AREAS, SOURCES])
def test_list_costs_the_same_with_more_rows(client, admin, django_assert_num_queries, page):
    client.get(page)
    with django_assert_num_queries(4):
        client.get(page)
    for number in range(5):
        WorkArea.objects.create(code=f"Z{number}", label="Uji")
        FundingSource.objects.create(code=f"uji{number}", label="Uji")
    with django_assert_num_queries(4):
        client.get(page)


@pytest.mark.parametrize("model", [WorkArea, FundingSource])
def test_database_keeps_codes_apart(model):
    model.objects.create(code="Z", label="Satu")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(code="Z", label="Dua")
