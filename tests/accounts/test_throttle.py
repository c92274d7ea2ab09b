"""The login throttle: password guessing is stopped, ordinary users are not."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import throttle
from accounts.models import LoginBucket
from accounts.throttle import THROTTLES, TooFast, client_address, give_back, network_of, take, wait_in_words
from tests.factories import UserFactory

PASSWORD = "sandi-uji-panjang"
CARRIER = "203.0.113.9"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def still_clock(time_machine):
    """A stopped clock, moved by the tests."""
    begun = timezone.now()
    time_machine.move_to(begun, tick=False)

    def wait(**span):
        nonlocal begun
        begun += timedelta(**span)
        time_machine.move_to(begun, tick=False)

    return wait


def attempt(client, name, password, address=CARRIER):
    return client.post("/masuk/", {"username": name, "password": password}, REMOTE_ADDR=address)


def failures_until_stopped(names, address=CARRIER, limit=1000):
    """The number of wrong passwords that are checked before the first 429."""
    for count in range(limit):
        if attempt(Client(), names(count), "salah", address).status_code == 429:
            return count
    return limit


def test_guesser_of_one_account_is_stopped_and_told_how_long_to_wait(still_clock):
    user = UserFactory()
    assert failures_until_stopped(lambda n: user.username) == THROTTLES["pair"].size
    answer = attempt(Client(), user.username, PASSWORD)  # even the right password is not checked
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Tunggu 60 detik" in answer.context["form"].non_field_errors()[0]
    still_clock(seconds=60)
    assert attempt(Client(), user.username, PASSWORD).status_code == 302


def test_guessing_from_many_addresses_is_stopped_too():
    user = UserFactory()
    for count in range(THROTTLES["name"].size):
        assert attempt(Client(), user.username, "salah", f"198.51.100.{count}").status_code == 200
    assert attempt(Client(), user.username, "salah", "198.51.100.99").status_code == 429


def test_one_password_on_many_accounts_is_stopped_and_unknown_names_look_like_known_ones():
    known = UserFactory()
    names = [known.username, "tidak.ada"]
    assert failures_until_stopped(lambda n: f"{names[n % 2]}{n // 2}") == THROTTLES["network"].size
    answers = [attempt(Client(), name, "salah") for name in names]
    assert [answer.status_code for answer in answers] == [429, 429]


def test_thirty_honest_people_behind_one_address_log_in_within_five_minutes(still_clock):
    users = UserFactory.create_batch(30)
    for user in users:
        client = Client()
        assert attempt(client, user.username, "salah-ketik").status_code == 200
        assert attempt(client, user.username, PASSWORD).status_code == 302
        still_clock(seconds=10)


def test_right_passwords_cost_nothing():
    user = UserFactory()
    for _ in range(THROTTLES["network"].size + 5):
        assert attempt(Client(), user.username, PASSWORD).status_code == 302


def test_known_device_passes_while_a_stranger_guesses():
    user, honest = UserFactory(), Client()
    assert attempt(honest, user.username, PASSWORD).status_code == 302
    honest.post("/keluar/")
    failures_until_stopped(lambda n: user.username)
    failures_until_stopped(lambda n: f"orang.lain.{n}")
    assert attempt(Client(), user.username, PASSWORD).status_code == 429
    assert attempt(honest, user.username, PASSWORD).status_code == 302


def test_known_device_is_slowed_down_as_well():
    user, thief = UserFactory(), Client()
    attempt(thief, user.username, PASSWORD)
    thief.post("/keluar/")
    answers = [attempt(thief, user.username, "salah").status_code for _ in range(THROTTLES["device"].size + 1)]
    assert answers == [200] * THROTTLES["device"].size + [429]


def test_known_device_of_one_person_opens_no_door_to_another():
    mine, other, client = UserFactory(), UserFactory(), Client()
    attempt(client, mine.username, PASSWORD)
    client.post("/keluar/")
    failures_until_stopped(lambda n: other.username)
    assert attempt(client, other.username, PASSWORD).status_code == 429


def test_forged_device_cookie_counts_for_nothing():
    user, client = UserFactory(), Client()
    client.cookies[throttle.COOKIE] = "eyJpZCI6IjEifQ:1a2b3c:forged"
    failures_until_stopped(lambda n: user.username)
    assert attempt(client, user.username, PASSWORD).status_code == 429


def test_refused_attempt_prolongs_nothing(still_clock):
    user = UserFactory()
    failures_until_stopped(lambda n: user.username)
    for _ in range(10):
        still_clock(seconds=5)
        attempt(Client(), user.username, "salah")
    still_clock(seconds=10)
    assert attempt(Client(), user.username, PASSWORD).status_code == 302


def test_neither_names_nor_addresses_are_stored():
    attempt(Client(), "kata-sandi-di-kolom-nama", "salah")
    keys = " ".join(LoginBucket.objects.values_list("key", flat=True))
    assert LoginBucket.objects.count() == 3
    assert "kata-sandi" not in keys
    assert CARRIER not in keys


def test_rows_that_say_nothing_any_more_are_forgotten(still_clock):
    attempt(Client(), "tidak.ada", "salah")
    still_clock(seconds=throttle.FORGET_AFTER.total_seconds() + 1)
    attempt(Client(), "lain", "salah", "198.51.100.1")
    assert LoginBucket.objects.count() == 3


def test_clock_set_back_fills_no_bucket(still_clock):
    user = UserFactory()
    failures_until_stopped(lambda n: user.username)
    still_clock(hours=-5)
    assert attempt(Client(), user.username, PASSWORD).status_code == 429


def test_a_refusal_takes_from_no_bucket():
    request = RequestFactory().post("/masuk/", REMOTE_ADDR=CARRIER)
    for _ in range(THROTTLES["pair"].size):
        take(request, "siti")
    before = dict(LoginBucket.objects.values_list("key", "tokens"))
    with pytest.raises(TooFast) as refusal:
        take(request, "siti")
    assert refusal.value.wait == 60
    assert dict(LoginBucket.objects.values_list("key", "tokens")) == before


def test_give_back_never_overfills():
    request = RequestFactory().post("/masuk/", REMOTE_ADDR=CARRIER)
    give_back(request, "siti")
    assert sorted(LoginBucket.objects.values_list("tokens", flat=True)) == [8, 30, 100]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "127.0.0.1"),  # no proxy of ours: the header is not trusted
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.9.9.9, 198.51.100.1", "198.51.100.1"),  # the client's own entry is on the left
        (2, "10.9.9.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_address_is_believed_from_our_proxies_only(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    assert client_address(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("bukan alamat", "?"), ("", "?")],
)
def test_network_of_an_address(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@given(st.integers(1, 100_000))
def test_told_wait_is_never_too_short(seconds):
    number, unit = wait_in_words(seconds).split()
    wait = int(number) * {"detik": 1, "menit": 60}[unit]
    assert seconds <= wait < seconds + 60
