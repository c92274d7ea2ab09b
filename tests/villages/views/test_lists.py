"""Programmes under Pengaturan."""

from importlib import import_module

import pytest
from django.apps import apps

from records.models import Event
from tests.factories import AdminFactory, OtherDistrictFactory, ProgrammeFactory, UserFactory
from villages.models import Programme

pytestmark = pytest.mark.django_db

PAGE = "/pengaturan/program/"


def test_programme_is_added_and_renamed_with_an_event(client):
    client.force_login(admin := AdminFactory())
    typed = {"code": "PDAM", "name": "Hibah air minum (sejak 2024)"}
    for _ in range(2):
        answer = client.post(f"{PAGE}tambah/", typed)
    assert answer.context["form"].errors == {"code": ["Kode ini sudah dipakai program lain. Pilih kode lain."]}
    row = Programme.objects.get(code="PDAM")
    assert row.on_documents == "Program Hibah air minum (sejak 2024)"
    typed["printed_name"] = "Program Hibah Air Minum"
    assert client.post(f"{PAGE}{row.pk}/ubah/", typed)["Location"] == PAGE
    row.refresh_from_db()
    assert (str(row), row.on_documents) == ("Hibah air minum (sejak 2024)", "Program Hibah Air Minum")
    events = [(event.verb, event.changes, event.by) for event in Event.objects.of(row)]
    assert events == [("change", {"nama pada dokumen": ["", "Program Hibah Air Minum"]}, admin), ("add", {}, admin)]
    assert "Program Hibah Air Minum" in client.get(PAGE).content.decode()


def test_programmes_are_changed_by_the_admin_of_every_kabupaten_alone(client):
    row = ProgrammeFactory()
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == 403
    OtherDistrictFactory()
    client.force_login(AdminFactory())
    assert client.get(PAGE).context["may_change"] is False
    assert client.post(f"{PAGE}{row.pk}/ubah/", {"code": "UJI", "name": "Lain"}).status_code == 403


def test_seeded_programmes_are_printed_without_the_remark_of_the_list():
    migration = import_module("villages.migrations.0004_programme_printed_names")
    ProgrammeFactory(code="LAIN", name="Program lain (APBD)", printed_name="")
    ProgrammeFactory(code="PAMSIMAS-APBN", name="Pamsimas (sejak 2022)")
    migration.empty(apps, None)
    migration.fill(apps, None)
    printed = dict(Programme.objects.values_list("code", "printed_name"))
    assert (printed["PAMSIMAS-APBN"], printed["LAIN"]) == ("Program Pamsimas", "Program lain")
    migration.empty(apps, None)
    assert set(Programme.objects.values_list("printed_name", flat=True)) == {""}
