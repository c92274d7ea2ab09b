"""Access to accounts: the admins who know the password of an account, and the admins who may confirm it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import AccessChange, User
from accounts.services import access
from accounts.services.users import change_user, deactivate, reactivate
from accounts.waiting import waiting_for
from tests import factories as make
from tests.pages import page_messages

pytestmark = pytest.mark.django_db
Kind = AccessChange.Kind


@pytest.fixture
def admins():
    return make.AdminFactory.create_batch(3)


def changed(user, by, kind=Kind.PASSWORD, days=0):
    return AccessChange.objects.create(user=user, kind=kind, by=by, at=timezone.now() - timedelta(days=days))


def test_hands_reach_over_several_accounts_for_some_days(admins):
    one, two, _ = admins
    account, old = make.UserFactory(), make.UserFactory()
    changed(two, one, Kind.ACCOUNT)
    changed(account, two)
    changed(old, one, days=15)
    hands = access.hands()
    assert hands.of(account.pk) == {account.pk, two.pk, one.pk}
    assert hands.of(old.pk) == {old.pk}


def test_granting_and_reopening_are_kept(admins):
    one, _, _ = admins
    account = make.UserFactory()
    account.may_approve = True
    change_user(account, by=one)
    deactivate(account, by=one)
    reactivate(account, by=one)
    assert list(account.access_changes.values_list("kind", "by")) == [("approver", one.pk), ("reopened", one.pk)]


def test_nobody_lets_themselves_approve(client, admins):
    one, _, _ = admins
    one.may_approve = True
    with pytest.raises(ValidationError, match="oleh admin lain"):
        change_user(one, by=one)
    assert not User.objects.get(pk=one.pk).may_approve


def test_another_admin_confirms_and_the_notice_goes(client, admins):
    one, two, _ = admins
    account = make.UserFactory(may_approve=True)
    changed(account, one)

    def notices(user):
        return [(matter.count, matter.url) for matter in waiting_for(user) if matter.kind == "access"]

    assert [notices(one), notices(two), notices(make.UserFactory())] == [
        [],
        [(1, "/pengguna/?keadaan=konfirmasi")],
        [],
    ]
    client.force_login(two)
    assert list(client.get("/pengguna/?keadaan=konfirmasi").context["object_list"]) == [account]
    assert "belum dikonfirmasi admin lain" in client.get(account.get_absolute_url()).content.decode()
    page = reverse("accounts:user_confirm", args=[account.pk])
    assert client.get(page).status_code == 200
    assert page_messages(client.post(page)) == [f"Akun {account} sudah Anda konfirmasi."]
    row = account.access_changes.get()
    assert (row.confirmed_by, access.hands().of(account.pk), notices(two)) == (two, {account.pk}, [])
    assert account.events[0].changes == {"konfirmasi akun": ["", access.describe(row)]}


def test_who_changed_it_who_owns_it_and_whom_they_made_do_not_confirm(admins):
    one, two, three = admins
    account = make.AdminFactory(may_approve=True)
    changed(account, one)
    changed(two, one, Kind.ACCOUNT)
    changed(one, three)  # `three` may now act as `one`
    for admin in (one, two, three, account):
        with pytest.raises(ValidationError, match="dikonfirmasi oleh admin lain"):
            access.confirm(account, by=admin)
    assert account.access_changes.get().confirmed_by is None
    assert access.confirm(account, by=make.AdminFactory()) == 1


def test_the_database_refuses_ones_own_confirmation(admins):
    one, two, _ = admins
    row = changed(two, one)
    for confirmed_by in (one, two):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessChange.objects.filter(pk=row.pk).update(confirmed_by=confirmed_by, confirmed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessChange.objects.filter(pk=row.pk).update(confirmed_by=make.AdminFactory())


@pytest.mark.parametrize("days", [0, 1, 30])
def test_the_last_admin_does_not_end_their_own_account(days):
    admin = make.AdminFactory()
    admin.ends_on = localdate() + timedelta(days=days)
    with pytest.raises(ValidationError, match="tidak mempunyai admin lagi"):
        change_user(admin, by=admin)
    assert User.objects.get(pk=admin.pk).ends_on is None
    make.AdminFactory()
    admin.refresh_from_db()
    admin.ends_on = localdate() + timedelta(days=days)
    assert "berlaku sampai" in change_user(admin, by=admin)


def test_an_admin_who_ends_soon_does_not_replace_one_who_stays():
    stays = make.AdminFactory()
    make.AdminFactory(ends_on=localdate() + timedelta(days=9))
    with pytest.raises(ValidationError, match="perpanjang masa berlaku"):
        deactivate(stays, by=stays)
    stays.refresh_from_db()
    stays.name = "Nama Baru"
    assert "nama lengkap" in change_user(stays, by=stays)
