"""Pengguna: the accounts an admin may manage."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.users import admin_shortage
from tests.accounts.users import CREATE, LIST, edited, shown_password, typed, url
from tests.factories import (
    AdminFactory,
    AssignmentFactory,
    DistrictFactory,
    FacilitatorFactory,
    OfficialFactory,
    OtherDistrictFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


class TestWhoMay:
    PAGES = ("detail", "update", "password_reset", "deactivate", "reactivate")

    @pytest.mark.parametrize("factory", [UserFactory, FacilitatorFactory, OfficialFactory])
    def test_other_roles_get_403(self, client, factory):
        other = UserFactory()
        client.force_login(factory())
        assert client.get(LIST).status_code == 403
        assert client.get(CREATE).status_code == 403
        assert client.post(CREATE, typed()).status_code == 403
        for page in self.PAGES:
            assert client.get(url(page, other)).status_code == 403
            assert client.post(url(page, other)).status_code in (403, 405)

    def test_accounts_of_another_kabupaten_are_a_404(self, client, admin):
        strangers = [
            UserFactory(district=OtherDistrictFactory()),
            AdminFactory(district=None, all_districts=True),
        ]
        for stranger in strangers:
            for page in self.PAGES:
                assert client.get(url(page, stranger)).status_code == 404
            stranger_before = User.objects.filter(pk=stranger.pk).values().get()
            for page in ("update", "password_reset", "deactivate", "reactivate"):
                assert client.post(url(page, stranger), edited(stranger, name="Diambil alih")).status_code == 404
            assert User.objects.filter(pk=stranger.pk).values().get() == stranger_before
        listed = {account.pk for account in client.get(LIST).context["object_list"]}
        assert listed == {admin.pk}

    def test_admin_of_all_kabupaten_sees_everyone(self, client):
        admin = AdminFactory(district=None, all_districts=True)
        others = [
            UserFactory(),
            UserFactory(district=OtherDistrictFactory()),
            AdminFactory(district=None, all_districts=True),
        ]
        client.force_login(admin)
        listed = {account.pk for account in client.get(LIST).context["object_list"]}
        assert listed == {admin.pk, *(other.pk for other in others)}


class TestList:
    def test_costs_the_same_with_one_and_with_many(self, client, admin, django_assert_num_queries):
        client.get(LIST)  # warms the caches
        with django_assert_num_queries(6):
            client.get(LIST)
        FacilitatorFactory.create_batch(4)
        with django_assert_num_queries(6):
            client.get(LIST)

    @pytest.mark.parametrize("text", ["siti aminah", "SITIAMINAH", "aminah", "siti.a", "Siti-Aminah"])
    def test_search_ignores_case_spaces_and_signs(self, client, admin, text):
        wanted = UserFactory(name="Siti Aminah", username="siti.a")
        found = client.get(LIST, {"q": text}).context["object_list"]
        assert [account.pk for account in found] == [wanted.pk]

    def test_filters_by_role_and_state(self, client, admin):
        ended = UserFactory(ends_on=localdate() - timedelta(days=1))
        closed = FacilitatorFactory(is_active=False)
        working = FacilitatorFactory()

        def found(**query):
            return {account.pk for account in client.get(LIST, query).context["object_list"]}

        assert found(keadaan="aktif") == {admin.pk, working.pk}
        assert found(keadaan="berakhir") == {ended.pk, closed.pk}
        assert found(peran="facilitator") == {closed.pk, working.pk}
        assert found(peran="facilitator", keadaan="aktif") == {working.pk}

    @pytest.mark.parametrize(
        "query", ["?urut=password", "?peran=x", "?keadaan=x", "?q=%00", "?page=abc", "?kabupaten=1"]
    )
    def test_odd_addresses_are_no_error_of_the_server(self, client, admin, query):
        assert client.get(LIST + query).status_code in (200, 404)

    def test_one_admin_is_warned_of(self, client, admin):
        assert "hanya mempunyai 1 admin" in client.get(LIST).content.decode()
        AdminFactory()
        assert "hanya mempunyai" not in client.get(LIST).content.decode()


class TestAdminShortage:
    def test_counts_those_who_can_log_in_here(self):
        here, there = DistrictFactory(), OtherDistrictFactory()
        everywhere = AdminFactory(district=None, all_districts=True)
        AdminFactory(district=here)
        AdminFactory(district=here, is_active=False)
        AdminFactory(district=there, ends_on=localdate() - timedelta(days=1))
        AdminFactory(district=there, is_sample=True)  # no demo here
        assert admin_shortage(everywhere) == [(there, 1)]
        assert admin_shortage(UserFactory(district=here)) == []

    def test_two_queries(self, django_assert_num_queries):
        user = AdminFactory()
        with django_assert_num_queries(2):
            admin_shortage(user)


class TestClosing:
    def test_asks_first_then_closes_and_opens_with_events(self, client, admin):
        account = UserFactory()
        assert "Nonaktifkan akun" in client.get(url("deactivate", account)).content.decode()
        assert User.objects.get(pk=account.pk).is_active
        for _ in range(2):
            client.post(url("deactivate", account))
        assert not User.objects.get(pk=account.pk).is_active
        for _ in range(2):
            client.post(url("reactivate", account))
        assert User.objects.get(pk=account.pk).is_active
        assert list(account.events.values_list("verb", flat=True)) == ["reopen", "close"]

    def test_last_admin_stays(self, client, admin):
        answer = client.post(url("deactivate", admin), follow=True)
        assert "admin terakhir" in answer.content.decode()
        assert User.objects.get(pk=admin.pk).is_active

    def test_admin_of_all_kabupaten_stays_for_a_kabupaten_without_its_own(self, client):
        AdminFactory()
        OtherDistrictFactory()
        everywhere = AdminFactory(district=None, all_districts=True)
        client.force_login(everywhere)
        answer = client.post(url("deactivate", everywhere), follow=True)
        assert "admin terakhir Kabupaten Tulang Bawang" in answer.content.decode()
        assert User.objects.get(pk=everywhere.pk).is_active

    def test_ended_account_is_not_opened_by_a_click(self, client, admin):
        account = UserFactory(is_active=False, ends_on=localdate() - timedelta(days=1))
        answer = client.post(url("reactivate", account), follow=True)
        assert "Ubah tanggal berakhirnya" in answer.content.decode()
        assert not User.objects.get(pk=account.pk).is_active


class TestNewPassword:
    def test_is_shown_once_and_the_old_one_ends(self, client, admin):
        account = UserFactory()
        assert "Buat kata sandi baru" in client.get(url("password_reset", account)).content.decode()
        assert User.objects.get(pk=account.pk).check_password("sandi-uji-panjang")
        password = shown_password(client.post(url("password_reset", account)))
        account.refresh_from_db()
        assert account.check_password(password)
        assert [(event.verb, event.changes, event.by) for event in account.events] == [
            ("change", {"kata sandi": None}, admin)
        ]

    def test_own_password_is_changed_with_the_old_one(self, client, admin):
        assert client.post(url("password_reset", admin))["Location"] == reverse("accounts:password_change")
        assert User.objects.get(pk=admin.pk).check_password("sandi-uji-panjang")


def test_detail_tells_what_the_account_may_and_links_its_villages(client, admin, django_assert_max_num_queries):
    account = AssignmentFactory().user
    for _ in range(4):
        AssignmentFactory(user=account)
    with django_assert_max_num_queries(7):
        page = client.get(account.get_absolute_url()).content.decode()
    assert f"/penugasan/tambah/?fasilitator={account.pk}" in page
    assert page.count("Ubah tanggal") == 5


@pytest.mark.parametrize(
    "broken",
    [
        {"all_districts": True},
        {"district": None},
        {"facilitator_type": "fm"},
    ],
)
def test_database_refuses_a_broken_account(broken):
    user = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**broken)


def test_database_keeps_usernames_apart():
    user, other = UserFactory(), UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(username=other.username)
