"""Login and logout, and refused logins."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import LoginBucket, User
from records.models import Event
from tests.factories import AdminFactory, FacilitatorFactory, OfficialFactory, UserFactory, VillageFactory

PASSWORD = "sandi-uji-panjang"
LOGIN = "/masuk/"

pytestmark = pytest.mark.django_db


def log_in(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": user.username, "password": password}, **extra)


def logged_in(client) -> bool:
    return client.get("/akun/").status_code == 200


def test_login_writes_an_event_and_leads_to_the_page_that_was_asked_for(client):
    user = UserFactory()
    answer = client.get("/akun/kata-sandi/")
    assert answer["Location"] == "/masuk/?next=/akun/kata-sandi/"
    page = client.get(answer["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/akun/kata-sandi/">' in page
    answer = client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": "/akun/kata-sandi/"})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/kata-sandi/")
    assert list(Event.objects.of(user).values_list("verb", "by")) == [("login", user.pk)]


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com"])
def test_next_never_leads_away(client, target):
    answer = client.post(LOGIN, {"username": UserFactory().username, "password": PASSWORD, "next": target})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_name_is_taken_without_case_and_spaces(client):
    user = UserFactory(username="siti.aminah")
    client.post(LOGIN, {"username": "  Siti.Aminah ", "password": PASSWORD})
    assert logged_in(client)
    assert user.events.count() == 1


def test_every_refusal_says_the_same(client):
    yesterday = localdate() - timedelta(days=1)
    refused = [
        (UserFactory(), "bukan-sandinya"),
        (UserFactory.build(username="tidak.ada"), PASSWORD),
        (UserFactory(is_active=False), PASSWORD),
        (UserFactory(ends_on=yesterday), PASSWORD),
        (UserFactory(is_sample=True), PASSWORD),  # no demo here
    ]
    sentences = set()
    for user, password in refused:
        answer = log_in(client, user, password)
        assert answer.status_code == 200
        sentences.add(tuple(answer.context["form"].non_field_errors()))
    assert len(sentences) == 1
    assert "tidak cocok" in sentences.pop()[0]
    assert not logged_in(client)


def test_last_day_still_logs_in(client):
    log_in(client, UserFactory(ends_on=localdate()))
    assert logged_in(client)


def test_refused_login_keeps_the_name_but_not_the_password(client):
    page = log_in(client, UserFactory(username="siti"), "salah-sekali-ini").content.decode()
    assert 'value="siti"' in page
    assert "salah-sekali-ini" not in page


def test_empty_fields_are_named(client):
    errors = client.post(LOGIN, {"username": "", "password": ""}).context["form"].errors
    assert set(errors) == {"username", "password"}
    assert LoginBucket.objects.count() == 0


@pytest.mark.parametrize(
    ("factory", "lasts"),
    [
        (FacilitatorFactory, timedelta(days=30)),
        (AdminFactory, timedelta(hours=12)),
        (UserFactory, timedelta(hours=12)),
        (OfficialFactory, timedelta(hours=12)),
    ],
)
def test_login_lasts_as_long_as_the_role_needs(client, time_machine, factory, lasts):
    begun = timezone.now()
    time_machine.move_to(begun, tick=False)
    log_in(client, factory())
    time_machine.move_to(begun + lasts - timedelta(minutes=1), tick=False)
    assert logged_in(client)
    time_machine.move_to(begun + lasts + timedelta(minutes=1), tick=False)
    assert not logged_in(client)


def test_account_that_ends_is_logged_out_at_its_next_request(client):
    user = UserFactory()
    log_in(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not logged_in(client)


def test_logout_is_a_post_and_ends_the_session(client):
    log_in(client, UserFactory())
    assert client.get("/keluar/").status_code == 405
    assert logged_in(client)
    assert client.post("/keluar/")["Location"] == LOGIN
    assert not logged_in(client)


def test_logout_after_the_session_ran_out_leads_to_the_login(client):
    assert client.post("/keluar/")["Location"] == LOGIN


def test_login_page_leads_on_who_is_logged_in(client):
    log_in(client, UserFactory())
    assert client.get("/masuk/?next=/akun/")["Location"] == "/akun/"


def test_private_pages_are_kept_by_no_shared_cache(client):
    log_in(client, UserFactory())
    assert "private" in client.get("/akun/")["Cache-Control"]


class TestDemoAccounts:
    @pytest.fixture(autouse=True)
    def demo(self, settings):
        settings.DEMO_MODE = True
        self.user = UserFactory(username="staf", is_sample=True)

    def test_log_in_from_this_machine(self, client):
        log_in(client, self.user, REMOTE_ADDR="127.0.0.1")
        assert logged_in(client)

    @pytest.mark.parametrize(
        "origin",
        [
            {"REMOTE_ADDR": "192.168.1.7"},
            {"REMOTE_ADDR": "2001:db8::7"},
            {"REMOTE_ADDR": ""},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.168.1.7"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
            {"REMOTE_ADDR": "192.168.1.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        ],
    )
    def test_refuse_logins_from_elsewhere(self, client, origin):
        assert log_in(client, self.user, **origin).status_code == 200
        assert not logged_in(client)

    def test_are_named_on_the_login_page_of_this_machine_only(self, client):
        assert client.get(LOGIN).context["demo_accounts"] == [("staf", "Staf DPMU")]
        assert client.get(LOGIN, REMOTE_ADDR="192.168.1.7").context["demo_accounts"] == []

    def test_are_logged_out_where_no_demo_runs(self, client, settings):
        log_in(client, self.user)
        settings.DEMO_MODE = False
        assert not logged_in(client)


class TestOwnPassword:
    def change(self, client, **fields):
        typed = {"old": PASSWORD, "new": "sumur-bor-tengah", "again": "sumur-bor-tengah"} | fields
        return client.post(reverse("accounts:password_change"), typed)

    def test_change_ends_other_sessions_and_keeps_this_one(self, client):
        user, other = UserFactory(), Client()
        log_in(client, user)
        log_in(other, user)
        assert self.change(client)["Location"] == "/akun/"
        assert logged_in(client)
        assert not logged_in(other)
        user.refresh_from_db()
        assert user.check_password("sumur-bor-tengah")
        event = user.events.first()
        assert (event.verb, event.changes, event.by) == ("change", {"kata sandi": None}, user)
        assert "sumur-bor-tengah" not in str(Event.objects.values_list())

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"old": "bukan-yang-lama"}, "old"),
            ({"new": "pendek", "again": "pendek"}, "new"),
            ({"new": "password1234", "again": "password1234"}, "new"),
            ({"new": "pengguna.contoh.uji", "again": "pengguna.contoh.uji"}, "new"),
            ({"again": "sumur-bor-lain-lagi"}, "again"),
            ({"new": PASSWORD, "again": PASSWORD}, "new"),
            ({"old": ""}, "old"),
        ],
    )
    def test_refusals_stand_at_their_field_in_indonesian(self, client, fields, where):
        user = UserFactory(username="pengguna.contoh.uji")
        client.force_login(user)
        answer = self.change(client, **fields)
        errors = answer.context["form"].errors
        assert set(errors) == {where}
        assert "password" not in str(errors[where])
        user.refresh_from_db()
        assert user.check_password(PASSWORD)

    def test_sessions_of_others_stay(self, client):
        client.force_login(UserFactory())
        before = Session.objects.count()
        self.change(client, old="salah")
        assert Session.objects.count() == before


def test_profile_tells_rights_and_villages(client, django_assert_max_num_queries):
    user = FacilitatorFactory(villages=[VillageFactory(name=f"Tugas {n}") for n in range(5)])
    client.force_login(user)
    with django_assert_max_num_queries(4):
        page = client.get("/akun/").content.decode()
    assert "Menyusun dan mengajukan rencana kerja KPSPAMS." in page
    assert "Mengelola pengguna" not in page
    assert "sampai 90 hari sesudah penugasan berakhir" in page
    assert all(f"Tugas {n}" in page for n in range(5))
    assert "1 Januari 2018" in page
