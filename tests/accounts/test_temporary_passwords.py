"""A temporary password set by an admin: it opens one session, in time, with the page to change it only."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessChange, User
from accounts.services.passwords import replace_password, take_temporary
from tests import factories as make

pytestmark = pytest.mark.django_db
LOGIN, CHANGE = reverse("accounts:login"), reverse("accounts:password_change")
TEMPORARY, OWN = "kxmr-4827-tpwh-9365", "delapan gunung biru tua"


@pytest.fixture
def admin():
    return make.AdminFactory()


@pytest.fixture
def account(admin):
    user = make.UserFactory()
    replace_password(user, TEMPORARY, by=admin)
    return user


def log_in(client, account, password):
    return client.post(LOGIN, {"username": account.username, "password": password})


def change(client, old, new):
    return client.post(CHANGE, {"old": old, "new": new, "again": new})


def test_a_temporary_password_opens_no_page_but_the_one_that_changes_it(client, account):
    assert log_in(client, account, TEMPORARY).status_code == 302
    village = make.VillageFactory()
    pages = [
        "/",
        village.get_absolute_url(),
        reverse("villages:village_list") + "?ekspor=xlsx",
        reverse("accounts:profile"),
    ]
    answers = [client.get(page) for page in pages]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, CHANGE)] * len(pages)
    refused = client.post(reverse("accounts:contact"), {"email": "siti@contoh.id"})
    assert refused.status_code == 403
    assert "Kiriman ini tidak disimpan" in refused.content.decode()
    assert User.objects.get(pk=account.pk).email == ""
    page = client.get(CHANGE)
    assert (page.status_code, "dibuat admin" in page.content.decode()) == (200, True)
    assert client.get(reverse("healthz")).status_code == 200
    assert client.post(reverse("accounts:logout")).status_code == 302


def test_the_portal_opens_with_the_password_of_ones_own(client, account):
    log_in(client, account, TEMPORARY)
    assert change(client, TEMPORARY, OWN).status_code == 302
    account.refresh_from_db()
    assert (account.password_until, account.password_used_at, account.check_password(OWN)) == (None, None, True)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_temporary_password_opens_one_session(client, account):
    assert log_in(client, account, TEMPORARY).status_code == 302
    client.logout()
    again = log_in(client, account, TEMPORARY)
    assert again.status_code == 200
    assert again.context["form"].non_field_errors() == [again.context["form"].WRONG]


def test_of_two_logins_at_once_one_is_let_in(account):
    first, second = User.objects.get(pk=account.pk), User.objects.get(pk=account.pk)
    assert [take_temporary(first), take_temporary(second)] == [True, False]


def test_a_temporary_password_ends_with_its_days(client, account, time_machine):
    assert account.password_until - timezone.now() <= timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    log_in(client, account, TEMPORARY)
    time_machine.move_to(account.password_until + timedelta(minutes=1))
    assert client.get(CHANGE)["Location"].startswith(LOGIN)
    account.refresh_from_db()
    User.objects.filter(pk=account.pk).update(password_used_at=None)
    assert log_in(client, account, TEMPORARY).status_code == 200


def test_a_first_password_is_temporary_too(client, admin):
    client.force_login(admin)
    form = client.get(reverse("accounts:user_create")).context["form"]
    data = {"name": "Siti", "username": "siti", "role": "staff", "request_key": form["request_key"].value()}
    page = client.post(reverse("accounts:user_create"), data)
    siti = User.objects.get(username="siti")
    assert siti.has_temporary_password
    assert list(siti.access_changes.values_list("kind", "by")) == [("account", admin.pk)]
    client.logout()
    log_in(client, siti, page.context["password"])
    assert client.get("/")["Location"] == CHANGE


def test_ones_own_change_and_a_password_of_the_server_leave_no_access_change(admin):
    replace_password(admin, OWN, by=admin)
    assert not admin.has_temporary_password
    assert not AccessChange.objects.exists()


def test_only_a_temporary_password_is_marked_as_used(account):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=account.pk).update(password_until=None, password_used_at=timezone.now())
