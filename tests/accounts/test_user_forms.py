"""Pengguna: the forms that create and change an account."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accounts.models import District, User
from records.models import Event
from tests.accounts.users import CREATE, KEY, edited, shown_password, typed, url
from tests.factories import (
    AdminFactory,
    AssignmentFactory,
    DistrictFactory,
    OtherDistrictFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


class TestCreate:
    def test_shows_a_password_that_works_and_keeps_it_nowhere(self, client, admin):
        answer = client.post(CREATE, typed())
        password = shown_password(answer)
        account = User.objects.get(username="siti.aminah")
        assert account.check_password(password)
        assert (account.name, account.role, account.district, account.all_districts) == (
            "Siti Aminah",
            "staff",
            admin.district,
            False,
        )
        assert re.fullmatch(r"[a-z]{4}-\d{4}-[a-z]{4}-\d{4}", password)
        assert "no-store" in answer["Cache-Control"]
        assert "kiriman sebelumnya" not in answer.content.decode()
        assert [(event.verb, event.by) for event in account.events] == [("add", admin)]
        assert password not in str(list(Event.objects.values_list()))
        assert password not in str(dict(client.session.items()))
        assert password not in client.get(account.get_absolute_url()).content.decode()

    def test_sent_twice_makes_one_account_and_says_so(self, client, admin):
        first = client.post(CREATE, typed())
        again = client.post(CREATE, typed(), follow=True)
        account = User.objects.get(username="siti.aminah")
        assert again.redirect_chain == [(account.get_absolute_url(), 302)]
        assert "sudah dibuat oleh kiriman sebelumnya" in again.content.decode()
        assert account.check_password(shown_password(first))
        assert account.events.count() == 1

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"name": ""}, "name"),
            ({"username": "Siti Aminah"}, "username"),
            ({"username": "sudah.ada"}, "username"),
            ({"role": "raja"}, "role"),
            ({"facilitator_type": "fm"}, "facilitator_type"),
            ({"ends_on": "2020-01-01"}, "ends_on"),
            ({"ends_on": "besok"}, "ends_on"),
        ],
    )
    def test_refusals_stand_at_their_field_and_keep_the_typing(self, client, admin, fields, where):
        UserFactory(username="sudah.ada")
        answer = client.post(CREATE, typed(**fields))
        assert set(answer.context["form"].errors) == {where}
        assert not User.objects.filter(request_key=KEY).exists()
        if where != "name":
            assert 'value="Siti Aminah"' in answer.content.decode()

    def test_admin_of_one_kabupaten_cannot_reach_beyond_it(self, client, admin):
        other = OtherDistrictFactory()
        client.post(CREATE, typed(district=str(other.pk), all_districts="on"))
        account = User.objects.get(username="siti.aminah")
        assert (account.district, account.all_districts) == (admin.district, False)

    def test_admin_of_all_kabupaten_chooses_one_or_all(self, client):
        here, there = DistrictFactory(), OtherDistrictFactory()
        client.force_login(AdminFactory(district=None, all_districts=True))
        assert set(client.post(CREATE, typed()).context["form"].errors) == {"district"}
        both = typed(district=str(there.pk), all_districts="on")
        assert set(client.post(CREATE, both).context["form"].errors) == {"district"}
        client.post(CREATE, typed(district=str(there.pk)))
        client.post(CREATE, typed(username="semua", all_districts="on", request_key=KEY[:-1] + "2"))
        assert list(
            User.objects.filter(username__in=["siti.aminah", "semua"])
            .order_by("username")
            .values_list("district", "all_districts")
        ) == [(None, True), (there.pk, False)]
        assert District.objects.filter(pk=here.pk).exists()

    def test_account_made_by_a_demo_admin_is_sample(self, client, settings):
        settings.DEMO_MODE = True
        client.force_login(AdminFactory(is_sample=True))
        client.post(CREATE, typed())
        assert User.objects.get(username="siti.aminah").is_sample


class TestUpdate:
    def test_changes_role_right_and_end_with_one_event(self, client, admin):
        account = UserFactory(name="Budi")
        day = localdate() + timedelta(days=30)
        fields = {"role": "facilitator", "facilitator_type": "fk", "may_approve": "on", "ends_on": day.isoformat()}
        assert client.post(url("update", account), edited(account, **fields))["Location"] == account.get_absolute_url()
        account.refresh_from_db()
        assert (account.role, account.facilitator_type, account.may_approve, account.ends_on, account.version) == (
            "facilitator",
            "fk",
            True,
            day,
            2,
        )
        (event,) = account.events
        assert set(event.changes) == {
            "peran",
            "jenis fasilitator",
            "berhak menyetujui rencana kerja",
            "berlaku sampai",
        }
        assert event.changes["peran"] == ["Staf DPMU", "Fasilitator"]

    def test_second_writer_sees_both_texts_and_may_insist(self, client, admin):
        account = UserFactory(name="Budi")
        first, second = edited(account, name="Budi Santoso"), edited(account, name="Budi Setiawan")
        client.post(url("update", account), first)
        answer = client.post(url("update", account), second)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Budi Setiawan" in page
        assert "Budi Santoso" in page
        assert User.objects.get(pk=account.pk).name == "Budi Santoso"
        insist = edited(account, name="Budi Setiawan", version=answer.context["form"].data["version"])
        client.post(url("update", account), insist)
        assert User.objects.get(pk=account.pk).name == "Budi Setiawan"

    def test_last_admin_cannot_demote_themself(self, client, admin):
        answer = client.post(url("update", admin), edited(admin, role="staff"))
        assert "admin terakhir" in str(answer.context["form"].non_field_errors())
        assert User.objects.get(pk=admin.pk).role == "admin"
        assert admin.events.count() == 0
        AdminFactory()
        client.post(url("update", admin), edited(admin, role="staff"))
        assert User.objects.get(pk=admin.pk).role == "staff"

    def test_facilitator_at_work_changes_no_kabupaten(self, client):
        other = OtherDistrictFactory()
        account = AssignmentFactory().user
        client.force_login(AdminFactory(district=None, all_districts=True))
        answer = client.post(url("update", account), edited(account, district=str(other.pk)))
        assert set(answer.context["form"].errors) == {"district"}

    def test_password_survives_an_edit(self, client, admin):
        account = UserFactory()
        client.post(url("update", account), edited(account, name="Nama Baru"))
        account.refresh_from_db()
        assert account.name == "Nama Baru"
        assert account.check_password("sandi-uji-panjang")
