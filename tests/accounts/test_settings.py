"""Pengaturan: its page, its access, and the rules of one kabupaten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import District, DistrictSettings, OfficeProfile, Signatory
from tests.accounts.offices import KEY, office_typed, url
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


def test_database_refuses_second_settings_of_one_kabupaten():
    district = DistrictFactory()
    DistrictSettings.objects.create(district=district)
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictSettings.objects.create(district=district)


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
