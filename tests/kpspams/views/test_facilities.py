from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kpspams.models import GroupFacility
from tests import factories as make
from tests.kpspams.addresses import page
from tests.pages import errors, page_messages, send, shown

pytestmark = pytest.mark.django_db


def test_a_group_operates_two_systems_and_a_system_has_two_groups(client, staff):
    group = make.GroupFactory()
    other = make.GroupFactory(village=group.village)
    systems = [make.FacilityFactory(village=group.village) for _ in range(2)]
    for who, system in ((group, systems[0]), (group, systems[1]), (other, systems[0])):
        response = send(client, page("group_facility_create", who), facility=system.pk, starts_on="2019-01-01")
        assert page_messages(response) == [f"{who} mengelola {system}: tersimpan."]
    detail = client.get(group.get_absolute_url()).context
    assert [spell.system for spell in detail["spells"]] == systems[::-1]
    assert detail["other_systems"] == []
    text = client.get(systems[0].get_absolute_url()).content.decode()
    assert text.count("1 Januari 2019 s.d. sekarang") == 2


def test_a_spell_ends_and_another_begins(client, staff):
    spell = make.GroupFacilityFactory()
    send(client, page("group_facility_update", spell), ends_on="2020-12-31")
    response = send(
        client, page("group_facility_create", spell.group), facility=spell.facility_id, starts_on="2022-01-01"
    )
    assert response.status_code == 302
    spans = GroupFacility.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(spans) == [(date(2018, 1, 1), date(2020, 12, 31)), (date(2022, 1, 1), None)]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        ("2019-01-01", "", "Kelompok ini sudah tercatat mengelola sarana itu."),
        ("2017-01-01", "2018-06-01", "Isi tanggal yang tidak bertumpuk."),
        ("2019-01-01", "2018-01-01", "Tanggal berakhir tidak boleh sebelum tanggal mulai."),
        ("2090-01-01", "", "Tanggal tidak boleh sesudah hari ini"),
        ("", "", "Isian ini wajib diisi."),
    ],
)
def test_days_that_cannot_be_are_refused(client, staff, starts_on, ends_on, sentence):
    spell = make.GroupFacilityFactory()
    url = page("group_facility_create", spell.group)
    response = send(client, url, facility=spell.facility_id, starts_on=starts_on, ends_on=ends_on)
    assert sentence in " ".join(text for texts in errors(response).values() for text in texts)
    assert GroupFacility.objects.count() == 1


def test_a_system_of_another_village_is_no_choice(client, staff):
    group = make.GroupFactory()
    foreign = make.FacilityFactory()
    response = send(client, page("group_facility_create", group), facility=foreign.pk, starts_on="2019-01-01")
    assert list(errors(response)) == ["facility"]


def test_sent_twice_makes_one(client, staff):
    system = make.FacilityFactory()
    group = make.GroupFactory(village=system.village)
    url = page("group_facility_create", group)
    values = shown(client.get(url)) | {"facility": system.pk, "starts_on": "2019-01-01"}
    for _ in range(2):
        assert client.post(url, values).status_code == 302
    assert GroupFacility.objects.count() == 1


def test_the_database_holds_one_open_spell():
    spell = make.GroupFacilityFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.GroupFacilityFactory(group=spell.group, facility=spell.facility)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.GroupFacilityFactory(group=spell.group, ends_on=date(2017, 1, 1))
